"""`new policy`: a draft that is ready to be filled in."""

import json
from pathlib import Path

import pytest

from charterkit.insight.policies.titles import id_of_title

from .calling import call

HEAD = "# yaml-language-server: $schema=../../../.charterkit/schemas/policy.json\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "charters").mkdir()
    (tmp_path / "schools/ash").mkdir(parents=True)
    (tmp_path / "schools/ash/school.yaml").write_text("name: Ash School\ntype: maintained\n", encoding="utf-8")
    return tmp_path


def second(place: Path, text: str = "name: Beech School\ntype: academy\n") -> None:
    (place / "schools/beech").mkdir()
    (place / "schools/beech/school.yaml").write_text(text, encoding="utf-8")


def test_it_is_a_draft_with_its_first_line_of_history(place: Path) -> None:
    done = call("new", "policy", "Complaints policy", "--owner", "Headteacher", "--every", "18 months", cwd=place)
    assert (done.returncode, done.stdout) == (0, "")
    assert "charterkit policy approve complaints --school ash" in done.stderr
    text = (place / "schools/ash/policies/complaints.yaml").read_text(encoding="utf-8")
    assert text.removeprefix(HEAD) == (
        "id: complaints\ntitle: Complaints policy\nstatus: draft\nowner:\n  role: Headteacher\nrequirement: complaints\n"
        "review:\n  every: 18 months\nhistory:\n  - date: 2026-11-22\n    event: drafted\n"
    )
    assert call("check", "--strict", cwd=place).returncode == 0
    for step in (["approve", "--by", "Governors"], ["publish", "--url", "https://example.org/c"]):
        assert call("policy", step[0], "complaints", *step[1:], cwd=place).returncode == 0
    (row,) = json.loads(call("policies", "--format", "json", cwd=place).stdout)
    assert (row["status"], row["next_review"], row["next_review_from"]) == ("live", "2028-05-22", "derived")


@pytest.mark.parametrize("title", ["Safety & SEND policy", "SAFETY & SEND POLICY 2025-26", "Safety and send policies"])
def test_its_id_is_that_which_a_register_gives(place: Path, title: str) -> None:
    assert call("new", "policy", title, cwd=place).returncode == 0
    assert [path.stem for path in (place / "schools/ash/policies").iterdir()] == [id_of_title(title)]
    assert id_of_title(title) == "safety-and-send"


@pytest.mark.parametrize(
    ("title", "kind", "requirement"),
    [
        ("Complaints", "type: maintained", "complaints"),
        ("Complaints", "type: academy", "complaints-academy"),
        ("Complaints", "", None),
        ("Behaviour", "", "behaviour"),
        ("Beech School Behaviour Policy", "", "behaviour"),
        ("Governors' allowances", "type: academy", None),
        ("Equality information and objectives", "type: academy", "equality-objectives"),
        ("Dogs", "type: academy", None),
        ("Behaviour", "kind: trust", "behaviour"),
    ],
)
def test_the_requirement_it_answers(place: Path, title: str, kind: str, requirement: str | None) -> None:
    second(place, f"name: Beech School\n{kind}\n")
    done = call("new", "policy", title, "--school", "beech", "--id", "one", cwd=place)
    assert done.returncode == 0, done.stderr
    text = (place / "schools/beech/policies/one.yaml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("requirement")] == (
        [f"requirement: {requirement}"] if requirement else []
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["   "], "The title is empty"),
        ([""], "The title is empty"),
        (["سياسة"], "--id"),
        (["Dogs", "--id", "Dogs & cats"], "cannot be an id"),
        (["Dogs", "--id", "../dogs"], "cannot be an id"),
        (["Dogs", "--every", "fortnightly"], "1 year, 18 months"),
        (["Dogs", "--every", "0 years"], "--every"),
        (["Dogs", "--every", ""], "--every"),
        (["Dogs", "--school", "nowhere"], "nowhere"),
        (["Taken"], "already"),
    ],
)
def test_what_cannot_be_made_is_refused(place: Path, arguments: list[str], said: str) -> None:
    taken = place / "schools/ash/policies/taken.yaml"
    taken.parent.mkdir()
    taken.write_text("id: taken\n", encoding="utf-8")
    done = call("new", "policy", *arguments, cwd=place)
    assert done.returncode == 2
    assert said in done.stderr
    assert [one.name for one in taken.parent.iterdir()] == ["taken.yaml"]
    assert taken.read_text(encoding="utf-8") == "id: taken\n"


