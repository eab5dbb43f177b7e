"""What became of targets and numbers, through several cycles and versions of a charter."""

from datetime import date
from pathlib import Path

import pytest

from charterkit.insight.evaluations.reached import TargetState, open_targets, target_moves, value_move
from charterkit.insight.reminders import reminders
from charterkit.model.value import Value
from charterkit.render.comparison.data import compare_json
from tests.insight.samples import charter, compared, evaluation, history, make

ASPECTS = ["gate", "phone", "post", "maths", "reading", "clubs"]
BEFORE = {
    "gate": "{rating: red, target: {level: green, by: 2026-07}, value: 62%}",
    "phone": "{rating: red, target: {level: green, by: 2026-07}}",
    "post": "{rating: red, target: {level: green, by: 2026-07}, value: 1204 families}",
    "maths": "{rating: red, target: {level: green, by: 2027-07}}",
    "reading": "{rating: red, target: {level: green}}",
    "clubs": "{rating: red, target: {level: blue}, value: 3}",
}
AFTER = {
    "gate": "{rating: green, value: 71 %}",
    "phone": "amber",
    "post": "{rating: amber, target: {level: green, by: 2028}, value: 71%}",
    "maths": "amber",
    "clubs": "{rating: green}",
}


def test_a_target_is_reached_missed_moved_or_open(tmp_path: Path) -> None:
    found = make(tmp_path, [charter(ASPECTS)], evaluation(BEFORE), evaluation(AFTER, "2026-27", "2026-10-14"))
    moved = compared(found)
    states = {each.move.aspect: each.state for each in target_moves(moved)}
    assert states == {
        "gate": TargetState.REACHED,
        "phone": TargetState.MISSED,
        "post": TargetState.MOVED,
        "maths": TargetState.OPEN,
        "reading": TargetState.NOT_RATED,
        "clubs": TargetState.NOT_COMPARABLE,
    }
    data = compare_json(moved, "lathom")
    values = {each["aspect"]: each["value"] for each in data["changes"] if "value" in each}
    assert values == {
        "gate": {"from": "62%", "to": "71%"},
        "post": {"from": "1204 families", "to": "71%"},
        "clubs": {"from": "3", "to": None},
    }
    assert data["targets"][2] == {
        "aspect": "post",
        "level": "green",
        "by": "2026-07",
        "became": "moved",
        "now": {"level": "green", "by": "2028"},
    }
    due = [(each.item, str(each.due)) for each in reminders(found, date(2026, 11, 22)) if each.kind == "target"]
    assert due == [("phone", "2026-07"), ("maths", "2027-07"), ("post", "2028")]


def test_a_new_draft_and_a_new_version_lose_no_target(tmp_path: Path) -> None:
    versions = [charter(ASPECTS), charter([("door", "gate", "phone"), *ASPECTS[2:]], "2")]
    draft = evaluation({"maths": "green"}, "2026-27", "2026-10-14", "2")
    found = make(tmp_path, versions, evaluation(BEFORE), draft)
    left = open_targets(history(found), found.versions("small"))
    assert [(each.aspect.id, each.set_in.cycle.spoken) for each in left] == [
        (aspect, "2025-26") for aspect in ("door", "post", "reading")
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("62%", "71%", "62% → 71%"),
        ("1204 families", "1,300 Families", "1,204 families → 1,300 Families"),
        ("62%", "62", "62%; now 62, which is not the same unit"),
        (None, "71%", "– → 71%"),
        ("62%", None, "62% → –"),
        (None, None, ""),
    ],
)
def test_numbers_are_held_against_each_other_only_with_one_unit(
    before: str | None, after: str | None, said: str
) -> None:
    first, second = (Value.parse(text) if text else None for text in (before, after))
    assert value_move(first, second) == said
