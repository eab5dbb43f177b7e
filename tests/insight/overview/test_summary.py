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


def test_an_organisation_s_own_facts(tmp_path):
    workspace = make(tmp_path, [charter(["gate"])])
    school = (
        "name: Elm\nkind: school\nphase: primary\nlocal_authority: Lark   Council\ntrust: ash\n"
        "charters: [{charter: small}, {charter: other}]\n"
    )
    write(tmp_path, {"schools/elm/school.yaml": school})
    write(tmp_path, {"schools/ash/school.yaml": "name: Ash\nkind: trust\nmembers: [elm, oak]\n"})
    elm, ash = (summary(workspace, slug, TODAY) for slug in ("elm", "ash"))
    assert (elm.slug, elm.name, elm.kind, elm.phase) == ("elm", "Elm", "school", "primary")
    assert (elm.local_authority, elm.trust, elm.members) == ("Lark Council", "ash", ())
    assert elm.signed == ("small", "other")
    assert (ash.kind, ash.phase, ash.local_authority, ash.trust, ash.members) == ("trust", "", "", "", ("elm", "oak"))


def test_each_charter_s_evaluations_oldest_first_and_each_with_those_before_it_alone(tmp_path):
    other = charter(["door"]).replace("id: small", "id: other")
    workspace = make(
        tmp_path,
        [charter(["gate"]), other],
        evaluation({"gate": "amber"}, "2025-26", "2025-10"),
        evaluation({"gate": "red"}, "2023-24", "2023-10-14"),
        evaluation({"gate": "red"}, "2024-25", "2024-10-14", more="status: agreed\n"),
        evaluation({"door": "green"}, "2025-26").replace("charter: small", "charter: other"),
    )
    found = summary(workspace, "lathom", TODAY).evaluations
    assert [(each.charter, each.cycle, each.before, each.moves, each.stuck) for each in found] == [
        ("other", "2025-26", "", "", ""),
        ("small", "2023-24", "", "", ""),
        ("small", "2024-25", "2023-24", "=", ""),
        ("small", "2025-26", "2024-25", "+", "!"),
    ]
    assert [each.is_agreed for each in found] == [False, False, True, False]
    assert [each.day for each in found][-1] == "2025-10-31"
    assert {each.version for each in found} == {"1"}


def test_what_was_rated_for_a_group_and_how_it_moved(tmp_path):
    aspects = "text: The phone is good, applies_to: {phases: [secondary]}"
    text = charter(["gate", "phone", "post", "hall"]).replace("text: The phone is good", aspects)
    first = {"gate": "{rating: red, groups: {boys: red}}", "post": "{rating: red, groups: {boys: pink}}"}
    then = {"gate": "{rating: red, groups: {boys: amber}}", "post": "{rating: red, groups: {boys: red}}", "hall": "red"}
    workspace = make(
        tmp_path,
        [text],
        evaluation(first, "2023-24", "2023-10-14"),
        evaluation(then, "2024-25", "2024-10-14"),
        evaluation({"gate": "red"}, "2025-26", "2025-10-14"),
    )
    write(tmp_path, {"schools/lathom/school.yaml": "name: Lathom\nphase: primary\n"})
    early, middle, late = summary(workspace, "lathom", TODAY).evaluations
    assert (early.groups, early.group_moves) == ((("boys", "0 ?."),), ())
    assert (middle.groups, middle.group_moves[0][0], middle.group_moves[0][1][0]) == ((("boys", "1 0."),), "boys", "+")
    assert (late.ratings, late.groups) == ("0 ..", ())


VISITS = {
    "date: 2026-03-02\nsummary: Went well\n": ("", "", "2026-03-02", False),
    "date: 2026-03-02\nfindings: {gate: {rating: red}}\n": ("", "", "2026-03-02", True),
    "date: 2026-03-02\npurpose: certification\noutcome: not-yet\n": ("certification", "not-yet", "2026-03-02", True),
    "requested: 2026-01-05\npurpose: support\n": ("support", "", "", False),
    "agreed_dates: [2026-04-01, 2026-03-12]\n": ("", "", "2026-03-12", False),
}


@pytest.mark.parametrize("text", VISITS)
def test_a_visit_in_short(tmp_path, text):
    workspace = make(tmp_path, [charter(["gate"])])
    write(tmp_path, {"schools/lathom/visits/v.yaml": text})
    (found,) = summary(workspace, "lathom", TODAY).visits
    assert (found.purpose, found.outcome, found.day, found.is_held) == VISITS[text]
    assert (found.school, found.charter, found.certificates) == ("lathom", "", ())
    assert found.requested == ("2026-01-05" if "requested" in text else "")


CERTIFICATES = {
    "{number: C1, issued: 2026-03-20, valid_until: 2029-03}": ("2026-03-20", "2029-03-31", False, False),
    "{number: C1, valid_until: 2029-03}": ("2026-03-02", "2029-03-31", False, False),
    "{number: C1, issued: 2026-03-20}": ("2026-03-20", "", False, False),
    "{number: C1, issued: 2026-03-20, revoked: {date: 2026-05}}": ("2026-03-20", "", True, False),
    "{number: C1, issued: 2026-03-20, suspended: {date: 2026-05}}": ("2026-03-20", "", False, True),
}


@pytest.mark.parametrize("text", CERTIFICATES)
def test_a_certificate_in_short(tmp_path, text):
    workspace = make(tmp_path, [charter(["gate"])])
    write(
        tmp_path,
        {"schools/lathom/visits/v.yaml": f"date: 2026-03-02\noutcome: met\naward: silver\ncertificate: {text}\n"},
    )
    (found,) = summary(workspace, "lathom", TODAY).visits[0].certificates
    assert (found.given, found.until, found.is_revoked, found.is_suspended) == CERTIFICATES[text]
    assert found.award == "silver"


def test_when_policies_in_force_are_to_be_reviewed(tmp_path):
    """A day for each; none where it says no date, and none where somebody has to say first when a review was."""
    workspace = make(tmp_path, [charter(["gate"])])
    lines = {
        "dated": "status: live\nnext_review: 2026-03\n",
        "silent": "status: live\n",
        "draft": "status: draft\nnext_review: 2026-05-01\n",
        "term": "status: live\nnext_review: 2025-26-autumn\n",
    }
    write(
        tmp_path,
        {f"schools/lathom/policies/{name}.yaml": f"id: {name}\ntitle: P\n{text}" for name, text in lines.items()},
    )
    write(tmp_path, {"charterkit.yaml": "terms: {2025-26: {autumn: [2025-09-02, 2025-12-12]}}\n"})
    found = summary(workspace, "lathom", TODAY)
    assert sorted(found.reviews) == ["", "2025-12-12", "2026-03-31"]


def test_a_mistake_in_what_an_overview_does_not_go_by_takes_nothing_away(tmp_path):
    workspace = make(tmp_path, [charter(["gate"])])
    write(tmp_path, {"schools/lathom/school.yaml": "name: Lathom\nwebsite: [no]\n"})
    write(tmp_path, {"schools/lathom/policies/p.yaml": "id: p\ntitle: P\nstatus: live\nowner: [no]\n"})
    assert summary(workspace, "lathom", TODAY).unread == ()


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