def test_of_several_schools_one_is_named(place: Path) -> None:
    second(place)
    done = call("new", "policy", "Dogs", cwd=place)
    assert done.returncode == 2
    assert "ash, beech" in done.stderr
    assert call("new", "policy", "Dogs", "--school", "beech", cwd=place).returncode == 0
    assert (place / "schools/beech/policies/dogs.yaml").is_file()


@pytest.mark.alike(4)
@pytest.mark.parametrize("title", ["a: b # c", "[bold]", "? x", "Two\nlines", "'", "x" * 300, "😀 dogs", "1.10"])
def test_odd_titles_come_back_as_they_were(place: Path, title: str) -> None:
    done = call("new", "policy", title, "--owner", title, cwd=place)
    if done.returncode:
        assert "--id" in done.stderr
        done = call("new", "policy", title, "--owner", title, "--id", "odd", cwd=place)
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(call("policies", "--format", "json", cwd=place).stdout)
    assert row["title"] == title
    assert row["owner"] == title


def test_one_in_force_is_entered_as_such(place: Path) -> None:
    call("new", "policy", "Attendance", cwd=place)
    said = {
        "--approved": "14/09/2026",
        "--by": "Governing body",
        "--version": "3.1",
        "--next": "2027-09",
        "--owner": "SENCO",
        "--owner-name": "Priya Nair",
        "--owner-email": "senco@ash.example",
        "--committee": "Resources committee",
        "--statutory": "yes",
        "--requirement": "Special educational needs",
        "--monitored-by": "Headteacher",
        "--reports-to": "Governing body",
        "--monitored": "each term",
        "--related": "Attendance",
        "--url": "https://ash.example/send",
        "--visibility": "public",
        "--operated-by": "SENCO",
        "--early-if": "A change in the law",
    }
    done = call("new", "policy", "SEND policy", *(word for pair in said.items() for word in pair), cwd=place)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "in force, approved 14 September 2026" in done.stderr
    text = (place / "schools/ash/policies/send.yaml").read_text(encoding="utf-8")
    assert text.removeprefix(HEAD) == (
        "id: send\ntitle: SEND policy\nstatus: live\nowner:\n  role: SENCO\n  name: Priya Nair\n  email: senco@ash.example\n"
        "approver:\n  body: committee\n  name: Resources committee\noperated_by: SENCO\nmonitored_by:\n  - who: Headteacher\n"
        '    reports_to: Governing body\n    every: each term\nstatutory: "yes"\nrequirement: special-educational-needs\n'
        "review:\n  early_if: A change in the law\nnext_review: 2027-09\nhistory:\n"
        '  - date: 2026-09-14\n    event: approved\n    version: "3.1"\n    by: Governing body\nrelated:\n  - attendance\n'
        "publication:\n  url: https://ash.example/send\n  visibility: public\n"
    )
    assert call("check", "schools/ash/policies/send.yaml", "--strict", cwd=place).returncode == 0
    bare = call("new", "policy", "Dogs", "--approved", "2025", cwd=place)
    assert "charterkit policy set dogs --school ash --every '1 year'" in bare.stderr, "nothing is invented"
    assert (place / "schools/ash/policies/dogs.yaml").read_text(encoding="utf-8").removeprefix(HEAD) == (
        "id: dogs\ntitle: Dogs\nstatus: live\nhistory:\n  - date: 2025\n    event: approved\n"
    )


