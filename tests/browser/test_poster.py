"""The poster in a browser: one sheet when it is printed, and a page that axe has nothing against on any screen."""

import itertools
import re

import pytest

from charterkit.render.poster.pages import poster_html
from tests.render.posters import PAPER, SCRIPTS, info, line, made, texts, translation

OVERFLOWING = """() => {
  const box = one => document.querySelector(one).getBoundingClientRect();
  const found = [...document.querySelectorAll('main, .masthead, footer, .points li')]
    .filter(one => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
    .map(one => one.innerText);
  if (box('.points').bottom > box('main').bottom + 1) found.push('the key points');
  if (box('footer').bottom > box('.page').bottom + 1) found.push('the footer');
  const title = box('h1'), foot = box('footer');
  if (title.bottom > foot.top && title.left < foot.right && title.right > foot.left) found.push('the title');
  return found;
}"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


SIZES = [(3, 5), (3, 119), (14, 5), (14, 119), (10, 60)]


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    ("script", "many", "length"),
    [(script, *size) for script in SCRIPTS for size in (SIZES if script == "en" else SIZES[-2:])],
)
def test_it_prints_on_one_sheet_of_every_paper(page, tmp_path, script, many, length):
    page.emulate_media(media="print")
    papers = itertools.product(PAPER, (False, True)) if length == 60 and many == 10 else (("A4", False), ("A3", True))
    for size, landscape in papers:
        one = made(
            tmp_path,
            texts(many, length, script),
            title=line(length, SCRIPTS[script]),
            school="larkfield",
            status="draft",
            size=size,
            landscape=landscape,
            address="https://www.larkfield.example/charter",
        )
        page.set_content(poster_html(one, None))
        wide, high = sorted(round(side * 4 / 3) for side in PAPER[size])[:: 1 if not landscape else -1]
        page.set_viewport_size({"width": wide, "height": high})
        assert page.evaluate(OVERFLOWING) == [], (size, landscape)
        about = info(page.pdf(prefer_css_page_size=True, print_background=True))
        assert about["Pages"] == "1"
        sides = [round(float(side)) for side in about["Page size"].split()[0:3:2]]
        assert sides == pytest.approx(sorted(PAPER[size], reverse=landscape), abs=2)


@pytest.fixture
def rtl(tmp_path):
    english = texts(8, 50)
    files = {"charters/wall.ur.yaml": translation(texts(7, 50, "ur"), english, "ur", line(40, SCRIPTS["ur"]))}
    more = {"school": "larkfield", "status": "draft", "address": "https://www.larkfield.example/charter"}
    return [poster_html(made(tmp_path, english, files, **more, language=one), None) for one in (None, "ur")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_direction(page, rtl, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)
    for text in rtl:
        page.set_content(re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", text, count=1))
        found = Axe().run(page, options={"runOnly": WCAG})
        assert not found.violations_count, found.generate_report()


def test_nothing_scrolls_sideways(page, rtl):
    for text in rtl:
        page.set_content(text)
        for width in (320, 640, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
