"""Every format of an overview says the same things, and whatever people have written stays text in all of them."""

import csv
import io
import subprocess
import zipfile
from dataclasses import fields, is_dataclass
from functools import cache
from types import SimpleNamespace

import openpyxl
import pytest
from rich.console import Console

from charterkit.documents import DOCUMENTS, Place
from charterkit.files.workspace import Workspace
from charterkit.model.dates import Cycle
from charterkit.render.overview.document import many_schools
from charterkit.render.overview.view import AspectLine
from charterkit.render.shared.tally import Tally
from charterkit.resources import builtin
from charterkit.text.safe import visible
from tests import many_schools as made_up
from tests.render.nasty import nasty
from tests.render.samples import TODAY
from tests.render.test_sheets import Deaf
from tests.render.word_lists import docx_words, html_words, letters, markdown_words, pdf_words, words

FORMATS = DOCUMENTS["overview"].formats
NOT_WORDS = {"heat", "scale", "is_public", "noun", "made", "unnamed", "id"}
"""What of the view is shown as a picture, or nowhere."""
LEFT_OUT = {"html": {"schools"}, "table": {"schools", "names", "cycle", "charter", "met"}}
"""The heat map has the schools, and a terminal is short."""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return made_up.make(tmp_path_factory.mktemp("many"), 16).root


@pytest.fixture(scope="module")
def content(root):
    @cache
    def made(by="trust", public=False):
        return many_schools(Workspace(root, builtin()), TODAY, Deaf(), by=by, public=public)

    return made


def text_of(chosen, content, width=80):
    """The words of one format, as a person meets them."""
    made = FORMATS[chosen].made(content, Place(TODAY, None, width))
    if chosen == "table":
        console = Console(width=width, record=True, file=io.StringIO())
        console.print(made)
        return console.export_text()
    if chosen == "pdf":
        return " ".join(pdf_words(made.data))
    if chosen == "docx":
        return " ".join(docx_words(made.data))
    found = html_words(made, without={"room"}) if chosen == "html" else markdown_words(made)
    return " ".join(found)


def said(thing, without=NOT_WORDS):
    """Every text of a view that people are to read."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from said(each, without)
    elif isinstance(thing, AspectLine):
        yield from (getattr(thing, name) for name in ("numbered", "schools", "met", "moved") if name not in without)
    elif is_dataclass(thing) and not isinstance(thing, Tally):
        for field in fields(thing):
            if field.name not in without:
                yield from said(getattr(thing, field.name), without)


def plain(text):
    return letters(words(visible(text)))


@pytest.mark.parametrize("is_nasty", [False, True])
@pytest.mark.parametrize("chosen", ["markdown", "html", "pdf", "docx", "table"])
def test_every_format_says_all_of_the_view(content, chosen, is_nasty):
    view = content().view
    view = nasty(view) if is_nasty else view
    text = plain(text_of(chosen, SimpleNamespace(view=view, page=view)))
    missing = [each for each in said(view, NOT_WORDS | LEFT_OUT.get(chosen, set())) if plain(each) not in text]
    if is_nasty and chosen in ("pdf", "docx", "markdown"):  # letters that no font has, and words that may break
        missing = [each for each in missing if each.isascii()]
    assert missing == []


HOSTILE = "<script>alert(1)</script> =cmd() [bold] \\x1b[31m مرحبا"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A workspace where a name tries everything, and a folder's file is spoilt with the same."""
    root = made_up.make(tmp_path_factory.mktemp("hostile"), 12).root
    folder = root / "schools" / made_up.slug(2)
    (folder / "school.yaml").write_text(f"name: '{HOSTILE}'\nlocal_authority: '{HOSTILE}'\n", encoding="utf-8")
    (folder / "evaluations" / "2025-26.yaml").write_text(f"charter: '{HOSTILE}'\n", encoding="utf-8")
    return many_schools(Workspace(root, builtin()), TODAY, Deaf(), by="local-authority")


@pytest.mark.parametrize("chosen", FORMATS)
def test_a_name_that_tries_everything_stays_text(hostile, chosen):
    recipe = FORMATS[chosen]
    made = recipe.made(hostile, Place(TODAY, None, 80))
    if recipe.gives == "table":
        assert "[bold]" in text_of(chosen, hostile, 200)
    if recipe.gives != "text":
        return
    assert "alert(1)" in made
    assert "\x1b" not in made
    if chosen in ("html", "markdown"):
        assert "<script>alert" not in made
    if chosen == "csv":
        assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(made)) for cell in row)


def test_what_is_public_names_no_school_in_any_format(content):
    public = content("phase", public=True)
    names = [made_up.name(number) for number in range(16)] + [made_up.slug(number) for number in range(16)]
    for chosen, recipe in FORMATS.items():
        made = recipe.made(public, Place(TODAY, None, 200))
        if recipe.gives in ("table", "text"):
            text = text_of(chosen, public, 200) if recipe.gives == "table" else made
        elif chosen == "pdf":
            text = text_of("pdf", public)
        elif chosen == "parquet":
            text = made.data.decode("latin-1")
        else:
            with zipfile.ZipFile(io.BytesIO(made.data)) as parts:
                text = " ".join(parts.read(name).decode("latin-1") for name in parts.namelist())
        assert not [name for name in names if name in text], chosen
        assert "<script" not in text


