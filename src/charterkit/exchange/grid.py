"""A table from anybody, as rows of texts: a CSV file, or one sheet of a workbook."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from charterkit.errors import Refused
from charterkit.exchange.answers import plain_bytes, table_text
from charterkit.exchange.cells import letters, number_text
from charterkit.exchange.workbook.limits import ANSWERS, MOST_COLUMNS, MOST_ROWS, Limits
from charterkit.exchange.workbook.xlsx import Sheet, sheets
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.insight.evaluations.form_layout import MACHINE_SHEET
from charterkit.records import dataclass

KNOWN = (".csv", ".xlsx")
Place = tuple[int, int]
"""A row and a column from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table as texts, by row and column from 0; empty ones are empty texts."""

    name: str
    """The sheet's; empty for a CSV file."""
    rows: Sequence[Sequence[str]]
    where: Callable[[int, int], str]
    """A cell as a person finds it."""
    odd: dict[Place, str] = field(default_factory=dict)
    """Cells of which no text can be taken, and why."""
    formulas: frozenset[Place] = frozenset()
    """Cells with what a formula came to when the workbook was saved."""
    dates: dict[Place, str] = field(default_factory=dict)
    """Cells of a workbook with a date or a time, each as ISO 8601 writes it."""
    vague: Mapping[Place, str] = field(default_factory=dict)
    """Of those the ones that are shown as a month or a year alone, and which of the two."""
    written: Mapping[Place, str] = field(default_factory=dict)
    """What stands in cells of formulas."""
    merged: Sequence[tuple[int, int, int, int]] = ()
    """What is joined to one cell: its first row and column, and its last."""
    is_hidden: bool = False

    def text(self, row: int, column: int) -> str:
        """A cell's text without blanks around it; empty beyond the last one."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column].strip() if 0 <= column < len(cells) else ""

    def filled(self, row: int) -> list[int]:
        """The columns of a row in which something stands."""
        return [column for column, cell in enumerate(self.rows[row]) if cell.strip() or (row, column) in self.odd]

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)


def grids(path: Path) -> list[Grid]:
    """The tables of a file. Raises CharterkitError for one that cannot or must not be read."""
    ending = path.suffix.lower()
    if ending not in KNOWN:
        raise Refused("no-table-format", name=path.name, known=KNOWN)
    return grids_of(path.name, plain_bytes(path))


def grids_of(name: str, data: bytes) -> list[Grid]:
    """The same of a file that was read already; which kind it is, its name tells."""
    if len(data) > MAX_BYTES:
        raise Refused("form-too-large", name=name)
    if name.lower().endswith(".csv"):
        return [_of_csv(name, data)]
    return [_of_sheet(sheet) for sheet in sheets(name, data) if sheet.name != MACHINE_SHEET]


def large_grids(name: str, data: bytes, most: int, limits: Limits = ANSWERS) -> list[Grid]:
    """The same of a form tool's export, which may have a line for each of ten thousand people, and be in UTF-16."""
    if name.lower().endswith(".xlsx"):
        return [_of_sheet(sheet) for sheet in sheets(name, data, limits=limits)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            raise Refused("bad-table", complaints=f"{name}, line 1: this is not the UTF-16 it says it is.") from None
    return [_of_csv(name, data, limits.rows, most)]


def _of_csv(name: str, data: bytes, most_rows: int = MOST_ROWS, most: int = MAX_BYTES) -> Grid:
    """With commas, semicolons or tabs; in UTF-8, or Windows-1252 as Excel writes it."""
    text, complaint = table_text(data, most)
    if complaint:
        raise Refused("bad-table", complaints=f"{name}, {complaint}")
    separator = _separator(text)
    csv.field_size_limit(most)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    starts: list[int] = []
    start = 1
    try:
        for cells in reader:
            is_long = reader.line_num > start
            rows.append([cell.replace("\r\n", "\n") for cell in cells] if is_long else cells)
            starts.append(start)
            start = reader.line_num + 1
            if len(rows) > most_rows or len(cells) > MOST_COLUMNS:
                raise Refused("table-too-large", name=name, rows=f"{most_rows:,}", columns=MOST_COLUMNS)
    except csv.Error as error:
        said = "quotes are opened here and never closed" if "end of data" in str(error) else f"no table: {error}"
        raise Refused("bad-table", complaints=f"{name}, line {start}: {said}.") from None

    def where(row: int, column: int) -> str:
        return f"{name}, line {starts[row]}, cell {letters(column)}{row + 1}"

    return Grid("", rows, where)


def _separator(text: str) -> str:
    """What parts the cells: the sign that most of the first lines have, as a title alone has none."""
    lines = [line for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    return max(",;\t", key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))


_LOOKED_AT = 30


def _of_sheet(sheet: Sheet) -> Grid:
    odd: dict[Place, str] = {}
    rows = [
        [_text(sheet, (row, column), value, odd) for column, value in enumerate(cells)]
        for row, cells in enumerate(sheet.rows)
    ]
    dates = {
        (row, column): value.isoformat()
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if isinstance(value, date | datetime | time)
    }
    return Grid(
        sheet.name,
        rows,
        sheet.where,
        odd,
        sheet.formulas,
        dates,
        sheet.vague,
        sheet.written,
        sheet.merged,
        sheet.is_hidden,
    )


def _text(sheet: Sheet, at: Place, value: Any, odd: dict[Place, str]) -> str:  # noqa: ANN401 - a cell
    """A cell's text. Of a formula what it came to is taken, and nothing is worked out."""
    if at in sheet.errors:
        odd[at] = "an error of the workbook stands here"
    elif at in sheet.formulas and value == "":
        odd[at] = "what this formula comes to is not in the file: open it in Excel, and save it again"
    elif isinstance(value, bool):
        return "yes" if value else "no"
    elif isinstance(value, date | datetime | time | timedelta):
        odd[at] = "a date or time stands here, which Excel makes of 1.2 too: write it as text, with an apostrophe first"
    elif isinstance(value, float | int):
        return number_text(float(value), is_percent=at in sheet.percents)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def below(grid: Grid, row: int) -> Iterator[int]:
    """The rows below one that hold something."""
    return (number for number in range(row + 1, len(grid.rows)) if grid.filled(number))
