"""A workbook from anybody, read safely: its size is known before it is unpacked, and nothing in it is ever worked out.

A workbook is a zip of XML files. Both can be made to grow without end, so every part is unpacked here under a limit,
and the library that reads the values sees a zip of just those parts. Formulas are not evaluated: their cells are named.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from charterkit.errors import Missing, Refused
from charterkit.exchange.cells import cell
from charterkit.exchange.workbook.limits import (
    FEWER,
    FORM,
    MOST_COLUMNS,
    MOST_INDEX_BYTES,
    MOST_PARTS,
    MOST_SHEETS,
    SHORTER,
    Limits,
    UnfitBookError,
)
from charterkit.exchange.workbook.looks import Looks
from charterkit.exchange.workbook.texts import SharedTexts, local
from charterkit.insight.evaluations.form_layout import CELL_UNITS
from charterkit.records import dataclass

_OLD = b"\xd0\xcf\x11\xe0"
"""How the files of Excel before 2007 begin, and those that a password locks."""
_NOT_READ = ("docprops/", "xl/media/", "xl/theme/", "xl/drawings/", "xl/charts/", "customxml/", "xl/printersettings/")
_SHARED = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
    LookupError,
    ET.ParseError,
    expat.ExpatError,
)
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
"""How XML writes a character that it cannot hold (ECMA-376, ST_Xstring)."""
_MOST_MERGED = 2_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's values by row and column from 0, and the cells that hold a formula or an error instead of one."""

    name: str
    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]]
    errors: frozenset[tuple[int, int]]
    percents: frozenset[tuple[int, int]] = frozenset()
    """Cells whose number is shown as a percentage: 0.62 as 62%."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """What is joined to one cell: its first row and column, and its last."""
    vague: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cells whose date is shown as a month or a year alone, and which of the two."""
    written: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What stands in the cells of formulas, as far as it is there."""
    is_hidden: bool = False

    def value(self, row: int, column: int) -> Any:  # noqa: ANN401 - text, a number, a date or a yes or no
        """What stands in a cell; empty text beyond the last one."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def where(self, row: int, column: int) -> str:
        """A cell as a person finds it: Self-evaluation!F12."""
        return cell(self.name, row, column)


def sheets(name: str, data: bytes, wanted: Collection[str] | None = None, limits: Limits = FORM) -> list[Sheet]:
    """The sheets of a workbook that have a cell with one of the texts `wanted`; no other one is unpacked into cells.

    Without `wanted` all those with a text in them.

    Raises CharterkitError with a sentence about a workbook that cannot or must not be read.
    """
    try:
        parts = _parts(data, limits)
        index = _index(parts)
        texts = SharedTexts.at(parts.get("xl/sharedStrings.xml", b"<sst/>"), limits.elements)
        count = _Count(Looks.at(parts.get("xl/styles.xml", b"<none/>")), limits)
        looked = [(title, _Look.at(title, parts[path], texts, count, wanted)) for title, path, _ in index]
        looked = _wanted(looked, limits.places)
        read = {*_SHARED, *(path for _, path, _ in index)}
        hidden = {title for title, _, is_hidden in index if is_hidden}
        values = _values({path: part for path, part in parts.items() if path in read}, [title for title, _ in looked])
    except UnfitBookError as refused:
        raise Refused("workbook-refused", name=name, why=refused, remedy=refused.hint) from None
    except _DAMAGED:
        raise Refused("workbook-damaged", name=name) from None
    return [
        Sheet(
            title,
            values.get(title, []),
            frozenset(look.formulas),
            frozenset(look.errors),
            frozenset(look.percents),
            tuple(look.merged),
            look.vague,
            look.written,
            title in hidden,
        )
        for title, look in looked
    ]


