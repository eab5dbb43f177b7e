"""`translate` as people call it."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from charterkit import render
from charterkit.files.workspace import Workspace
from charterkit.insight.translations.translated import english
from charterkit.model.labels import FORM
from charterkit.resources import builtin

from .calling import call, example

NAME = "charters/community-engagement-v1.{}.yaml"


@pytest.fixture
def place(tmp_path):
    return example(tmp_path)


def edit(place, language, old, new):
    path = place / NAME.format(language)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text.splitlines()


def status(place, *arguments):
    done = call("translate", "status", *arguments, "--format", "json", cwd=place)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    schema = json.loads((Path(render.__file__).parent / "schemas/translations.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(rows, schema)
    assert all(set(row) == set(schema["items"]["properties"]) for row in rows)
    return rows


def test_the_built_in_ones_are_listed_as_not_checked(place):
    rows = status(place)
    assert [(row["language"], row["status"], row["complete"], row["builtin"]) for row in rows] == [
        (one, "draft", True, False) for one in ("bn", "so", "tr", "ur")
    ]
    done = call("translate", "status", cwd=place)
    assert "four are not checked by a speaker" in " ".join(done.stdout.split())
    assert done.stdout.count("◆ Not checked") == 4
    assert call("check", "--select", "CK7", "--strict", cwd=place).returncode == 0


def test_what_is_missing_stale_and_not_used_is_named_with_its_line(place):
    lines = edit(place, "tr", "source: Barriers are found and taken away", "source: Barriers are found")
    edit(place, "tr", "  draft: Taslak\n", "  draft:\n  drfat: Taslak\n")
    (row,) = status(place, "--language", "TR")
    assert (row["missing"], row["stale"], row["unused"], row["complete"]) == (1, 1, 1, False)
    assert [(one["problem"], one["list"], one["id"], one["field"]) for one in row["problems"]] == [
        ("missing", "labels", None, "draft"),
        ("stale", "key_points", "barriers", "title"),
        ("unused", "labels", None, "drfat"),
    ]
    at = lines.index("  draft: Taslak") + 1
    stale = next(number for number, one in enumerate(lines) if "source: Barriers are found" in one)
    assert [one["line"] for one in row["problems"]] == [at, stale + 1, at + 1], (
        "its text stands a line further down now"
    )
    said = call("translate", "status", "--lang", "tr", cwd=place, COLUMNS="160").stdout
    for part in (
        "▲ Not finished",
        "1 missing, 1 out of date, not checked, 1 not used",
        "To do in Turkish (tr) (3)",
        "label drfat",
    ):
        assert part in " ".join(said.split())
    check = call("check", "--select", "CK7", "--output-format", "concise", cwd=place).stdout
    assert f"CK703 1 of {35 + len(FORM)} texts" in check
    assert "there is no label 'drfat'" in check


@pytest.mark.parametrize(
    ("name", "start"), [("s.md", "# Best Practice Charter"), ("s.html", "<!doctype html>"), ("s.csv", "\ufeffcharter,")]
)
def test_other_formats(place, name, start):
    done = call("translate", "status", "-o", name, cwd=place)
    assert done.returncode == 0, done.stderr
    text = (place / name).read_text(encoding="utf-8")
    assert text.lstrip().startswith(start)
    assert "ur" in text


def test_a_speaker_checks_a_draft_by_hand(place):
    before = call("render-poster", "--lang", "ur", cwd=place).stdout
    assert "ترجمے کا مسودہ" in before
    edit(place, "ur", "status: draft", "status: checked")
    edit(place, "ur", "checked:\n", "checked: A. Malik, parent, 2026-12\n")
    assert "ترجمے کا مسودہ" not in call("render-poster", "--lang", "ur", cwd=place).stdout
    (row,) = status(place, "--language", "ur")
    assert (row["status"], row["checked"], row["complete"]) == ("checked", "A. Malik, parent, 2026-12", True)
    assert "● In order" in call("translate", "status", "--language", "ur", cwd=place).stdout


def guidance(place: Path) -> int:
    """How many texts say what the built-in charter's key points are about, what levels look like and what comes next."""
    found = english(Workspace(place, builtin()).choose_charter("community-engagement"))
    return sum(key.part == "guidance" for key in found)


def test_a_new_one_has_every_text_empty_and_is_no_error(place):
    done = call("translate", "new", "--language", "PL", cwd=place)
    assert done.returncode == 0, done.stderr
    assert f"{119 + guidance(place) + len(FORM)} texts to translate" in done.stderr
    assert "charterkit translate status --lang pl" in done.stderr
    text = (place / NAME.format("pl")).read_text(encoding="utf-8")
    assert text.count("text:\n") + text.count(":\n  #") > 100
    assert "# In brackets after a text that is not translated yet. In English:\n  #   in English\n" in text
    check = call("check", "--output-format", "concise", NAME.format("pl"), cwd=place).stdout.splitlines()
    assert len(check) == 1
    assert "CK703 29 of 29 texts are not translated" in check[0]
    (row,) = status(place, "--language", "pl")
    assert [part["begun"] for part in row["parts"]] == [True, False, False, False, False]
    page = call("render-poster", "--lang", "pl", cwd=place)
    assert "key point 8" in page.stderr or "more" in page.stderr
    assert "(in English)</small>" in page.stdout


