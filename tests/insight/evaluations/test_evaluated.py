"""A school's self-evaluations in order, and where each leaves an aspect."""

from pathlib import Path

import pytest

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, left_out, timeline
from tests.insight.samples import charter, evaluation, history, make, write

RATED = {"gate": "red"}
SMALL = [charter(["gate"])]


def cycles(workspace: Workspace) -> list[str]:
    return [str(one.cycle) for one in history(workspace)]


def lost(workspace: Workspace) -> list[str]:
    return [Path(path).name for path in left_out(workspace, workspace.school("lathom"))]


def test_by_date_not_by_file_name_or_cycle(tmp_path: Path) -> None:
    late = evaluation(RATED, "2022-23", "2025-10-14")
    early = evaluation(RATED, "2025-26", "2022-10-14")
    assert cycles(make(tmp_path, SMALL, late, early)) == ["2025-26", "2022-23"]


def test_ties_go_by_cycle(tmp_path: Path) -> None:
    texts = [
        evaluation(RATED, cycle, "2025-10-14") for cycle in ("2025-26-summer", "2025-26-autumn", "2025-26", "2024-25")
    ]
    assert cycles(make(tmp_path, SMALL, *texts)) == ["2024-25", "2025-26-autumn", "2025-26", "2025-26-summer"]


def test_a_month_counts_as_its_last_day_and_a_year_too(tmp_path: Path) -> None:
    dates = {"2020-21": "2025", "2021-22": "2025-10", "2022-23": "2025-10-30", "2023-24": "2025-11-01"}
    texts = [evaluation(RATED, cycle, date) for cycle, date in dates.items()]
    assert cycles(make(tmp_path, SMALL, *texts)) == ["2022-23", "2021-22", "2023-24", "2020-21"]


def test_of_two_for_one_cycle_the_first_by_file_name_is_used_and_the_other_named(tmp_path: Path) -> None:
    found = make(tmp_path, SMALL, evaluation({"gate": "green"}), evaluation(RATED, date="2025-09-01"))
    (one,) = history(found)
    assert one.document.stem == "a"
    assert lost(found) == []
    assert [Path(rival.document.path).name for rival in found.school("lathom").rivals()] == ["b.yaml"]


def test_another_charters_evaluation_of_the_same_cycle_is_no_second_one(tmp_path: Path) -> None:
    other = charter(["gate"]).replace("id: small", "id: other")
    found = make(
        tmp_path, [*SMALL, other], evaluation(RATED), evaluation(RATED).replace("charter: small", "charter: other")
    )
    assert cycles(found) == ["2025-26"]
    assert len(timeline(found, found.school("lathom"), "other")) == 1
    assert lost(found) == []


def test_a_date_that_cannot_be_read_leaves_the_cycles_first_day(tmp_path: Path) -> None:
    texts = [
        evaluation(RATED, "2025-26", "14/10/2025"),
        evaluation(RATED, "2024-25", "2025-08"),
        evaluation(RATED, "2026-27", "2025-09-02"),
    ]
    found = make(tmp_path, SMALL, *texts)
    assert cycles(found) == ["2024-25", "2025-26", "2026-27"]
    assert history(found)[1].evaluation.date is None


def test_a_cycle_that_cannot_be_read_is_told_from_the_date(tmp_path: Path) -> None:
    found = make(tmp_path, SMALL, evaluation(RATED, "2025/26", "2026-08-31"))
    assert cycles(found) == ["2025-26"]


def test_a_cycle_told_from_the_date_gives_way_to_a_stated_one(tmp_path: Path) -> None:
    found = make(tmp_path, SMALL, evaluation({"gate": "green"}, "autumn"), evaluation(RATED))
    (one,) = history(found)
    assert one.document.stem == "b"
    assert lost(found) == ["a.yaml"]


def test_what_cannot_be_used_at_all_is_named(tmp_path: Path) -> None:
    texts = [
        evaluation(RATED),
        evaluation(RATED, version="7"),
        evaluation(RATED, "soon", "soon"),
        "charter: [small\n",
        evaluation(RATED, "2024-25").replace("charter: small", "charter: none"),
    ]
    found = make(tmp_path, SMALL, *texts)
    assert cycles(found) == ["2025-26"]
    assert lost(found) == ["c.yaml", "d.yaml", "e.yaml"]  # b gives way to a


@pytest.mark.parametrize(
    ("rating", "state", "word"),
    [
        ("red", RatingState.RATED, "red"),
        ("na", RatingState.NOT_APPLICABLE, "not-applicable"),
        (None, RatingState.NOT_RATED, None),
        ("gren", RatingState.UNREADABLE, "unreadable"),
        ("{ratign: red}", RatingState.UNREADABLE, "unreadable"),
        ("{rating: red, evidence: [{kind: rumour}]}", RatingState.UNREADABLE, "unreadable"),
    ],
)
def test_standings(tmp_path: Path, rating: str | None, state: RatingState, word: str | None) -> None:
    (one,) = history(make(tmp_path, SMALL, evaluation({"gate": rating})))
    standing = one.standings["gate"]
    assert (standing.state, standing.word) == (state, word)
    assert bool(standing.why) == (state is RatingState.UNREADABLE)
    assert (standing.rank >= 0) == (state is RatingState.RATED)


def test_an_aspect_without_an_entry_is_not_rated(tmp_path: Path) -> None:
    (one,) = history(make(tmp_path, [charter(["gate", "post"])], evaluation({"gate": "green"})))
    assert one.standings["post"].state is RatingState.NOT_RATED


def test_a_charter_without_aspects(tmp_path: Path) -> None:
    (one,) = history(make(tmp_path, [charter([])], evaluation({})))
    assert one.standings == {}


def test_nothing_at_all(tmp_path: Path) -> None:
    write(tmp_path, {"schools/lathom/school.yaml": "name: L\n"})
    found: list[Evaluated] = history(Workspace(tmp_path))
    assert found == []
