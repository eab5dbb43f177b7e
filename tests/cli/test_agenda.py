"""`charterkit agenda` and `policies --approver`: what a body has to decide."""

import json
from email import message_from_bytes, policy

import pytest

MEETINGS = """\
meetings:
  - {body: Resources committee, date: 2026-09-10}
  - {body: Resources committee, date: 2026-12-03}
  - {body: resources committee, date: 2027-03-04}
"""
OURS = "approver: {body: committee, name: Resources committee}\n"
POLICIES = {
    "fees": f"title: Fees\nstatus: live\n{OURS}review: {{every: 1 year}}\nowner: {{role: Bursar}}\nhistory:\n"
    '  - {date: 2026-01, event: approved, version: "1"}\n  - {date: 2026-11-10, event: reviewed, by: Bursar, version: "1.1"}\n',
    "lettings": f"title: Lettings\nstatus: draft\n{OURS}history: [{{date: 2026-11-01, event: drafted}}]\n",
    "safety": f"title: Safety\nstatus: live\n{OURS}next_review: 2027-01\n",
    "finance": f"title: Finance\nstatus: live\n{OURS}next_review: 2027-03-04\n",
    "staff": "title: Staff\nstatus: live\napprover: full-governing-body\nnext_review: 2026-12\n",
    "pay": "title: Pay\nstatus: live\napprover: {body: committee, name: Pay committee}\nnext_review: 2026-12\n"
    "acknowledged: [{date: 2026-09-10, staff: 9, of: 12}, {date: 2026-09-04, staff: 4}]\n",
}


@pytest.fixture
def school(tmp_path):
    folder = tmp_path / "schools/ash/policies"
    folder.mkdir(parents=True)
    (tmp_path / "charterkit.yaml").write_text(MEETINGS, encoding="utf-8")
    (tmp_path / "schools/ash/school.yaml").write_text("name: Ash\n", encoding="utf-8")
    for name, text in POLICIES.items():
        (folder / f"{name}.yaml").write_text(f"id: {name}\n{text}", encoding="utf-8")
    return tmp_path


def asked(said, school, *arguments):
    return said("agenda", *arguments, "--today", "2026-11-29", cwd=school)


def test_what_a_meeting_must_decide(said, school):
    rows = json.loads(asked(said, school, "RESOURCES", "--format", "json").out)
    assert [(row["why"], row["policy"], row["version"], row["meeting"]) for row in rows] == [
        ("waiting", "fees", "1.1", "2026-12-03"),
        ("first-time", "lettings", None, "2026-12-03"),
        ("due", "safety", None, "2026-12-03"),
    ]
    later = json.loads(asked(said, school, "res", "--date", "2027-03-04", "--format", "json").out)
    assert [row["policy"] for row in later] == ["fees", "lettings", "safety", "finance"]


def test_as_people_read_it(said, school):
    table = asked(said, school, "resources").out
    assert "Resources committee: meeting on 3 December 2026" in table
    assert (
        "Three policies: one waiting for a decision, one for the first time and one due for review before 4 March 2027."
        in " ".join(table.split())
    )
    for ending in ("md", "html", "docx"):
        assert asked(said, school, "resources", "-o", f"a.{ending}").code == 0
    assert asked(said, school, "resources", "-o", "a.eml").code == 0
    mail = message_from_bytes((school / "a.eml").read_bytes(), policy=policy.default)
    assert mail["Subject"] == "Agenda: Resources committee: meeting on 3 December 2026"
    assert "Lettings" in str(mail)


def test_a_body_without_meetings_is_told_how_to_write_them(said, school):
    done = asked(said, school, "full governing")
    assert "meetings: [{body: Full governing body, date: 2027-01-28}]" in " ".join(done.out.split())
    assert "Staff" in done.out


def test_names_that_fit_none_or_several(said, school):
    done = asked(said, school, "committee")
    assert (done.code, "Pay committee" in done.err, "Resources committee" in done.err) == (2, True, True)
    assert (asked(said, school, "curriculum").code, asked(said, school, "pay").code) == (2, 0)


def test_the_register_of_what_a_body_approves(said, school):
    done = said("policies", "--approver", "pay", "--format", "csv", "--today", "2026-11-29", cwd=school)
    assert [line.split(",")[1] for line in done.out.splitlines()[1:]] == ["pay"]
    assert done.out.splitlines()[1].endswith(",2026-09-10,9,12"), "the newest count of who has read it"


def test_a_month_is_shown_by_its_last_meeting_or_school_day(said, school):
    folder = school / "schools/ash/policies"
    for name, due, body in (
        ("a-met", "2026-12", "Resources committee"),
        ("b-between", "2027-01", "Resources committee"),
        ("c-later", "2027-09", "Resources committee"),
        ("d-other", "2026-11", "Pay committee"),
        ("e-day", "2026-12-20", "Resources committee"),
        ("f-term", "2026-27-spring", "Pay committee"),
    ):
        text = f"id: {name}\ntitle: {name}\nstatus: live\napprover: {{body: committee, name: {body}}}\nnext_review: {due}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    rows = said("policies", "--format", "markdown", "--today", "2026-11-29", cwd=school).out
    for words in (
        "by 3 December (meeting of Resources committee)",
        "by 3 December 2026 (meeting of Resources committee)",
        "by Thursday 30 September",
        "by Monday 30 November",
        "by Thursday 25 March",
    ):
        assert words in rows, words
    late = said("remind", "--all", "--format", "json", "--kind", "review", "--today", "2026-11-29", cwd=school).out
    days = {row["item"]: row["due_by"] for row in json.loads(late)}
    assert [days[name] for name in ("a-met", "b-between", "e-day")] == ["2026-12-03", "2026-12-03", "2026-12-20"]
    over = json.loads(said("remind", "--all", "--format", "json", "--today", "2026-12-04", cwd=school).out)
    rows = {row["item"]: row for row in over}
    assert (rows["a-met"]["due_by"], rows["a-met"]["state"]) == ("2026-12-18", "due"), "not over by its meeting"
    assert (rows["d-other"]["due_by"], rows["d-other"]["state"]) == ("2026-11-30", "overdue")
    assert "December 2026, by 3 December (meeting of Resources committee)" in " ".join(
        asked(said, school, "resources", "--format", "markdown").out.split()
    )


def test_a_body_that_approver_and_chain_call_by_two_names_has_one_agenda(said, school):
    """By the chain's name; by the approver's word where a meeting is stated under that alone."""
    long = "Ash Learning Trust Board of Trustees"
    whole = (
        f"id: whole\ntitle: Whole\nstatus: live\napprover: trustees\napproval_chain: [{{step: ratified, by: {long}}}]\n"
    )
    path = school / "schools/ash/policies/whole.yaml"
    path.write_text(f"{whole}next_review: 2026-12\n", encoding="utf-8")
    assert "Whole" in asked(said, school, long).out
    assert "Whole" in asked(said, school, "trustees").out, "a part of its name"
    assert f"{long}: next meeting" in asked(said, school, "trustees").out
    assert " Trustees," not in asked(said, school, "nobody").err.replace(f"{long},", "")
    settings = school / "charterkit.yaml"
    settings.write_text(f"{MEETINGS}  - {{body: Trustees, date: 2026-12-10}}\n", encoding="utf-8")
    assert "Whole" in asked(said, school, "Trustees").out
    assert long not in asked(said, school, "nobody").err
    part = whole.replace(long, "Finance committee of the trustees")
    path.write_text(f"{part}next_review: 2026-12\n", encoding="utf-8")
    for body in ("Trustees", "Finance committee of the trustees"):
        assert "Whole" in asked(said, school, body).out
