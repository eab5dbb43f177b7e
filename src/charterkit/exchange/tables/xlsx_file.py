"""One workbook with a sheet a table: to look at, and to filter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charterkit.errors import Missing, Refused
from charterkit.exchange.tables.columns import Cell, CellKind, TidyTable
from charterkit.exchange.tables.rows import Rows
from charterkit.exchange.tables.writer import SCRATCH
from charterkit.insight.evaluations.form_layout import fitting
from charterkit.text.safe import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

WORKBOOK = "tables.xlsx"
MOST_ROWS = 1_048_576
"""Of a sheet (Microsoft, Excel specifications and limits, read November 2026)."""
_WIDTHS = {CellKind.TEXT: 24, CellKind.DAY: 12}
_OLDEST = 1900
"""Excel has no earlier days: they stay text."""


def likely_too_many(paths: Iterable[str]) -> str:
    """The sentence about so many self-evaluations that their ratings hardly fit on a sheet; empty of fewer.

    `paths` are those of all files of schools. It is no refusal: their charter may have few aspects.
    """
    files = sum("/evaluations/" in path for path in paths)
    if files * _ASPECTS < MOST_ROWS:
        return ""
    return (
        f"There are {files:,} files of self-evaluations, and a sheet holds {MOST_ROWS - 1:,} ratings: of {_ASPECTS} "
        f"aspects each, that is {MOST_ROWS // _ASPECTS:,} self-evaluations. More end without a workbook: "
        "choose --format parquet, duckdb or csv."
    )


_ASPECTS = 40
"""As many as a usual charter has."""


class XlsxWriter:
    """A workbook. Rows go straight to the disk, so that it may be as large as Excel can open.

    A text longer than a cell holds is cut, and ends in "…": the other formats have it whole.
    """

    def __init__(self, folder: Path, tables: Sequence[TidyTable]) -> None:
        try:
            import xlsxwriter  # noqa: PLC0415 - only workbooks need it
        except ImportError:
            raise Missing("needs-xlsxwriter") from None
        (folder / SCRATCH).mkdir()
        self._scratch = folder / SCRATCH
        options = {"constant_memory": True, "tmpdir": str(self._scratch), "use_zip64": True, **_PLAIN}
        self._faults: tuple[type[Exception], ...] = (xlsxwriter.exceptions.XlsxWriterException,)
        self._book: Workbook = xlsxwriter.Workbook(str(folder / WORKBOOK), options)
        self._book.set_properties({"author": "charterkit", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - no day
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._head = self._book.add_format({"bold": True, "bg_color": "#d8d2c4"})
        self._tables = {table.name: table for table in tables}
        self._sheets = {table.name: self._sheet(table) for table in tables}
        self._rows = dict.fromkeys(self._tables, 1)

    def _sheet(self, table: TidyTable) -> "Worksheet":
        sheet: Worksheet = self._book.add_worksheet(table.name)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS.get(column.kind, 10))
            sheet.write_string(0, at, column.name, self._head)
        sheet.freeze_panes(1, 0)
        return sheet

    @staticmethod
    def pack(rows: Rows, tables: Mapping[str, TidyTable]) -> Rows:
        """The rows themselves."""
        return {name: found for name, found in rows.items() if found and name in tables}

    def add(self, packed: Rows) -> None:
        """Take some rows. Raises Refused where a table has more than a sheet can hold."""
        for name, found in packed.items():
            table = self._tables[name]
            if self._rows[name] + len(found) > MOST_ROWS:
                raise Refused("export-too-many-rows", table=name, most=f"{MOST_ROWS - 1:,}")
            for row in found:
                for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                    self._cell(self._sheets[name], self._rows[name], at, column.kind, cell)
                self._rows[name] += 1

    def _cell(self, sheet: "Worksheet", row: int, at: int, kind: CellKind, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, at, cell)
        elif kind is CellKind.DAY and isinstance(cell, str) and (day := date.fromisoformat(cell)).year >= _OLDEST:
            sheet.write_datetime(row, at, datetime(day.year, day.month, day.day), self._day)  # noqa: DTZ001 - a day
        elif kind in _NUMBERS:
            sheet.write_number(row, at, float(cell))
        else:
            text = visible(str(cell))
            sheet.write_string(row, at, fitting(text))

    def finish(self) -> None:
        """Make the workbook whole."""
        for name, sheet in self._sheets.items():
            sheet.autofilter(0, 0, self._rows[name] - 1, len(self._tables[name].columns) - 1)
        try:
            self._book.close()
        except self._faults as error:
            raise OSError(*_reason(error)) from None
        self._scratch.rmdir()


_NUMBERS = (CellKind.WHOLE, CellKind.EXACT, CellKind.SHARE)
_PLAIN: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def _reason(error: Exception) -> tuple[Any, ...]:
    """What the disk said, which the library wraps."""
    inner = error.args[0] if error.args else error
    return inner.args if isinstance(inner, OSError) else (0, str(error))
