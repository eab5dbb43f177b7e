"""What is kept of a school, from real files."""

import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.compare import compare
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.insight.overview.signs import move_signs
from charterkit.insight.overview.summary import SchoolSummary, summary
from charterkit.resources import builtin
from tests.insight.samples import charter, evaluation, make, write

TODAY = date(2026, 11, 22)


def test_a_sign_for_each_aspect(tmp_path):
    workspace = make(
        tmp_path,
        [charter(["gate", "phone", "post", "site", "hall"])],
        evaluation({"gate": "red", "phone": "amber", "post": "green"}, "2023-24", "2023-10-14"),
        evaluation({"gate": "red", "phone": "red", "post": "na"}, "2024-25", "2024-10-14"),
        evaluation(
            {"gate": "red", "phone": "{rating: amber, groups: {boys: red}}", "site": "blue", "hall": None},
            "2025-26",
            "2025-10-14",
            more="status: agreed\n",
        ),
    )
    first, second, third = summary(workspace, "lathom", TODAY).evaluations
    assert (first.ratings, first.before, first.moves, first.stuck) == ("012..", "", "", "")
    assert (second.ratings, second.before, second.moves) == ("00-..", "2023-24", "=<a  ")
    assert (third.ratings, third.moves, third.stuck) == ("01.?.", "=+ ? ", "!!...")
    assert (third.groups, third.is_agreed, third.day) == ((("boys", ".0..."),), True, "2025-10-14")


def test_what_does_not_apply_is_a_blank(tmp_path):
    text = charter(["gate", "phone"]).replace("text: The phone is good", "text: P, applies_to: {phases: [secondary]}")
    workspace = make(tmp_path, [text], evaluation({"gate": "green"}))
    write(tmp_path, {"schools/lathom/school.yaml": "name: Lathom\nphase: primary\n"})
    assert [each.ratings for each in summary(workspace, "lathom", TODAY).evaluations] == ["2 "]


def test_spoilt_files_are_named_and_raise_nothing(tmp_path):
    workspace = make(tmp_path, [charter(["gate"])], "charter: [\n", evaluation({"gate": "red"}, version="7"))
    write(
        tmp_path,
        {
            "schools/lathom/school.yaml": "name: Lathom\nphase: nowhere\n",
            "schools/lathom/policies/p.yaml": ": : :\n",
            "schools/lathom/visits/2026-01-01.yaml": "- a list\n",
            "schools/lathom/evaluations/c.yml": "charter: small\n",
        },
    )
    found = summary(workspace, "lathom", TODAY)
    assert found.evaluations == ()
    assert [(each.path.removeprefix("schools/lathom/"), each.charter) for each in found.unread] == [
        ("evaluations/a.yaml", ""),
        ("evaluations/b.yaml", "small"),
        ("evaluations/c.yml", ""),
        ("school.yaml", None),
        ("policies/p.yaml", None),
        ("visits/2026-01-01.yaml", None),
    ]
    assert all(each.why for each in found.unread)


def test_a_second_file_about_the_same_is_named(tmp_path):
    first, second = (evaluation({"gate": level}, "2025-26", "2025-10-14") for level in ("red", "green"))
    workspace = make(tmp_path, [charter(["gate"])], first)
    write(tmp_path, {"schools/lathom/evaluations/2025-26.yaml": second})
    found = summary(workspace, "lathom", TODAY)
    assert [each.ratings for each in found.evaluations] == ["2"]
    assert [(each.path, each.charter, each.is_rival) for each in found.unread] == [
        ("schools/lathom/evaluations/a.yaml", "small", True)
    ]
    assert SchoolSummary.from_data(json.loads(json.dumps(found.as_data()))) == found


def test_an_organisation_without_any_file(tmp_path):
    workspace = make(tmp_path, [charter(["gate"])])
    (tmp_path / "schools" / "bare").mkdir()
    found = summary(workspace, "bare", TODAY)
    assert (found.name, found.evaluations) == ("bare", ())


def test_dates_stay_dates(tmp_path):
    workspace = make(
        tmp_path,
        [charter(["gate"])],
        evaluation(
            {"gate": "red"}, more="actions:\n  - {action: Greet, due: 2026-03}\n  - {action: Done, status: done}\n"
        ),
    )
    policy = "id: p\ntitle: P\nstatus: live\nnext_review: 2025-26-autumn\n"
    visit = (
        "school: elm\ncharter: small\ndate: 2026-03\nagreed_dates: [2026-03-12]\noutcome: met\n"
        "certificate: {number: C1, issued: 2026-03-20, valid_until: 2029-03}\n"
    )
    write(tmp_path, {"schools/lathom/policies/p.yaml": policy, "schools/lathom/visits/v.yaml": visit})
    write(tmp_path, {"schools/elm/school.yaml": "name: Elm\n"})
    found = summary(workspace, "lathom", TODAY)
    assert found.actions == (("small", "2026-03-31"),)
    assert found.reviews[0].startswith("2025-12-")
    assert [(each.school, each.day, each.certificates[0].until) for each in found.visits] == [
        ("elm", "2026-03-31", "2029-03-31")
    ]
    assert summary(workspace, "lathom", date(1999, 1, 1)) == found, "no day is compared with today"


def test_a_visit_that_names_a_school_which_is_not_here_is_its_folder_s(tmp_path):
    workspace = make(tmp_path, [charter(["gate"])])
    write(tmp_path, {"schools/lathom/visits/v.yaml": "school: nowhere\ncharter: small\ndate: 2026-03\n"})
    assert [each.school for each in summary(workspace, "lathom", TODAY).visits] == ["lathom"]


@pytest.mark.parametrize("slug", ["example-primary", "example-secondary", "leading-learning-trust"])
def test_it_is_the_same_after_json(slug):
    found = summary(Workspace(builtin(), builtin()), slug, TODAY)
    assert SchoolSummary.from_data(json.loads(json.dumps(found.as_data()))) == found


def test_something_else_is_no_summary():
    with pytest.raises(ValueError, match="no summary"):
        SchoolSummary.from_data(["elm"])


_SAID = st.sampled_from(["red", "amber", "green", "na", None, "blue", "{rating: red, groups: {boys: amber}}"])
_OFTEN = st.sampled_from(["red", "amber", "green", "na", None])


@given(st.lists(st.lists(_OFTEN, min_size=3, max_size=3) | st.lists(_SAID, min_size=3, max_size=3), max_size=4))
def test_what_moved_and_is_stuck_is_what_a_comparison_says(years):
    """Most are told by their signs alone, which must be the same."""
    aspects = ["gate", "phone", "post"]
    with tempfile.TemporaryDirectory() as folder:
        workspace = make(
            Path(folder),
            [charter(aspects)],
            *(
                evaluation(dict(zip(aspects, said, strict=True)), f"{2020 + at}-{21 + at}", f"{2020 + at}-10-14")
                for at, said in enumerate(years)
            ),
        )
        history = timeline(workspace, workspace.school("lathom"), "small")
        found = summary(workspace, "lathom", TODAY).evaluations
        assert len(found) == len(history) == len(years)
        for at in range(1, len(history)):
            moved = compare(history[at - 1], history[at], workspace.versions("small"), history)
            assert found[at].moves == move_signs(moved.moves, aspects)
            stuck = {move.aspect for move in moved.stuck}
            expected = "".join("!" if aspect in stuck else "." for aspect in aspects)
            assert found[at].stuck == (expected if at > 1 else "")