def test_the_workbook_has_a_sheet_each(content):
    made = FORMATS["xlsx"].made(content(), Place(TODAY, None))
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    assert book.sheetnames == ["Aspects", "Groups", "Schools"]
    stuck = [row[-1] for row in book["Aspects"].iter_rows(min_row=3, values_only=True)]
    assert stuck == [each.stuck or None for each in content().overview.aspects]
    assert any(stuck)
    rows = list(book["Schools"].iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == [line.name for line in content().overview.lines]
    assert set(rows[0][13:]) <= {"Red", "Amber", "Green", "Not applicable", "Not yet rated", None}


def test_parquet_holds_the_rows_of_the_csv(content, tmp_path):
    import duckdb

    path = tmp_path / "overview.parquet"
    path.write_bytes(FORMATS["parquet"].made(content(), Place(TODAY, None)).data)
    with duckdb.connect(":memory:") as base:
        found = base.execute(f"SELECT * FROM '{path}'").fetchall()
        asked = f"SELECT sum(level_red), sum(level_green) FROM '{path}' WHERE \"group\" = 'all'"
        levels = base.execute(asked).fetchall()
    written = list(csv.reader(io.StringIO(FORMATS["csv"].made(content(), Place(TODAY, None)))))
    assert [["" if cell is None else str(cell) for cell in row] for row in found] == written[1:]
    counts = content().overview.counts.levels
    assert levels == [(counts["red"], counts["green"])]


def test_the_heat_map_is_a_table_of_letters(content):
    heat = content().page.heat
    assert heat
    rows = heat.body.split("\n")
    assert len(rows) == heat.rows == 16
    assert all(row.count("<td") == len(heat.facts) + len(heat.columns) for row in rows)
    assert [column.number for column in heat.columns][:6] == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1"]


def test_a_report_that_is_there_is_linked(root):
    made = many_schools(
        Workspace(root, builtin()), TODAY, Deaf(), report_of=lambda slug: f"a b/{slug}.html" if slug[-1] == "1" else ""
    )
    assert made.page.heat
    assert made.page.heat.body.count("<a href") == 2


@pytest.mark.parametrize(("public", "said"), [(False, "No group is shown of fewer"), (True, "Nothing is shown that")])
def test_what_is_not_shown_is_said_without_contradiction(root, public, said):
    """Of a trust of two schools all is shown to whoever may read it, but for groups."""
    made = many_schools(Workspace(root, builtin()), TODAY, Deaf(), by="trust", public=public)
    assert any(note.startswith(said) for note in made.view.notes)


@pytest.mark.parametrize("chosen", FORMATS)
def test_where_nobody_is_counted_there_is_a_document_all_the_same(root, chosen):
    made = many_schools(Workspace(root, builtin()), TODAY, Deaf(), cycle=Cycle(2031), by="trust")
    assert FORMATS[chosen].made(made, Place(TODAY, None, 80))
    assert not made.view.aspects


def wide(root, head=""):
    """A workspace of a charter of 156 aspects and five levels, on which thirty schools rated themselves."""
    aspects = [f"a-{point}-{each}" for point in range(12) for each in range(13)]
    levels = [f"l{each}" for each in range(5)]
    lines = ["id: wide", "title: Wide", 'version: "1"', "status: published", head, "scale:"]
    lines += [f"  - {{id: {level}, label: Level {level}}}" for level in levels]
    lines += ["key_points:"]
    for place, aspect in enumerate(aspects):
        new = [f"  - id: point-{place}", f"    title: Point {place}", "    aspects:"] if place % 13 == 0 else []
        lines += [*new, f"      - {{id: {aspect}, text: What we do about {place}}}"]
    (root / "charters").mkdir()
    (root / "charters/wide.yaml").write_text("\n".join(lines), encoding="utf-8")
    (root / "charterkit.yaml").write_text("charter: wide\n", encoding="utf-8")
    for school in range(30):
        folder = root / f"schools/s{school}/evaluations"
        folder.mkdir(parents=True)
        (folder.parent / "school.yaml").write_text(f"name: School {school}\n", encoding="utf-8")
        rated = [f"  {aspect}: {levels[(school + place) % 5]}" for place, aspect in enumerate(aspects)]
        rated = ["charter: wide", 'charter_version: "1"', "cycle: 2025-26", "ratings:", *rated]
        (folder / "2025-26.yaml").write_text("\n".join(rated), encoding="utf-8")
    return Workspace(root, builtin())


def test_many_schools_on_very_many_aspects_are_a_paper(tmp_path):
    made = many_schools(wide(tmp_path), TODAY, Deaf())
    data = FORMATS["pdf"].made(made, Place(TODAY, None)).data
    read = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout
    found = " ".join(read.decode().split())  # to read its tags takes a hundred times as long as to make it
    assert "What we do about 155" in found
    assert "School 29" in found


def test_a_charter_of_which_a_part_cannot_be_read_is_named(tmp_path):
    heard: list[str] = []
    many_schools(wide(tmp_path, "strange: 1"), TODAY, SimpleNamespace(say=heard.append, warn=heard.append))
    assert heard == ["Not all of charters/wide.yaml can be read: 'charterkit check' says where."]
