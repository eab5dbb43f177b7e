"""Which drafts move to a later version, which stay and why, and the words of the preview, from real files."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.session.moved_words import MOST_IN_FULL, told, total
from charterkit.session.moving_on import MovePlan, demand_drafts, plan_moves, write_moves
from tests.insight.samples import charter, evaluation, write

OLD = charter(["gate", "door", "office", "halves", "lost", "same"])
NEW = charter(
    [("entrance", "gate"), ("desk", "door", "office"), ("one", "halves"), ("two", "halves"), "same", "fresh"],
    "2",
    groups="girls",
)
SCALE = "scale: [{id: low, label: Low}, {id: middle, label: Middle}, {id: high, label: High}]\n"
LEVELS = {"red": "low", "amber": "middle", "green": "high"}
FULL = evaluation(
    {
        "gate": "{rating: amber, groups: {boys: red}}",
        "door": "green",
        "office": "red",
        "halves": "amber",
        "lost": "amber",
        "same": "green",
    },
    more="actions: [{aspect: gate, action: Greet}, {aspect: lost, action: Seek}]\n",
)
AGREED = "status: agreed\n"
EVALUATIONS = "schools/ash/evaluations/"


def workspace(root: Path, files: dict[str, str], old: str = OLD, new: str = NEW) -> Workspace:
    """Files lie in the school's folder of evaluations."""
    charters = {"charters/small-v1.yaml": old, "charters/small-v2.yaml": new}
    write(root, {**charters, "schools/ash/school.yaml": "name: Ash School\nphase: primary\n"})
    write(root, {f"{EVALUATIONS}{name}.yaml": text for name, text in files.items()})
    return Workspace(root)


def plan(found: Workspace, slugs: Iterable[str] = ("ash",), **levels: str) -> MovePlan:
    return plan_moves(found, "small", "2", slugs, levels)


def lines(found: MovePlan) -> list[str]:
    return [line.replace(EVALUATIONS, "") for line in told(found)]


def test_what_becomes_of_everything_in_one_draft(tmp_path: Path) -> None:
    found = plan(workspace(tmp_path, {"2025-26": FULL}, new=NEW + SCALE), **LEVELS)
    assert lines(found) == [
        (
            "2025-26.yaml: 1 entry as before, 1 under a new name, 1 copied to each part of a split aspect, "
            "1 joined of several, 1 without a place, kept in the file and 1 new to rate."
        ),
        "  “The gate is good” goes to “The entrance is good”.",
        "  “The halves is good” goes to “The one is good” and “The two is good”.",
        (
            "  “The door is good” and “The office is good” become “The desk is good”: Low, the lowest rating of them. "
            "The entries as they were are kept in the file."
        ),
        "  “The lost is good” has no place any more: its entry is kept in the file, under x-ratings-of-version-1.",
        "  The action “Greet” is about “The entrance is good” now.",
        "  The action “Seek” is about no aspect any more.",
        "  amber is written as middle; what stood there is kept in the file.",
        "  green is written as high; what stood there is kept in the file.",
        "  red is written as low; what stood there is kept in the file.",
        "  The ratings of the group “The boys” are kept in the file, and count no more.",
        "  New, without a rating: The fresh is good",
    ]
    assert total(found) == "1 draft of 1 school"


def test_joined_without_a_rating_and_the_whole(tmp_path: Path) -> None:
    text = evaluation(
        {"door": "{note: A}", "office": "{note: B}"},
        more="key_points: {welcome: {rating: red}}\noverall: {rating: red}\n",
    )
    found = plan(workspace(tmp_path, {"2025-26": text}, OLD + "rated: both\n"))
    assert lines(found)[1:4] == [
        "  “The door is good” and “The office is good” become “The desk is good”. The entries as they were are kept in the file.",
        "  “Every family is welcome” has no place any more: its entry is kept in the file, under x-key-points-of-version-1.",
        "  The rating of the whole is kept in the file, and counts no more.",
    ]


def test_what_is_not_asked_of_this_school_is_not_new_to_rate(tmp_path: Path) -> None:
    new = NEW.replace("text: The fresh is good", "text: F, applies_to: {phases: [secondary]}")
    found = plan(workspace(tmp_path, {"2025-26": evaluation({"same": "red"})}, new=new))
    assert found.files[0].moving.starting == ()


def test_who_moves_and_who_stays(tmp_path: Path) -> None:
    """Drafts, and what raters say before a meeting that is to come; nothing that the school stands by."""
    rater = "rater: Jo\n"
    files = {
        "2021-22": evaluation({"gate": "red"}, "2021-22", "2021-10", version="2", more=AGREED),
        "2022-23": evaluation({"gate": "red"}, "2022-23", "2022-10", more=AGREED),
        "2023-24": evaluation({"gate": "red"}, "2023-24", "2023-10", more=AGREED),
        "2024-25": evaluation({"same": "red"}, "2024-25", "2024-10", version="2"),
        "2025-26": evaluation({"gate": "red"}),
        "z": evaluation({"gate": "green"}),
        "broken": "charter: [\n",
        "other": evaluation({"gate": "red"}).replace("charter: small", "charter: other"),
        "odd": evaluation({"gate": "blue"}, "2026-27", "2026-10"),
        "ninth": evaluation({"gate": "red"}, "2019-20", "2019-10", version="0.9"),
        "drafts/2023-24-jo": evaluation({"gate": "red"}, "2023-24", "2023-10", more=rater),
        "drafts/2025-26-jo": evaluation({"gate": "red"}, more=rater),
        "drafts/spoilt": "- a list\n",
    }
    found = plan(workspace(tmp_path, files))
    assert [each.rewrite.path.removeprefix(EVALUATIONS) for each in found.files] == [
        "2025-26.yaml",
        "drafts/2025-26-jo.yaml",
    ]
    assert {each.slug for each in found.files} == {"ash"}
    assert lines(found)[6:] == [
        (
            "broken.yaml stays as it is: line 1, column 11: a value is missing between the brackets, or a bracket is closed "
            "twice. Write a value, or delete the comma or bracket too many."
        ),
        (
            "drafts/spoilt.yaml stays as it is: line 1, column 1: the file does not hold keys with values. Start with "
            "'key: value' lines."
        ),
        "ninth.yaml stays as it is: there is no charter 'small', version 0.9, here.",
        "odd.yaml stays as it is: line 6, column 18: gate: 'blue' is not a level of this charter: write red, amber or green.",
        "z.yaml stays as it is: 2025-26.yaml is about the same charter and cycle.",
        "Two self-evaluations that were agreed stay with the version they were made with.",
        "One draft is at version 2 already, or later.",
    ]


