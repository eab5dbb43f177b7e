"""The action plan of a form, row by row: what each says of which action, and what is said of each that cannot be."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from charterkit.exchange.workbook.carry import Target
from charterkit.exchange.workbook.plan import PlanReader
from charterkit.exchange.workbook.xlsx import Sheet
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.actions import Tracked, all_actions
from charterkit.insight.evaluations.form_layout import ACTION, PLAN, key
from charterkit.insight.evaluations.planning import PlanAnswer
from charterkit.model.dates import PartialDate
from tests.insight.samples import write
from tests.render.forms import ONE, TWO, charter

KEYS = [ACTION, *(key(name) for name in PLAN)]
HEADINGS = ["id", "What", "Who", "By when", "About", "Became", "Note"]
CHOICES = {"done": "Done", "carry-on": "Go on", "drop": "Leave it"}
LETTER = {name: chr(ord("B") + at) for at, name in enumerate(PLAN)}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Tracked]:
    place: Path = tmp_path_factory.mktemp("plan")
    text = 'charter: small\ncharter_version: "2"\ncycle: 2025-26\ndate: 2025-11-11\nratings: {}\nactions:\n'
    text += "  - {id: card, action: Draft the card, owner: Office, due: 2026-03}\n  - {id: ring, action: Ring home}\n"
    text += "  - {id: again, action: RING home}\n"
    write(place, {"schools/elm/school.yaml": "name: Elm\n", "schools/elm/evaluations/2025-26.yaml": text})
    return all_actions(Workspace(place).school("elm"))


def sheet(*rows: Sequence[Any], heads: Sequence[Sequence[Any]] = (KEYS, HEADINGS), **more: Any) -> Sheet:
    return Sheet(
        "Plan",
        [list(row) for row in (*heads, *rows)],
        more.pop("formulas", frozenset()),
        more.pop("errors", frozenset()),
    )


def read(known: Sequence[Tracked], *book: Sheet) -> tuple[list[PlanAnswer], list[str]]:
    versions = [charter(), charter(TWO)]
    target = Target(versions[1], versions, "2026-27", "2026-27", "elm", "Elm", known)
    sentences = {"gate": "=The gate", "phone": "The phone", "night": "Evenings"}
    reader = PlanReader(target, versions[0], sentences, CHOICES, {"card": ("Office", "2026-03"), "ring": ()})
    return reader.answers(book), reader.complaints


def row(**cells: Any) -> list[Any]:
    return [cells.get("id", ""), *(cells.get(name.replace("-", "_"), "") for name in PLAN)]


CARD = {"id": "card", "what": "Draft the card", "who": "Office", "by_when": "2026-03"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({**CARD, "became": "Done"}, ("card", "done", {})),
        ({**CARD, "became": " go  ON "}, ("card", "carry on", {})),
        ({**CARD, "became": "carry on"}, ("card", "carry on", {})),
        ({**CARD, "became": "Leave it"}, ("card", "drop", {})),
        ({**CARD, "became": "Done", "note": "At last\r\nthere "}, ("card", "done", {"note": "At last\nthere"})),
        ({**CARD, "became": "Go on", "who": "Head"}, ("card", "carry on", {"owner": "Head"})),
        ({**CARD, "became": "Go on", "who": ""}, ("card", "carry on", {})),
        ({**CARD, "became": "Go on", "by_when": "31/1/2027"}, ("card", "carry on", {"due": "2027-01-31"})),
        ({**CARD, "became": "Go on", "by_when": "July 2027"}, ("card", "carry on", {"due": "2027-07"})),
        ({**CARD, "became": "Go on", "by_when": 2027.0}, ("card", "carry on", {"due": "2027"})),
        ({**CARD, "became": "Go on", "by_when": date(2027, 1, 2)}, ("card", "carry on", {"due": "2027-01-02"})),
        ({**CARD, "became": "Go on", "by_when": datetime(2027, 1, 2, 3)}, ("card", "carry on", {"due": "2027-01-02"})),  # noqa: DTZ001
        ({**CARD, "id": "", "became": "Done"}, ("card", "done", {})),
        ({**CARD, "id": "moved", "became": "Done"}, ("card", "done", {})),
        ({"id": "again", "what": "ring home", "became": "Done"}, ("again", "done", {})),
        ({"id": "ring", "what": "ring home", "who": "Head", "became": "Done"}, ("ring", "done", {"owner": "Head"})),
        ({"what": "ring home", "became": "Done"}, ("ring", "done", {})),
        ({"what": "Ring home"}, ("", None, {"action": "Ring home"})),
        ({"what": "Tea", "who": "Head", "by_when": "2027", "note": "Hot"}, ("", None, {"action": "Tea", "owner": "Head", "due": "2027", "note": "Hot"})),
        ({"what": "Tea", "about": "=the GATE"}, ("", None, {"action": "Tea", "aspect": "entrance"})),
        ({"what": "Tea", "about": "phone"}, ("", None, {"action": "Tea", "aspect": "messages"})),
        ({"what": "Tea", "about": "Evenings"}, ("", None, {"action": "Tea"})),
        (CARD, None),
        ({}, None),
        ({"id": "card"}, None),
        ({"what": "  ", "note": "\n"}, None),
    ],
)  # fmt: skip
def test_a_row_says_what_has_become_of_an_action_or_is_a_new_one(
    known: Sequence[Tracked], cells: Any, said: Any
) -> None:
    found, complaints = read(known, sheet(row(**cells)))
    assert complaints == []
    plain = [
        (each.id, each.became, {name: str(fact) for name, fact in each.facts.items()}, each.where) for each in found
    ]
    assert plain == ([(*said, "Plan!B3")] if said else [])
    assert all(isinstance(each.facts.get("due", PartialDate(2027)), PartialDate) for each in found)


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        ({**CARD, "became": "Maybe"}, "became", "‘Maybe’ is no choice: write Done, Go on or Leave it."),
        ({**CARD, "who": "Head"}, "became", "say what has become of it: Done, Go on or Leave it."),
        ({**CARD, "what": "Draw the card"}, "what", "this action is closed, or another one than the form was made with: empty the row, or make a new form."),
        ({"who": "Head"}, "what", "write here what will be done, or empty the row."),
        ({"what": "Tea", "became": "Done"}, "became", "this is a new action, of which nothing has become yet: empty this cell."),
        ({"what": "Tea", "by_when": "soon"}, "by-when", "'soon' is not a date: write year-month-day, such as 2025-10-14, or only 2025-10 or 2025."),
        ({"what": "Tea", "by_when": "31/2/2027"}, "by-when", ""),
        ({"what": "Tea", "about": "Coffee"}, "about", "‘Coffee’ is no aspect of the charter: choose one from the list."),
        ({"what": "Tea", "who": 5}, "who", "something else than text stands here: write it as words."),
        ({"what": "Tea", "note": 5.0}, "note", "something else than text stands here: write it as words."),
        ({"what": "Tea", "note": date(2026, 1, 2)}, "note", "something else than text stands here: write it as words."),
        ({"what": "Tea", "by_when": 2027.5}, "by-when", "something else than text stands here: write it as words."),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_said_once_with_its_cell(
    known: Sequence[Tracked],
    cells: Any,
    place: str,
    said: str,
) -> None:
    found, (line,) = read(known, sheet(row(**cells), row(what="Coffee")))
    assert [each.where for each in found] == ["Plan!B4"]
    assert line.startswith(f"Plan!{LETTER[place]}3: {said}")


@pytest.mark.parametrize("kind", ["formulas", "errors"])
def test_no_formula_and_no_error_is_taken_in(known: Sequence[Tracked], kind: str) -> None:
    found = read(known, sheet(row(what="Tea", note="x"), **{kind: frozenset({(2, 6)})}))  # type: ignore[arg-type]
    assert found == ([], ["Plan!G3: a formula or an error stands here: write it as words."])


def test_columns_and_rows_may_be_moved_and_some_left_out(known: Sequence[Tracked]) -> None:
    heads = [["A plan"], ["", key("note"), ACTION, key("what")]]
    moved = sheet(["", "Hot", "", "Tea"], heads=heads)
    found, complaints = read(known, Sheet("Other", [["x"]], frozenset(), frozenset()), moved)
    assert [(each.where, dict(each.facts)) for each in found] == [("Plan!D3", {"action": "Tea", "note": "Hot"})]
    assert not complaints
    assert read(known, sheet(["Tea", ""], heads=[[key("note"), ACTION]])) == ([], [])
    assert read(known, Sheet("Other", [["x"]], frozenset(), frozenset())) == ([], [])


def test_a_number_that_a_table_may_have_cut_short_is_no_guess(known: Sequence[Tracked]) -> None:
    numbered = charter(
        ONE.replace("text: The phone", 'text: The phone, number: "1.1"').replace(
            "text: The post", 'text: The post, number: "1.10"'
        )
    )
    target = Target(numbered, [numbered], "2026-27", "2026-27", "elm", "Elm", known)
    reader = PlanReader(target, numbered, {}, CHOICES, {})
    (answer,) = reader.answers([sheet(row(what="Tea", about="1.10"), row(what="Tea", about="1.1"))])
    assert answer.facts["aspect"] == "post"
    assert reader.complaints == ["Plan!E4: ‘1.1’ may mean more than one aspect: choose one from the list."]
