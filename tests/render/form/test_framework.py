"""The form of a framework with parts, numbers, a rubric, next steps and letters of its own, on paper and as a workbook."""

import re
from typing import Any

import openpyxl
import pytest

from charterkit.exchange.workbook.carry import Target
from charterkit.exchange.workbook.read import read_form
from charterkit.insight.evaluations.form_cycle import Occasion
from charterkit.insight.evaluations.form_layout import HELP_SHEET, SHEET, units
from charterkit.model.dates import Cycle
from charterkit.render.form.guidance import CHOOSE, MESSAGE_UNITS
from charterkit.render.form.pages import form_html, form_pdf
from charterkit.render.form.view import FormView, form
from charterkit.render.form.workbook import form_xlsx
from tests.insight.samples import FRAMEWORK
from tests.render.forms import ONE, TODAY, charter, filled, opened, places, saved
from tests.render.word_lists import html_words, letters, pdf_words

HOSTILE = '=HYPERLINK(\\"x\\") <script>alert(1)</script> {{ 7*7 }} #eval(1) \\u202e [bold]'
LONG = "Wörds about the gate 👋🏽 and on. " * 40
STRANGE = (
    FRAMEWORK.replace("text: Letters are plain", 'text: الرسائل واضحة, levels: {some: "جزئيًا"}')
    .replace("The gate is shut", f'"{HOSTILE}"')
    .replace("Find a volunteer", f'"{HOSTILE} {LONG}"')
    .replace("Make a rota", f'"{LONG}"')
    .replace("title: The hall", 'title: القاعة\n    detail: "نحن هنا"')
    .replace("part: Places", 'part: "=1+1 <b>Places</b>"')
)


def made(text: str = FRAMEWORK, **more: Any) -> FormView:
    return form(None, Occasion(charter(text), Cycle.parse("2026-27"), None, {}), today=TODAY, **more).view


def rows(data: bytes) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in opened(data)[SHEET].iter_rows()]


@pytest.mark.parametrize("text", [FRAMEWORK, STRANGE])
def test_paper_says_all_of_it_in_order_and_the_page_the_same(text: str) -> None:
    view = made(text, blank=True)
    assert view.source is not None, "the workbook has the charter as a table too"
    page = form_html(view, None)
    words = html_words(page)
    assert letters(pdf_words(form_pdf(view, TODAY).data)) == letters(words)
    said = " ".join(words)
    order = (
        "Leadership",
        "1.2 A warm welcome",
        "They are asked, too.",
        "A parent stands",
        "1.2a Somebody",
        "Every morning",
    )
    found = [said.index(each) for each in (*order, "On some days, =1+1", "{{any}} weather [bold]", "1.2b Calls")]
    assert found == sorted(found)
    assert said.count("Leadership") == 1
    assert "<script>alert" not in page
    assert 'class="examples said"' in page
    assert "<em>A parent stands at the gate" in page
    assert page.count('class="look said"') == (3 if text == FRAMEWORK else 4), "a level without one has its label only"
    assert "Make a rota" not in said, "what is next is no part of the paper"
    if text == STRANGE:
        assert re.search(r'class="look said" lang="en-GB" dir="rtl">جزئيًا', page)
        assert re.search('<p lang="en-GB" dir="rtl"[^>]*>نحن هنا', page)
        assert "=1+1 &lt;b&gt;Places" in page


def test_one_row_an_aspect_has_the_parts_and_numbers() -> None:
    view = made(compact=True)
    said = " ".join(html_words(form_html(view, None)))
    assert letters(pdf_words(form_pdf(view, TODAY).data)) == letters(html_words(form_html(view, None)))
    for text in (
        "Leadership 1.2 A warm welcome 1.2a Somebody",
        "1.3 Letters home 1.3a Letters are",
        "Places 3. The hall 2 There",
    ):
        assert text in said
    assert "The gate is shut" not in said