def test_where_all_of_them_move_nothing_is_said_of_any_that_stays(tmp_path: Path) -> None:
    files = {
        "2024-25": evaluation({"same": "red"}, "2024-25", "2024-10", more=AGREED),
        "2025-26": evaluation({"same": "red"}),
    }
    assert lines(plan(workspace(tmp_path / "a", {"2025-26": files["2025-26"]}))) == [
        "2025-26.yaml: 1 entry as before and 1 new to rate.",
        "  New, without a rating: The fresh is good",
    ]
    assert lines(plan(workspace(tmp_path / "b", files)))[2:] == [
        "One self-evaluation that was agreed stays with the version it was made with."
    ]


def test_of_very_many_drafts_what_becomes_of_each_is_counted(tmp_path: Path) -> None:
    slugs = [f"school-{n:02}" for n in range(MOST_IN_FULL + 1)]
    found = workspace(tmp_path, {})
    write(tmp_path, {f"schools/{slug}/evaluations/2025-26.yaml": evaluation({"gate": "red"}) for slug in slugs})
    few, many = plan(Workspace(found.root), slugs[1:]), plan(Workspace(found.root), slugs)
    assert (len(list(told(few))), len(list(told(many)))) == (3 * MOST_IN_FULL, MOST_IN_FULL + 2)
    assert list(told(many))[-1] == "Name one school to see what becomes of each of its aspects."
    assert (total(few), total(many)) == ("12 drafts of 12 schools", "13 drafts of 13 schools")


@pytest.mark.parametrize(
    ("changes", "levels", "code"),
    [
        ({}, {}, ""),
        ({"2": "3"}, {}, "no-charter-version"),
        ({"status: draft": "status: withdrawn"}, {}, "version-withdrawn"),
        ({"text: The desk": "txt: The desk"}, {}, "has-mistake"),
        ({}, {"blue": "red"}, "no-choice"),
        ({}, {"red": "blue"}, "no-choice"),
        ({}, {"red": "green"}, "level-told"),
        ({}, {"red": "red"}, ""),
    ],
)
def test_a_version_or_a_level_that_nobody_can_move_to(
    tmp_path: Path, changes: dict[str, str], levels: dict[str, str], code: str
) -> None:
    new = NEW
    for before, after in changes.items():
        new = new.replace(before, after)
    found = workspace(tmp_path, {"2025-26": evaluation({"gate": "red"})}, new=new)
    said = ""
    try:
        plan(found, **levels)
    except CharterkitError as error:
        said = error.code
    assert said == code


def test_a_mistake_in_an_older_version_stands_in_the_way_and_one_in_a_later_one_does_not(tmp_path: Path) -> None:
    files = {"2025-26": evaluation({"same": "red"})}
    with pytest.raises(CharterkitError, match=r"small-v1\.yaml"):
        plan(workspace(tmp_path / "a", files, OLD.replace("text: The lost", "txt: The lost")))
    later = workspace(tmp_path / "b", files)
    write(later.root, {"charters/small-v3.yaml": NEW.replace('"2"', '"3"').replace("text: The desk", "txt: The desk")})
    assert len(plan(Workspace(later.root)).files) == 1


def test_levels_without_a_place_are_asked_for_once_and_nothing_is_planned(tmp_path: Path) -> None:
    files = {
        "2025-26": evaluation({"gate": "red", "same": "not-applicable", "door": "red"}),
        "2024-25": evaluation({"gate": "amber", "door": "red"}, "2024-25", "2024-10"),
    }
    found = workspace(tmp_path, files, new=NEW + SCALE)
    with pytest.raises(CharterkitError) as asked:
        plan(found, green="high")
    assert asked.value.code == "levels-to-say"
    assert "--level amber=LEVEL --level red=LEVEL" in " ".join(f"{asked.value.message} {asked.value.hint}".split())
    assert len(plan(found, red="low", amber="middle").files) == 2


def test_all_are_written_and_can_be_taken_back(tmp_path: Path) -> None:
    found = workspace(tmp_path, {"2025-26": FULL})
    before = found.school("ash").evaluations[0].model
    assert before
    assert write_moves(found, plan(found)) is True
    after = found.school("ash").evaluations[0].model
    assert after
    assert (before.charter_version, after.charter_version) == ("1", "2")
    again = plan(found)
    assert (again.files, again.there) == ([], 1)
    with pytest.raises(CharterkitError) as missing:
        demand_drafts(again, "Ash School")
    assert missing.value.code == "no-drafts-to-move"


def test_what_stood_in_the_way_is_something_to_say(tmp_path: Path) -> None:
    found = plan(workspace(tmp_path, {"broken": "charter: [\n"}))
    demand_drafts(found, "Ash School")
    assert (found.files, len(found.left)) == ([], 1)
