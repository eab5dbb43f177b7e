"""Documents in Welsh: all of charterkit's own words, the charter's where they are translated, and people's as they are."""

import re
import zipfile
from html.parser import HTMLParser

import pytest

from .calling import call, example

TODAY = "2026-11-29"
AGREED = ("--cycle", "2025-26-autumn")
CALLS = {
    "leaders": ("report", "example-primary"),
    "visited": ("report", "example-primary", "--cycle", "2024-25-autumn"),
    "governors": ("report", "example-primary", "--audience", "governors", *AGREED),
    "public": ("report", "example-primary", "--audience", "public", "--table", *AGREED),
    "compare": ("compare", "example-primary"),
    "all": ("compare", "example-primary", "--all"),
}
TRANSLATION = """\
charter: community-engagement
version: "1"
language: cy
status: draft
title: {text: Siarter Arfer Gorau (enghraifft), source: x}
scale:
  - id: green
    label: {text: Gwyrdd, source: Green}
key_points:
  - id: welcome
    title: {text: Croeso (enghraifft), source: x}
"""


class Texts(HTMLParser):
    """The texts of a page, and what its attributes say to people."""

    def __init__(self):
        super().__init__()
        self.found, self.hidden = set(), 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag == "style"
        self.found |= {text for name, text in attrs if name in ("aria-label", "title", "data-label") and text}

    def handle_endtag(self, tag):
        self.hidden -= tag == "style"

    def handle_data(self, data):
        if not self.hidden and re.search("[A-Za-z]{3}", data):
            self.found.add(" ".join(data.split()))


def texts(page):
    parser = Texts()
    parser.feed(page)
    return parser.found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return example(tmp_path_factory.mktemp("languages"), "example-primary")


def made(folder, *words):
    result = call(*words, "--today", TODAY, cwd=folder)
    assert result.returncode == 0, result.stderr
    return result


@pytest.mark.parametrize("name", CALLS)
def test_a_welsh_page_has_no_sentence_of_ours_left_in_english(folder, name):
    english, welsh = (made(folder, *CALLS[name], "--format", "html", *lang).stdout for lang in ((), ("--lang", "cy")))
    written = " ".join(
        " ".join(path.read_text(encoding="utf-8").split()) for path in folder.rglob("*.yaml") if path.is_file()
    )
    written = written.replace('"', "").replace("'", "’")
    both = {text.replace("'", "’").replace('"', "") for text in texts(english) & texts(welsh)}
    parts = {part.strip(" .)") for text in both for part in re.split(r"[(:;]", text)}
    left = {part for part in parts if re.search("[A-Za-z]{3}", part) and part not in written}
    assert {part for part in left if not re.search("Green|Amber|Red", part)} == set()
    assert '<html lang="cy">' in welsh
    assert "Drafft yw geiriad Cymraeg charterkit" in welsh
    assert '<html lang="en-GB">' in english


def test_the_charter_s_words_come_from_its_translation_and_people_s_stay(tmp_path):
    folder = example(tmp_path, "example-primary")
    text = made(folder, *CALLS["leaders"], "--format", "html").stdout
    assert "lang=" not in text.split("<body", 1)[1].replace('lang="en-GB"', "")
    titles = re.findall(r"<th scope=\"row\" dir=\"auto\">([^<]+)</th>", text)
    (folder / "charters" / "community-engagement-v1.cy.yaml").write_text(TRANSLATION, encoding="utf-8")
    welsh = made(folder, *CALLS["leaders"], "--format", "html", "--lang", "cy").stdout
    assert titles
    assert '<p class="subtitle" dir="auto" lang="cy">Siarter Arfer Gorau (enghraifft)</p>' in welsh
    assert re.findall(r'<th scope="row" dir="auto" lang="([^"]+)">([^<]{1,30})', welsh)[:2] == [
        ("cy", "Croeso (enghraifft)"),
        ("en-GB", "Barriers are found and taken a"),
    ]
    assert {*re.findall(r'<bdi class="word" lang="([^"]+)">(Gwyrdd|Red)<', welsh)} == {
        ("cy", "Gwyrdd"),
        ("en-GB", "Red"),
    }
    assert ">Gwyrdd<" in welsh
    assert "ar lefel Gwyrdd" in welsh
    settings = folder / "charterkit.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nlanguage: cy\n", encoding="utf-8")
    assert made(folder, *CALLS["leaders"], "--format", "html").stdout == welsh
    english = made(folder, "compare", "example-primary", "--format", "json", "--lang", "cy").stdout
    assert "Gwyrdd" not in english
    made(folder, "report", "example-primary", "-o", str(tmp_path / "report.docx"))
    with zipfile.ZipFile(tmp_path / "report.docx") as word:
        assert 'w:val="cy"' in word.read("word/styles.xml").decode()
        assert 'w:val="en-GB"' in word.read("word/document.xml").decode()


def test_another_language_says_in_a_sentence_that_its_own_words_are_english(folder):
    result = made(folder, *CALLS["leaders"], "--format", "html", "--lang", "ur")
    assert "charterkit has no words of its own in Urdu (ur)" in result.stderr
    assert '<html lang="en-GB">' in result.stdout
    assert '<p class="subtitle" dir="auto" lang="ur">' in result.stdout


def test_a_site_in_welsh_leaves_what_is_not_translated_in_marked_english(folder, tmp_path):
    made(folder, "site", "example-primary", "--lang", "cy", "-o", str(tmp_path / "site"))
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")}
    assert '<html lang="cy">' in pages["pledge.html"]
    assert "Yr hyn rydym yn ei wneud yn dda" in pages["report.html"]
    assert '<html lang="en-GB">' in pages["parent-carer-engagement.html"]
    assert "Mae’r poster hwn yn crynhoi" not in pages["poster.html"]  # the charter has no Welsh words to hang on a wall
