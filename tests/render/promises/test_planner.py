"""The year planner, the listing and the plain data of a year's promises."""

import json
import re
from datetime import date

import pytest

from charterkit.files.workspace import Workspace
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.saying import when_words
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.promises.serving import serving
from charterkit.insight.promises.year import AUDIENCE_WORDS, planned, promises, unread
from charterkit.insight.reminders import reminders
from charterkit.model.dates import Cycle
from charterkit.model.recurrences import Recurrence
from charterkit.render.engine.environment import render
from charterkit.render.listings.reminders import kind_words
from charterkit.render.promises.by_aspect import serving_json, serving_listing, serving_rows
from charterkit.render.promises.data import KEYS, promises_json
from charterkit.render.promises.listing import promises_listing
from charterkit.render.promises.planner import TEMPLATE, planner_view
from charterkit.render.promises.words import SHAPES, Year, notes, span_words, stand_in_words
from charterkit.resources import builtin
from tests.cli.calling import ROOT
from tests.insight.promises.test_year import STATED, policy
from tests.insight.samples import charter, write
from tests.render.comparison.test_compare import schema
from tests.render.samples import document

TODAY = date(2025, 11, 22)
HOSTILE = (
    """  - {id: script, what: "<script>alert(1)</script> & *stars* \\u202e مرحبا", when: monthly, owner: "=cmd()"}\n"""
)


@pytest.fixture
def workspace(tmp_path):
    write(
        tmp_path,
        {
            "charterkit.yaml": STATED,
            "charters/small.yaml": charter(["gate", "talk"]),
            "schools/acorn/school.yaml": "name: Acorn\n",
            "schools/acorn/policies/letters.yaml": policy(more=HOSTILE + "  - {id: daily, what: Gate, when: daily}\n"
                                                          "  - {id: week, what: Post, when: weekly, audience: pupils}\n"
                                                          "  - {id: B B, what: broken}\n"),
        },
    )  # fmt: skip
    return Workspace(tmp_path)


def year(workspace, slug=None, audiences=(), cycle="2025-26"):
    plan = YearPlan(Cycle.parse(cycle), SchoolDays.of(workspace.config))
    found = planned(promises(workspace, slug, audiences), plan)
    many = len({one.promise.folder.slug for one in found}) > 1 and slug is None
    return Year("Acorn", plan, found, TODAY, audiences, unread(workspace, slug), is_many=many)


def test_every_row_has_twelve_months_and_bars_span_theirs(workspace):
    view = planner_view(year(workspace))
    assert [one.short for one in view.months][:5] == ["Sept", "Oct", "Nov", "Dec", "Jan"]
    assert sum(one.span for one in view.bands) == 12
    rows = {row.what: row for table in view.tables for group in table.groups for row in group.rows}
    assert all(sum(cell.span for cell in row.cells) == 12 for row in rows.values())
    assert [cell.span for cell in rows["Gate"].cells] == [11, 1]
    assert rows["Post"].cells[0].bar == "Every week in term, 40 times"
    assert [day.words for cell in rows["A letter"].cells for day in cell.days] == [
        "19 December 2025",
        "27 March 2026",
        "21 July 2026",
    ]


def test_months_without_school_are_told_by_a_word_too(workspace):
    view = planner_view(year(workspace))
    assert [one.name for one in view.months if one.is_holiday] == ["August 2026"]
    assert [(one.name, one.span) for one in view.bands] == [
        ("Autumn term", 4), ("Spring term", 3), ("Summer term", 4), ("Holiday", 1),
    ]  # fmt: skip


def test_audiences_have_a_shape_and_a_word_each():
    assert set(SHAPES) == set(AUDIENCE_WORDS)
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_no_promise_is_lost(workspace):
    shown = year(workspace)
    view = planner_view(shown)
    dated = sum(len(group.rows) for table in view.tables for group in table.groups)
    assert dated + sum(len(part.items) for part in view.apart) == len(shown.found)
    assert [part.heading for part in view.apart] == [
        "When it happens", "Waiting for a first date", "Not in this year", "Not understood", "Nobody can keep this",
    ]  # fmt: skip
    assert {item.why for part in view.apart[-2:] for item in part.items} == {
        "The policy does not say how often.", "“regularly” does not say when.", "“on most days” is not understood.",
    }  # fmt: skip
    assert view.apart[1].items[0].why == "Add the first date to the commitment, such as from: 2025-09-03."
    assert view.apart[2].items[0].why == "Due in December 2026."
    listed = promises_listing(shown)
    text = document(listed, "markdown", workspace.root)
    for one in shown.found:
        if one.promise.commitment.id != "script":
            assert one.promise.commitment.what in text


def test_what_cannot_be_read_is_named(workspace):
    assert notes(year(workspace)) == (
        "The commitment B B in schools/acorn/policies/letters.yaml cannot be read and is left out.",
    )


def test_stand_in_terms_are_said_to_be(workspace):
    assert stand_in_words(year(workspace)) == ""
    said = stand_in_words(year(workspace, cycle="2026-27"))
    assert said.startswith("The dates of every term are usual ones for England")
    assert "charterkit.yaml" in said
    assert "charterkit.yaml" not in stand_in_words(year(workspace, audiences=("parents",), cycle="2026-27"))


@pytest.mark.parametrize(("size", "rule"), [("A4", "A4 landscape"), ("A3", "A3 landscape"), ("A0", "A4 landscape")])
def test_the_page_is_safe_and_lies_down(workspace, size, rule):
    text = render(TEMPLATE, planner_view(year(workspace), size), workspace.root)
    assert f"size: {rule}" in text
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text
    assert "Nobody can keep this" in text
    assert not re.search(r"https?://", text)


