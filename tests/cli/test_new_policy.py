"""`new policy`: a draft that is ready to be filled in."""

import json
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("title", "kind", "requirement"),
    [
        ("Complaints", "type: maintained", "complaints"),
        ("Complaints", "type: academy", "complaints-academy"),
        ("Complaints", "", None),
        ("Behaviour", "", "behaviour"),
        ("Beech School Behaviour Policy", "", "behaviour"),
        ("Governors' allowances", "type: academy", None),
        ("Equality information and objectives", "type: academy", None),
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
