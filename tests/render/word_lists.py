"""The words of a document as a person meets them, out of its PDF, its HTML page and its Markdown."""

import io
import re
import subprocess
import unicodedata
from html.parser import HTMLParser

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from charterkit.render.engine.glyphs import replaced

_VOID = {"br", "img", "meta", "hr", "wbr", "link", "input", "path", "rect"}
_INLINE = {"span", "bdi", "strong", "em", "a", "wbr", "code"}
_NOT_TEXT = {"style", "script", "head", "title", "nav"}
_SHAPED = re.compile("[\u0590-\u08ff\u0900-\u09ff\ufb1d-\ufdff\ufe70-\ufeff]")


class _Text(HTMLParser):
    """What is visibly there. Left out: what is hidden from reading (aria-hidden: shapes and letters of badges, arrows) or
    from sight (class hidden: captions for screen readers, where PDF has the heading above), links to the page's own
    parts, and whatever has one of the classes or tags in `without`."""

    def __init__(self, without):
        super().__init__()
        self.without = without
        self.found = []
        self.open = []

    def handle_starttag(self, tag, attributes):
        if tag not in _INLINE:
            self.found.append(" ")
        if tag in _VOID:
            return
        given = dict(attributes)
        classes = set((given.get("class") or "").split())
        if "badge" in classes:
            self.found.append(" ")
        if "key" in classes and "shown" not in classes:
            classes.add("hidden")
        is_picture = given.get("role") == "img"
        is_out = is_picture or given.get("aria-hidden") == "true" or tag in _NOT_TEXT | self.without
        out = is_out or classes & ({"hidden", "skip"} | self.without)
        self.open.append(bool(out) or (bool(self.open) and self.open[-1]))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if tag in _VOID:
            return
        self.open.pop()
        if tag not in _INLINE:
            self.found.append(" ")

    def handle_data(self, data):
        if not (self.open and self.open[-1]):
            self.found.append(data)


def html_words(page, without=frozenset()):
    reader = _Text(set(without))
    reader.feed(re.sub(r"<(path|rect)([^>]*)/>", "", page))
    reader.close()
    return words("".join(reader.found))


def markdown_words(text, badges=()):
    """`badges` are shown as "▲ A Amber": of which the page hides all but the word, as what stands for a colour."""
    page = MarkdownIt("commonmark").enable("table").render(text)
    for badge in sorted(badges, key=lambda one: -len(one.text)):
        page = page.replace(badge.text, badge.word)
    return html_words(f"<div>{page}</div>")


def pdf_words(data):
    """The tagged text: running feet and repeated table headers are artifacts, and no part of it."""
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=_bare(data), capture_output=True, check=True)
    lines = done.stdout.decode(errors="replace").splitlines()
    pieces = (found[1] for line in _without_figures(lines) if (found := re.match(r'\s*"(.*)"$', line)))
    return words(" ".join(pieces).replace(" , ", ", "))


_ARTIFACT = re.compile(rb"/Artifact\s*(?:<<[^>]*>>)?\s*B(?:MC|DC)\b.*?\bEMC\b", re.DOTALL)
_COLOUR = re.compile(rb"/c\d+ (?:cs|CS) [\d. ]+ (?:scn|SCN)\b")


def _bare(data):
    """The same PDF without artifacts and colours: for every piece of text pdfinfo draws the whole page anew, and makes
    its colours anew with each. It says the same four times as soon."""
    made = PdfWriter(clone_from=io.BytesIO(data))
    for page in made.pages:
        if (drawn := page.get_contents()) is not None:
            bare = DecodedStreamObject()
            bare.set_data(_COLOUR.sub(b" ", _ARTIFACT.sub(b" ", drawn.get_data())))
            page[NameObject("/Contents")] = made._add_object(bare)
    written = io.BytesIO()
    made.write(written)
    return written.getvalue()


def docx_words(data, badges=()):
    """What stands in the body of a Word document, in its order: every paragraph, and the cells of every table but those
    that are a picture, which is its alternative text."""
    document = docx.Document(io.BytesIO(data))
    texts = []
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            texts.append(part.text)
        elif not is_picture(part):
            rows = part.rows
            texts += [cell.text for row in rows for cell in dict.fromkeys(row.cells)]
    text = "\n".join(texts)
    for badge in sorted(badges, key=lambda one: -len(one.text)):
        text = text.replace(f" {badge.text} ", f" {badge.word} ")
    for sign in ("○ Not", "– Not", "? Unreadable"):
        text = text.replace(sign, sign[2:])
    return words(text.replace("→", " "))


def is_picture(table):
    """A bar: one row, with its words as what is said of it."""
    about = table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    return len(table.rows) == 1 and ": " in about


def _without_figures(lines):
    """A picture is its alternative text; the letters and numbers in it are drawn."""
    inside = None
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if inside is not None and depth > inside:
            continue
        inside = depth if line.lstrip().startswith("Figure") else None
        yield line


def words(text):
    """What stands apart by blanks, as paper shows it."""
    text = replaced(unicodedata.normalize("NFKC", text), set())
    return text.split()


def bare(found):
    """Words without the signs around them and in small letters: "Note: ..." in Markdown is a "Note" above on a page."""
    return [one.casefold() for one in (re.sub(r"^\W+|\W+$", "", word) for word in found) if one]


def letters(found):
    """All letters, digits and signs in their order, without blanks: where paper breaks a long word is no difference.

    Without the points of lists, and arrows, which a page hides from reading.
    """
    return re.sub("[•→]", "", _SHAPED.sub("", "".join(found)))


def parting(one, other):
    """Where two texts part, each with what follows; empty where they are the same. (pytest's own takes half a minute.)"""
    if one == other:
        return ()
    at = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
    return one[max(at - 40, 0) : at + 80], other[max(at - 40, 0) : at + 80]


def shaped(found):
    """The Arabic and Bengali letters there are. Fonts draw them from parts, forwards or backwards, and poppler reads the
    parts: which letters there are can be compared, how often and in which order cannot. Pictures show that they are right.
    """
    return set(_SHAPED.findall("".join(found)))
