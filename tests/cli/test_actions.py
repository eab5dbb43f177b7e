"""`charterkit actions`, `action ...`, and the forms that ask what has become of each: the whole walk on real files."""

import io
import json
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.actions import all_actions, open_actions
from charterkit.session.action_plan import ActionPlan
from tests.insight.samples import write
from tests.render.comparison.test_compare import schema

CHARTER = """id: small
version: "1"
title: A small charter
status: published
key_points:
  - id: early
    title: Early years
    aspects:
      - {id: a, text: Children settle quickly}
      - {id: d, text: The nursery garden is used}
"""
HEAD = 'charter: small\ncharter_version: "1"\ncycle: {0}\ndate: {1}\nstatus: {2}\nratings: {{}}\n'
CARD = "  - {id: card, aspect: d, action: Draft the card, owner: Deputy headteacher, due: 2026-03, status: planned}"
LAST = HEAD.format("2025-26", "2025-11-11", "agreed") + (
    f"actions:   # agreed by all\n{CARD}   # urgent\n\n  - action: '=Ring'  \n    due: 2027\n  - {{action: Old, status: dropped}}\n"
)
NOW = HEAD.format("2026-27", "2026-11-10", "agreed") + (
    "actions:\n  - {id: garden, aspect: d, action: Order new planters, owner: Caretaker, due: 2027-05-31}\n"
)
OLD, NEW = "schools/elm/evaluations/2025-26.yaml", "schools/elm/evaluations/2026-27.yaml"


@pytest.fixture
def place(tmp_path):
    files = {"charters/small.yaml": CHARTER, "schools/elm/school.yaml": "name: Elm Tree School\n"}
    write(tmp_path, {**files, OLD: LAST, NEW: NOW})
    return tmp_path


def texts(place: Path) -> tuple[str, str]:
    return (place / OLD).read_bytes().decode(), (place / NEW).read_bytes().decode()


def ids(place: Path) -> list[str]:
    return [tracked.id for tracked in open_actions(Workspace(place).school("elm"))]


def test_what_is_open_is_listed_from_whichever_file_and_reminded_of(place, said):
    done = said("actions", "elm", cwd=place)
    assert (done.code, done.err) == (0, "")
    assert "Three actions are open, and one of them is overdue.\nOne more is on the plan" in done.out
    places = [
        done.out.index(words) for words in ("Overdue (1)", "card", "Later (2)", "garden", "ring", "since 2025-26")
    ]
    assert places[:3] == sorted(places[:3])
    every = json.loads(said("actions", "--state", "all", "--format", "json", cwd=place).out)
    schema("actions").validate(every)
    assert [row["state"] for row in every] == ["overdue", "planned", "dropped", "planned"]
    assert [row["id"] for row in every] == ["card", "ring", "old", "garden"]
    reminded = said("remind", "elm", cwd=place).out
    assert reminded.index("Draft the card") < reminded.index("Order new planters")
    assert "Draft the card" not in said("remind", "elm", "--owner", "caretaker", cwd=place).out
    for order, first in (
        ("owner", "Nobody named (1)"),
        ("aspect", "The nursery garden is used (2)"),
        ("state", "Overdue"),
    ):
        assert first in said("actions", "--by", order, cwd=place).out
    report = said("report", "elm", cwd=place).out
    assert report.index("Draft the card") < report.index("Order new planters")


def test_one_line_changes_and_every_other_byte_stays(place, said):
    done = said("action", "done", "card", "--note", "Printed: 200", cwd=place)
    assert done.code == 0
    assert "is done (card). Saved in schools/elm/evaluations/2025-26.yaml, which is agreed" in done.err
    closed = f'{CARD[:-16]}status: done, closed: 2026-11-22, note: "Printed: 200"}}'
    assert texts(place) == (LAST.replace(CARD, closed), NOW)
    assert "nothing was changed" in said("action", "done", "card", cwd=place).err
    assert ids(place) == ["garden", "ring"]
    again = ("action", "change", "card", "--state", "in-progress", "--due", "2027-01", "--note", "")
    assert said(*again, cwd=place).code == 0
    assert texts(place) == (
        LAST.replace(CARD, CARD.replace("2026-03", "2027-01").replace("planned", "in-progress")),
        NOW,
    )
    assert said("action", "drop", "card", "--date", "2026-10", cwd=place).code == 0
    assert "status: dropped, closed: 2026-10}   # urgent\n" in texts(place)[0]