def _parts(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts that matter, unpacked, by their names."""
    if data.startswith(_OLD):
        raise UnfitBookError("is locked with a password, or it is an old workbook (.xls)")
    if not data.startswith(b"PK"):
        raise UnfitBookError("is no XLSX workbook")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        names = [member.filename for member in entries]
        if "xl/workbook.xml" not in names:
            is_other = {"content.xml", "mimetype", "xl/workbook.bin"} & set(names)
            raise UnfitBookError("is a workbook of another kind (.ods or .xlsb)" if is_other else "is no XLSX workbook")
        if len(entries) > MOST_PARTS or len({name.lower() for name in names}) < len(names):
            raise UnfitBookError("is not packed as a workbook is")
        if any(member.flag_bits & 1 for member in entries):
            raise UnfitBookError("is locked with a password")
        made: dict[str, bytes] = {}
        left = limits.bytes
        for member in entries:
            low = member.filename.lower()
            if not low.endswith((".xml", ".rels")) or low.startswith(_NOT_READ):
                continue
            with packed.open(member) as part:
                made[member.filename] = part.read(left + 1)
            left -= len(made[member.filename])
            if left < 0:
                raise UnfitBookError(f"holds more than {limits.bytes // 1024 // 1024} MB once it is unpacked", FEWER)
            _demand_plain(made[member.filename])
    return made


def _demand_plain(part: bytes) -> None:
    """No XML that defines anything of its own, which could be made to grow; and only in UTF-8, as workbooks are."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
        raise UnfitBookError("holds something that no workbook holds")


def _index(parts: dict[str, bytes]) -> list[tuple[str, str, bool]]:
    """Each sheet's name, the part that holds it, and whether it is hidden."""
    book, links = parts["xl/workbook.xml"], parts.get("xl/_rels/workbook.xml.rels", b"<none/>")
    if max(len(book), len(links)) > MOST_INDEX_BYTES:
        raise UnfitBookError("has too many sheets and names", FEWER)
    targets = {element.get("Id"): element.get("Target", "") for element in ET.fromstring(links)}  # noqa: S314 - no DTD
    found = []
    for element in ET.fromstring(book).iter():  # noqa: S314 - no DTD: see _demand_plain
        if local(element.tag) != "sheet":
            continue
        link = next((value for key, value in element.attrib.items() if local(key) == "id" and key != "id"), None)
        path = posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lstrip("/")
        if path in parts:  # a chart alone has a part of another kind, and no cells
            found.append((element.get("name", ""), path, element.get("state", "visible") != "visible"))
    if len(found) > MOST_SHEETS:
        raise UnfitBookError(f"has more than {MOST_SHEETS} sheets", "Delete the sheets beside the form.")
    return found


def _wanted(looked: Sequence[tuple[str, "_Look"]], most: int) -> list[tuple[str, "_Look"]]:
    """The sheets to be read. Raises UnfitBookError where they lie wide apart, and would make large tables."""
    found = [(title, look) for title, look in looked if look.is_wanted]
    if sum(look.places for _, look in found) > most:
        raise UnfitBookError("has a sheet with too many cells", FEWER)
    return found


@dataclass
class _Count:
    """What one workbook's sheets share: what its looks show, and how many letters all cells have so far."""

    looks: Looks
    limits: Limits
    letters: int = 0


class _Look:
    """Goes through one sheet's cells: where formulas and errors stand, and whether it is of a size to be read."""

    def __init__(self, sheet: str, texts: Sequence[str], count: _Count, wanted: Collection[str] | None) -> None:
        self.sheet, self.texts, self.count, self.wanted = sheet, texts, count, wanted
        self.formulas: set[tuple[int, int]] = set()
        self.percents: set[tuple[int, int]] = set()
        self.errors: set[tuple[int, int]] = set()
        self.vague: dict[tuple[int, int], str] = {}
        self.written: dict[tuple[int, int], str] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.row = self.column = self.last_row = self.last_column = -1
        self.kind = ""
        self.pieces: list[str] = []
        self.is_text = self.is_formula = False
        self.is_wanted = False
        self.elements = 0

    @classmethod
    def at(
        cls, sheet: str, part: bytes, texts: Sequence[str], count: _Count, wanted: Collection[str] | None
    ) -> "_Look":
        """Raises UnfitBookError where a cell with something in it lies beyond the limits, or holds too much."""
        look = cls(sheet, texts, count, wanted)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = look.start, look.end
        parser.CharacterDataHandler = look.letters
        parser.Parse(part, True)
        return look

    @property
    def places(self) -> int:
        """Cells from the first one to the last, empty ones too."""
        return (self.last_row + 1) * (self.last_column + 1)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """One XML element."""
        name = local(tag)
        self.elements += 1
        if self.elements > self.count.limits.elements:
            raise UnfitBookError("has a sheet with too many cells", FEWER)
        if name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "c":
            self.row, self.column = self._place(attributes.get("r"))
            self.kind = attributes.get("t", "")
            self.pieces = []
            self._look(attributes.get("s", ""))
        elif name in ("v", "f", "is"):
            self._filled(name)
        elif name == "mergeCell" and len(self.merged) < _MOST_MERGED:
            first, _, last = attributes.get("ref", "").partition(":")
            self.merged.append((*self._place(first), *self._place(last or first)))
        self.is_text = name in ("v", "t")
        self.is_formula = name == "f"

    def _look(self, look: str) -> None:
        if look in self.count.looks.percents:
            self.percents.add((self.row, self.column))
        elif look in self.count.looks.vague:
            self.vague[self.row, self.column] = self.count.looks.vague[look]

    def _filled(self, name: str) -> None:
        most = self.count.limits.rows
        if not (0 <= self.row < most and 0 <= self.column < MOST_COLUMNS):
            raise UnfitBookError(f"has more than {most:,} rows or {MOST_COLUMNS} columns", FEWER)
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        if name == "f":
            self.formulas.add((self.row, self.column))
        elif self.kind == "e":
            self.errors.add((self.row, self.column))

    def end(self, tag: str) -> None:
        """Its end."""
        self.is_text = self.is_formula = False
        if local(tag) == "c" and self.pieces:
            self._measure("".join(self.pieces))
            self.pieces = []

    def letters(self, text: str) -> None:
        """What stands in it."""
        if self.is_text:
            self.pieces.append(text)
        elif self.is_formula:
            self.written[self.row, self.column] = self.written.get((self.row, self.column), "=") + text

    def _measure(self, text: str) -> None:
        """Counts a cell's text, which may be one that several cells share."""
        if self.kind == "s":
            text = self.texts[int(text)]  # one that is not there is damage
        if len(text) > CELL_UNITS and len(_ESCAPE.sub("x", text)) > CELL_UNITS:
            where = cell(self.sheet, self.row, self.column)
            raise UnfitBookError(f"has more than {CELL_UNITS:,} characters, the most of a cell, at {where}", SHORTER)
        self.count.letters += len(text)
        if self.count.letters > self.count.limits.letters:
            raise UnfitBookError("holds too much text", FEWER)
        self.is_wanted = self.is_wanted or self.wanted is None or text in self.wanted

    def _place(self, said: str | None) -> tuple[int, int]:
        if said is None:
            return self.row, self.column + 1
        found = _REF.fullmatch(said)
        if not found:
            raise UnfitBookError("is damaged")
        column = 0
        for text in found[1]:
            column = column * 26 + ord(text) - ord("A") + 1
        return int(found[2]) - 1, column - 1


def _values(parts: dict[str, bytes], titles: Sequence[str]) -> dict[str, list[list[Any]]]:
    """The cells from A1 on of the sheets of these names."""
    calamine = _calamine()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    held.seek(0)
    try:
        with calamine.CalamineWorkbook.from_object(held) as book:
            kind = calamine.SheetTypeEnum.WorkSheet
            names = [each.name for each in book.sheets_metadata if each.typ == kind and each.name in titles]
            return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except calamine.CalamineError:
        raise UnfitBookError("is damaged") from None
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":  # the library's own way out, which is no Exception
            raise UnfitBookError("is damaged") from None
        raise


def _calamine() -> Any:  # noqa: ANN401 - a module
    try:
        import python_calamine  # noqa: PLC0415 - only workbooks need it
    except ImportError:
        raise Missing("needs-calamine") from None
    return python_calamine