def test_what_its_file_says_can_be_said_later(place: Path) -> None:
    text = "# Ours.\nid: dogs\ntitle: Dogs   # by hand\nstatus: live\nowner: {role: Clerk, name: A. Clerk}\nrelated: [uniform]\n"
    history = "history:\n  - {date: 2025-09, event: approved}   # minutes\n"
    file = place / "schools/ash/policies/dogs.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text + history, encoding="utf-8")
    arguments = ("--next", "2027-09", "--approver", "governors", "--owner", "Headteacher", "--related", "uniform")
    more = (
        "--related",
        "visits",
        "--statutory",
        "no",
        "--monitored-by",
        "Head",
        "--every",
        "2 years",
        "--url",
        "https://a.example",
    )
    done = call("policy", "set", "dogs", *arguments, *more, cwd=place)
    assert done.returncode == 0, done.stderr
    assert "Next review: September 2027 (as stated)." in done.stderr
    expected = text.replace("{role: Clerk, name: A. Clerk}", "{role: Headteacher}").replace(
        "[uniform]", "[uniform, visits]"
    )
    after = file.read_text(encoding="utf-8")
    assert after.startswith(expected + history)
    added = sorted(after.removeprefix(expected + history).splitlines())
    assert added == sorted(
        """\
approver: full-governing-body
monitored_by:
  - who: Head
statutory: "no"
review:
  every: 2 years
next_review: 2027-09
publication:
  url: https://a.example
""".splitlines()
    )
    again = call("policy", "set", "dogs", *arguments, cwd=place)
    assert "Dogs says so already.\nNothing was changed." in again.stderr
    fields = ("next", "approver", "statutory", "every", "url", "monitored-by", "related", "owner")
    less = call(
        "policy",
        "set",
        "dogs",
        *(word for name in fields for word in ("--without", name)),
        "--related",
        "fees",
        cwd=place,
    )
    assert less.returncode == 0, less.stderr
    assert file.read_text(encoding="utf-8") == (
        "# Ours.\nid: dogs\ntitle: Dogs   # by hand\nstatus: live\nrelated: [fees]\n" + history
    )
    for _ in range(2):
        assert call("policy", "undo", "dogs", cwd=place).returncode == 0
    assert file.read_text(encoding="utf-8") == text + history


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "It is not said what to change"),
        (["--approver", "govenors"], "Did you mean full-governing-body?"),
        (["--approver", "Bursar"], "--committee"),
        (["--approver", "headteacher", "--committee", "Pay"], "are two bodies"),
        (["--statutory", "maybe"], "yes, no"),
        (["--requirement", "behavior"], "Did you mean behaviour?"),
        (["--related", "Be haviour"], "Write its id or its title"),
        (["--url", "ash.example"], "https://"),
        (["--owner-email", "head at ash"], "office@school.example"),
        (["--owner", " "], "--owner is empty"),
        (["--operated-by", "a\nb"], "line break"),
        (["--monitored", "each term"], "--monitored-by"),
        (["--next", "2025-09"], "is not after September 2025"),
        (["--every", "often"], "--every"),
        (["--visibility", "all"], "public, parents"),
        (["--applies-to", "elm"], "elm"),
        (["--without", "history"], "owner, approver"),
    ],
)
def test_a_mistake_in_a_field_is_said(place: Path, arguments: list[str], said: str) -> None:
    made = call("new", "policy", "Dogs", "--approved", "2025-09", cwd=place)
    assert made.returncode == 0, made.stderr
    file = place / "schools/ash/policies/dogs.yaml"
    before = file.read_bytes()
    done = call("policy", "set", "dogs", *arguments, cwd=place, COLUMNS="400")
    assert (done.returncode, file.read_bytes()) == (2, before)
    assert said in done.stderr