def test_one_without_an_id_gets_the_one_it_is_called_by(place, said):
    assert said("action", "change", "ring", "--owner", "Office", cwd=place).code == 0
    assert texts(place)[0] == LAST.replace("    due: 2027\n", "    due: 2027\n    id: ring\n    owner: Office\n")


def test_it_is_carried_over_once_and_the_earlier_line_is_history(place, said):
    assert said("action", "carry", "card", "--due", "2027-03", cwd=place).code == 0
    line = f"{CARD.replace('2026-03', '2027-03')[:-1]}, carried_from: 2025-26}}\n"
    assert texts(place) == (LAST, NOW + line)
    assert said("action", "carry", "ring", cwd=place).code == 0
    assert "    due: 2027\n    id: ring\n" in texts(place)[0]
    assert ids(place) == ["card", "garden", "ring"]
    assert said("check", cwd=place).code == 0


def test_a_new_one_is_on_a_line_of_the_newest_evaluation(place, said):
    call = ("action", "add", "Ask families: what helps?", "--aspect", "a", "--owner", "Office", "--due", "2027-02")
    assert said(*call, cwd=place).code == 0
    assert said(*call, cwd=place).code == 0
    line = '  - {{id: ask-families-what-helps{}, aspect: a, action: "Ask families: what helps?", owner: Office, due: 2027-02, status: planned}}\n'
    assert texts(place) == (LAST, NOW + line.format("") + line.format("-2"))


REFUSED = {
    ("done", "cart"): "There is no action 'cart'.\nDid you mean card?",
    ("done", "card", "--date", "2027-01"): "--date: January 2027 has not come yet.",
    ("change", "card"): "Nothing is said that is to change of 'card'.",
    ("change", "card", "--aspect", "z"): "'z' is not an aspect of this charter.",
    ("change", "card", "--due", "soon"): "--due: 'soon' is not a date",
    ("change", "card", "--owner", "  "): "--owner is empty.",
    ("change", "card", "--owner", "A\nB"): "--owner holds a line break.",
    ("carry", "garden"): "'garden' stands in the newest evaluation already",
    ("carry", "old"): "'old' is dropped already.\nTake it up again with: charterkit action change old --state planned",
    ("add", " "): "Nothing is said of what is to be done.",
    ("add", "More", "--id", "card"): "There is an action 'card' already.",
    ("add", "More", "--id", "A b"): "--id: 'A b' is not made of small letters",
    ("add", "More", "--school", "oak"): "oak",
}


@pytest.mark.parametrize("call", REFUSED, ids=" ".join)
def test_what_cannot_be_done_is_said_and_nothing_is_written(place, said, call):
    done = said("action", *call, cwd=place)
    assert done.code == 2
    assert REFUSED[call] in done.err
    assert texts(place) == (LAST, NOW)


def test_an_id_of_two_schools_needs_the_school_and_an_unreadable_line_is_left_alone(place, said):
    write(place, {"schools/oak/school.yaml": "name: Oak\n", "schools/oak/evaluations/2025-26.yaml": LAST})
    assert "is the name of more than one action" in said("action", "done", "card", cwd=place).err
    assert said("action", "done", "card", "--school", "oak", cwd=place).code == 0
    assert texts(place) == (LAST, NOW)
    write(place, {NEW: f"{NOW}  - {{id: card, action: Draft, status: finished}}\n"})
    refused = said("action", "done", "card", "--school", "elm", cwd=place)
    assert (refused.code, "in a line that cannot be read" in refused.err) == (2, True)
    assert "may be done by now" in " ".join(said("actions", "elm", cwd=place).out.split())


def test_ids_are_alike_with_a_charter_and_without_and_a_school_of_two_charters_says_which(place, said):
    write(place, {"charters/other.yaml": CHARTER.replace("id: small", "id: other")})
    write(place, {"schools/elm/evaluations/other-2025-26.yaml": LAST.replace("charter: small", "charter: other")})
    found = [
        json.loads(said("actions", *more, "--format", "json", cwd=place).out) for more in ((), ("--charter", "other"))
    ]
    rings = [[row["id"] for row in rows if row["action"] == "=Ring" and row["charter"] == "other"] for rows in found]
    assert rings == [["ring-2"], ["ring-2"]]
    assert said("action", "done", "card", cwd=place).code == 2
    assert said("action", "done", "card", "--charter", "other", cwd=place).code == 0
    assert said("action", "add", "More", cwd=place).code == 2
    assert texts(place) == (LAST, NOW)


