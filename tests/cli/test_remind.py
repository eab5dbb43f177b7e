"""`charterkit remind`, as people call it: what is due, on the screen, in files, in calendars and by email."""

import csv
import inspect
import io
import json
import os
import re
import sys
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import SimpleNamespace

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

import charterkit.render
from charterkit.choices import REMINDER_ORDERS
from charterkit.cli import remind as command
from charterkit.cli.app import run
from charterkit.documents import DOCUMENTS
from charterkit.insight.reminder import DueState
from charterkit.insight.reminders import KINDS
from charterkit.render.listings import reminders as rendered
from tests.cli.calling import ROOT, call, terminal
from tests.exchange.mailbox import HOST, Post, TokenPost, certificate, free_port, running, silent
from tests.insight.samples import charter, evaluation, write

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
SCHEMA = Path(charterkit.render.__file__).parent / "schemas/remind.json"
TERMS = """terms:
  2025-26: {autumn: [2025-09-02, 2025-12-19], spring: [2026-01-05, 2026-03-27], summer: [2026-04-13, 2026-07-21], closed: [[2026-02-16, 2026-02-20]]}
"""
SCHOOL = """name: Lathom High School
contacts:
  - {role: Headteacher, name: Ada Okafor, email: ada@lathom.example}
  - {role: School office, email: office@lathom.example}
  - {role: Nurse, email: nurse@@lathom.example}
  - {role: Caretaker, email: ben@lathom.example}
"""
PLAN = """actions:
  - {action: Paint the gate, id: paint, due: 2025-12, owner: School office}
  - {action: Mend the clock, id: clock, due: 2026-01-30, owner: Caretaker}
  - {action: Ring families, id: ring, due: 2026-02-10}
  - {action: Check the plasters, id: plasters, due: 2026-02-10, owner: Nurse}
"""
FILES = {
    "charterkit.yaml": f"charter: small\n{TERMS}",
    "charters/small.yaml": charter(["gate"]),
    "schools/lathom/school.yaml": SCHOOL,
    "schools/lathom/evaluations/2025-26.yaml": evaluation({"gate": "red"}, more=PLAN),
    "schools/lathom/policies/behaviour.yaml": (
        "id: behaviour\ntitle: Behaviour\nstatus: live\nnext_review: 2025-11\nowner: {role: Headteacher}\n"
        "commitments: [{id: letter, what: A letter home, when: monthly, owner: School office}]\n"
    ),
    "schools/lathom/visits/2026-05-01.yaml": "charter: small\ndate: 2026-05-01\npurpose: support\n",
}
TODAY = "2026-01-15"


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, FILES)
    return tmp_path


