"""Every document of the table in every one of its formats: made, of the kind it says, safe to look at, and looked at."""

import json
import os
import re
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from charterkit.documents import DOCUMENTS, ENDINGS, NOT_TEXT, Place, named
from charterkit.files.workspace import Workspace
from charterkit.model.dates import Cycle
from charterkit.render.poster.pages import HTML
from charterkit.render.site.school import Maker
from charterkit.resources import builtin
from tests.browser import pages
from tests.cli.calling import example
from tests.credential.office import certified
from tests.render import test_sheets, test_words_same

DOCS = Path(__file__).parents[1] / "docs"
TODAY = date(2026, 11, 22)
VERSIONS = Path(__file__).parent / "render/versions"
OPTIONS: dict[str, dict[str, Any]] = {
    "best practice": {"aspect": "gate-greeting"},
    "charter versions": {"old": str(VERSIONS / "lunch-v1.yaml"), "new": str(VERSIONS / "lunch-v2.yaml")},
    "comparison": {"start": Cycle(2024, "autumn"), "end": Cycle(2025, "autumn")},
    "form": {"school": "example-primary"},
    "report for families": {"cycle": Cycle(2025, "autumn")},
    "gaps": {"every": True},
    "agenda": {"body": "Full governing body", "on": date(2027, 9, 30)},
    "own words": {"language": "cy"},
    "policy": {"name": "parent-carer-engagement"},
    "policy for families": {"name": "parent-carer-engagement"},
    "poster": {"school": "example-primary", "qr": True},
    "due": {"every": True},
    "visit request": {"school": "example-primary"},
    "revisions": {"span": "HEAD~1..HEAD", "variables": os.environ, "here": None},
}
"""What a document of the example school is asked for, where more than nothing."""
NOT_ABOUT_A_SCHOOL = {"translations", "own words", "charter versions"}
EVERY = [(name, chosen) for name, document in DOCUMENTS.items() for chosen in document.formats]
BEGINS = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG",
    "svg": b"<",
    "xlsx": b"PK",
    "docx": b"PK",
    "parquet": b"PAR1",
    "ics": b"BEGIN:VCALENDAR",
}
HOSTILE = r'"Lark \\e[31m \\x9b \\u202e \\u2066 <script>alert(1)</script>"'
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Heard:
    """Collects what is said."""

    def __init__(self):
        self.said = []

    def say(self, message):
        self.said.append(message)

    warn = say


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The example school, in which people have written what must never act."""
    root = example(tmp_path_factory.mktemp("documents"))
    git(root, "init", "--quiet")
    commit(root)
    for path in root.glob("schools/example-primary/**/*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub("^(name|title|note|what): .*", rf"\1: {HOSTILE}", text, flags=re.MULTILINE), encoding="utf-8"
        )
    commit(root)
    return Workspace(root, builtin())


def git(root, *arguments):
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def commit(root):
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.fixture(scope="module")
def content(workspace, tmp_path_factory):
    """What a document is made of; made once."""

    def made(name):
        its = workspace
        if name == "certificate":
            its = Workspace(certified(tmp_path_factory.mktemp("certified"), HOSTILE), builtin())
        return DOCUMENTS[name].content(its, TODAY, Heard(), **OPTIONS.get(name, {}))

    return cache(made)


@pytest.mark.alike(4)
@pytest.mark.parametrize(("name", "chosen"), EVERY)
def test_every_format_of_every_document_is_what_the_table_says(workspace, content, name, chosen):
    recipe = DOCUMENTS[name].formats[chosen]
    if recipe.gives == "letters":
        assert content(name).letters
        return
    made = recipe.made(content(name), Place(TODAY, workspace.root, 80))
    if recipe.gives == "text":
        assert made.strip()
        assert not UNSAFE.search(made.replace("\r\n", "\n")) or chosen == "json"
        assert "Lark" in made or chosen not in ("html", "markdown") or name in NOT_ABOUT_A_SCHOOL
        # of an email its headers and its text are no page; its page is that of "html", encoded
        assert "<script>alert(1)" not in made or chosen in ("table", "json", "csv", "eml")
        assert chosen != "json" or json.loads(made)
    elif recipe.gives == "table":
        assert hasattr(made, "__rich_console__") or hasattr(made, "__rich__")
    else:
        data = made.data if recipe.gives == "paper" else made
        assert data.startswith(BEGINS[chosen])


def test_the_options_are_those_of_documents():
    assert OPTIONS.keys() <= DOCUMENTS.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_name_of_the_table_is_there(name):
    document = DOCUMENTS[name]
    assert callable(named(document.maker))
    for chosen, recipe in document.formats.items():
        if recipe.maker.endswith(".j2"):
            assert (builtin() / "templates" / recipe.maker).is_file()
        else:
            assert callable(named(recipe.maker))
        assert chosen in ENDINGS.values() or recipe.gives == "letters"
        assert (chosen in NOT_TEXT) == (recipe.gives in ("bytes", "paper") and chosen != "ics")


def test_every_page_is_looked_at_in_the_browser():
    looked_at = {document for document, _ in pages.COMMANDS.values()} | {pages.CERTIFICATE, pages.OVERVIEW}
    assert looked_at == having("html"), "each is a line of COMMANDS in tests/browser/pages.py"


def test_the_site_shows_the_tables_pages(workspace):
    folder = workspace.school("example-primary")
    made = Maker(workspace, folder, Cycle(2026), TODAY).pages()
    shown = {page.template for page in made.pages if not page.template.startswith("site")}
    names = ("report for families", "policy for families", "promises")
    pages_of = {DOCUMENTS[name].formats["html"].maker for name in names}
    assert shown == pages_of | {HTML}


def test_every_template_is_in_the_documentation():
    said = (DOCS / "templates.md").read_text(encoding="utf-8")
    names = {recipe.maker for document in DOCUMENTS.values() for recipe in document.formats.values()}
    left_out = {name for name in names if name.endswith(".j2") and f"`{name}`" not in said}
    assert not left_out, f"docs/templates.md says nothing of {sorted(left_out)}"


def test_the_words_of_every_document_are_compared_between_its_formats():
    compared = {kind.document for kind in test_words_same.DOCUMENTS.values()} | test_sheets.COMPARED
    there = having("html") & having("pdf")
    assert compared | WITH_TESTS_OF_THEIR_OWN == there, (
        "each is a kind in tests/render/test_words_same.py, or test_sheets.py"
    )


WITH_TESTS_OF_THEIR_OWN = {"form", "poster", "certificate", "overview"}
"""On paper they say what fits a wall or a meeting's hand, which tests/render/form, poster, overview and tests/credential
hold.
"""


def having(chosen):
    return {name for name, document in DOCUMENTS.items() if chosen in document.formats}
