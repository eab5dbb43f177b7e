"""Our calendars in other people's programs: each has to read the same events that we meant, with the same alarms.

`icalendar`, `ics` and `vobject` from PyPI; `ical.js` and `node-ical` from npm, as parsers/package.json has them.
"""

import json
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import ics
import pytest
import vobject
from icalendar import Calendar, vDuration

from tests.cli.calling import call
from tests.insight.samples import charter, evaluation, write
from tests.npm import installed

HERE = Path(__file__).parent / "parsers"
TODAY = date(2026, 8, 1)
"""A Saturday in the summer holidays: nothing may stand on it, and clocks are an hour ahead."""
TITLE = '"Ysgol y Gaer; 🎒, a\\\\b: «polisïau»"'
FILES = {
    "charterkit.yaml": "id: 7f3a2c1e\ncharter: small\nterms: {2026-27: {autumn: [2026-09-02, 2026-12-18]}}\n",
    "charters/small.yaml": charter(["gate"]),
    "schools/lathom/school.yaml": f"name: {TITLE}\n",
    "schools/lathom/evaluations/2025-26.yaml": evaluation(
        {"gate": "red"},
        more="actions: [{action: Paint, id: paint, due: 2026-07-01}, {action: Done, due: 2026-09-09, status: done}]\n",
    ),
    "schools/lathom/policies/late.yaml": "id: late\ntitle: Late\nstatus: live\nnext_review: 2026-05\n",
    "schools/lathom/policies/soon.yaml": (
        "id: soon\ntitle: Soon\nstatus: live\nnext_review: 2026-11-27\nissued: 2025-11-27\n"
        "publication: {url: 'https://gaer.example/soon?a=1,2;3'}\n"
        "commitments: [{id: letter, what: A letter, when: each term}, {id: gate, what: At the gate, when: daily}]\n"
    ),
    "schools/lathom/policies/old.yaml": (
        "id: old\ntitle: Old\nstatus: archived\nnext_review: 2026-10-01\n"
        "commitments: [{id: post, what: Post, when: monthly}]\n"
    ),
}
Read = dict[str, tuple[str, str, bool, str | None, int, list[float]]]
"""By UID the title, the first day, whether it is a whole day, the status, the sequence and the seconds to each alarm."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The calendars of what is due and of the year's promises."""
    root = tmp_path_factory.mktemp("parsers")
    write(root, FILES)
    said = {}
    for name, more in (("remind", ()), ("calendar", ("--year", "2026-27"))):
        call(name, *more, "-o", f"{name}.ics", cwd=root, CHARTERKIT_TODAY=TODAY.isoformat())
        said[name] = (root / f"{name}.ics").read_bytes().decode()
    return said


def by_icalendar(text: str) -> Read:
    found = {}
    for event in Calendar.from_ical(text).walk("VEVENT"):
        assert not event.errors
        status = str(event["status"]) if "status" in event else None
        alarms = [alarm.decoded("trigger").total_seconds() for alarm in event.walk("VALARM")]
        first = event.decoded("dtstart")
        facts = (
            str(event["summary"]),
            first.isoformat(),
            type(first) is date,
            status,
            event.decoded("sequence"),
            alarms,
        )
        found[str(event["uid"])] = facts
    return found


def by_ics(text: str) -> Read:
    found = {}
    for event in ics.Calendar(text).events:
        alarms = sorted(alarm.trigger.total_seconds() for alarm in event.alarms)  # it takes them in from the last
        number = next(int(line.value) for line in event.extra if line.name == "SEQUENCE")
        first = event.begin.date().isoformat()
        found[event.uid] = (event.name, first, event.all_day, event.status, number, alarms)
    return found


def by_vobject(text: str) -> Read:
    (calendar,) = vobject.readComponents(text)
    calendar.validate(raiseException=True)
    found = {}
    for event in calendar.vevent_list:
        alarms = [alarm.trigger.value.total_seconds() for alarm in event.contents.get("valarm", [])]
        first = event.dtstart.value
        status = event.status.value if "status" in event.contents else None
        facts = (event.summary.value, first.isoformat(), type(first) is date, status, int(event.sequence.value), alarms)
        found[event.uid.value] = facts
    return found


def by_node(text: str) -> dict[str, Read]:
    folder = installed(HERE, "parsers.mjs")
    done = subprocess.run(
        ["node", "parsers.mjs"], cwd=folder, input=text, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return {name: {event["uid"]: _facts(event) for event in events} for name, events in json.loads(done.stdout).items()}


def _facts(event: dict[str, Any]) -> tuple[str, str, bool, str | None, int, list[float]]:
    alarms = [vDuration.from_ical(alarm).total_seconds() for alarm in event["alarms"]]
    return (event["summary"], event["first"], event["is_date"], event["status"], event["sequence"], alarms)


@pytest.mark.parametrize("name", ["remind", "calendar"])
def test_three_programs_in_python_read_the_same(made: dict[str, str], name: str) -> None:
    meant = by_icalendar(made[name])
    assert len(meant) > 4
    assert by_ics(made[name]) == meant
    assert by_vobject(made[name]) == meant


@pytest.mark.slow
@pytest.mark.parametrize("name", ["remind", "calendar"])
def test_two_programs_of_node_read_the_same(made: dict[str, str], name: str) -> None:
    meant = by_icalendar(made[name])
    for program, found in by_node(made[name]).items():
        assert found == meant, program


def test_nothing_stands_before_today_no_alarm_is_in_the_past_and_each_is_at_eight(made: dict[str, str]) -> None:
    meant = by_icalendar(made["remind"])
    assert {facts[3] for facts in meant.values()} == {None, "CANCELLED"}
    for summary, first, is_date, status, _, alarms in meant.values():
        assert is_date
        assert date.fromisoformat(first) >= TODAY
        rings = [datetime.combine(date.fromisoformat(first), time()) + timedelta(seconds=alarm) for alarm in alarms]
        assert all(ring.time() == time(8) and ring.date() > TODAY for ring in rings), summary
        assert rings == sorted(rings)
        assert bool(rings) == (status is None)
    late = meant["review/lathom/late@7f3a2c1e.charterkit"]
    assert late[:2] == (late[0], "2026-09-02")
    assert late[0].startswith("OVERDUE since May 2026: Review: Late (Ysgol y Gaer; 🎒, a\\b: «polisïau»)")
