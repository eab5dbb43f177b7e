"""What was answered, changed and taken out again: every other byte stays, and nothing is left standing empty."""

from collections.abc import Callable
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.insight.evaluations.answers import Answer
from charterkit.model.dates import PartialDate
from charterkit.session.evaluation_file import EvaluationFile

from .files import on_disk, opened, workspace

HEAD = 'charter: small\ncharter_version: "1"\ncycle: 2026-27\ndate: 2026-10-01\nstatus: draft\n'
FULL = (
    HEAD
    + """ratings:
  gate:
    rating: amber  # agreed by all
    note: |
      One

      Two
    # what parents said
    ideas:
      - Tea
      - Milk  # and biscuits
    groups: {boys: red, girls: green}
    evidence: [{kind: document, note: Rota}, {kind: link, url: "https://example.org", note: Page}]
  # nobody has a telephone
  phone: {rating: not-applicable, reason: None here, note: Asked}
actions:
  - id: tea
    aspect: gate
    action: Tea for all
    due: 2027-03  # by Easter
  - {id: milk, aspect: gate, action: Milk}
"""
)

CHANGES: dict[str, tuple[Callable[[EvaluationFile], object], str, str]] = {
    "rating": (lambda file: file.clear("gate"), "    rating: amber  # agreed by all\n", ""),
    "rating and reason": (lambda file: file.clear("phone"), "rating: not-applicable, reason: None here, ", ""),
    "note": (lambda file: file.change_note("gate", ""), "    note: |\n      One\n\n      Two\n", ""),
    "note anew": (lambda file: file.change_note("gate", "Three"), "|\n      One\n\n      Two\n", "Three\n"),
    "idea": (lambda file: file.change_idea("gate", 0, ""), "      - Tea\n", ""),
    "last idea": (lambda file: file.change_idea("gate", 1, " "), "      - Milk  # and biscuits\n", ""),
    "idea anew": (lambda file: file.change_idea("gate", 1, "Water"), "- Milk", "- Water"),
    "group": (lambda file: file.clear_group("gate", "boys"), "boys: red, ", ""),
    "evidence": (lambda file: file.change_evidence("gate", 0, ""), "{kind: document, note: Rota}, ", ""),
    "evidence anew": (lambda file: file.change_evidence("gate", 1, "Site"), "note: Page", "note: Site"),
    "action": (
        lambda file: file.change_action(0, ""),
        "  - id: tea\n    aspect: gate\n    action: Tea for all\n    due: 2027-03  # by Easter\n",
        "",
    ),
    "action in braces": (lambda file: file.change_action(1, ""), "  - {id: milk, aspect: gate, action: Milk}\n", ""),
    "action anew": (lambda file: file.change_action(0, "Cake"), "action: Tea for all", "action: Cake"),
    "when": (
        lambda file: file.change_action(0, "Tea for all", "", PartialDate.parse("2027-05")),
        "due: 2027-03",
        "due: 2027-05",
    ),
}
"""What is done, and what it takes the place of."""


@pytest.mark.parametrize("name", CHANGES)
def test_only_what_is_meant_goes_and_it_can_be_taken_back(tmp_path: Path, name: str) -> None:
    do, old, new = CHANGES[name]
    file = opened(workspace(tmp_path, {"now": FULL}))
    assert FULL.count(old) == 1
    do(file)
    assert on_disk(file) == FULL.replace(old, new)
    assert not file.evaluated.document.loaded.problems
    assert file.undo() == (("phone",) if name == "rating and reason" else ("gate",))
    assert on_disk(file) == FULL


def test_nothing_is_left_standing_empty(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": HEAD + "ratings:\n  gate:\n    rating: red\n  phone: {note: Asked}\n"}))
    file.clear("gate")
    assert on_disk(file) == HEAD + "ratings:\n  phone: {note: Asked}\n"
    file.change_note("phone", "")
    assert on_disk(file) == HEAD + "ratings: {}\n"
    file.clear("phone")  # there is nothing
    file.add_idea("gate", "Tea")
    file.change_idea("gate", 0, "")
    file.add_action("gate", "Tea")
    file.change_action(0, "")
    assert "Tea" not in on_disk(file)
    assert not file.evaluated.document.loaded.problems
    with pytest.raises(CharterkitError):
        file.clear("gatte")


def test_many_at_once_clear_and_set(tmp_path: Path) -> None:
    file = opened(
        workspace(tmp_path, {"now": HEAD + "ratings:\n  gate: {rating: gren}\n  phone: {rating: red, note: n}\n"})
    )
    saved = file.answer([Answer("gate", "1", cleared=("rating",)), Answer("phone", "2", cleared=("rating", "note"))])
    assert on_disk(file) == HEAD + "ratings: {}\n"
    assert saved.aspects == 2
    assert saved.replaced == (
        "2 ratings taken out: “The gate is good” was gren; “The phone is good” was Red.",
        "1 note taken out: “The phone is good”.",
    )
    assert file.answer([Answer("gate", "1", cleared=("rating",))]).aspects == 0
    with pytest.raises(CharterkitError, match="gate was rated otherwise at 1"):
        file.answer([Answer("gate", "1", cleared=("rating",)), Answer("gate", "2", "red")])
