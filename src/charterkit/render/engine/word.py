"""A document for Word: real headings, lists and tables, and what a screen reader says of a picture.

Everything of people's goes through `visible`, and is text to Word: nothing of it is a field, a link or a style. The
same view gives the same bytes on the same day.
"""

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from charterkit.errors import Missing
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.shared.levels import Badge
from charterkit.render.shared.tally import Tally
from charterkit.text.safe import visible
from charterkit.text.speech import page_language, tr

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Pale:
    """Words beside the matter: smaller and paler."""

    text: str


@dataclass(frozen=True, slots=True)
class Own:
    """The charter's own words, which are in its language."""

    text: str
    is_strong: bool = False


Part = str | Badge | Strong | Pale | Own
Line = Part | tuple[Part, ...]
Lines = Line | list[Line]
"""What a cell holds: a line, made of parts, or several lines."""

_WIDTH = 174
"""Of the text on A4, in millimetres."""
_DAY_ONE = (1980, 1, 1, 0, 0, 0)
"""What a zip file says of every part: the day a document was made stands in its properties."""


class WordDocument:
    """A document that grows from its top. Raises CharterkitError where python-docx is missing."""

    def __init__(self, title: str, author: str, when: date, foot: str) -> None:
        """`foot` stands on every page, before its number."""
        self.own_language = ""
        self.untranslated: Mapping[str, str] = {}
        try:
            import docx  # noqa: PLC0415 - only Word documents need it
        except ImportError:
            raise Missing("needs-docx") from None
        self.docx: Docx = docx.Document()
        self.style_ids = {style.name: style.style_id for style in self.docx.styles}
        self.end: Any = self.docx.element.body.sectPr
        self.colours = builtin_tokens()["light"]
        self._properties(title, author, when)
        self._page(foot)

    def _properties(self, title: str, author: str, when: date) -> None:
        about = self.docx.core_properties
        about.title, about.author, about.language = visible(title)[:255], visible(author)[:255], page_language()
        about.comments, about.last_modified_by = "", ""
        about.created = about.modified = datetime(when.year, when.month, when.day)  # noqa: DTZ001 - a day, without a place
        for lang in self.docx.styles.element.iter(_w("lang")):
            lang.set(_w("val"), page_language())

    def _page(self, foot: str) -> None:
        from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415 - as above

        section = self.docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm((210 - _WIDTH) / 2)
        section.top_margin = section.bottom_margin = Mm(18)
        styles: Any = self.docx.styles
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        for level, size in ((1, 20), (2, 15), (3, 12), (4, 11)):
            styles[f"Heading {level}"].font.size = Pt(size)
            styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(self.colours["accent"][1:])
        paragraph = section.footer.paragraphs[0]
        self._write(paragraph, (Pale(f"{foot} · {tr('page')} "),))
        field = _element("fldSimple", instr="PAGE")
        paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields

    # -- what stands in it

    def heading(self, level: int, text: str) -> None:
        """A heading of level 1 to 4."""
        self._write(self._styled(f"Heading {level}"), (text,))

    def titled(self, level: int, heading: str, text: str) -> None:
        """A heading and the paragraph under it; neither where there is no text."""
        if text:
            self.heading(level, heading)
            self.line(text)

    def line(self, *parts: Part) -> None:
        """A paragraph."""
        self._write(self._styled(), parts)

    def points(self, lines: Iterable[Line]) -> None:
        """A bulleted list."""
        for line in lines:
            self._write(self._styled("List Bullet"), line if isinstance(line, tuple) else (line,))

    def table(self, about: str, widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[Lines]]) -> None:
        """A table whose head is said again on each page; `widths` are parts of the whole, `about` what it shows.

        A row of one cell is a heading over the rows below it.
        """
        table = self._table(about, widths)
        self._row(table, [Strong(text) for text in head], is_head=True)
        for row in rows:
            self._row(table, row)
        self._styled().paragraph_format.space_after = 0

    def bar(self, tally: Tally, about: str) -> None:
        """How many aspects stand at each level, as one row of cells as wide as their shares, with its words."""
        found = [segment for segment in tally.segments if segment.count]
        if not found:
            return
        table = self._table(f"{about}: {tally.words}", [max(round(segment.width * 10), 1) for segment in found])
        new: _Row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, segment in zip(new.cells, found, strict=True):
            badge = segment.badge
            self._shade(cell._tc.get_or_add_tcPr(), badge.colour)  # noqa: SLF001 - python-docx has no shading
            run = cell.paragraphs[0].add_run(visible(f"{badge.letter or badge.shape} {segment.count}"))
            run.bold = True
            self._ink(run, badge.ink)
        self._styled().paragraph_format.space_after = 0

    def paper(self) -> Paper:
        """The file, with nothing in it of the moment it was made."""
        held = io.BytesIO()
        self.docx.save(held)
        made = io.BytesIO()
        with zipfile.ZipFile(held) as found, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as same:
            for name in found.namelist():
                part = zipfile.ZipInfo(name, _DAY_ONE)
                part.compress_type = zipfile.ZIP_DEFLATED
                same.writestr(part, found.read(name))
        return Paper(made.getvalue(), ())

    # -- how

    def _styled(self, style: str = "") -> "Paragraph":
        """A new paragraph at the end. python-docx would look for the end, and for the style, among all there are."""
        from docx.text.paragraph import Paragraph  # noqa: PLC0415 - as above

        element = _element("p")
        self.end.addprevious(element)
        if style:
            element.style = self.style_ids[style]
        return Paragraph(element, self.docx._body)  # noqa: SLF001 - python-docx has no faster way

    def _table(self, about: str, widths: Sequence[int]) -> "Table":
        from docx.shared import Mm  # noqa: PLC0415 - as above

        table: Table = self.docx.add_table(rows=0, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(_WIDTH * width / sum(widths))
        properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no borders and no alternative text
        borders = _element("tblBorders")
        for side in ("bottom", "insideH"):
            borders.append(_element(side, val="single", sz="4", space="0", color=self.colours["strong_rule"][1:]))
        layout = properties.find(_w("tblLayout"))
        layout.addprevious(borders) if layout is not None else properties.append(borders)
        properties.append(_element("tblCaption", val=visible(about)))
        properties.append(_element("tblDescription", val=visible(about)))
        return table

    def _row(self, table: "Table", cells: Sequence[Lines], *, is_head: bool = False) -> None:
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
        properties.append(_element("cantSplit"))
        if is_head:
            properties.append(_element("tblHeader"))
        places = list(row.cells)
        if len(cells) == 1 and len(places) > 1:
            self._fill(places[0].merge(places[-1]), cells[0])
            return
        for place, cell, column in zip(places, cells, table.columns, strict=True):
            if column.width:
                place.width = column.width
            self._fill(place, cell)

    def _fill(self, place: "_Cell", cell: Lines) -> None:
        for number, line in enumerate(cell if isinstance(cell, list) else [cell]):
            paragraph = place.add_paragraph() if number else place.paragraphs[0]
            paragraph.paragraph_format.space_after = 0
            self._write(paragraph, line if isinstance(line, tuple) else (line,))

    def _write(self, paragraph: "Paragraph", parts: Sequence[Part]) -> None:
        texts = [part for part in parts if isinstance(part, str)] or [_words(part) for part in parts]
        if is_rtl(" ".join(texts)):
            paragraph._p.get_or_add_pPr().append(_element("bidi"))  # noqa: SLF001 - python-docx has no directions
        for number, part in enumerate(parts):
            if number:
                paragraph.add_run(" ")
            self._run(paragraph, part)

    def _run(self, paragraph: "Paragraph", part: Part) -> None:
        from docx.shared import Pt  # noqa: PLC0415 - as above

        run = paragraph.add_run(visible(_words(part)))
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - as above
        if isinstance(part, Badge):
            run.bold = part.is_level
            if part.is_level:
                self._ink(run, part.ink)
                self._shade(properties, part.colour)
        elif isinstance(part, Strong) or (isinstance(part, Own) and part.is_strong):
            run.bold = True
        elif isinstance(part, Pale):
            run.font.size = Pt(9)
            self._ink(run, self.colours["quiet"])
        if is_rtl(_words(part)):
            properties.append(_element("rtl"))
        language = self._language(part)
        if language:
            kind = "bidi" if is_rtl(_words(part)) else "val"
            properties.append(_element("lang", **{kind: language}))

    def charter_in(self, language: str, untranslated: Mapping[str, str]) -> None:
        """Say what the charter's own words are in where that is another language, and which are in yet another one."""
        self.own_language, self.untranslated = language, untranslated

    def _language(self, part: Part) -> str:
        """The tag of the charter's own words, where they are in another language than the document."""
        if isinstance(part, Own) or (isinstance(part, Badge) and part.is_level):
            return self.untranslated.get(_words(part).strip(), self.own_language)
        return ""

    @staticmethod
    def _ink(run: "Run", colour: str) -> None:
        from docx.shared import RGBColor  # noqa: PLC0415 - as above

        run.font.color.rgb = RGBColor.from_string(colour[1:])

    @staticmethod
    def _shade(properties: Any, colour: str) -> None:  # noqa: ANN401 - an element
        properties.append(_element("shd", val="clear", color="auto", fill=colour[1:]))


def _words(part: Part) -> str:
    if isinstance(part, str):
        return part
    return f" {part.text} " if isinstance(part, Badge) and part.is_level else part.text


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def _w(name: str) -> str:
    """A name of WordprocessingML (ECMA-376, part 1, as known in November 2026)."""
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _element(name: str, **values: str) -> Any:  # noqa: ANN401 - an element of lxml
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above

    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(_w(key), value)
    return made
