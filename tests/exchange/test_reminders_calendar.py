"""What is due as a calendar, read back by icalendar and by hand."""

import os
import re
import shutil
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from charterkit.exchange.promises import promises_calendar
from charterkit.exchange.reminders import alarms, reminders_calendar
from charterkit.files.workspace import Workspace
from charterkit.insight.happened import MOST
from charterkit.insight.over import over
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.promises.year import planned, promises
from charterkit.insight.reminders import reminders
from charterkit.model.dates import Cycle
from charterkit.session.starting import start
from tests.insight.samples import evaluation, write

TODAY = date(2025, 11, 22)
POLICY = "schools/lathom/policies/behaviour.yaml"
TERMS = """terms:
  2025-26: {autumn: [2025-09-02, 2025-12-19], spring: [2026-01-05, 2026-03-27], summer: [2026-04-13, 2026-07-21], closed: [[2026-02-16, 2026-02-20]]}
"""
FILES = {
    "charterkit.yaml": TERMS,
    "schools/lathom/school.yaml": "name: Lathom High School\n",
    POLICY: "id: behaviour\ntitle: Behaviour\nstatus: live\nnext_review: 2026-03-02\nowner: {role: Headteacher}\n",
}


def made(root: Path, files: dict[str, str], today: date = TODAY) -> bytes:
    write(root, FILES | files)
    return read(root, today)


def read(root: Path, today: date = TODAY) -> bytes:
    """The calendar of a workspace as it lies there."""
    workspace = Workspace(root)
    left = reminders(workspace, today)
    return reminders_calendar("Lathom", left, workspace, today, over(workspace, today, None, left))


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def days_of(event: Any) -> list[date]:
    """The days of its alarms, each at eight in the morning."""
    begins = event["dtstart"].dt
    found = [one["trigger"].dt + datetime.combine(begins, time()) for one in event.walk("VALARM")]
    assert all((one.hour, one.minute) == (8, 0) for one in found)
    return [one.date() for one in found]


def lines(data: bytes) -> list[str]:
    """The file's lines with the folded ones put together again."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def policies(titles: Iterable[str]) -> dict[str, str]:
    return {
        f"schools/lathom/policies/p{number}.yaml": f"id: p{number}\ntitle: {quoted(title)}\nstatus: live\nnext_review: 2026-03-02\n"
        for number, title in enumerate(titles)
    }


def quoted(text: str) -> str:
    """In YAML's double quotes, every letter as an escape."""
    return '"' + "".join(f"\\U{ord(letter):08x}" for letter in text) + '"'


class TestOneEvent:
    def test_all_of_it(self, tmp_path):
        (one,) = events(made(tmp_path, {}))
        assert str(one["summary"]) == "Review: Behaviour (Lathom High School)"
        assert str(one["description"]) == f"Lathom High School\nOwner: Headteacher\nDue: 2 March 2026\nFrom: {POLICY}"
        assert (one["dtstart"].dt, one["dtend"].dt) == (date(2026, 3, 2), date(2026, 3, 3))
        assert str(one["uid"]) == "review/lathom/behaviour@charterkit"
        assert str(one["transp"]) == "TRANSPARENT"
        assert one["categories"].to_ical() == b"Review"

    def test_all_day_by_the_rules(self, tmp_path):
        found = lines(made(tmp_path, {}))
        assert "DTSTART;VALUE=DATE:20260302" in found
        assert "DTEND;VALUE=DATE:20260303" in found
        assert "DTSTAMP:20251122T000000Z" in found
        for needed in (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "METHOD:PUBLISH",
            "CALSCALE:GREGORIAN",
            "END:VCALENDAR",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
        ):
            assert needed in found

    def test_a_month_is_on_its_last_school_day_and_said_to_be_a_month(self, tmp_path):
        (one,) = events(made(tmp_path, {POLICY: FILES[POLICY].replace("2026-03-02", "2026-02")}))
        assert one["dtstart"].dt == date(2026, 2, 27), "the last school day"
        assert "Due: February 2026" in str(one["description"])

    def test_nobody_is_named(self, tmp_path):
        (one,) = events(made(tmp_path, policies(["A"]) | {POLICY: FILES[POLICY].replace("live", "draft")}))
        assert "Nobody is named as the owner." in str(one["description"])

    def test_the_same_input_gives_the_same_bytes(self, tmp_path):
        assert made(tmp_path, {}) == made(tmp_path, {})

    def test_nothing_due_is_a_calendar_without_events(self, tmp_path):
        data = made(tmp_path, {POLICY: FILES[POLICY].replace("live", "draft")})
        assert events(data) == []
        assert str(Calendar.from_ical(data)["prodid"]).startswith("-//charterkit//")


