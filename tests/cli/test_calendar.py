"""`charterkit calendar`, as people call it."""

import csv
import io
import json

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.cli.calling import ROOT, call
from tests.insight.samples import charter, write
from tests.render.sheets import pdf_letters


def calendar(*arguments, cwd=ROOT, **more):
    return call("calendar", *arguments, cwd=cwd, **more)


def test_the_year_of_a_school_as_a_table():
    done = calendar("ravensfield")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "2026-27",
        "All through the year (2)",
        "Every Friday",
        "October 2026",
        "When it happens",
        "Nobody can keep this",
    ):
        assert words in done.stdout
    assert done.stdout.count("Every Friday") == 1


def test_all_schools_and_the_year_asked_for():
    done = calendar("--year", "2025-26", "--format", "json")
    made = json.loads(done.stdout)
    assert (made["year"], made["school"]) == ("2025-26", None)
    keys = [(row["school"], row["policy"], row["commitment"]) for row in made["promises"]]
    assert len(keys) == len(set(keys)) > 100
    assert {"ravensfield", "leading-learning-trust", "oakmeadow"} <= {row["school"] for row in made["promises"]}


def test_a_member_shows_its_trust_s_promises():
    made = json.loads(calendar("selwyn", "--format", "json").stdout)
    assert {row["school"] for row in made["promises"]} == {"leading-learning-trust"}


def test_audiences_are_chosen_and_repeatable():
    made = json.loads(calendar("--format", "json", "--audience", "pupils", "--audience", "governors").stdout)
    assert all({"pupils", "governors"} & set(row["audience"]) for row in made["promises"])
    assert made["audiences"] == ["pupils", "governors"]


def test_what_names_no_audience_is_left_out_and_said_to_be():
    assert calendar("ravensfield", "--audience", "parents").stderr == "Left out: five promises that name no audience.\n"


