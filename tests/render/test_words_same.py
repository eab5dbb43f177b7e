"""The PDF, the page and the Markdown of a document say the same words, whatever people have written.

A new kind of document is one line in DOCUMENTS; what makes its formats is read from the table. What is left out, and why, stands in word_lists.py and beside each line:

- PDF against HTML, in their order: headings repeated on pages and running feet are artifacts in the PDF, and so are a
  badge's shape and letter, which HTML hides from reading too; pictures are their alternative text in both; links within
  the page and captions for screen readers are HTML's alone. Where a long word breaks is no difference.
- HTML against Word, in any order: squares are their words there, and what is a picture has its alternative text in both.
- HTML against Markdown, in any order: Markdown has no pictures, so not what stands around them either (`figure`), but
  says in words what they show (`instead`).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from charterkit.documents import DOCUMENTS as TABLE
from charterkit.documents import Place
from charterkit.render.comparison.all_cycles import all_cycles_view
from charterkit.render.comparison.view import compare_paper
from charterkit.render.engine.environment import render
from charterkit.resources import builtin
from tests.render.test_snapshots import comparison

from .nasty import few, nasty
from .samples import EXAMPLE, TODAY, example, viewed
from .test_sheets import Deaf
from .word_lists import bare, docx_words, html_words, letters, markdown_words, parting, pdf_words, shaped


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its view, its name in the table, and what Markdown says otherwise."""

    view: Callable[[], Any]
    document: str
    instead: Callable[[Any], str] = lambda _: ""
    """What Markdown has in place of pictures, or has more than once."""

    def made(self, chosen: str, view: Any) -> Any:
        """The view in one of the document's formats."""
        return TABLE[self.document].formats[chosen].made(SimpleNamespace(view=view), Place(TODAY, builtin()))


def report(audience, place):
    return lambda: viewed(example()[0], audience, place, school=EXAMPLE, charter="community-engagement")


def every_cycle():
    _, folder, found, versions = example()
    return all_cycles_view(folder, found, versions)


def pack():
    view = TABLE["evidence pack"].content(example()[0], TODAY, Deaf(), school=EXAMPLE).view
    return replace(view, points=view.points[:2])


def report_tallies(view):
    """The bar's last line, and each key point's row of squares."""
    return " ".join([f"An aspect counts as met at {view.mark.word}", *(point.tally.words for point in view.key_points)])


def board_tallies(view):
    """The same, and the table's header under every key point, of which HTML has but one."""
    return f"{report_tallies(view)} {'Aspect Level ' * (len(view.key_points) - 1)}"


def header_again(view):
    """That header alone."""
    return "Aspect Level " * (len(view.key_points) - 1)


def cycle_tallies(view):
    """The bars as a table, and the table's header under every key point, of which HTML has but one."""
    lines = [f"{one.cycle} {one.date} {one.status} {one.tally.words}" for one in view.cycles]
    header = f"Aspect {' '.join(one.cycle for one in view.cycles)} "
    return " ".join(["Cycle Date Status Aspects", *lines, header * (len(view.key_points) - 1)])


DOCUMENTS = {
    "report for leaders": Kind(report("leaders", 3), "report", report_tallies),
    "report for governors": Kind(report("governors", 2), "report for governors", board_tallies),
    "report for the public": Kind(report("public", 2), "report for families", header_again),
    "comparison": Kind(comparison, "comparison"),
    "every cycle": Kind(every_cycle, "every cycle", cycle_tallies),
    "evidence pack": Kind(pack, "evidence pack"),
    "every cycle in letters": Kind(lambda: replace(every_cycle(), is_brief=True), "every cycle", cycle_tallies),
}
CASES = [(name, is_nasty) for name in DOCUMENTS for is_nasty in (False, True)]
FEW = 1
"""Of each kind of entry, on paper: poppler takes seconds to read the tags of ten pages."""


@cache
def view_of(name, is_nasty):
    view = DOCUMENTS[name].view()
    return nasty(view) if is_nasty else view


@cache
def page_of(name, is_nasty):
    return DOCUMENTS[name].made("html", view_of(name, is_nasty))


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    ("name", "is_nasty"),
    [pytest.param(*case, marks=pytest.mark.slow) if case[1] or "leaders" in case[0] else case for case in CASES],
)
def test_paper_says_what_the_page_says_in_the_same_order(name, is_nasty):
    kind, view = DOCUMENTS[name], few(view_of(name, is_nasty), FEW)
    on_paper = pdf_words(kind.made("pdf", view).data)
    on_page = html_words(kind.made("html", view))
    assert len(on_page) > 100
    assert not parting(letters(on_paper), letters(on_page))
    assert shaped(on_paper) <= shaped(on_page)
    assert 2 * len(shaped(on_paper)) >= len(shaped(on_page))


@pytest.mark.parametrize(
    ("name", "is_nasty"), [case for case in CASES if "docx" in TABLE[DOCUMENTS[case[0]].document].formats]
)
def test_word_says_what_the_page_says(name, is_nasty):
    kind, view = DOCUMENTS[name], view_of(name, is_nasty)
    in_word = Counter(bare(docx_words(kind.made("docx", view).data, view.scale)))
    squares = Counter(bare(" ".join(point.tally.words for point in view.key_points).split()))
    assert in_word - squares == Counter(bare(html_words(page_of(name, is_nasty))))


@pytest.mark.parametrize(
    ("name", "is_nasty"), [case for case in CASES if "markdown" in TABLE[DOCUMENTS[case[0]].document].formats]
)
def test_markdown_says_what_the_page_says(name, is_nasty):
    kind, view = DOCUMENTS[name], view_of(name, is_nasty)
    text = kind.made("markdown", view)
    in_markdown = Counter(bare(markdown_words(text, view.scale))) - Counter(bare(kind.instead(view).split()))
    assert in_markdown == Counter(bare(html_words(page_of(name, is_nasty), without={"figure", "key"})))


def test_a_word_that_one_of_them_lacks_is_noticed():
    view = few(view_of("comparison", is_nasty=False), FEW)
    page = render("compare.html.j2", view, None).replace(view.summary, "")
    assert parting(letters(pdf_words(compare_paper(view, TODAY).data)), letters(html_words(page)))
    assert Counter(bare(html_words(page))) != Counter(bare(html_words(page_of("comparison", is_nasty=False))))
