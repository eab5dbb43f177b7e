"""A listing as a workbook, to sort, filter and work in: real dates, a filter row, heads that stay, choices."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from charterkit.errors import Missing
from charterkit.insight.evaluations.form_layout import CELL_UNITS
from charterkit.model.base import BadValue
from charterkit.model.dates import Cycle, PartialDate, TermDate
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper
from charterkit.text.safe import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_CHOICES = 255
"""Characters of a drop-down's words together (the same)."""
_HEAD = 1
"""The row of the headings, from 0; the title stands above it."""
_MORE = 200
"""Rows below the last one in which a drop-down is still offered."""
_LONGEST_NAME = 31
_FORMATS = {"day": "d mmmm yyyy", "month": "mmmm yyyy", "year": "yyyy"}
"""How a date is shown, by how precise it is; the cell holds the last day that it may mean."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A heading, how wide it is in characters, and the key of what stands under it. `choices` are offered to pick from.

    A date that is a month, a year or a term alone is shown so.
    """

    heading: str
    width: int
    key: str
    is_date: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet. Rows are plain data by key; `late` and `soon` are texts that are marked as such in the column `state`.

    `stay` is how many columns stay when the others are scrolled.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Mapping[str, Any]]
    late: frozenset[str] = frozenset()
    soon: frozenset[str] = frozenset()
    stay: int = 1


def sheet_xlsx(page: SheetPage, today: date) -> Paper:
    """One sheet as an XLSX file, as `book_xlsx` makes it."""
    return book_xlsx([page], today)


def book_xlsx(pages: Sequence[SheetPage], today: date) -> Paper:
    """Sheets as an XLSX file; the same sheets and day give the same bytes. No text in it runs or leads anywhere.

    Raises CharterkitError where the package to write it is missing.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - only workbooks need it
    except ImportError:
        raise Missing("needs-xlsxwriter") from None
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        made = datetime(today.year, today.month, today.day)  # noqa: DTZ001 - a day, without a place
        book.set_properties({"title": visible(pages[0].title), "author": "charterkit", "created": made})
        for page in pages:
            _Sheet(book, page).write()
    return Paper(held.getvalue(), ())


class _Sheet:
    """Writes one sheet."""

    def __init__(self, book: "Workbook", page: SheetPage) -> None:
        self.page = page
        self.sheet: Worksheet = book.add_worksheet(page.name[:_LONGEST_NAME])
        cell: dict[str, Any] = {
            "font_name": "Calibri",
            "font_size": 11,
            "valign": "top",
            "text_wrap": True,
            "border": 1,
        }
        self.text = book.add_format({**cell, "num_format": "@"})
        self.number = book.add_format({**cell, "num_format": "0", "align": "left"})
        self.dates = {
            name: book.add_format({**cell, "num_format": form, "align": "left"}) for name, form in _FORMATS.items()
        }
        self.head = book.add_format({**cell, "bold": True, "bg_color": "#d8d2c4"})
        self.late = book.add_format({**cell, "bold": True, "bg_color": "#fdf0dc", "font_color": "#6b2400"})
        self.soon = book.add_format({**cell, "bold": True})
        self.title = book.add_format({"bold": True, "font_size": 16})

    def write(self) -> None:
        """The title, the headings, and the rows."""
        page, sheet = self.page, self.sheet
        sheet.write_string(0, 0, fit(page.title), self.title)
        sheet.set_row(0, 26)
        last = _HEAD + max(len(page.rows), 1)
        for at, column in enumerate(page.columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(_HEAD, at, column.heading, self.head)
            for number, row in enumerate(page.rows, _HEAD + 1):
                self.cell(number, at, column, row.get(column.key))
            self.choices(at, column, last + _MORE)
        sheet.freeze_panes(_HEAD + 1, page.stay)
        sheet.autofilter(_HEAD, 0, last, len(page.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)

    def cell(self, row: int, at: int, column: SheetColumn, said: object) -> None:
        """One cell: a date as a date, a number as a number, and everything else as text."""
        when = _date(said) if column.is_date else None
        if isinstance(when, PartialDate):
            self.sheet.write_datetime(row, at, _at(when.last), self.dates[_precision(when)])
        elif isinstance(said, int) and not isinstance(said, bool):
            self.sheet.write_number(row, at, said, self.number)
        else:
            text = fit(_of_term(when) if isinstance(when, Cycle) else _plain(said))
            if text:
                self.sheet.write_string(row, at, text, self.look(column, text))
            else:
                self.sheet.write_blank(row, at, None, self.text)

    def look(self, column: SheetColumn, text: str) -> Any:  # noqa: ANN401 - a format of the library
        """What is late or soon is bold: its words say so too."""
        if column.key != "state":
            return self.text
        return self.late if text in self.page.late else self.soon if text in self.page.soon else self.text

    def choices(self, at: int, column: SheetColumn, last: int) -> None:
        """A drop-down, which takes other words too."""
        if column.choices and len(",".join(column.choices)) <= MOST_CHOICES:
            said = {"validate": "list", "source": list(column.choices), "error_type": "information"}
            self.sheet.data_validation(_HEAD + 1, at, last, at, said)


def _date(said: object) -> PartialDate | Cycle | None:
    """A date or a term of plain data; None for anything else."""
    for kind in (PartialDate, Cycle):
        try:
            return kind.parse(str(said)) if said else None
        except BadValue:
            continue
    return None


def _of_term(cycle: Cycle) -> str:
    """A term as people write it: Autumn term 2026."""
    said = TermDate.in_term(cycle).spoken if cycle.term else cycle.spoken
    return said[:1].upper() + said[1:]


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as above


def _precision(when: PartialDate) -> str:
    if when.month is None:
        return "year"
    return "day" if when.day else "month"


def _plain(said: object) -> str:
    if isinstance(said, bool):
        return "Yes" if said else "No"
    if isinstance(said, list | tuple):
        return ", ".join(map(str, said))
    return "" if said is None else str(said)


def fit(text: str) -> str:
    """A text as a cell holds it."""
    return visible(text)[:CELL_UNITS]