def test_nothing_is_overwritten(place):
    kept = (place / NAME.format("ur")).read_bytes()
    done = call("translate", "new", "--language", "ur", cwd=place)
    assert done.returncode == 2
    assert NAME.format("ur") in done.stderr
    (place / NAME.format("cy")).write_text("language: ga\n", encoding="utf-8")
    assert "There is a file" in call("translate", "new", "--language", "cy", cwd=place).stderr
    assert (place / NAME.format("ur")).read_bytes() == kept


def test_a_built_in_draft_is_taken_into_the_workspace(place):
    kept = (place / NAME.format("so")).read_text(encoding="utf-8")
    (place / NAME.format("so")).unlink()
    assert status(place, "--language", "so")[0]["builtin"]
    done = call("translate", "new", "--language", "so", "--part", "poster", "--part", "form", cwd=place)
    assert "every text is there" in done.stderr
    assert "the built-in translation" in done.stderr
    made = (place / NAME.format("so")).read_text(encoding="utf-8")
    assert yaml.safe_load(made) == yaml.safe_load(kept)


def test_the_next_version_goes_on_from_the_last(place):
    assert call("new", "charter", "--next-version-of", "community-engagement", cwd=place).returncode == 0
    done = call("translate", "status", cwd=place)
    assert "is not translated yet" in done.stdout
    assert "Urdu (ur, version 1)" in " ".join(done.stdout.split())
    assert status(place) == []
    assert len(status(place, "--version", "1")) == 4
    done = call("translate", "new", "--language", "tr", cwd=place)
    assert f"{84 + guidance(place)} texts to translate" in done.stderr
    assert f"{35 + len(FORM)} more are taken over from {NAME.format('tr')}" in done.stderr
    assert status(place)[0]["complete"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status", "--language", "uk"], "translate new --lang uk"),
        (["status", "--version", "7"], "no version '7'"),
        (["status", "nonsense"], "no charter"),
        (["status", "--format", "xlsx"], "no format"),
        (["status", "-o", "charters/x.json"], "own files"),
        (["new"], "--lang"),
        (["new", "--language", "x"], "not a language tag"),
        (["new", "--language", "en-GB"], "in English already"),
        (["new", "--language", "cy", "--from-version", "1"], "no translation into 'cy'"),
        (["new", "--language", "cy", "--part", "all"], "--part all"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_writes_nothing(place, arguments, said):
    before = sorted(place.rglob("*"))
    done = call("translate", *arguments, cwd=place)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(place.rglob("*")) == before


def test_languages_are_named(place):
    said = call("translate", "status", cwd=place, COLUMNS="160").stdout
    for words in ("Somali (so)", "Urdu (ur)", "Bengali (bn)", "Turkish (tr)"):
        assert words in said
    done = call("translate", "status", "--language", "pl", cwd=place)
    assert done.returncode == 2
    assert "no translation into Polish (pl)" in done.stderr
    assert "Somali (so)" in done.stderr
    done = call("render-poster", "--lang", "pl", cwd=place)
    assert "no translation into Polish (pl)" in done.stderr
    assert "Did you mean Somali (so)?" in call("render-poster", "--lang", "somali", cwd=place).stderr


@pytest.mark.parametrize("tag", ["Somali", "xx_nonsense", "ur--PK", "pl-", "zh-Hant-Hant-Hant", "ur-a-b", "q"])
def test_what_is_no_tag_starts_no_translation(place, tag):
    before = sorted((place / "charters").iterdir())
    done = call("translate", "new", "--language", tag, cwd=place)
    assert done.returncode == 2
    assert "is not a language tag" in done.stderr
    assert ("Is Somali (so) meant?" in done.stderr) == (tag == "Somali")
    assert sorted((place / "charters").iterdir()) == before


@pytest.mark.parametrize(("tag", "words"), [("plx", "is Polish (pl) meant?"), ("pl-nonsense", "is Polish (pl) meant?")])
def test_an_unknown_tag_is_warned_of(place, tag, words):
    done = call("--quiet", "translate", "new", "--language", tag, cwd=place)
    assert done.returncode == 0
    assert f"does not know the language tag '{tag}'" in done.stderr
    assert words in done.stderr
    assert call("--quiet", "translate", "new", "--language", "pl", cwd=place).stderr == ""


def test_a_charter_that_is_not_in_english_is_translated_into_it(place):
    path = place / "charters/community-engagement-v1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("written_in: en", "written_in: cy", 1), encoding="utf-8")
    refused = call("translate", "new", "--lang", "cy", cwd=place)
    assert refused.returncode == 2
    assert "in Welsh already" in refused.stderr
    assert call("translate", "new", "--lang", "en", "--part", "poster", cwd=place).returncode == 0
    assert "language: en" in (place / NAME.format("en")).read_text(encoding="utf-8")