class TestUids:
    def test_one_stays_when_the_date_moves_and_the_number_grows_with_what_happened(self, tmp_path):
        """Never with a file's time: a copy has the same bytes. A date that was only moved is told by DTSTAMP."""
        reviewed = "history: [{date: 2025-03-02, event: approved}]\n"
        again = "history: [{date: 2025-03-02, event: approved}, {date: 2025-11-20, event: reviewed}]\n"
        found = []
        for text in (
            FILES[POLICY],
            FILES[POLICY] + reviewed,
            FILES[POLICY].replace("2026-03-02", "2026-05-01") + reviewed,
            FILES[POLICY].replace("2026-03-02", "2026-11-20") + again,
        ):
            (event,) = events(made(tmp_path, {POLICY: text}))
            found.append((str(event["uid"]), str(event["dtstart"].dt), int(event["sequence"])))
        days = (date(2025, 3, 2) - date(2000, 1, 1)).days, (date(2025, 11, 20) - date(2000, 1, 1)).days
        assert found == [
            ("review/lathom/behaviour@charterkit", when, number)
            for when, number in (
                ("2026-03-02", 0),
                ("2026-03-02", days[0] * 86400 + 1),
                ("2026-05-01", days[0] * 86400 + 1),
                ("2026-11-20", days[1] * 86400 + 2),
            )
        ]
        before = read(tmp_path)
        os.utime(tmp_path / POLICY, (1, 1))
        assert read(tmp_path) == before

    def test_the_number_fits_32_bits(self, tmp_path):
        files = {POLICY: FILES[POLICY] + "issued: 2099-01-01\n"}
        (event,) = events(made(tmp_path, files, date(2100, 1, 1)))
        assert int(event["sequence"]) == MOST

    def test_a_day_to_come_has_not_happened(self, tmp_path):
        """That a visit was agreed has; a day that is moved to an earlier one is a later word all the same."""
        numbers = []
        for days in ("", "agreed_dates: [2026-03-10]", "agreed_dates: [2026-03-10, 2026-02-03]"):
            visit = f"purpose: certification\ncharter: small\ndate: 2026-04-01\nrequested: 2025-11-20\n{days}\n"
            found = events(made(tmp_path, {"schools/lathom/visits/asked.yaml": visit}))
            numbers += [int(each["sequence"]) for each in found if str(each["uid"]).startswith("visit/")]
        asked = (date(2025, 11, 20) - date(2000, 1, 1)).days * 86400
        assert numbers == [asked + 2, asked + 3, asked + 4]

    def test_it_names_the_workspace_where_that_has_an_id_and_a_promise_as_the_year_does(self, tmp_path):
        promise = FILES[POLICY].replace("live", "live\ncommitments: [{id: report, what: A report, when: each term}]")
        said = {POLICY: promise, "charterkit.yaml": f"id: 7f3a2c1e\n{TERMS}"}
        found = [str(event["uid"]) for event in events(made(tmp_path, said))]
        plan = YearPlan(Cycle.parse("2025-26"), SchoolDays.of(Workspace(tmp_path).config))
        year = promises_calendar("L", planned(promises(Workspace(tmp_path)), plan), plan, TODAY, is_many=False)
        assert found == [
            "promise/lathom/behaviour/report/2025-26-autumn@7f3a2c1e.charterkit",
            "review/lathom/behaviour@7f3a2c1e.charterkit",
        ]
        assert found[0] in {str(event["uid"]) for event in events(year)}

    def test_two_workspaces_made_by_init_have_none_in_common(self, tmp_path):
        """The same school and policy in both; within one, a copy with other file times says the same."""
        found = []
        for name in ("a", "b"):
            start(tmp_path / name, None, example=False)
            files = {key: text for key, text in FILES.items() if key != "charterkit.yaml"}
            write(tmp_path / name, files)
            found.append({str(event["uid"]) for event in events(read(tmp_path / name))})
        assert [len(uids) for uids in found] == [1, 1]
        assert not found[0] & found[1]
        shutil.copytree(tmp_path / "a", tmp_path / "copy", copy_function=shutil.copyfile)
        assert read(tmp_path / "copy") == read(tmp_path / "a")

    def test_two_actions_without_ids_even_the_same_words(self, tmp_path):
        plan = (
            "actions:\n"
            + "  - {action: Ring families, due: 2026-01-10}\n" * 2
            + "  - {action: Ring families, due: 2026-02-10}\n"
        )
        data = made(tmp_path, {"schools/lathom/evaluations/2025-26.yaml": evaluation({}, more=plan)})
        found = [str(one["uid"]) for one in events(data) if "action" in str(one["uid"])]
        assert found == [f"action/lathom/small/ring-families{number}@charterkit" for number in ("", "-2", "-3")]

    def test_two_with_one_id(self, tmp_path):
        plan = "actions:\n" + "  - {action: Ring families, id: ring, due: 2026-01-10}\n" * 2
        data = made(tmp_path, {"schools/lathom/evaluations/2025-26.yaml": evaluation({}, more=plan)})
        found = [str(one["uid"]) for one in events(data)]
        assert len(found) == len(set(found))

    def test_a_promise_keeps_its_own_when_the_term_s_end_moves_and_gets_another_next_term(self, tmp_path):
        promise = FILES[POLICY].replace("live", "live\ncommitments: [{id: report, what: A report, when: each term}]")
        uids = []
        for folder, terms, today in (
            ("a", TERMS, TODAY),
            ("b", TERMS.replace("12-19", "12-12"), TODAY),
            ("c", TERMS, date(2026, 1, 10)),
        ):
            found = events(made(tmp_path / folder, {POLICY: promise, "charterkit.yaml": terms}, today))
            uids += [(str(one["uid"]), str(one["dtstart"].dt)) for one in found if "commitment" in str(one["uid"])]
        autumn, spring = (
            f"commitment/lathom/behaviour/report/2025-26-{term}@charterkit" for term in ("autumn", "spring")
        )
        assert uids == [(autumn, "2025-12-19"), (autumn, "2025-12-12"), (spring, "2026-03-27")]