def remind(*arguments, cwd, code=0, **more):
    """One call in this process, which is quicker than one of its own; the environment of a person who has set nothing."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        for key in [one for one in os.environ if one.startswith("CHARTERKIT_")]:
            patch.delenv(key)
        for key, value in ({"CHARTERKIT_TODAY": TODAY, "COLUMNS": "80"} | more).items():
            patch.setenv(key, value)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        found = run(["remind", *arguments])
    said = []
    for one in (out, err):
        one.flush()
        said.append(one.buffer.getvalue().decode())
    assert found == code, said
    assert "Traceback" not in said[1]
    return SimpleNamespace(stdout=said[0], stderr=said[1])


def rows(*arguments, cwd, **more):
    found = json.loads(remind("--format", "json", *arguments, cwd=cwd, **more).stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(found)
    return found


def refused(*arguments, cwd, said, **more):
    done = remind(*arguments, cwd=cwd, code=2, **more)
    assert done.stdout == ""
    assert said in " ".join(done.stderr.split())


def mail_files(folder):
    return {path.name: message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*.eml"))}


def test_the_choices_on_the_call_are_those_there_are():
    assert set(DOCUMENTS["due"].formats) == {"table", "json", "csv", "xlsx", "ics", "email", "pdf", "html", "markdown"}
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))["items"]
    assert schema["properties"]["kind"]["enum"] == list(KINDS)
    assert schema["properties"]["state"]["enum"] == [one.value for one in DueState]
    assert tuple(schema["required"]) == rendered.KEYS == tuple(schema["properties"])
    assert f'"{REMINDER_ORDERS[0]}"' in inspect.getsource(command).partition('"--by"')[2].partition("kinds:")[0]


class TestTheDigest:
    def test_overdue_first_then_this_week_this_month_this_term_later(self, folder):
        out = remind("--all", cwd=folder).stdout
        headings = re.findall(r"^(\w[\w ]*) \((\d+)\)$", out, re.MULTILINE)
        assert headings == [("Overdue", "2"), ("This month", "2"), ("This term", "2"), ("Later", "2")]
        assert out.startswith(
            "Lathom High School\nas of 15 January 2026\n\nTwo things are overdue; three things and one promise"
        )
        places = [
            out.index(word)
            for word in (
                "Behaviour",
                "Paint the gate",
                "Mend the clock",
                "A letter home",
                "Check the",
                "Ring families",
                "Support visit",
                "A small charter",
            )
        ]
        assert places == sorted(places), "and a promise after the rest under its heading"
        assert "▲ November 2025" in out
        assert "6 weeks late" in out
        assert "Lathom High School" not in out[20:], "named once"

    def test_on_a_weekend_the_week_that_comes(self, folder):
        out = remind(cwd=folder, CHARTERKIT_TODAY="2026-01-24").stdout
        assert "The coming week (2)" in out
        assert "in 6 days" in out

    def test_nothing_is_due(self, folder):
        done = remind("--kind", "certificate", cwd=folder)
        assert "Nothing is overdue, and nothing falls due in the next 60 days." in done.stdout
        assert "Nothing is overdue, and nothing falls due in the next 60 days." in done.stdout

    @pytest.mark.parametrize(
        ("days", "said"),
        [
            ("0d", "nothing falls due today"),
            ("1 day", "nothing falls due by tomorrow"),
            ("2 weeks", "in the next 14 days"),
        ],
    )
    def test_how_far_it_looked(self, folder, days, said):
        assert said in remind("--kind", "visit", "--within", days, cwd=folder).stdout

    def test_by_owner(self, folder):
        out = remind("--by", "owner", cwd=folder).stdout
        assert re.findall(r"^(\w[\w ]*) \((\d+)\)$", out, re.MULTILINE) == [
            ("Nobody named", "1"),
            ("Headteacher", "1"),
            ("School office", "2"),
            ("Caretaker", "1"),
            ("Nurse", "1"),
        ]

    def test_by_school(self):
        out = remind("--by", "school", cwd=ROOT, CHARTERKIT_TODAY="2026-11-22").stdout
        headings = re.findall(r"^(\w[^\n]*) \(\d+\)$", out, re.MULTILINE)
        assert headings == sorted(headings, key=str.casefold)
        assert "Ravensfield" in headings
        assert out.count("Ravensfield") == 1

    def test_a_workspace_of_many_names_each_school(self):
        out = remind("--format", "markdown", cwd=ROOT, CHARTERKIT_TODAY="2026-11-22").stdout
        assert "(Policy review, Kingsgate School)" in out

    @pytest.mark.alike(5)
    @pytest.mark.parametrize("columns", [20, 40, 60, 80, 200])
    def test_it_fits_the_terminal(self, folder, columns):
        with terminal("remind", "--all", cwd=folder, columns=columns, rows=200, CHARTERKIT_TODAY=TODAY) as screen:
            assert screen.finish() == 0
            plain = re.sub(r"\x1b\[[0-9;]*m", "", screen.said)
            assert all(len(line.rstrip()) <= columns for line in plain.splitlines())
            words = " ".join(plain.split())
            for one in ("Behaviour", "Overdue (2)", "▲"):
                assert one in words

    def test_without_colour_and_with(self, folder):
        assert "\x1b" not in remind(cwd=folder).stdout
        done = call("--color", "always", "remind", cwd=folder, CHARTERKIT_TODAY=TODAY)
        assert "\x1b[1m" in done.stdout


class TestForPrograms:
    def test_every_key(self, folder):
        assert rows("--kind", "action", "--owner", "office", cwd=folder) == [
            {
                "kind": "action",
                "school": "lathom",
                "item": "paint",
                "title": "Paint the gate",
                "owner": "School office",
                "due": "2025-12",
                "due_by": "2025-12-31",
                "state": "overdue",
                "days": -15,
                "about": "small",
                "path": "schools/lathom/evaluations/2025-26.yaml",
                "school_name": "Lathom High School",
                "owner_email": "office@lathom.example",
            }
        ]

    @pytest.mark.parametrize("today", ["2013-03-01", "2018-07-02", "2024-10-01", "2026-11-22", "2030-01-01"])
    def test_the_seeds_follow_the_schema(self, today):
        found = rows("--all", cwd=ROOT, CHARTERKIT_TODAY=today)
        assert found
        assert [one["due_by"] for one in found] == sorted(one["due_by"] for one in found)

    def test_the_window(self, folder):
        states = {one["item"]: one["state"] for one in rows("--all", cwd=folder)}
        assert states == {
            "behaviour": "overdue",
            "paint": "overdue",
            "clock": "due",
            "letter": "due",
            "ring": "due",
            "plasters": "due",
            "2026-05-01": "upcoming",
            "small": "upcoming",
        }
        assert [one["item"] for one in rows("--within", "15d", cwd=folder)] == ["behaviour", "paint", "clock", "letter"]
        assert [one["item"] for one in rows("--within", "0d", cwd=folder)] == ["behaviour", "paint"]
        assert len(rows("--within", "500 weeks", cwd=folder)) == 8
        (folder / "charterkit.yaml").write_text("reminders: {within: 15d}\n", encoding="utf-8")
        assert "ring" not in {one["item"] for one in rows(cwd=folder)}

    def test_what_is_asked_for(self, folder):
        assert {one["kind"] for one in rows("--all", "--kind", "visit", "--kind", "review", cwd=folder)} == {
            "visit",
            "review",
        }
        assert [one["item"] for one in rows("--owner", "CARE", cwd=folder)] == ["clock"]
        assert rows("--owner", "nobody at all", cwd=folder) == []

    def test_csv_has_the_same_rows(self, folder):
        done = remind("--format", "csv", "--all", cwd=folder)
        found = list(csv.DictReader(io.StringIO(done.stdout)))
        same = [
            {key: "" if value is None else str(value) for key, value in one.items()}
            for one in rows("--all", cwd=folder)
        ]
        assert found == same

    def test_the_calendar_has_everything_whatever_the_window(self, folder):
        done = remind("--format", "ics", "--within", "0d", cwd=folder)
        assert len(Calendar.from_ical(done.stdout).walk("VEVENT")) == 8


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("md", "# Lathom High School: what is due"),
        ("html", "<!doctype html>"),
        ("htm", "<!doctype html>"),
        ("json", "["),
        ("csv", "\ufeffkind,school"),
        ("ics", "BEGIN:VCALENDAR"),
        ("txt", "Lathom High School"),
    ],
)
def test_the_file_s_name_tells_the_format(folder, ending, begins):
    done = remind("-o", f"out/due.{ending}", cwd=folder)
    assert (done.stdout, done.stderr) == ("", f"Written to out/due.{ending}.\n")
    assert (folder / f"out/due.{ending}").read_text(encoding="utf-8").startswith(begins)


def test_a_said_format_goes_before_the_file_s_name(folder):
    remind("--format", "json", "-o", "due.txt", cwd=folder)
    assert json.loads((folder / "due.txt").read_text(encoding="utf-8"))


class TestFailOn:
    @pytest.mark.parametrize("chosen", ["table", "markdown", "html", "json", "csv", "ics", "email"])
    def test_overdue_is_1_after_printing(self, folder, chosen):
        assert remind("--format", chosen, "--fail-on", "overdue", cwd=folder, code=1).stdout

    def test_what_is_not_asked_for_does_not_count(self, folder):
        remind("--fail-on", "overdue", "--kind", "visit", cwd=folder)
        remind("--fail-on", "overdue", "--owner", "caretaker", cwd=folder)
        remind("--fail-on", "overdue", cwd=folder, CHARTERKIT_TODAY="2025-11-01")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--within", "soon"], "--within: 'soon' is not a number of days. Write 60d, 60 days or 8 weeks."),
        (["--within", "-3d"], "--within"),
        (["--within", ""], "--within"),
        (["--by", "colour"], "--by colour: there is no such choice. Write one of: date, owner, school."),
        (["--kind", "reviews"], "--kind reviews: there is no such choice."),
        (["--fail-on", "due"], "--fail-on due: there is no such choice. Write one of: overdue."),
        (["--format", "docx"], "There is no format 'docx'."),
        (["-o", "due.docx"], "No document ending in .docx can be made."),
        (["-o", "schools/lathom/x.md"], "is among the workspace's own files"),
        (["--format", "email", "-o", "schools/lathom"], "is among the workspace's own files"),
        (["--send"], "--send sends emails only. Add --format email."),
        (["--format", "ics", "--send"], "--send sends emails only."),
        (["nobody"], "nobody"),
        (["--today", "soon"], "--today soon: this is not a day."),
    ],
)
def test_a_call_that_cannot_be_meant(folder, arguments, said):
    refused(*arguments, cwd=folder, said=said)


EMAIL = ("--format", "email")
SEND = (*EMAIL, "--send", "--from", "office@lathom.example")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*EMAIL, "--send"], "There is no mail server to send by. Add --smtp HOST:PORT, or set CHARTERKIT_SMTP."),
        ([*EMAIL, "--send", "--smtp", "localhost"], "Whom the messages are from is not said. Add --from ADDRESS"),
        (
            [*EMAIL, "--send", "--smtp", "localhost", "--from", "the office"],
            "--from the office: this is no email address.",
        ),
        ([*EMAIL, "-o", "mail", "--from", "the office"], "--from the office: this is no email address."),
        ([*EMAIL, "--from", "a@b@c.example"], "this is no email address"),
        (
            [*SEND, "--smtp", "localhost", "--security", "ssl"],
            "--security ssl: there is no such choice. Write one of: starttls, tls, none.",
        ),
        ([*SEND, "--smtp", "localhost", "-o", "mail"], "Messages are sent, or written to the folder of -o."),
        *[
            ([*SEND, "--smtp", one], "this is no mail server. Write it as smtp.example.org:587.")
            for one in (
                "localhost:smtp",
                "localhost:0",
                "localhost:65536",
                "localhost:99999999",
                ":25",
                "smtp://localhost",
                "a b",
                "a..b",
                ".",
                "[::1",
                "héé:25",
                "localhost:٢٥",
                "x" * 64,
            )
        ],
    ],
)
def test_an_email_that_cannot_be_meant(folder, arguments, said):
    refused(*arguments, cwd=folder, said=said)
    assert not (folder / "mail").exists()


def test_a_file_where_the_folder_of_messages_is_to_be(folder):
    (folder / "mail").write_text("mine", encoding="utf-8")
    refused(
        *EMAIL,
        "-o",
        "mail",
        cwd=folder,
        said="mail is a file. Name a folder: each owner's message becomes a file in it.",
    )
    refused(*EMAIL, "-o", "mail/more", cwd=folder, said="mail")
    assert (folder / "mail").read_text(encoding="utf-8") == "mine"


LOST = [
    "Lathom High School: no owner is named: 1 reminder reaches nobody.",
    "Lathom High School: the email address of Nurse cannot be used: 1 reminder reaches nobody.",
]


class TestMessagesAsFiles:
    def test_without_a_folder_they_are_only_shown(self, folder):
        done = remind(*EMAIL, cwd=folder)
        assert done.stdout.count("To: ") == 3
        assert (
            "To: Ada Okafor <ada@lathom.example>\nSubject: One thing overdue: Lathom High School\n\nDear Ada Okafor,"
            in done.stdout
        )
        said = done.stderr.splitlines()
        assert sorted(said[:2]) == LOST
        assert said[2:] == ["3 messages are shown and none was sent: -o FOLDER writes them, --send sends them."]
        assert sorted(path.name for path in folder.iterdir()) == ["charterkit.yaml", "charters", "schools"]

    def test_one_file_an_owner(self, folder):
        done = remind(*EMAIL, "-o", "mail", cwd=folder)
        assert done.stdout == ""
        assert done.stderr.splitlines()[-1] == "3 messages written to mail; none was sent."
        found = mail_files(folder / "mail")
        assert list(found) == [f"{TODAY}-ada-okafor.eml", f"{TODAY}-caretaker.eml", f"{TODAY}-school-office.eml"]
        one = found[f"{TODAY}-school-office.eml"]
        assert str(one["To"]) == "School office <office@lathom.example>"
        assert str(one["From"]) == "charterkit reminders <reminders@charterkit.invalid>"
        assert str(one["Subject"]) == "One thing overdue and one thing due: Lathom High School"
        text, html = (part.get_content() for part in one.iter_parts())
        for word in ("Paint the gate", "A letter home", "December 2025, 2 weeks late", "Dear School office"):
            assert word in text
            assert word in html
        for word in ("Behaviour", "Mend the clock"):
            assert word not in text + html
        assert not one.defects

    def test_again_gives_the_same_bytes(self, folder):
        remind(*EMAIL, "-o", "one", cwd=folder)
        remind(*EMAIL, "-o", "two", cwd=folder)
        for path in (folder / "one").iterdir():
            assert path.read_bytes() == (folder / "two" / path.name).read_bytes()

    def test_the_sender_that_is_said(self, folder):
        remind(*EMAIL, "-o", "mail", "--from", "kim@lathom.example", cwd=folder)
        assert {one["From"].addresses[0].addr_spec for one in mail_files(folder / "mail").values()} == {
            "kim@lathom.example"
        }

    def test_two_contacts_with_one_address_get_one_message(self, folder):
        path = folder / "schools/lathom/school.yaml"
        path.write_text(SCHOOL.replace("ben@", "OFFICE@"), encoding="utf-8")
        remind(*EMAIL, "-o", "mail", cwd=folder)
        assert len(mail_files(folder / "mail")) == 2

    def test_two_people_of_one_name_get_two_files(self, folder):
        path = folder / "schools/lathom/school.yaml"
        path.write_text(
            SCHOOL.replace("role: Caretaker, ", "role: Caretaker, name: Kim, ").replace(
                "role: School office, ", "role: School office, name: KIM, "
            ),
            encoding="utf-8",
        )
        remind(*EMAIL, "-o", "mail", cwd=folder)
        assert sorted(mail_files(folder / "mail")) == [
            f"{TODAY}-ada-okafor.eml",
            f"{TODAY}-kim-2.eml",
            f"{TODAY}-kim.eml",
        ]

    def test_nobody_can_be_reached(self, folder):
        (folder / "schools/lathom/school.yaml").write_text("name: Lathom High School\n", encoding="utf-8")
        done = remind(*EMAIL, cwd=folder)
        assert done.stdout == ""
        assert "There is nobody to write to." in done.stderr
        assert "no contact has the name or role of Headteacher" in done.stderr


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    made = certificate(tmp_path_factory.mktemp("tls"))
    if made is None:
        pytest.skip("the certificate is made by the openssl program")
    return made


class TestSending:
    PLAIN = ("--security", "none")

    def send(self, folder, port, *arguments, code=0, **more):
        return remind(*SEND, "--smtp", f"{HOST}:{port}", *arguments, cwd=folder, code=code, **more)

    def test_each_owner_gets_one_and_whoever_cannot_be_reached_makes_it_1_at_the_end(self, folder):
        with running(post := Post()) as port:
            done = self.send(folder, port, *self.PLAIN, code=1)
        assert sorted(post.to) == ["ada@lathom.example", "ben@lathom.example", "office@lathom.example"]
        said = done.stderr.splitlines()
        assert sorted(said[:2]) == LOST
        assert sorted(said[2:-1]) == [f"Sent to {one}@lathom.example." for one in ("ada", "ben", "office")]
        assert said[-1] == "2 reminders reached nobody: the lines above say why."

    def test_twice_a_day_is_sent_once_and_each_step_once(self, folder):
        """By the record in the user's own folder; a date that moves, the next step and --again are told anew."""
        only, kept = (*self.PLAIN, "--owner", "caretaker"), folder.parent / "state"
        with running(post := Post()) as port:
            for today, more, count in (
                ("2026-01-15", (), 1),
                ("2026-01-15", (), 0),
                ("2026-01-15", ("--again",), 1),
                ("2026-01-22", (), 0),
                ("2026-01-23", (), 1),  # a week before
                ("2026-01-30", (), 1),  # on the day
                ("2026-02-02", (), 1),  # overdue
                ("2026-02-05", (), 0),
                ("2026-02-09", (), 1),  # another week
            ):
                before = len(post.raw)
                done = self.send(folder, port, *only, *more, CHARTERKIT_TODAY=today, XDG_STATE_HOME=str(kept))
                assert len(post.raw) - before == count, (today, done.stderr)
                assert ("Nothing is new" in done.stderr) == (count == 0)
            path = folder / "schools/lathom/evaluations/2025-26.yaml"
            path.write_text(path.read_text(encoding="utf-8").replace("2026-01-30", "2026-03-01"), encoding="utf-8")
            self.send(folder, port, *only, CHARTERKIT_TODAY="2026-02-09", XDG_STATE_HOME=str(kept))
            assert len(post.raw) == 7
        assert not [path for path in folder.rglob("*") if "told" in path.name], "nothing in the repository"
        (record,) = kept.rglob("told-*.json")
        assert "lathom" not in record.read_text(encoding="utf-8")

    def test_two_calls_at_once_send_once(self, folder):
        """The second waits for the first, and then sees what it has done."""
        from concurrent.futures import ThreadPoolExecutor

        with running(post := Post()) as port:
            given = {"cwd": folder, "CHARTERKIT_TODAY": TODAY}
            asked = (*SEND, "--smtp", f"{HOST}:{port}", *self.PLAIN, "--owner", "caretaker")
            with ThreadPoolExecutor(2) as pool:
                done = list(pool.map(lambda _: call("remind", *asked, **given), range(2)))
        assert [one.returncode for one in done] == [0, 0]
        assert len(post.raw) == 1
        assert sum("Nothing is new" in one.stderr for one in done) == 1

    def test_copies_links_and_one_message_a_person_whatever_she_is_called(self, folder):
        """The clerk gets a copy of each, the head of what is two weeks overdue; a policy's own address is a link."""
        people = "  - {role: SENCo, name: Ada Okafor, email: ada@lathom.example}\n"
        late = "id: late\ntitle: Late\nstatus: live\nnext_review: 2025-12-31\nowner: {name: Ada Okafor}\n"
        later = (
            late.replace("late\n", "later\n")
            .replace("2025-12-31", "2026-01-14")
            .replace("name: Ada", "email: ben@lathom.example, name: Ben")
        )
        write(
            folder,
            {
                "charterkit.yaml": f"id: 7f3a\nreminders: {{clerk: clerk@lathom.example, copy: {{to: Chair, after: 2 weeks}}}}\n{TERMS}",
                "schools/lathom/school.yaml": f"{SCHOOL}{people}  - {{role: Chair, email: chair@lathom.example}}\n",
                "schools/lathom/policies/late.yaml": f"{late}publication: {{url: 'https://lathom.example/late'}}\n",
                "schools/lathom/policies/later.yaml": later,
                "schools/lathom/policies/behaviour.yaml": FILES["schools/lathom/policies/behaviour.yaml"].replace(
                    "role: Headteacher", "role: senco"
                ),
            },
        )
        with running(post := Post()) as port:
            done = self.send(folder, port, *self.PLAIN, "--kind", "review")
        assert sorted(post.to) == ["ada@lathom.example"] * 3 + ["ben@lathom.example"] * 2
        copies = {str(made["To"]): str(made["Cc"]) for made in post.messages}
        assert copies == {
            "Ada Okafor <ada@lathom.example>": "clerk@lathom.example, chair@lathom.example",
            "Ben Okafor <ben@lathom.example>": "clerk@lathom.example",
        }
        assert "Sent copy to clerk@lathom.example." in done.stderr
        text, html = (part.get_content() for part in post.messages[0].iter_parts())
        assert "  https://lathom.example/late" in text.splitlines()
        assert '<a href="https://lathom.example/late"' in html
        shown = remind(*EMAIL, "--copy-to", "Nobody", "--kind", "review", cwd=folder)
        assert "no contact has the name or role of Nobody, who is to get a copy: no copy is sent." in shown.stderr
        assert "Cc: chair@lathom.example" in shown.stdout

    def test_whoever_has_it_is_not_sent_it_again_and_whoever_has_not_is(self, folder):
        """By each address: a copy that failed goes alone, and a message that failed without its copy."""
        who = "name: Lathom High School\ncontacts:\n  - {role: Headteacher, email: ada@lathom.example}\n"
        write(
            folder,
            {
                "charterkit.yaml": f"id: 7f3a\nreminders: {{clerk: clerk@lathom.example}}\n{TERMS}",
                "schools/lathom/school.yaml": who,
            },
        )
        given = {"XDG_STATE_HOME": str(folder.parent / "copied")}

        def went(*refused, code=0, more=()):
            post = Post(refused=refused)
            with running(post) as port:
                done = self.send(folder, port, *self.PLAIN, "--kind", "review", *more, code=code, **given)
            sent = [line.split()[-1][:-1].partition("@")[0] for line in done.stderr.splitlines() if line[:5] == "Sent "]
            return sent, [str(made["Message-ID"]) for made in post.messages], done.stderr

        assert went("clerk@lathom.example", code=2)[0] == ["ada"]
        assert went("clerk@lathom.example", code=2)[0] == []
        assert went()[0] == ["clerk"]
        sent, _, said = went()
        assert sent == []
        assert "Nothing is new" in said
        first, second = (went(more=("--again",))[1] for _ in range(2))
        assert not set(first) & set(second), "a mailbox leaves out what it has by its Message-ID"
        path = folder / "schools/lathom/policies/behaviour.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("2025-11", "2025-10"), encoding="utf-8")
        assert went("ada@lathom.example", code=2)[0] == ["clerk"]
        assert went()[0] == ["ada"]
        assert went()[0] == []

    def test_a_token_from_a_file_that_nobody_else_reads(self, folder, pair):
        secret = folder.parent / "token"
        secret.write_text("t0ken\n", encoding="utf-8")
        secret.chmod(0o644)
        given = {"CHARTERKIT_SMTP_USER": "kim@lathom.example", "CHARTERKIT_SMTP_TOKEN_FILE": str(secret)}
        with running(post := TokenPost("t0ken"), pair, "starttls", login=True) as port:
            only = ("--owner", "caretaker")
            if os.name == "posix":
                done = self.send(folder, port, *only, code=2, **given)
                assert "others on this computer can read this file" in " ".join(done.stderr.split())
                secret.chmod(0o600)
            done = self.send(folder, port, *only, SSL_CERT_FILE=str(pair[0]), **given)
            both = self.send(folder, port, *only, code=2, CHARTERKIT_SMTP_PASSWORD="x", **given)
        assert post.to == ["ben@lathom.example"]
        assert "t0ken" not in done.stderr
        assert "Both a password and a token" in both.stderr

    def test_all_by_the_environment_over_starttls_with_a_login(self, folder, pair):
        with running(post := Post(), pair, "starttls", login=True) as port:
            given = {
                "CHARTERKIT_SMTP": f"{HOST}:{port}",
                "CHARTERKIT_FROM": "kim@lathom.example",
                "CHARTERKIT_SMTP_USER": "kim",
                "CHARTERKIT_SMTP_PASSWORD": "correct horse",
                "SSL_CERT_FILE": str(pair[0]),
            }
            done = remind(*EMAIL, "--send", cwd=folder, code=1, **given)
        assert len(post.messages) == 3
        assert post.logins == ["kim:correct horse"]
        assert post.tls == [True, True, True]
        assert "horse" not in done.stdout + done.stderr

    def test_a_refused_login_names_no_password(self, folder, pair):
        with running(post := Post(), pair, "starttls", login=True) as port:
            done = self.send(
                folder,
                port,
                code=2,
                CHARTERKIT_SMTP_USER="kim",
                CHARTERKIT_SMTP_PASSWORD="s3cret",
                SSL_CERT_FILE=str(pair[0]),
            )
        assert post.raw == []
        assert done.stderr.count("the login was refused") == 2
        assert "3 of 3 messages were not sent." in done.stderr
        assert "s3cret" not in done.stdout + done.stderr

    def test_a_login_is_never_sent_in_the_open(self, folder):
        done = remind(
            *SEND,
            "--smtp",
            "mail.example.org",
            *self.PLAIN,
            cwd=folder,
            code=2,
            CHARTERKIT_SMTP_USER="kim",
            CHARTERKIT_SMTP_PASSWORD="s3cret",
        )
        assert "A login is not sent where anybody can read it." in done.stderr
        assert "s3cret" not in done.stderr

    def test_one_that_is_refused_does_not_stop_the_others_and_is_named(self, folder):
        with running(post := Post(refused=("office@lathom.example",), dropped=("ben@lathom.example",))) as port:
            done = self.send(folder, port, *self.PLAIN, code=2)
        assert post.to == ["ada@lathom.example"]
        assert "Sent to ada@lathom.example." in done.stderr
        assert (
            "Not sent to office@lathom.example: the address was refused (550 5.1.1 No such person here)." in done.stderr
        )
        assert "Not sent to ben@lathom.example: the server broke the connection off." in done.stderr
        assert "2 of 3 messages were not sent." in done.stderr

    def test_nobody_answers(self, folder):
        done = self.send(folder, free_port(), *self.PLAIN, "--fail-on", "overdue", code=2)
        assert done.stderr.count("Connection refused") == 2
        assert done.stderr.count("not tried, as the server could not be used before") == 1

    def test_interrupted_while_the_server_is_silent(self, folder):
        import signal
        import subprocess
        import time

        from tests.cli.calling import environment

        with silent() as (port, came):
            command = [sys.executable, "-m", "charterkit", "remind", *SEND, "--smtp", f"{HOST}:{port}", *self.PLAIN]
            running_now = subprocess.Popen(
                command, cwd=folder, env=environment(CHARTERKIT_TODAY=TODAY), stderr=subprocess.PIPE, encoding="utf-8"
            )
            while not came and running_now.poll() is None:
                time.sleep(0.05)
            running_now.send_signal(signal.SIGINT)
            assert "Traceback" not in running_now.communicate()[1]
            assert running_now.returncode == 130

    @pytest.mark.parametrize(
        ("today", "until"),
        [("2025-12-25", "5 January 2026"), ("2026-02-18", "23 February 2026"), ("2026-08-10", "1 September 2026")],
    )
    def test_none_in_stated_holidays_unless_wanted(self, folder, today, until):
        with running(post := Post()) as port:
            done = self.send(folder, port, *self.PLAIN, CHARTERKIT_TODAY=today)
            assert (
                done.stderr
                == f"There is no school until {until}: nothing was sent. Add --in-holidays to send all the same.\n"
            )
            assert post.raw == []
            self.send(folder, port, *self.PLAIN, "--in-holidays", code=1, CHARTERKIT_TODAY=today)
            assert post.raw

    def test_where_no_terms_are_stated_it_is_sent_but_for_bank_holidays_and_weekends_where_asked(self, folder):
        (folder / "charterkit.yaml").write_text("charter: small\n", encoding="utf-8")
        with running(post := Post()) as port:
            done = self.send(folder, port, *self.PLAIN, CHARTERKIT_TODAY="2025-12-25")
            assert "Today is a bank holiday: nothing was sent." in done.stderr
            assert not post.raw
            self.send(folder, port, *self.PLAIN, code=1, CHARTERKIT_TODAY="2025-12-27")  # a Saturday
            assert post.raw
            assert "There is no school" not in post.raw[0].decode()
            settings = "charter: small\nreminders: {weekends: no}\n"
            (folder / "charterkit.yaml").write_text(settings, encoding="utf-8")
            done = self.send(folder, port, *self.PLAIN, "--again", CHARTERKIT_TODAY="2025-12-27")
            assert "It is the weekend: nothing was sent." in done.stderr

    def test_before_a_holiday_it_looks_further_and_says_so(self, folder):
        arguments = ("--within", "7d", "--owner", "caretaker")
        assert rows(*arguments, cwd=folder, CHARTERKIT_TODAY="2026-01-14") == []
        (folder / "charterkit.yaml").write_text(
            f"charter: small\n{TERMS.replace('2026-03-27', '2026-01-16')}", encoding="utf-8"
        )
        done = remind(*EMAIL, *arguments, cwd=folder, CHARTERKIT_TODAY="2026-01-15")
        assert "nobody to write to" in done.stderr, "an ordinary day"
        done = remind(*EMAIL, *arguments, cwd=folder, CHARTERKIT_TODAY="2026-01-16")
        assert "Mend the clock" in done.stdout
        assert "There is no school until 13 April 2026, so this looks a little further ahead than usual." in done.stdout

    def test_nothing_to_send(self, folder):
        with running(post := Post()) as port:
            done = self.send(folder, port, *self.PLAIN, "--kind", "visit")
        assert post.raw == []
        assert "There is nobody to write to." in done.stderr


