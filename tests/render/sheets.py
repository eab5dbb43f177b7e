"""A look into documents on paper: their words in order, where they stand on the page, and where links lead."""

import re
import unicodedata
from html.parser import HTMLParser

from .posters import info, poppler

_VOID = {"br", "meta", "hr", "wbr", "path", "rect"}
_HIDDEN = {"hidden", "skip", "contents"}
"""Classes of what a page does not show on paper: captions for screen readers, links to its own parts."""
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self.open = []
        self.numbers = []

    def handle_starttag(self, tag, attributes):
        if tag not in _VOID:
            given = dict(attributes)
            is_hidden = given.get("aria-hidden") == "true" or bool(_HIDDEN & set((given.get("class") or "").split()))
            is_hidden |= tag in ("style", "title", "svg")
            self.open.append(is_hidden or bool(self.open and self.open[-1]))

        if tag in ("ol", "ul"):
            self.numbers.append(int(dict(attributes).get("start", "1")) if tag == "ol" else None)
        elif tag == "li" and self.numbers[-1] is not None and not self.open[-1]:
            self.found.append(f"{self.numbers[-1]}.")
            self.numbers[-1] += 1

    def handle_endtag(self, tag):
        if tag in ("ol", "ul"):
            self.numbers.pop()
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, data):
        if not (self.open and self.open[-1]):
            self.found.append(data)


def html_letters(page):
    """What a page says, in order, as `letters`."""
    reader = _Page()
    reader.feed(re.sub(r"<(path|rect)([^>]*)/>", "", page))
    return letters("".join(reader.found))


def pdf_letters(data, *heads):
    """What a PDF says, in the order in which it is drawn, which a screen reader follows too. Without running feet, and
    without `heads`, the heads of tables, where a page begins with one: they are repeated there.
    """
    title, found = letters(info(data)["Title"]), []
    sheets = poppler("pdftotext", data, "-raw", "-").split("\f")[:-1]
    for at, sheet in enumerate(sheets, 1):
        said = letters(sheet)
        foot = f"{title}page{at}of{len(sheets)}"
        assert foot in said
        before, _, after = said.rpartition(foot)
        said = before + after
        for head in map(letters, heads):
            if at > 1 and said.startswith(head):
                said = said.removeprefix(head)
        found.append(said)
    return "".join(found)


def letters(text):
    """Letters and digits alone: lines break elsewhere on paper. Without right-to-left ones, whose order poppler turns."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum() and not RTL.match(one))


def links(data):
    """Where the links of a PDF lead."""
    return {row.split()[-1] for row in poppler("pdfinfo", data, "-url").splitlines()[1:]}


def stands_off_the_page(data):
    """Words of which a part is off their page, or lies in its outermost 15 points."""
    found = []
    for page in re.split(r"(?=<page )", poppler("pdftotext", data, "-bbox", "-"))[1:]:
        wide, high = (float(one) for one in re.findall(r'width="([\d.]+)" height="([\d.]+)"', page)[0])
        for word in re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<', page
        ):
            left, top, right, bottom = map(float, word[:4])
            if left < 15 or top < 15 or right > wide - 15 or bottom > high - 15:
                found.append(word[4])
    return found


def fonts_embedded(data):
    """Whether each font is in the file, whole or in part."""
    return {row.split()[-5] for row in poppler("pdffonts", data).splitlines()[2:]} == {"yes"}
