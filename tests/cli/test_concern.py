"""`concern add|close|list`: dates, categories and days, and nothing about anybody."""

import csv
import json
from pathlib import Path

import pytest

from tests.render.comparison.test_compare import schema

from .calling import call

TEXT = "# Ours.\nid: send\ntitle: SEND policy\nstatus: live\npeople: {TR: Rowan Tilley}\nowner: {role: SENCO, name: Priya Green}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("ash", "beech"):
        (tmp_path / f"schools/{name}/policies").mkdir(parents=True)
        (tmp_path / f"schools/{name}/school.yaml").write_text(f"name: {name.title()} School\n", encoding="utf-8")
    (tmp_path / "charters").mkdir()
    (tmp_path / "schools/ash/policies/send.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "schools/beech/policies/trips.yaml").write_text(
        "id: trips\ntitle: Trips\nstatus: live\n", encoding="utf-8"
    )
    return tmp_path


def test_from_the_first_day_to_the_last(place: Path) -> None:
    for policy, category, date, *more in (
        ("send", "communication", "2026-09-01", "--reference", "C-12"),
        ("send", "Year 5 English homework", "2026-11-02"),
        ("trips", "communication", "2026-10", "--no-name"),
    ):
        done = call("concern", "add", policy, "--category", category, "--date", date, *more, cwd=place)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "charterkit concern close trips c1 --outcome" in done.stderr
    for closed in (("send", "C-12", "--date", "2026-10-13"), ("trips",)):
        done = call("concern", "close", *closed, "--outcome", "resolved informally", cwd=place)
        assert done.returncode == 0, done.stderr
    assert (place / "schools/ash/policies/send.yaml").read_text(encoding="utf-8") == TEXT + (
        "concerns:\n  - id: c1\n    raised: 2026-09-01\n    category: communication\n    reference: C-12\n"
        "    closed: 2026-10-13\n    outcome: resolved informally\n"
        "  - id: c2\n    raised: 2026-11-02\n    category: Year 5 English homework\n"
    )
    rows = json.loads(call("concern", "list", "--format", "json", cwd=place).stdout)
    schema("concerns").validate(rows)
    assert [(row["policy"], row["id"], row["state"], row["days"]) for row in rows] == [
        ("send", "c2", "open", 20),
        ("trips", "c1", "closed", None),
        ("send", "c1", "closed", 42),
    ]
    said = call("concern", "list", "--by", "policy", cwd=place, COLUMNS="200").stdout
    for words in (
        "One concern is open and two closed; the middle one of those took 42 days.",
        "By policy: SEND policy 2 (1 open), Trips 1.",
        "By category: communication 2, Year 5 English homework 1 (1 open).",
    ):
        assert words in said
    made = call("concern", "list", "ash", "--state", "open", "--format", "csv", cwd=place)
    assert [row["id"] for row in csv.DictReader(made.stdout.lstrip("\ufeff").splitlines())] == ["c2"]
    shown = call("policy", "show", "send", cwd=place, COLUMNS="200").stdout
    assert "Two concerns on record, one of them still open; the middle one of the closed took 42 days." in shown
    public = call("policy", "publish", "send", "--visibility", "public", cwd=place)
    assert public.returncode == 0, public.stderr
    assert "oncern" not in call("policy", "show", "send", "--public", "--format", "markdown", cwd=place).stdout
    assert call("policy", "undo", cwd=place).returncode == 0
    assert "concern c1 closed" in call("policy", "undo", cwd=place).stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "send", "--category", "Communication with mrs jones"], "‘jones’"),
        (["add", "send", "--category", "Communication with Mrs Jones"], "‘Jones’ in --category"),
        (["add", "send", "--category", "The teacher told Sarah off"], "‘Sarah’"),
        (["add", "send", "--category", "Green was late"], "‘Green’"),
        (["add", "send", "--category", "Ali's homework"], "‘Ali’"),
        (
            ["add", "send", "--category", "homework", "--reference", "file of Zoë O’Neill"],
            "‘Zoë O’Neill’ in --reference",
        ),
        (["add", "send", "--category", "SEN, Year 4: Ofsted asked on Monday"], None),
        (["add", "send", "--category", "ring 07700 900123"], "a telephone number"),
        (["add", "send", "--category", "sarah@mail.example wrote"], "an email address"),
        (["add", "send", "--category", "child born 2015-03-02"], "a date of birth"),
        (["add", "send", "--category", "x" * 61], "no story belongs here"),
        (["add", "send", "--category", " "], "--category is empty"),
        (["add", "send", "--category", "a\nb"], "line break"),
        (["add", "send", "--category", "meals", "--date", "2026-12"], "has not come yet"),
        (["add", "sent", "--category", "meals"], "Did you mean send?"),
        (["close", "send", "--outcome", "settled"], "No concern under ‘SEND policy’ is open"),
        (["close", "send", "c9", "--outcome", "settled"], "There is no concern 'c9'"),
        (["close", "SEND policy", "9", "--outcome", "settled"], "There is no concern '9'"),
        (["list", "--policy", "sent"], "Did you mean send?"),
    ],
)
def test_nothing_about_anybody_gets_in(place: Path, arguments: list[str], said: str | None) -> None:
    file = place / "schools/ash/policies/send.yaml"
    done = call("concern", *arguments, cwd=place, COLUMNS="400")
    assert (done.returncode, file.read_text(encoding="utf-8") == TEXT) == ((2, True) if said else (0, False)), (
        done.stderr
    )
    assert (said or "is on record as c1") in done.stderr
