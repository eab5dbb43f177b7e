"""`policy draft|review|approve|publish|archive` as a school office calls them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .calling import call, example

POLICY = """\
# Ours.
id: behaviour
title: Behaviour
status: live
review: {every: 1 year}
history:
  - {date: 2025-09-10, event: reviewed, by: TR}   # by hand
"""
DRAFT = "id: uniform\ntitle: Uniform\nstatus: draft\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    root = tmp_path / "place"
    for school in ("ash", "beech"):
        (root / "schools" / school / "policies").mkdir(parents=True)
        (root / "schools" / school / "school.yaml").write_text(f"name: {school.title()} School\n", encoding="utf-8")
        (root / "schools" / school / "policies/uniform.yaml").write_text(DRAFT, encoding="utf-8")
    (root / "charters").mkdir()
    (root / "schools/ash/policies/behaviour.yaml").write_text(POLICY, encoding="utf-8")
    return root


def policy(place: Path) -> Path:
    return place / "schools/ash/policies/behaviour.yaml"


def test_a_review_is_added_and_the_next_one_said(place: Path) -> None:
    done = call("policy", "review", "behaviour", "--by", "TR", "--outcome", "No change", cwd=place)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Behaviour: reviewed 22 November 2026." in done.stderr
    assert "Next review: 22 November 2027 (1 year after the last)" in done.stderr
    line = "  - {date: 2026-11-22, event: reviewed, by: TR, outcome: No change}\n"
    assert policy(place).read_text(encoding="utf-8") == POLICY + line
    again = call("policy", "review", "behaviour", "--by", "TR", cwd=place)
    assert again.returncode == 2
    assert "already" in again.stderr
    assert policy(place).read_text(encoding="utf-8") == POLICY + line


def test_a_stated_date_that_is_worked_out_anew_is_said_to_be(place: Path) -> None:
    policy(place).write_text(f"{POLICY}next_review: 2026-09\n", encoding="utf-8")
    done = call("policy", "review", "behaviour", "--date", "2026-10", cwd=place)
    assert "Next review: October 2027 (1 year after the last)" in done.stderr
    assert "next_review: 2027-10\n" in policy(place).read_text(encoding="utf-8")


def test_from_a_draft_to_the_archive(place: Path) -> None:
    at = ("--school", "beech", "--today", "2026-11-22")
    said = []
    for step in (
        ["draft", "--version", "1.0", "--date", "2026-01", "--by", "Ash"],
        ["approve", "--as", "signed", "--date", "2026-02-28"],
        ["publish", "--url", "https://example.org/u", "--visibility", "parents", "--date", "2026-03"],
        ["review", "--date", "2026-09-01", "--next", "2027-02-28"],
        ["archive", "--date", "2026-11"],
    ):
        done = call("policy", step[0], "uniform", *step[1:], *at, cwd=place)
        assert done.returncode == 0, done.stderr
        said.append(done.stderr)
    assert "charterkit policy approve uniform --school beech" in said[0]
    assert "not in force" in said[-1]
    assert (
        (place / "schools/beech/policies/uniform.yaml")
        .read_text(encoding="utf-8")
        .startswith("id: uniform\ntitle: Uniform\nstatus: archived\n")
    )
    assert call("check", cwd=place).returncode == 0
    assert (place / "schools/ash/policies/uniform.yaml").read_text(encoding="utf-8") == DRAFT


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["review", "behaviour", "--date", "2026-11-23"], "has not come yet"),
        (["review", "behaviour", "--date", "2025-08"], "--backdate"),
        (["review", "behaviour", "--date", "10/09/25"], "10/09/2025"),
        (["review", "behaviour", "--date", "2026-02-29"], "not a day of the calendar"),
        (["review", "behaviour", "--date", ""], "--date"),
        (["review", "behaviour", "--next", "2026-11"], "not after"),
        (["review", "behaviour", "--next", "next year"], "--next"),
        (["review", "behaviour", "--next", ""], "--next"),
        (["review", "behaviour", "--by", ""], "--by is empty"),
        (["review", "behaviour", "--by", " \t"], "--by is empty"),
        (["review", "behaviour", "--note", "x" * 2001], "--note is too long"),
        (["review", "behaviour", "--by", "a\nb"], "line break"),
        (["review", "behaviour", "--version", "1\r2"], "line break"),
        (["approve", "behaviour", "--as", "blessed"], "approved, ratified, signed"),
        (["publish", "behaviour", "--url", "javascript:alert(1)"], "not the address of a web page"),
        (["publish", "behaviour", "--url", "mailto:a@example.org"], "not the address of a web page"),
        (["publish", "behaviour", "--url", ""], "not the address of a web page"),
        (["publish", "behaviour", "--visibility", "everybody"], "public, parents, staff, governors"),
        (["review", "behavior"], "Did you mean behaviour?"),
        (["review", "../behaviour"], "There is no policy"),
        (["review", "uniform"], "--school with one of: ash, beech"),
        (["approve", "uniform", "--school", "ash"], "charterkit policy draft uniform --school ash"),
        (["publish", "uniform", "--school", "ash"], "charterkit policy approve uniform --school ash"),
        (["review", "behaviour", "--school", "ahs"], "ash"),
    ],
)
def test_what_makes_no_sense_is_refused(place: Path, arguments: list[str], said: str) -> None:
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}
    done = call("policy", *arguments, cwd=place, COLUMNS="400")
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert len(done.stderr) < 1000
    assert {path: path.read_bytes() for path in place.rglob("*.yaml")} == before


def test_the_longest_note_is_taken(place: Path) -> None:
    assert call("policy", "review", "behaviour", "--note", "x" * 2000, cwd=place).returncode == 0
    assert f"note: {'x' * 2000}" in policy(place).read_text(encoding="utf-8")


def test_a_file_with_a_mistake_is_left_alone(place: Path) -> None:
    policy(place).write_text(POLICY + "owner: Head\n", encoding="utf-8")
    done = call("policy", "review", "behaviour", cwd=place)
    assert done.returncode == 2
    assert "has a mistake" in done.stderr
    assert "charterkit check" in done.stderr
    assert policy(place).read_text(encoding="utf-8") == POLICY + "owner: Head\n"


def test_what_happened_earlier_is_put_in_at_its_place(place: Path) -> None:
    done = call("policy", "draft", "behaviour", "--date", "2024-02", "--backdate", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "its status stays: in force" in done.stderr or "its status stays: live" in done.stderr
    lines = policy(place).read_text(encoding="utf-8").splitlines()
    assert lines[6:] == [
        "  - {date: 2024-02, event: drafted}",
        "  - {date: 2025-09-10, event: reviewed, by: TR}   # by hand",
    ]
    assert "CK507" not in call("check", cwd=place).stdout


def test_of_two_at_once_none_is_lost(place: Path) -> None:
    """Whoever comes second is told, or takes the first one's file as it then is."""
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda one: call("policy", "review", "behaviour", "--by", one, cwd=place), "ABCD"))
    text = policy(place).read_text(encoding="utf-8")
    for one, by in zip(done, "ABCD", strict=True):
        assert one.returncode in (0, 2), one.stderr
        assert (f"by: {by}" in text) == (one.returncode == 0), one.stderr
        if one.returncode:
            assert "Traceback" not in one.stderr
    assert any(one.returncode == 0 for one in done)
    assert call("check", cwd=place).returncode == 0


def test_the_trust_s_policy_under_a_member_s_name(tmp_path: Path) -> None:
    root = example(tmp_path, "leading-learning-trust", "selwyn", "portway")
    name = "parental-and-community-engagement"
    path = root / f"schools/leading-learning-trust/policies/{name}.yaml"
    before = path.read_text(encoding="utf-8")
    first = call("policy", "review", name, "--school", "selwyn", "--by", "SLT", "--date", "2026-10", cwd=root)
    assert first.returncode == 0, first.stderr
    assert "under review" in first.stderr
    assert f"charterkit policy approve {name} --school selwyn" in first.stderr.replace("\n", " ")
    second = call("policy", "approve", name, "--by", "Trustees", cwd=root)
    assert second.returncode == 0, second.stderr
    assert "ratified 22 November 2026, version 1.0" in second.stderr
    after = path.read_text(encoding="utf-8")
    for line in before.splitlines():
        assert line in after.splitlines()
    assert len(after.splitlines()) == len(before.splitlines()) + 2