def test_csv_has_a_row_a_promise():
    done = calendar("ravensfield", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    report = next(row for row in rows if row["commitment"] == "annual-report")
    assert (report["dates"], report["kind"], report["audience"]) == ("2027-07-21", "dated", "parents")


@pytest.mark.parametrize("ending", ["html", "md", "json", "csv", "ics", "txt"])
def test_the_file_s_name_tells_the_format(tmp_path, ending):
    path = tmp_path / "out" / f"year.{ending}"
    done = calendar("ravensfield", "-o", str(path))
    assert done.returncode == 0, done.stderr
    data = path.read_bytes()
    begins = {
        "html": b"<!doctype html>",
        "md": b"# Ravensfield",
        "json": b"{",
        "csv": b"\xef\xbb\xbfschool,",
        "ics": b"BEGIN:VCALENDAR\r\n",
    }
    assert data.lstrip().startswith(begins.get(ending, b"Ravensfield"))


def test_a_calendar_is_the_same_on_stdout_and_in_a_file_and_twice(tmp_path):
    path = tmp_path / "year.ics"
    assert calendar("ravensfield", "-o", str(path)).returncode == 0
    first = calendar("ravensfield", "--format", "ics").stdout
    assert first == calendar("ravensfield", "--format", "ics").stdout
    assert first.replace("\r\n", "\n").encode() == path.read_bytes().replace(b"\r\n", b"\n")
    made = Calendar.from_ical(path.read_bytes())
    assert str(made["x-wr-calname"]) == "Ravensfield: promises to families, 2026-27"
    assert len(made.walk("VEVENT")) > 90


def test_by_aspect(tmp_path):
    done = calendar("ravensfield", "--by", "aspect")
    assert done.returncode == 0
    assert "Aspects that no promise serves" in done.stdout
    made = json.loads(calendar("ravensfield", "--by", "aspect", "--format", "json").stdout)
    assert made["aspects"]["charter"] == "community-engagement"
    assert calendar("--by", "aspect", "--format", "html", "-o", str(tmp_path / "a.html")).returncode == 0
    assert calendar("--by", "aspect", "--format", "csv").stdout.startswith("aspect,key_point,")


def test_the_planner_s_paper():
    assert "A3 landscape" in calendar("ravensfield", "--format", "html", "--size", "a3").stdout
    assert "A4 landscape" in calendar("ravensfield", "--format", "html").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--year", "2025"], "--year: '2025' is not an academic year"),
        (["--year", "2025-26-autumn"], "Write the whole year: 2025-26."),
        (["--audience", "families"], "--audience families: there is no such choice."),
        (["--size", "A5"], "--size A5: there is no such choice."),
        (["--by", "school"], "--by school: there is no such choice."),
        (["--by", "aspect", "--format", "ics"], "Leave --by aspect out."),
        (["--by", "aspect", "--charter", "nothing"], "There is no charter 'nothing'."),
        (["--charter", "community-engagement"], "Add --by aspect"),
        (["--format", "docx"], "There is no format 'docx'."),
        (["-o", "year.docx"], ".ics"),
        (["-o", "schools/year.ics"], "among the workspace's own files"),
        (["--today", "yesterday"], "this is not a day"),
        (["ravensfeld"], "Did you mean ravensfield?"),
    ],
)
def test_what_is_wrong_with_a_call_is_said(arguments, words):
    done = calendar(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_what_cannot_be_read_is_said_and_the_rest_shown(tmp_path):
    policies = tmp_path / "schools" / "acorn" / "policies"
    policies.mkdir(parents=True)
    (tmp_path / "charterkit.yaml").write_text("")
    (tmp_path / "schools" / "acorn" / "school.yaml").write_text("name: Acorn\n")
    (policies / "a.yaml").write_text(
        "id: a\ntitle: A\nstatus: live\ncommitments:\n  - {id: c, what: Calls, when: monthly}\n  - {id: B B, what: x}\n"
    )
    (policies / "b.yaml").write_text("[[[")
    done = calendar(cwd=tmp_path)
    assert done.returncode == 0
    assert "Calls" in done.stdout
    assert "The commitment B B in schools/acorn/policies/a.yaml cannot be read" in done.stderr
    assert "schools/acorn/policies/b.yaml cannot be read" in done.stderr


def test_no_dates_make_an_empty_calendar_and_a_word(tmp_path):
    (tmp_path / "charterkit.yaml").write_text("")
    (tmp_path / "schools" / "acorn").mkdir(parents=True)
    (tmp_path / "schools" / "acorn" / "school.yaml").write_text("name: Acorn\n")
    done = calendar("--format", "ics", cwd=tmp_path)
    assert done.returncode == 0
    assert "No promise has a date in 2026-27" in done.stderr
    assert "END:VCALENDAR" in done.stdout


class TestWhatStandsBesideThePromises:
    """Reports on policies and the sign-up's duties: dated, and promised to nobody."""

    POLICY = (
        "id: behaviour\ntitle: Behaviour\nstatus: live\nmonitored_by:\n"
        "  - {who: Deputy headteacher, reports_to: governing body, every: each term}\n"
        "  - {who: Bursar, every: periodically}\n  - {who: Cook, every: weekly}\n"
        "commitments: [{id: call, what: A call home, when: monthly, audience: parents}]\n"
    )

    @pytest.fixture
    def root(self, tmp_path):
        school = "name: Acorn\ncharters: [{charter: small, signed: 2026-03-01, pledges: {poster: 2026-04-01}}]\n"
        duties = "pledge: [{id: poster, text: Hang the poster}, {id: launch, text: Tell all staff}]\n"
        write(
            tmp_path,
            {
                "charterkit.yaml": "id: 7f3a2c1e\n",
                "charters/small.yaml": charter(["gate"]) + duties,
                "schools/acorn/school.yaml": school,
                "schools/acorn/policies/behaviour.yaml": self.POLICY,
            },
        )
        return tmp_path

    def rows(self, root, *arguments):
        done = calendar("acorn", "--format", "json", *arguments, "--today", "2026-11-29", cwd=root)
        return {(row["kind"], row["item"]): row for row in json.loads(done.stdout)["beside"]}

    def test_as_data(self, root):
        found = self.rows(root)
        assert set(found) == {("monitoring", "monitoring-1"), ("monitoring", "monitoring-3"), ("duty", "launch")}
        report, duty = found["monitoring", "monitoring-1"], found["duty", "launch"]
        assert report["dates"] == ["2026-12-18", "2027-03-25", "2027-07-21"]
        assert (report["what"], report["owner"], report["policy"], report["charter"]) == (
            "Report on Behaviour to governing body", ["Deputy headteacher"], "behaviour", None,
        )  # fmt: skip
        assert (duty["dates"], duty["what"], duty["charter"]) == (["2027-03-01"], "Tell all staff", "small")
        assert ("duty", "launch") not in self.rows(root, "--year", "2027-28")

    @pytest.mark.parametrize("name", ["year.txt", "year.md", "year.html", "year.csv"])
    def test_in_every_form_and_in_none_that_is_made_for_somebody(self, root, name):
        for more, is_there in ((), True), (("--audience", "parents"), False):
            assert calendar("acorn", *more, "--today", "2026-11-29", "-o", name, cwd=root).returncode == 0
            text = (root / name).read_text(encoding="utf-8")
            assert "A call home" in text
            assert ("Report on Behaviour to governing body" in text) is is_there
            assert ("Tell all staff" in text) is is_there

    def test_on_paper_and_in_a_workbook(self, root):
        for name in ("year.pdf", "year.xlsx"):
            assert calendar("acorn", "--today", "2026-11-29", "-o", name, cwd=root).returncode == 0
        assert "Reportsandduties" in pdf_letters((root / "year.pdf").read_bytes())
        sheet = load_workbook(root / "year.xlsx").worksheets[0]
        days = {(row[1], str(row[0])[:10]) for row in sheet.iter_rows(values_only=True)}
        assert ("Tell all staff", "2027-03-01") in days
        assert len([what for what, _ in days if what == "Report on Behaviour"]) == 40, (
            "16, 12 and 15 weeks, less three half terms"
        )

    def test_the_same_entries_as_among_the_reminders_and_cancelled_when_over(self, root):
        def entries(verb, *arguments):
            done = call(verb, "acorn", *arguments, "--format", "ics", "--today", "2026-11-29", cwd=root)
            return {str(event["uid"]): event for event in Calendar.from_ical(done.stdout).walk("VEVENT")}

        year, due = entries("calendar"), entries("remind", "--all")
        both = {uid for uid in due if uid.startswith(("duty", "monitoring"))}
        assert {uid.split("@")[0] for uid in both} >= {
            "duty/acorn/small/launch", "monitoring/acorn/behaviour/monitoring-1/2026-27-autumn",
        }  # fmt: skip
        assert all(year[uid].to_ical() == due[uid].to_ical() for uid in both if "STATUS" not in due[uid])
        assert str(year["duty/acorn/small/poster@7f3a2c1e.charterkit"]["status"]) == "CANCELLED"
        over = [event for uid, event in year.items() if uid.startswith("monitoring") and event["dtstart"].dt.month == 9]
        assert over
        assert not any("OVERDUE" in str(event["summary"]) for event in over)
        assert not any(uid.startswith(("duty", "monitoring")) for uid in entries("calendar", "--audience", "parents"))
        path = root / "schools/acorn/policies/behaviour.yaml"
        path.write_text(self.POLICY.replace("live", "archived"))
        uid = "monitoring/acorn/behaviour/monitoring-1/2026-27-summer@7f3a2c1e.charterkit"
        assert str(entries("calendar")[uid]["status"]) == "CANCELLED"