class TestAlarms:
    def days(self, root: Path, said: str, due: str = "2026-03-10") -> list[str]:
        files = {"charterkit.yaml": TERMS + said, POLICY: FILES[POLICY].replace("2026-03-02", due)}
        (one,) = events(made(root, files))
        return [str(day) for day in days_of(one)]

    def test_60_30_and_7_days_before_and_on_the_day_unless_said(self, tmp_path):
        assert self.days(tmp_path, "") == ["2026-01-09", "2026-02-06", "2026-03-03", "2026-03-10"]
        assert alarms(Workspace(tmp_path)) == (60, 30, 7, 0)

    def test_none_in_the_past_and_the_nearest_first(self, tmp_path):
        assert self.days(tmp_path, "", "2026-01-13") == ["2025-12-12", "2026-01-06", "2026-01-13"]
        assert self.days(tmp_path, "", "2025-11-25") == ["2025-11-25"]
        assert self.days(tmp_path, "", "2025-11-22") == []

    def test_what_is_overdue_stands_on_the_next_school_day_and_says_when_it_was_due(self, tmp_path):
        """On a Saturday on Monday, ringing that day; in the summer holidays on their last; else on today."""
        for today, stands, rings in (
            (TODAY, "2025-11-24", "2025-11-24"),
            (date(2025, 11, 25), "2025-11-25", "2025-11-26"),
            (date(2026, 2, 17), "2026-02-23", "2026-02-23"),
        ):
            due = FILES[POLICY].replace("2026-03-02", "2025-10")
            (event,) = events(made(tmp_path, {POLICY: due}, today))
            assert str(event["summary"]) == "OVERDUE since October 2025: Review: Behaviour (Lathom High School)"
            assert "Was due: October 2025" in str(event["description"])
            assert (str(event["dtstart"].dt), [str(day) for day in days_of(event)]) == (stands, [rings])

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ("[]", []),
            ("[14d]", ["2026-02-24"]),
            ("[7d, 1 week, 7 days]", ["2026-03-03"]),
            ("[7d, 14d]", ["2026-02-24", "2026-03-03"]),
            ("[0d]", ["2026-03-10"]),
            # half term: 18 and 20 February become one alarm on the last day before
            ("[20d, 18d]", ["2026-02-13"]),
        ],
    )
    def test_as_the_settings_say(self, tmp_path, said, expected):
        assert self.days(tmp_path, f"reminders: {{alarms: {said}}}\n") == expected

    def test_in_the_holidays_on_the_last_school_day_before(self, tmp_path):
        assert self.days(tmp_path, "reminders: {alarms: [7d]}\n", "2026-01-06") == ["2025-12-19"]

    def test_never_on_a_day_without_school_nor_after_its_day(self, tmp_path):
        write(tmp_path, FILES)
        school_days = SchoolDays.of(Workspace(tmp_path).config)
        files = {
            f"schools/lathom/policies/p{number}.yaml": f"id: p{number}\ntitle: A\nstatus: live\nnext_review: {TODAY + timedelta(days=number * 3)}\n"
            for number in range(80)
        }
        for one in events(made(tmp_path, files)):
            for day in days_of(one):
                assert school_days.is_school_day(day)
                assert TODAY < day <= one["dtstart"].dt

    def test_where_no_school_day_is_near_it_stays(self, tmp_path):
        files = {"charterkit.yaml": "terms: {2025-26: {closed: [[2025-08-01, 2026-08-31]]}}\n"}
        (one,) = events(made(tmp_path, files))
        assert days_of(one)[-2:] == [date(2026, 2, 23), date(2026, 3, 2)]