def test_a_charter_without_any_of_it_has_none_of_its_looks() -> None:
    view = made(ONE)
    assert not re.search('about-row|part-row|class="(look|number)|[.]look', form_html(view, None))
    titles = next(row for row in rows(form_xlsx(view, TODAY).data) if row[0] == "id")
    assert titles[3:5] == ["Examples", "Rating"]


@pytest.mark.parametrize("text", [FRAMEWORK, STRANGE])
def test_a_workbook_says_it_as_text_and_within_what_a_hint_holds(text: str) -> None:
    view = made(text)
    data = form_xlsx(view, TODAY).data
    assert data == form_xlsx(view, TODAY).data
    book = opened(data)
    sheet = book[SHEET]
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row if cell.value is not None)
    found = rows(data)
    column = [row[1] for row in found if row[1]]
    begins = column.index("Leadership")
    assert column[begins : begins + 3] == ["Leadership", "1.2 A warm welcome", "1.2a Somebody stands at the gate"]
    about = next(row for row in found if "Families know whom to ask.\nThey are asked, too." in row)
    assert "A parent stands at the gate (Elm)" in about
    assert about[0] == ""
    titles = next(row for row in found if row[0] == "id")
    place = titles.index("Not yet · Working on it · Embedded")
    gate = next(row for row in found if row[0] == "gate")
    shut = gate[place].partition("\n")[0]
    assert shut == "W Not yet: The gate is shut" if text == FRAMEWORK else shut.startswith("W Not yet: =HYPERLINK(")
    assert "X Working on it: On some days, =1+1\nE Embedded: Every day, in {{any}} weather [bold]" in gate[place]
    assert next(row for row in found if row[0] == "phone")[place] == ""
    rows_of, columns = places(book)
    hints = {}
    for rule in sheet.data_validations.dataValidation:
        assert units(rule.prompt or "") <= MESSAGE_UNITS
        assert units(rule.promptTitle or "") <= 32
        for name, row in rows_of.items():
            if f"{openpyxl.utils.get_column_letter(columns['rating'])}{row}" in rule.sqref:
                assert name not in hints, "no cell has two lists"
                assert rule.formula1 == "charterkit_ratings"
                hints[name] = rule.prompt
    assert set(hints) == set(view_aspects(view))
    assert hints["plain"] == CHOOSE
    assert hints["phone"] == f"{CHOOSE}\nWorking on it → Ask for more lines"
    if text == FRAMEWORK:
        assert hints["gate"] == f"{CHOOSE}\nNot yet → Find a volunteer\nWorking on it → Make a rota"
    else:
        assert re.fullmatch(rf"{re.escape(CHOOSE)}\nNot yet → =HYPER.+…\nWorking on it → Wörds .+…", hints["gate"])
    assert "What each level looks like stands beside the aspect" in str([cell.value for cell in book[HELP_SHEET]["B"]])


def view_aspects(view: FormView) -> list[str]:
    return [aspect.id for point in view.points for aspect in point.aspects]


def test_what_is_written_into_it_comes_back_by_letter_and_in_whatever_order() -> None:
    data = form_xlsx(made(), TODAY).data
    answers = {
        "gate": {"rating": "W"},
        "phone": {"rating": "x"},
        "plain": {"rating": "E Embedded"},
        "chairs": {"rating": "all"},
    }
    chosen = charter(FRAMEWORK)
    target = Target(chosen, [chosen], "2026-27", "2026-27", "elm", "Elm Primary School")
    found = read_form("f.xlsx", filled(data, answers), target)
    assert {each.aspect: each.rating for each in found.answers} == {
        "gate": "none", "phone": "some", "plain": "all", "chairs": "all",
    }  # fmt: skip
    book = opened(filled(data, answers))
    sheet = book[SHEET]
    at, _ = places(book)
    for row in (at["gate"], at["phone"]):
        sheet.cell(row, 1).value = None  # the hidden column is lost: the sentence with its number tells
    again = read_form("f.xlsx", saved(book), target)
    assert {each.aspect: each.rating for each in again.answers} == {each.aspect: each.rating for each in found.answers}