def test_people_s_words_stay_text_in_markdown(workspace):
    text = document(promises_listing(year(workspace)), "markdown", workspace.root)
    assert "<script" not in text
    assert "\\*stars\\*" in text


def test_often_ones_have_one_row(workspace):
    sections = {one.heading: one.rows for one in promises_listing(year(workspace)).sections}
    assert [row[0].text for row in sections["Every school day"]] == ["Gate"]
    assert [row[0].text for row in sections["All through the year"]] == ["Post"]
    assert [row[1].text for row in sections["December 2025"]] == ["Friday 19", "Friday 19"]


def test_families_are_not_told_to_edit_files(workspace):
    shown = year(workspace, audiences=("parents", "pupils"))
    text = render(TEMPLATE, planner_view(shown), workspace.root)
    listed = document(promises_listing(shown), "markdown", workspace.root)
    for made in (text, listed):
        assert "when:" not in made
        assert "from:" not in made


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("every october and february", "Every October and February"),
        ("Every FRIDAY", "Every Friday"),
        ("after: Ofsted inspection", "After Ofsted inspection"),
        ("start of each term", "Start of each term"),
        ("when Friday comes", "When Friday comes"),
    ],
)
def test_how_often_in_words(text, words):
    assert when_words(Recurrence.parse(text)) == words


def test_days_in_words():
    assert span_words(date(2025, 10, 27), date(2025, 10, 31)) == "27 to 31 October 2025"
    assert span_words(date(2025, 9, 3), date(2025, 12, 19)) == "3 September to 19 December 2025"
    assert span_words(date(2025, 12, 22), date(2026, 1, 2)) == "22 December 2025 to 2 January 2026"
    assert span_words(date(2025, 11, 28), date(2025, 11, 28)) == "28 November 2025"


def test_plain_data_follows_its_schema(workspace):
    for place in (workspace, Workspace(ROOT)):
        for cycle in ("2025-26", "2026-27"):
            made = promises_json(year(place, cycle=cycle), None)
            schema("calendar").validate(made)
            assert all(set(KEYS) <= set(row) for row in made["promises"])
            for row in made["promises"]:
                assert bool(row["dates"]) is (row["kind"] == "dated" and row["why"] is None)


def test_by_aspect(workspace):
    shown = year(workspace)
    view = serving(workspace.choose_charter(None), shown.found)
    made = serving_json(shown, view, "acorn")
    schema("calendar").validate(made)
    assert [one["aspect"] for one in made["aspects"]["unserved"]] == ["talk"]
    assert made["aspects"]["unknown"][0]["aspect"] == "gone"
    assert len(serving_rows(view)) == 2
    listed = serving_listing(shown, view)
    assert [one.heading for one in listed.sections] == [
        "The gate is good", "Aspects that no promise serves", "Promises that name no aspect",
    ]  # fmt: skip
    assert any("names the aspect gone" in note for note in listed.notes)
    assert "One of the two aspects is served by a promise." in listed.lead


def test_several_schools_have_a_table_each():
    view = planner_view(year(Workspace(ROOT), cycle="2026-27"))
    assert "Ravensfield" in [table.heading for table in view.tables]
    assert len({table.heading for table in view.tables}) == len(view.tables) > 3


def test_no_promise_at_all(tmp_path):
    write(tmp_path, {"schools/acorn/school.yaml": "name: Acorn\n"})
    shown = year(Workspace(tmp_path))
    assert "No policy in force makes a promise." in render(TEMPLATE, planner_view(shown), tmp_path)
    assert "each promise is an entry of commitments" in document(promises_listing(shown), "markdown", tmp_path)


def test_the_sample_in_the_documentation_follows_the_schema():
    text = (builtin() / "docs" / "json.md").read_text(encoding="utf-8")
    sample = text.partition("## calendar\n")[2].partition("```json\n")[2].partition("```")[0]
    schema("calendar").validate(json.loads(sample))


def test_a_promise_to_several_by_several_is_called_what_it_is(tmp_path):
    both = "  - {id: talk, what: A talk, when: each term, audience: [governors, parents], owner: [Headteacher, School office]}\n"
    staff = "  - {id: training, what: Training, when: every autumn term, audience: staff, owner: Headteacher}\n"
    write(
        tmp_path,
        {
            "charterkit.yaml": STATED,
            "schools/acorn/school.yaml": "name: Acorn\n",
            "schools/acorn/policies/p.yaml": f"id: p\ntitle: P\nstatus: live\ncommitments:\n{both}{staff}",
        },
    )
    shown = year(Workspace(tmp_path))
    schema("calendar").validate(promises_json(shown, None))
    (row, other) = promises_json(shown, None)["promises"]
    assert (row["audience"], row["owner"]) == (["governors", "parents"], ["Headteacher", "School office"])
    assert (other["audience"], other["owner"]) == (["staff"], ["Headteacher"])
    view = planner_view(shown)
    assert [(group.whom.word, [row.what for row in group.rows]) for group in view.tables[0].groups] == [
        ("Parents and carers", ["A talk"]), ("Staff", ["Training"]), ("Governors", ["A talk"]),
    ]  # fmt: skip
    assert {row.owner for group in view.tables[0].groups for row in group.rows} == {
        "Headteacher and School office", "Headteacher",
    }  # fmt: skip
    assert view.overline == "Year planner: what we promise"
    text = document(promises_listing(shown), "markdown", tmp_path)
    assert "Parents and carers, governors" in text
    assert "to families" not in text
    due = [(kind_words(each), each.title) for each in reminders(Workspace(tmp_path), TODAY)]
    assert due == [("Promise to parents and carers, governors", "A talk"), ("Promise to staff", "Training")]