class TestWhatIsOver:
    """It comes as cancelled, from what the files say and nothing else."""

    def test_a_review_that_waits_and_the_decision_that_ends_it(self, tmp_path):
        whole = "id: p\ntitle: P\nstatus: live\napprover: trustees\nreview: {every: 1 year}\nhistory:\n"
        steps = ("approved, by: Trustees}", "reviewed, by: Deputy head}", "approved, by: Trustees}")
        days = ("2024-12-10", "2025-11-10", "2025-11-20")
        told = []
        for number in (1, 2, 3):
            lines = "".join(
                f"  - {{date: {day}, event: {step}\n" for day, step in list(zip(days, steps, strict=True))[:number]
            )
            found = events(made(tmp_path, {POLICY: whole + lines}))
            told.append({str(each["uid"]).partition("/")[0]: str(each.get("status", "")) for each in found})
        assert [(each.get("review", ""), each.get("decision", "")) for each in told] == [
            ("", "CANCELLED"),
            ("CANCELLED", ""),
            ("", "CANCELLED"),
        ]

    def test_an_earlier_certificate_in_the_folder_of_the_trust(self, tmp_path):
        """Under the school too, where the newest one stands."""
        said = "school: lathom\ncharter: small\npurpose: certification\noutcome: met\n"
        files = {
            "schools/trust/school.yaml": "name: Trust\nkind: trust\nmembers: [lathom]\n",
            "schools/trust/visits/a.yaml": f"{said}date: 2024-03-10\ncertificate: {{number: A-1, valid_until: 2027-03-10}}\n",
            "schools/trust/visits/b.yaml": f"{said}date: 2025-03-10\ncertificate: {{number: B-1, valid_until: 2028-03-10}}\n",
        }
        write(tmp_path, {**FILES, **files})
        workspace = Workspace(tmp_path)
        for slug in ("lathom", None):
            left = reminders(workspace, TODAY, slug)
            assert [each.item for each in left if each.kind == "certificate"] == ["B-1"]
            assert [each.item for each in over(workspace, TODAY, slug, left) if each.kind == "certificate"] == ["A-1"]

    def test_archived_policies_their_promises_and_closed_actions(self, tmp_path):
        promise = "\ncommitments: [{id: report, what: A report, when: each term}]\nmonitored_by: [{who: Head, every: each term}]"
        plan = "actions: [{action: Paint, id: paint, due: 2025-12-01}, {action: Mend, id: mend, due: 2025-10-01}]\n"
        files = {
            POLICY: FILES[POLICY].replace("live", f"live{promise}"),
            "schools/lathom/evaluations/2025-26.yaml": evaluation({}, more=plan),
        }
        before = {str(event["uid"]): event for event in events(made(tmp_path, files))}
        closed = plan.replace("12-01", "12-01, status: done, closed: 2025-11-20").replace(
            "10-01", "10-01, status: dropped"
        )
        files = {
            POLICY: files[POLICY].replace("live", "archived"),
            "schools/lathom/evaluations/2025-26.yaml": evaluation({}, more=closed),
        }
        after = {str(event["uid"]): event for event in events(made(tmp_path, files))}
        gone = [uid for uid in before if not uid.startswith("evaluation")]
        assert sorted(set(before)) == sorted(set(after))
        assert len(gone) == 5
        for uid in gone:
            assert str(after[uid]["status"]) == "CANCELLED"
            assert int(after[uid]["sequence"]) > int(before[uid]["sequence"])
            assert after[uid]["dtstart"].dt >= TODAY
            assert "No longer due: " in str(after[uid]["summary"])
            assert not after[uid].walk("VALARM")
        again = {str(event["uid"]) for event in events(read(tmp_path, date(2027, 6, 1))) if "STATUS" in event}
        assert not {uid for uid in again if "action" in uid}, "after more than a year nobody needs to hear it again"