HOSTILE = [
    "a\r\nBcc: all@example.org\r\n\r\nbody",
    "<script>alert(1)</script> & [bold red] {{ 7 * 7 }} {% raw %}",
    'مدرسة الأمل 🎒 Zoë, "quoted"; <x@y.example>',
    "=cmd()|pipe `tick` **star**",
    "\u202eleft\u2028next\x07\x1b[31m",
    "long " * 1000,
]


@pytest.mark.alike(3)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_in_every_format(folder, text):
    coded = '"' + "".join(f"\\U{ord(letter):08x}" for letter in text) + '"'
    write(
        folder,
        {
            "schools/lathom/school.yaml": f"name: {coded}\ncontacts: [{{role: Headteacher, name: {coded}, email: ada@lathom.example}}]\n",
            "schools/lathom/policies/behaviour.yaml": f"id: behaviour\ntitle: {coded}\nstatus: live\nnext_review: 2025-11\nowner: {{name: {coded}, role: Headteacher}}\n",
        },
    )
    for chosen in ("table", "markdown", "html", "csv", "ics", "email"):
        out = remind("--format", chosen, "--kind", "review", cwd=folder).stdout
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e]", out), chosen
        if chosen == "html":
            assert "<script>alert" not in out
        if chosen == "markdown":
            assert "<script" not in out
            assert "**star**" not in out
            table = [line for line in out.splitlines() if line.startswith("|")]
            assert len(table) == 3
        if chosen in ("html", "markdown", "table", "email"):
            assert "49" not in out.replace("10:49", "")
    assert rows("--kind", "review", cwd=folder)[0]["title"] == text
    remind(*EMAIL, "-o", "mail", cwd=folder)
    (one,) = mail_files(folder / "mail").values()
    assert [to.addr_spec for to in one["To"].addresses] == ["ada@lathom.example"]
    assert one["Bcc"] is None
    text_part, html = (part.get_content() for part in one.iter_parts())
    assert "<script>alert" not in html
    assert "\x1b" not in text_part + html


