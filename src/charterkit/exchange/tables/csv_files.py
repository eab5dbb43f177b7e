"""A CSV file a table, safe to open in a spreadsheet, and the SQL that loads all of them into PostgreSQL."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from charterkit.exchange.tables.columns import Cell, Row, TidyTable
from charterkit.exchange.tables.rows import Rows
from charterkit.exchange.tables.sql import load_sql
from charterkit.text.safe import MARK, csv_cell

_MOST = 2 << 20
"""Bytes that are held before they are written."""
_SPECIAL = re.compile('[",\n]')
_END = re.compile(r"^\\\.$", re.MULTILINE)
"""A line that psql takes for the end of the file, also within quotes; tried with PostgreSQL 15, November 2026."""


class CsvWriter:
    """A file a table: UTF-8 with a mark, CRLF, a line of headings. No value is an empty cell, an empty text "".

    What a spreadsheet would run has an apostrophe before it, as in every CSV of charterkit.
    """

    def __init__(self, folder: Path, tables: Sequence[TidyTable]) -> None:
        self._folder, self._tables = folder, tables
        heads = {table.name: MARK + ",".join(column.name for column in table.columns) + "\r\n" for table in tables}
        self._held = {name: [head.encode()] for name, head in heads.items()}
        self._count = 0

    @staticmethod
    def pack(rows: Rows, tables: Mapping[str, TidyTable]) -> Mapping[str, bytes]:
        """The lines of each table's file."""
        return {name: _lines(found) for name, found in rows.items() if found and name in tables}

    def add(self, packed: Mapping[str, bytes]) -> None:
        """Take some rows."""
        for name, some in packed.items():
            self._held[name].append(some)
            self._count += len(some)
        if self._count > _MOST:
            self._flush()

    def _flush(self) -> None:
        for name, held in self._held.items():
            if held:
                with (self._folder / f"{name}.csv").open("ab") as file:
                    file.writelines(held)
                held.clear()
        self._count = 0

    def finish(self) -> None:
        """Write the rest, and what loads it."""
        self._flush()
        script = load_sql(self._tables, lambda table: f"{table.name}.csv")
        (self._folder / "load.sql").write_text(script, encoding="utf-8", newline="\n")


def _lines(rows: Iterable[Row]) -> bytes:
    return "".join([",".join([_field(cell) for cell in row]) + "\r\n" for row in rows]).encode(errors="replace")


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    if type(cell) is not str:
        return str(cell).lower() if isinstance(cell, bool) else str(cell)
    text = csv_cell(cell)
    if not text:
        return '""'
    if not _SPECIAL.search(text):
        return text
    text = _END.sub(r" \\.", text) if "\\." in text else text
    return '"' + text.replace('"', '""') + '"'
