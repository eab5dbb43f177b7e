"""The heat map in a browser: sorted and filtered with its script, whole without it, at 20, 200 and 2,000 schools."""

import itertools
from collections import Counter
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from pypdf import PdfReader

from charterkit.documents import Place
from charterkit.files.workspace import Workspace
from charterkit.insight.overview.overview import OverviewWish, overview
from charterkit.insight.overview.summary import EvaluationSummary
from charterkit.render.overview.document import ManySchools
from charterkit.render.overview.heat import MOST_AT_ONCE
from charterkit.resources import builtin
from tests.browser.pages import OVERVIEW
from tests.insight.overview.made import TODAY, school
from tests.render.overview.test_words import FORMATS

CHARTER = "community-engagement"
ASPECTS = 40


def page_of(schools: int, folder: Path, trusts: int = 40) -> Path:
    """The page of so many schools, whose ratings are a matter of chance."""
    chance = Random(schools)
    made = [
        school(
            f"s{number:05}",
            EvaluationSummary(
                CHARTER,
                "1",
                "2025-26",
                "2025-10-14",
                True,
                "".join(chance.choices("012.", k=ASPECTS)),
                (),
                "",
                "",
                (),
                "",
            ),
            name=f"Invented School {number}",
            phase=("primary", "secondary")[number % 2],
            trust=f"trust-{number % trusts}",
        )
        for number in range(schools)
    ]
    versions = Workspace(builtin(), builtin()).versions(CHARTER)
    found = overview(made, CHARTER, OverviewWish(versions, TODAY))
    text = FORMATS["html"].made(ManySchools(found, "Lark", lambda slug: f"{slug}/report.html"), Place(TODAY, None))
    path = folder / f"{schools}.html"
    path.write_text(text, encoding="utf-8")
    return path


def rows(page, at):
    return page.evaluate(
        f"[...document.querySelectorAll('#heat tbody tr')].filter(row => !row.hidden).map(row => row.cells[{at}].textContent)"
    )


def test_a_heading_sorts_and_says_which_way(pages, page):
    page.goto(pages[OVERVIEW].as_uri())
    heads = page.locator("#heat thead th")
    facts = page.evaluate("[...document.querySelectorAll('#heat thead th')].findIndex(head => head.title)")
    before = rows(page, 0)
    heads.nth(facts).get_by_role("button").click()
    assert heads.nth(facts).get_attribute("aria-sort") == "ascending"
    letters = [letter for letter in rows(page, facts) if letter in "RAG" and letter]
    assert letters == sorted(letters, key="RAG".index)
    page.keyboard.press("Enter")
    assert heads.nth(facts).get_attribute("aria-sort") == "descending"
    assert [letter for letter in rows(page, facts) if letter in "RAG" and letter] == letters[::-1]
    assert rows(page, facts)[-1] not in tuple("RAG"), "who has no level comes last either way"
    heads.nth(0).get_by_role("button").click()
    assert heads.nth(facts).get_attribute("aria-sort") is None
    assert sorted(rows(page, 0)) == sorted(before)


def test_fields_narrow_it_down_and_how_many_are_left_is_said(pages, page):
    page.goto(pages[OVERVIEW].as_uri())
    assert page.get_by_role("status").inner_text() == "All 20 schools are shown."
    page.get_by_label("Name holds").fill("alder")
    assert all("Alder" in name for name in rows(page, 0))
    assert page.get_by_role("status").inner_text() == f"{len(rows(page, 0))} of 20 schools are shown."
    page.get_by_label("Name holds").fill("")
    page.get_by_label("Standing").select_option("Never rated")
    assert rows(page, 0) == ["Brook Invented School 14"]


def test_without_script_it_is_whole(pages, chromium):
    with chromium.browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(pages[OVERVIEW].as_uri())
        assert page.locator("#heat tbody tr").count() == 20
        assert page.locator("#heat tbody tr td").count() > 20 * ASPECTS
        assert not page.locator("#finder").is_visible()
        assert page.locator("#heat thead button").count() == 0