def test_files_that_cannot_be_read_are_named_and_the_rest_is_shown(folder):
    write(folder, {"schools/lathom/policies/broken.yaml": "- a list\n"})
    done = remind(cwd=folder)
    assert "schools/lathom/policies/broken.yaml cannot be read and is left out" in done.stderr
    assert "Behaviour" in done.stdout


@pytest.mark.parametrize(
    "settings",
    [
        "terms: {2025-27: {}, abc: {autumn: [2025-12-19, 2025-09-01]}, 2025-26: {autumn: [2025-12-19, 2025-09-01], closed: [[2999, 1800]]}}\n",
        "terms: nonsense\n",
        "reminders: {within: soon, alarms: [never], re_evaluate: 0 years}\n",
        "- a list\n",
    ],
)
def test_settings_that_are_nonsense(folder, settings):
    (folder / "charterkit.yaml").write_text(settings, encoding="utf-8")
    for chosen in ("table", "ics", "email"):
        assert remind("--format", chosen, cwd=folder).stdout


def test_two_thousand_policies(folder):
    text = "id: p{0}\ntitle: Policy {0}\nstatus: live\nnext_review: 20{1:02}-0{2}\nowner: {{role: Headteacher}}\n"
    write(folder, {f"schools/lathom/policies/p{n}.yaml": text.format(n, n % 40, 1 + n % 9) for n in range(2000)})
    found = rows("--all", "--kind", "review", cwd=folder)
    assert len(found) == 2001
    done = remind(*EMAIL, "-o", "mail", "--kind", "review", cwd=folder)
    assert "1 message written to mail" in done.stderr


def test_the_day_of_the_clock(folder):
    done = call("remind", cwd=folder, CHARTERKIT_TODAY="")
    assert f"as of {int(date.today().strftime('%d'))} " in done.stdout  # noqa: DTZ011 - the program's own day is meant
