"""`policy gaps`: every line with its source, in every form."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from charterkit import render
from charterkit.insight.policies.packs import builtin_packs

from .calling import ROOT, call

PACK = """\
id: own
title: Our trust's list
publisher: North Trust
url: https://example.org/list
published: 2026-01
checked_on: 2026-02
basis: Agreed by the board in January 2026.
entries:
  - {id: phones, title: Phones, every: 1 year, approvers: [trustees], publish: yes, reference: Minute 12, checked_on: 2026-02}
  - {id: trips, title: 'Trips "and" <b>visits</b> | all', kinds: [academy], reference: Minute 13, url: "https://example.org/trips"}
  - {id: dogs, title: Dogs, note: Nobody looked at this}
  - {id: uniform, title: Uniform}
"""
PHONES = """\
id: mobile
title: "[bold]Phones[/bold]"
status: live
requirement: phones
approver: headteacher
review: {every: 2 years}
"""
SETTINGS = "packs: [own]\nwaivers:\n  - {entry: uniform, reason: We have no uniform}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "charters").mkdir()
    (tmp_path / "packs").mkdir()
    (tmp_path / "schools/ash/policies").mkdir(parents=True)
    (tmp_path / "charterkit.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "packs/own.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "schools/ash/school.yaml").write_text("name: Ash School\n", encoding="utf-8")
    (tmp_path / "schools/ash/policies/mobile.yaml").write_text(PHONES, encoding="utf-8")
    return tmp_path


def fits_the_schema(rows: Any) -> list[dict[str, Any]]:
    schema = json.loads((Path(render.__file__).parent / "schemas/gaps.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(rows, schema)
    assert all(set(row) == set(schema["items"]["properties"]) for row in rows)
    return list(rows)


def test_as_json(place: Path) -> None:
    rows = fits_the_schema(json.loads(call("policy", "gaps", "--format", "json", cwd=place).stdout))
    assert [(row["entry"], row["gap"], row["certain"]) for row in rows] == [
        ("phones", "interval", True),
        ("phones", "approver", True),
        ("phones", "unpublished", True),
        ("trips", "missing", False),
        ("dogs", "missing", True),
        ("uniform", "waived", True),
    ]
    assert rows[0]["wanted"] == "the source asks for a review every year"
    assert rows[0]["found"] == "reviewed every 2 years"
    assert rows[1]["wanted"] == "approval by trustees"
    assert (rows[0]["url"], rows[3]["url"]) == ("https://example.org/list", "https://example.org/trips")
    assert rows[2]["checked_on"] == "2026-02"
    assert rows[4]["checked_on"] is None
    assert rows[5]["found"] == "We have no uniform"
    assert rows[0]["policy"] == "mobile"


def test_what_is_in_order_shows_with_all(place: Path) -> None:
    good = (
        PHONES.replace("headteacher", "trustees").replace("2 years", "1 year") + "publication: {url: 'https://a.org'}\n"
    )
    (place / "schools/ash/policies/mobile.yaml").write_text(good, encoding="utf-8")
    rows = json.loads(call("policy", "gaps", "--format", "json", cwd=place).stdout)
    assert "phones" not in {row["entry"] for row in rows}
    rows = fits_the_schema(json.loads(call("policy", "gaps", "--all", "--format", "json", cwd=place).stdout))
    assert (rows[0]["entry"], rows[0]["gap"], rows[0]["found"]) == ("phones", "met", None)
    assert "In order" in call("policy", "gaps", "--all", cwd=place).stdout


def said(text: str, words: Iterable[str]) -> None:
    one_line = " ".join(text.split())
    for word in words:
        assert word in one_line, word


@pytest.mark.parametrize("columns", ["80", "40", "200"])
def test_as_a_table(place: Path, columns: str) -> None:
    done = call("policy", "gaps", cwd=place, COLUMNS=columns)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= int(columns)
    assert "\x1b" not in done.stdout
    if columns == "200":
        said(
            done.stdout,
            [
                "Two policies or documents missing, one review interval to look at, one approver to look at,",
                "one policy not on record as online and one entry waived.",
                "This is advice.",
                "Minute 12",
                "checked February 2026",
                "not compared with a source",
                "We have no uniform",
                "[bold]Phones[/bold]",
                "if it applies",
                "add type: maintained (or academy)",
                "Our trust's list (North Trust), published January 2026. Agreed by the board in January 2026.",
            ],
        )


def test_as_markdown_and_html(place: Path) -> None:
    markdown = call("policy", "gaps", "--format", "markdown", cwd=place).stdout
    html = call("policy", "gaps", "ash", "--format", "html", cwd=place).stdout
    assert "<b>" not in markdown
    assert "<b>visits" not in html
    assert "&lt;b&gt;visits" in html
    for text in (markdown, html):
        said(text, ["Minute 12", "Minute 13", "https://example.org/list", "https://example.org/trips"])
        said(text, ["checked February 2026", "We have no uniform", "Agreed by the board"])
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 6
    assert {line.replace("\\|", "").count("|") for line in rows} == {4}


def test_as_csv(place: Path) -> None:
    text = call("policy", "gaps", "--format", "csv", cwd=place).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["gap"] for row in rows] == ["interval", "approver", "unpublished", "missing", "missing", "waived"]
    assert all(row["reference"] or row["url"] for row in rows)
    assert {row["certain"] for row in rows} == {"yes", "no"}


@pytest.mark.parametrize("pack", sorted(builtin_packs()))
def test_every_line_of_a_built_in_pack_shows_its_source(tmp_path: Path, pack: str) -> None:
    (tmp_path / "charters").mkdir()
    (tmp_path / "schools/ash").mkdir(parents=True)
    (tmp_path / "schools/ash/school.yaml").write_text("name: Ash School\n", encoding="utf-8")
    call_of = ("policy", "gaps", "--all", "--pack", pack)
    rows = fits_the_schema(json.loads(call(*call_of, "--format", "json", cwd=tmp_path).stdout))
    assert [row["entry"] for row in rows] == [one.id for one in builtin_packs()[pack].entries if one.level == "school"]
    assert all(row["url"] for row in rows)
    html = call(*call_of, "--format", "html", cwd=tmp_path).stdout
    assert html.count('rel="noopener noreferrer"') >= len(rows)
    assert html.count("checked ") + html.count("not compared with a source") >= len(rows)


def test_the_schools_of_this_repository() -> None:
    rows = fits_the_schema(json.loads(call("policy", "gaps", "--all", "--format", "json", cwd=ROOT).stdout))
    found = {(row["school"], row["entry"]): row["gap"] for row in rows}
    assert found["example-primary", "behaviour"] == "met"
    assert "leading-learning-trust" not in {row["school"] for row in rows}


def test_a_pack_that_there_is_not(place: Path) -> None:
    for arguments, hint in ((["--pack", "englnd"], "england"), (["--pack", ""], "There is: england")):
        done = call("policy", "gaps", *arguments, cwd=place)
        assert (done.returncode, done.stdout) == (2, "")
        assert hint in done.stderr
    (place / "charterkit.yaml").write_text("packs: [onw]\n", encoding="utf-8")
    assert "Did you mean own?" in call("policy", "gaps", cwd=place).stderr


def test_a_pack_and_settings_with_mistakes_are_said(place: Path) -> None:
    (place / "packs/own.yaml").write_text(
        PACK + "  - {id: odd, title: Odd, every: sometimes}\n  - 7\n", encoding="utf-8"
    )
    (place / "charterkit.yaml").write_text(SETTINGS + "  - {entry: dogs}\n", encoding="utf-8")
    done = call("policy", "gaps", "--format", "json", cwd=place)
    assert done.returncode == 0
    assert "packs/own.yaml has mistakes" in done.stderr
    assert "charterkit.yaml has mistakes" in done.stderr
    assert {row["entry"] for row in json.loads(done.stdout)} == {"phones", "trips", "dogs", "uniform"}
    assert call("policy", "gaps", "--pack", "england", "ash", cwd=place).stderr.count("packs/own.yaml") == 0
    checked = call("check", cwd=place).stdout
    assert "packs/own.yaml:13:" in checked
    assert "packs/own.yaml:14:" in checked


def test_policies_that_cannot_be_read_are_said(place: Path) -> None:
    (place / "schools/ash/policies/odd.yaml").write_text("id: [\n", encoding="utf-8")
    (place / "schools/ash/policies/mobile.yaml").write_text(PHONES.replace("2 years", "often"), encoding="utf-8")
    done = call("policy", "gaps", cwd=place, COLUMNS="200")
    assert "odd.yaml cannot be read" in done.stderr
    assert "parts of the policy's file cannot be read" in done.stdout


def test_without_gaps_it_says_so(place: Path) -> None:
    (place / "packs/own.yaml").write_text("id: own\ntitle: Nothing yet\nentries: []\n", encoding="utf-8")
    done = call("policy", "gaps", cwd=place)
    assert "Nothing is missing" in done.stdout
    assert done.stdout.count("Nothing is missing") == 1


def test_the_guide_s_own_list_works(place: Path) -> None:
    guide = (ROOT / "docs/policies.md").read_text(encoding="utf-8")
    pack = next(part for part in guide.split("```") if "id: north-trust" in part)
    (place / "packs/north-trust.yaml").write_text(pack.removeprefix("yaml\n"), encoding="utf-8")
    settings = "packs: [england, north-trust]\nwaivers:\n  - {entry: school-uniform, reason: We have no uniform}\n"
    (place / "charterkit.yaml").write_text(settings, encoding="utf-8")
    (place / "schools/ash/school.yaml").write_text("name: Ash\ntype: academy\nphase: secondary\n", encoding="utf-8")
    (place / "schools/ash/policies/mobile.yaml").write_text(
        "id: mobile\ntitle: Phone policy\nstatus: live\n", encoding="utf-8"
    )
    rows = fits_the_schema(json.loads(call("policy", "gaps", "--format", "json", cwd=place).stdout))
    found = {row["entry"]: row for row in rows}
    assert found["mobile-phones"]["policy"] == "mobile"
    assert found["school-uniform"]["found"] == "We have no uniform"
    assert all(row["certain"] for row in rows)
    assert "error" not in call("check", "--output-format", "concise", cwd=place).stdout