def test_the_workbook_has_dates_filters_and_nothing_that_runs(place, said):
    assert said("actions", "elm", "-o", "plan.xlsx", cwd=place).code == 0
    sheet = openpyxl.load_workbook(place / "plan.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    at = {heading: column for column, heading in enumerate(rows[0])}
    assert [row[at["Action"]] for row in rows[1:]] == ["Draft the card", "=Ring", "Order new planters"]
    assert {cell.data_type for cell in sheet["B"][2:]} == {"s"}
    due = [sheet.cell(row, at["Due"] + 1) for row in (3, 4, 5)]
    assert [(f"{cell.value:%Y-%m-%d}", cell.number_format) for cell in due] == [
        ("2026-03-31", "mmmm yyyy"),
        ("2027-12-31", "yyyy"),
        ("2027-05-31", "d mmmm yyyy"),
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C3", "A2:K5")


# -- the form


def form(place: Path, said, name: str, cells: dict[str, str]):
    """A form made of the files as they are, and filled in."""
    assert said("render-form", "--school", "elm", "-o", "form.xlsx", cwd=place).code == 0
    book = openpyxl.load_workbook(io.BytesIO((place / "form.xlsx").read_bytes()))
    for cell, text in cells.items():
        book["Action plan"][cell].value = text
        book["Action plan"][cell].data_type = "s"
    book.save(place / name)
    return lambda: said("evaluate", "elm", "--from", name, cwd=place)


def test_a_filled_in_form_says_what_has_become_of_each_and_what_is_new(place, said):
    (place / NEW).unlink()
    cells = {
        "F5": "Carry on",
        "D5": "31/01/2027",
        "F6": "drop",
        "G6": "No time",
        "B7": "=Tea",
        "D7": "2027",
        "E7": "children settle  quickly",
    }
    take = form(place, said, "filled.xlsx", cells)
    done = take()
    assert (done.code, "3 lines of the action plan saved" in done.err) == (0, True)
    before = texts(place)
    assert before[0] == LAST
    assert "    due: 2027-01-31\n    status: planned\n    carried_from: 2025-26\n" in before[1]
    assert "    status: dropped\n    carried_from: 2025-26\n    closed: 2026-11-22\n" in before[1]
    assert '  - id: tea\n    aspect: a\n    action: "=Tea"\n    due: 2027\n    status: planned\n' in before[1]
    assert "stands in schools/elm/evaluations/2026-27.yaml already" in take().err
    assert texts(place) == before
    assert ids(place) == ["card", "tea"]
    assert form(place, said, "next.xlsx", {"F5": "Done"})().code == 0
    assert ids(place) == ["tea"]


def test_all_or_nothing_and_every_cell_is_named(place, said):
    cells = {
        "F5": "Maybe",
        "C6": "Somebody else",
        "D8": "soon",
        "B8": "Tea",
        "F8": "Done",
        "E8": "Coffee",
        "G9": "A note",
    }
    done = form(place, said, "wrong.xlsx", cells)()
    assert done.code == 2
    named = [line.partition(":")[0].partition("!")[2] for line in done.err.splitlines()]
    assert named == ["F5", "F6", "D8", "F8", "E8", "B9", ""]
    assert texts(place) == (LAST, NOW)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)
STEPS = st.lists(st.tuples(st.sampled_from(["close", "carry", "change", "add"]), st.integers(0, 5), WORDS), max_size=6)


@given(STEPS)
@settings(max_examples=25)
def test_whatever_is_done_no_action_is_lost_and_none_counts_twice(steps):
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write(root, {"charters/small.yaml": CHARTER, "schools/elm/school.yaml": "name: Elm\n", OLD: LAST, NEW: NOW})
        plan = ActionPlan(Workspace(root), date(2026, 11, 22))
        known, refused = {"card": True, "ring": True, "old": False, "garden": True}, set()
        for step, number, words in steps:
            chosen = sorted(known)[number % len(known)]
            try:
                if step == "add":
                    known[plan.add(None, None, None, {"action": words}).name] = True
                elif step == "close":
                    plan.close(plan.find(chosen, None, None), "done", None, words)
                    known[chosen] = False
                elif step == "carry":
                    plan.carry(plan.find(chosen, None, None), {})
                else:
                    plan.change(plan.find(chosen, None, None), {"owner": words, "action": words})
            except CharterkitError as error:
                refused.add(error.code)
            found = all_actions(Workspace(root).school("elm"))
            assert {each.id: each.is_open for each in found} == known
            assert len(found) == len(known)
            assert refused <= {"action-there-already", "action-is-closed"}