def roles(page):
    """What a screen reader is told of the table, in Chromium's own tree."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}
    (table,) = (node for node in nodes if node["role"]["value"] == "table" and " schools by " in node["name"]["value"])
    found: Counter[str] = Counter()
    waiting = [table]
    while waiting:
        node = waiting.pop()
        found[node["role"]["value"]] += not node["ignored"]
        waiting += [known[child] for child in node.get("childIds", ()) if child in known]
    return found


@pytest.mark.alike(2)
@pytest.mark.parametrize("schools", [20, 200])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_screen_reader_is_told_of_every_cell(page, tmp_path, schools, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(page_of(schools, tmp_path).as_uri())
    found = roles(page)
    assert (found["row"], found["rowheader"]) == (schools + 1, schools)
    heads = page.locator("#heat thead th").count()
    assert (found["columnheader"], found["cell"]) == (heads, schools * (heads - 1))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.alike(2, row="an overview of very many")
def test_two_thousand_are_small_and_become_whole_where_some_are_chosen(page, tmp_path):
    path = page_of(2_000, tmp_path)
    assert path.stat().st_size < 24 * 2_000 * ASPECTS
    page.goto(path.as_uri())
    assert roles(page)["cell"] < 2_000 * ASPECTS
    assert "lazy" in page.locator("#heat").get_attribute("class")
    page.get_by_label("Trust").select_option("trust-7")
    page.get_by_label("Phase").select_option("secondary")
    assert page.get_by_role("status").inner_text() == "50 of 2,000 schools are shown."
    assert "lazy" not in page.locator("#heat").get_attribute("class")
    assert roles(page)["rowheader"] == 50 < MOST_AT_ONCE
    page.locator("#heat thead button").first.click()
    assert page.locator("#heat tbody tr:not([hidden])").first.locator("a").get_attribute("href") == "s00007/report.html"


@pytest.mark.alike(2, row="an overview of very many")
def test_of_more_trusts_than_a_list_can_hold_a_name_is_typed(page, tmp_path):
    page.goto(page_of(90, tmp_path, trusts=80).as_uri())
    page.get_by_label("Trust holds").fill("TRUST-7")
    assert page.get_by_role("status").inner_text() == "12 of 90 schools are shown."
    page.get_by_label("Name holds").fill("87")
    assert rows(page, 0) == ["Invented School 87"]


@pytest.mark.alike(2, row="an overview of very many")
def test_without_script_a_screen_reader_is_told_of_every_row(chromium, tmp_path):
    path = page_of(MOST_AT_ONCE + 20, tmp_path)
    with chromium.browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        assert not page.get_by_text("Narrow them down").is_visible(), "there is nothing to narrow them down with"
        assert roles(page)["rowheader"] == MOST_AT_ONCE + 20


@pytest.mark.alike(2, row="an overview of very many")
def test_on_paper_every_sheet_has_the_headings_and_an_empty_row_its_reason(pages, page, tmp_path):
    page.goto(page_of(200, tmp_path).as_uri())
    sheets = [sheet for sheet in printed(page) if sheet.count("Invented School") > 5]
    assert len(sheets) > 2
    assert all("7.6" in sheet and "8.5" in sheet and "Standing" not in sheet for sheet in sheets)
    assert not any("Name holds" in sheet or "are shown" in sheet for sheet in sheets)
    page.goto(pages[OVERVIEW].as_uri())
    assert any("Never rated" in line for line in "\n".join(printed(page)).splitlines() if "School 14" in line)


def printed(page):
    """The words of each sheet of paper."""
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]


def test_levels_are_told_apart_in_grey(pages, page):
    """No two levels are one grey, and each has its letter."""
    page.goto(pages[OVERVIEW].as_uri())
    found = page.evaluate(
        """[0, 1, 2].map(level => {
          const cell = document.querySelector(`#heat td.l${level}`), style = getComputedStyle(cell);
          const [r, g, b] = style.backgroundColor.match(/\\d+/g).map(Number);
          return [cell.textContent, Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b)];
        })"""
    )
    assert [letter for letter, _ in found] == ["R", "A", "G"]
    greys = sorted(grey for _, grey in found)
    assert min(high - low for low, high in itertools.pairwise(greys)) > 25


@pytest.mark.parametrize("width", [1280, 500])
def test_what_has_the_focus_is_never_below_the_names_that_stay(page, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(page_of(20, tmp_path).as_uri())
    page.locator("#heat thead button").last.focus()
    for _ in range(ASPECTS):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(
            """() => {
              const field = document.activeElement, box = field.getBoundingClientRect();
              const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return field.contains(seen);
            }"""
        )
