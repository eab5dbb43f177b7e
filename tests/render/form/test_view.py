"""The form: the same words on every kind of paper, a workbook that is only text, and pages that keep aspects whole."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from charterkit.errors import CharterkitError
from charterkit.exchange.workbook.xlsx import sheets
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.insight.evaluations.form_cycle import Occasion, occasion
from charterkit.insight.evaluations.form_layout import CELL_UNITS, MACHINE_SHEET, SHEET, units
from charterkit.model.dates import Cycle
from charterkit.render.form.pages import form_html, form_pdf
from charterkit.render.form.view import FormLast, FormView, form
from charterkit.render.form.workbook import CUT, form_xlsx
from charterkit.render.poster.words import words
from charterkit.render.shared.levels import NOT_RATED
from charterkit.resources import builtin
from tests.render.forms import ONE, TODAY, TWO, blank, charter, opened, places
from tests.render.word_lists import html_words, letters, parting, pdf_words

EVIL = "=cmd|'/C calc'!A0 <script> [bold] #eval(\"x\") $x$ *a* @ref \\ {=1} https://example.org اردو"


def small() -> FormView:
    return form(None, Occasion(charter(), None, None, {}), today=TODAY).view


@pytest.fixture(scope="module")
def primary() -> FormView:
    """The made-up primary school's form, with last time's answers."""
    workspace = Workspace(builtin(), builtin())
    folder = workspace.school("example-primary")
    chosen = workspace.choose_charter("community-engagement")
    found = occasion(workspace, timeline(workspace, folder, chosen.id), chosen, None, TODAY)
    return form(folder, found, today=TODAY).view


@pytest.fixture(scope="module")
def paper(primary) -> bytes:
    return form_pdf(primary, TODAY).data


def text_of(pdf: bytes, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


# -- the view


def test_the_cycle_before_is_found_and_carried_over(workspace):
    head = "charter: small\nstatus: agreed\n"
    root = workspace(
        {
            "charterkit.yaml": "charter: small\n",
            "charters/one.yaml": ONE,
            "charters/two.yaml": TWO,
            "schools/elm/school.yaml": "name: Elm\n",
            "schools/elm/evaluations/2024-25.yaml": (
                f'{head}charter_version: "1"\ncycle: 2024-25\ndate: 2024-10\nratings:\n'
                "  gate: {rating: good, ideas: [A bell]}\n  phone: {rating: nearly, ideas: [x]}\n"
                "  post: {rating: not-yet, ideas: [x, y]}\n  night: {rating: not-applicable, reason: no}\n"
            ),
        }
    )
    read = Workspace(root)
    found = occasion(read, timeline(read, read.school("elm"), "small"), charter(TWO), Cycle.parse("2025-26"), TODAY)
    view = form(read.school("elm"), found, today=TODAY).view
    last = {one.id: one.last for point in view.points for one in point.aspects}
    assert {key: one and (one.words.text, one.ideas) for key, one in last.items()} == {
        "entrance": ("Good", ("A bell",)),
        "messages": ("Not yet", ("x", "y")),  # of merged ones the lowest, and the ideas of both
        "morning": ("Does not apply", ()),
        "evening": ("Does not apply", ()),
        "letter": ("Not yet rated", ()),
    }
    assert view.last_cycle == "2024-25"
    assert form(read.school("elm"), found, today=TODAY, blank=True).view.last_cycle == ""


# -- the workbook


def test_the_sheet_is_protected_open_where_people_write_and_frozen():
    book = opened(blank())
    sheet = book[SHEET]
    rows, columns = places(book)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet.freeze_panes == "C8"
    assert sheet.print_title_rows == "$7:$7"
    assert not sheet.merged_cells.ranges
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[6].hidden
    assert book[MACHINE_SHEET].sheet_state == "veryHidden"
    for row in rows.values():
        for cell in sheet[row]:
            is_answer = cell.column in columns.values() and cell.column != columns["aspect"]
            assert cell.protection.locked != is_answer
            assert not is_answer or cell.number_format == "@"
    assert {rows["gate"], rows["web"]} <= {row for one in sheet.data_validations.dataValidation for row in covered(one)}
    assert any(
        one.type == "list" and one.formula1 == "charterkit_ratings" for one in sheet.data_validations.dataValidation
    )
    options = [row[1].value for row in book[MACHINE_SHEET].iter_rows() if row[0].value == "option"]
    assert options == ["1 Not yet", "2 Nearly", "3 Good", "Does not apply"]


def covered(one: DataValidation) -> set[int]:
    return {row for part in one.sqref.ranges for row in range(part.min_row, part.max_row + 1)}


def test_peoples_text_is_never_a_formula_a_link_or_markup():
    view = small()
    aspect = replace(
        view.points[0].aspects[0],
        words=words(EVIL),
        detail=words(f"=1+1 {EVIL}"),
        last=FormLast(NOT_RATED, words("=2"), (EVIL,)),
    )
    view = replace(
        view,
        school=EVIL,
        last_cycle="=x",
        charter=words(EVIL),
        points=(replace(view.points[0], words=words(EVIL), aspects=(aspect,)),),
    )
    data = form_xlsx(view, TODAY).data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    for name, part in parts.items():
        assert "<f>" not in part, name
        assert "<hyperlink " not in part, name
        formulas = re.findall(r"<(?:formula|formula1|definedName[^>]*)>([^<]*)<", part)
        assert all("cmd" not in one for one in formulas)
    sheet = opened(data)[SHEET]
    assert sheet["B9"].value == EVIL
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value is not None)
    page = form_html(view, None)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "#eval" in text_of(form_pdf(view, TODAY).data)


def test_what_no_cell_holds_is_cut_and_said():
    view = small()
    long = replace(view.points[0].aspects[0], detail=words("😀 " * 20_000))
    made = form_xlsx(replace(view, points=(replace(view.points[0], aspects=(long,)),)), TODAY)
    value = opened(made.data)[SHEET]["C9"].value
    assert units(value) <= CELL_UNITS
    assert value.endswith(CUT)
    assert made.notices == (
        "Of “=The gate” a text is longer than the 32,767 characters that a cell of a workbook holds: it is cut.",
    )


def test_the_same_form_is_the_same_bytes():
    view = small()
    assert form_xlsx(view, TODAY).data == form_xlsx(view, TODAY).data
    assert form_xlsx(view, TODAY).data != form_xlsx(view, date(2026, 1, 1)).data


def test_a_key_points_heading_is_never_the_last_row_of_a_printed_page(primary):
    book = opened(form_xlsx(primary, TODAY).data)
    sheet = book[SHEET]
    heights = {number: row.height for number, row in sheet.row_dimensions.items() if row.height}
    starts = [one.id + 1 for one in sheet.row_breaks.brk]
    assert len(starts) > 2
    assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    headings = [row[0].row for row in sheet.iter_rows(min_row=8) if not row[0].value]
    assert len(headings) == len(primary.points) + sum(bool(point.detail.text) for point in primary.points)
    assert not {one + 1 for one in headings} & set(starts)
    room = (595 - 1.1 * 72) / (sheet.page_setup.scale / 100)
    for start, end in pairwise([1, *starts, sheet.max_row + 1]):
        header = heights[7] if start > 1 else 0
        assert header + sum(heights.get(row, 15) for row in range(start, end)) <= room


# -- paper


def test_paper_is_tagged_and_its_header_stands_on_every_page(paper, primary):
    about = subprocess.run(["pdfinfo", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    assert re.search(r"Tagged:\s+yes", about)
    assert "841.89 x 595.27" in about
    pages = [page for page in text_of(paper, "-layout").split("\f") if page.strip()]
    assert all("Note, ideas and next steps" in page and "Last time" in page for page in pages[:-1])
    assert pages[0].count("Larkfield") >= 1
    assert form_pdf(primary, TODAY).data == paper


def test_no_aspect_is_parted_over_two_pages(paper, primary):
    rows, _, _ = text_of(paper, "-raw").partition(primary.labels["plan-help"].text)  # the plan names aspects again
    pages = [re.sub(r"\s+", "", page) for page in rows.split("\f")]
    for point in primary.points:
        for one in point.aspects:
            found = [number for number, page in enumerate(pages) if re.sub(r"\s+", "", one.words.text) in page]
            assert len(found) == 1, one.words.text
            for part in (
                one.detail.text,
                *(example.text for example in one.examples),
                *(one.last.ideas if one.last else ()),
            ):
                assert re.sub(r"\s+", "", part) in pages[found[0]], part


def test_paper_says_the_words_of_the_page_in_the_same_order(paper, primary):
    """The form has no Markdown, so it is not in the table of test_words_same."""
    on_paper, on_page = pdf_words(paper), html_words(form_html(primary, None))
    assert len(on_page) > 2000
    assert not parting(letters(on_paper), letters(on_page))


@pytest.mark.parametrize("package", ["xlsxwriter", "python_calamine"])
def test_a_missing_package_is_a_sentence(monkeypatch, package):
    data = blank()
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(CharterkitError) as refused:
        form_xlsx(small(), TODAY) if package == "xlsxwriter" else sheets("f.xlsx", data, ["charterkit-form"])
    assert package.replace("_", "-") in refused.value.message
    assert "charterkit[xlsx]" in refused.value.hint


@pytest.mark.parametrize("language", ["ur", "tr"])
def test_a_draft_translation_says_so_and_sets_its_language(language):
    from charterkit.render.poster.view import translation_into

    workspace = Workspace(builtin(), builtin())
    chosen = workspace.choose_charter("community-engagement")
    translation = translation_into(workspace, chosen, language)
    assert translation
    made = form(None, Occasion(chosen, None, None, {}), today=TODAY, translation=translation)
    page = form_html(made.view, None)
    assert f'<html lang="{language}">' in page
    assert translation.labels["draft-translation"] in page
    assert form_pdf(made.view, TODAY).data.startswith(b"%PDF")
    book = opened(form_xlsx(made.view, TODAY).data)
    assert book[SHEET].sheet_view.rightToLeft is (True if language == "ur" else None)
    assert made.notices == ("40 aspects, their details and 216 texts of guidance are in English.",)
    letters = "".join(one.badge.letter for one in made.view.levels)
    assert letters == {"tr": "KSY", "ur": "RAG"}[language]  # two Urdu words begin alike
