"""The promises as an .ics file, read back by programs that were not asked when it was written."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrule, rruleset, rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from charterkit.exchange.calendar import LONGEST, calendar_bytes, event
from charterkit.exchange.promises import promises_calendar
from charterkit.files.workspace import Workspace
from charterkit.insight.over import over_promises
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.promises.year import planned, promises
from charterkit.model.dates import Cycle
from tests.cli.calling import ROOT
from tests.insight.promises.test_year import STATED, USUAL, days
from tests.insight.samples import write

TODAY = date(2025, 11, 22)
YEAR = Cycle.parse("2025-26")
PROMISES = """\
id: letters
title: Letters, home; and "away"
status: live
commitments:
  - {id: letter, what: A letter, when: each term, audience: parents, owner: School office}
  - {id: gate, what: At the gate, when: daily}
  - {id: assembly, what: Assembly, when: every friday, audience: pupils}
  - {id: calls, what: Calls, when: regularly}
"""


def make(root: Path, policy: str = PROMISES) -> Workspace:
    write(root, {"schools/acorn/school.yaml": "name: Acorn\n", "schools/acorn/policies/letters.yaml": policy})
    return Workspace(root)


def data(workspace: Workspace, school_days: SchoolDays | None = None, today: date = TODAY) -> bytes:
    plan = YearPlan(YEAR, school_days or days())
    return promises_calendar("Acorn", planned(promises(workspace), plan), plan, today, is_many=False)


def events(text: bytes):
    return Calendar.from_ical(text).walk("VEVENT")


def test_what_an_event_says(tmp_path):
    found = [one for one in events(data(make(tmp_path))) if "/letter/" in one["uid"]]
    assert [one["uid"] for one in found] == [
        f"promise/acorn/letters/letter/2025-26-{term}@charterkit" for term in ("autumn", "spring", "summer")
    ]
    first = found[0]
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2025, 12, 19), date(2025, 12, 20))
    assert first["dtstart"].params["VALUE"] == "DATE"
    assert str(first["summary"]) == "A letter"
    assert str(first["description"]).splitlines() == [
        'Policy: Letters, home; and "away"',
        "Who sees to it: School office",
        "How often: Each term, by the end of term",
    ]
    assert [str(one) for one in first["categories"].cats] == ["Parents and carers"]
    assert first.decoded("dtstamp").isoformat() == "2025-11-22T00:00:00+00:00"
    assert not first.walk("VALARM")


def test_the_file_is_as_rfc_5545_has_it(tmp_path):
    text = data(make(tmp_path, PROMISES.replace("A letter", "A letter " + "خطاب 🏫 " * 40)))
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert b"VERSION:2.0\r\n" in text
    assert b"PRODID:-//charterkit//charterkit " in text
    assert b"X-WR-CALNAME:Acorn\r\n" in text
    lines = text.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None and b"\n" not in line for line in lines)


def test_the_same_input_gives_the_same_bytes(tmp_path):
    assert data(make(tmp_path)) == data(Workspace(tmp_path))


def test_uids_stay_when_the_terms_change_and_a_newer_calendar_tells_itself_by_its_stamp(tmp_path):
    before = {str(one["uid"]): one for one in events(data(make(tmp_path), USUAL))}
    write(tmp_path, {"charterkit.yaml": STATED})
    workspace = Workspace(tmp_path)
    later = TODAY + timedelta(days=1)
    after = {str(one["uid"]): one for one in events(data(workspace, SchoolDays.of(workspace.config), later))}
    terms = [uid for uid in before if "/letter/" in uid]
    assert len(terms) == 3
    assert set(terms) < set(after)
    assert any(after[uid].decoded("dtstart") != before[uid].decoded("dtstart") for uid in terms)
    for uid in terms:
        assert after[uid]["sequence"] == before[uid]["sequence"]
        assert after[uid].decoded("dtstamp") > before[uid].decoded("dtstamp")


def test_the_promises_of_a_policy_that_is_archived_are_cancelled_from_today_on(tmp_path):
    workspace = make(tmp_path, PROMISES.replace("live", "archived"))
    plan = YearPlan(YEAR, days())
    over = planned(over_promises(workspace, TODAY), plan)
    found = events(promises_calendar("Acorn", [], plan, TODAY, is_many=False, over=over))
    assert {str(one["status"]) for one in found} == {"CANCELLED"}
    assert min(one.decoded("dtend") for one in found if "/gate/" not in one["uid"]) > TODAY
    assert "promise/acorn/letters/letter/2025-26-autumn@charterkit" in {str(one["uid"]) for one in found}


def test_a_daily_promise_is_one_event_a_term_that_repeats_on_its_school_days(tmp_path):
    plan = YearPlan(YEAR, days())
    found: list[date] = []
    gates = [one for one in events(data(make(tmp_path))) if "/gate/" in one["uid"]]
    assert len(gates) == 3
    for one in gates:
        start = datetime.combine(one.decoded("dtstart"), datetime.min.time())
        rules = rruleset()
        repeated = rrulestr(one["rrule"].to_ical().decode(), dtstart=start)
        assert isinstance(repeated, rrule)
        rules.rrule(repeated)
        for free in one["exdate"].dts if "exdate" in one else ():
            rules.exdate(datetime.combine(free.dt, datetime.min.time()))
        found += [day.date() for day in rules]
    assert tuple(found) == plan.days
    assert b"EXDATE;VALUE=DATE:" in data(make(tmp_path))


def test_two_promises_with_one_name_stay_two_events(tmp_path):
    text = PROMISES + "  - {id: letter, what: Another letter, when: each term}\n"
    uids = [str(one["uid"]) for one in events(data(make(tmp_path, text)))]
    assert len(uids) == len(set(uids))
    assert "promise/acorn/letters/letter/2025-26-spring-2@charterkit" in uids


def test_schools_are_named_where_there_are_several():
    workspace = Workspace(ROOT)
    plan = YearPlan(YEAR, USUAL)
    made = promises_calendar("All", planned(promises(workspace), plan), plan, TODAY, is_many=True)
    assert any("(Ravensfield)" in str(one["summary"]) for one in events(made))


def test_an_empty_calendar_is_still_a_calendar():
    assert not events(calendar_bytes("Nothing", []))


HOSTILE = [
    "Line\nEND:VEVENT\nBEGIN:VEVENT",
    'commas, semicolons; back\\slashes "quotes" and: colons',
    "\x00\x07\x1b[31m\x7f\x85\ufffe\ud800",
    "مرحبا 🏫 ਪੰਜਾਬੀ",
    "a\r\nATTACH:file:///etc/passwd",
    "\\n \\, \\;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(text):
    made = calendar_bytes(
        text, [event(text, text, TODAY, TODAY, TODAY, sequence=1, description=text, categories=[text, "b"])]
    )
    (found,) = events(made)
    made.decode()
    assert set(found.keys()) <= {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"
    }  # fmt: skip
    assert len(found["categories"].cats) == 2
    assert not any(ord(one) < 32 or 0x7F <= ord(one) <= 0x9F for one in str(found["summary"]))


@given(st.text(max_size=200))
def test_any_text_survives_the_way_there_and_back(text):
    from charterkit.text.safe import shown

    made = calendar_bytes("c", [event("u", text, TODAY, TODAY, TODAY, sequence=1, description=text)])
    (found,) = events(made)
    assert str(found["summary"]) == shown(text, LONGEST)
    assert max(map(len, made.split(b"\r\n"))) <= 75


def test_the_settings_terms_are_used(tmp_path):
    write(tmp_path, {"charterkit.yaml": STATED})
    workspace = make(tmp_path)
    school_days = SchoolDays.of(workspace.config)
    assert school_days.terms(YEAR)[0].is_stated
    assert b"20251219" in data(workspace, school_days)