HOSTILE = [
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:made up",
    'semi;colon, comma\\ back\\nslash: "quotes"',
    "مدرسة الأمل 🎒 Zoë",
    "line\u2028separator\u2029and\x85next",
    "bell\x07 escape\x1b[31m right\u202eleft",
    "x" * 5000,
    "🎒" * 3000,
    "<script>alert(1)</script> [a](b) =cmd()",
    "   ",
]


def is_sound(data: bytes) -> None:
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75, "RFC 5545, section 3.1"
    text = data.decode()
    assert not re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\u2028\u2029\x85\u202e]", text)
    for one in lines(data)[:-1]:
        assert re.match(r"[A-Z-]+[;:]", one), one[:80]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_out(tmp_path, text):
    files = policies([text]) | {"schools/lathom/school.yaml": f"name: {quoted(text)}\n"}
    data = made(tmp_path, files)
    is_sound(data)
    found = events(data)
    by_uid = {str(one["uid"]): one for one in found}
    assert sorted(by_uid) == ["review/lathom/behaviour@charterkit", "review/lathom/p0@charterkit"]
    for word in ("Zoë", "مدرسة", 'comma\\ back\\nslash: "quotes"', "<script>"):
        if word in text:
            assert word in str(by_uid["review/lathom/p0@charterkit"]["summary"])


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_any_text_comes_back_on_one_line(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("any")
    data = made(root, policies([text]))
    is_sound(data)
    (one,) = [one for one in events(data) if "p0" in str(one["uid"])]
    assert "\n" not in str(one["summary"])


def test_the_whole_repository_s(tmp_path):
    from tests.cli.calling import ROOT

    workspace = Workspace(ROOT)
    found = reminders(workspace, TODAY)
    data = reminders_calendar("All", found, workspace, TODAY)
    is_sound(data)
    taken = events(data)
    uids = [str(one["uid"]) for one in taken]
    assert len(taken) == len(found) == len(set(uids)) > 50
    stands = SchoolDays.of(workspace.config).after(TODAY)
    assert [one["dtstart"].dt for one in taken] == [max(one.due_by, stands) for one in found]
