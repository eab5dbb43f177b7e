"""Rows on their way into DuckDB: files of its own, exact to the letter, which it reads by millions.

What is nothing and what is an empty text stay apart: texts stand in quotes, nothing is nothing at all.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from charterkit.exchange.tables.columns import Cell, Row, TidyTable
from charterkit.exchange.tables.rows import Rows
from charterkit.exchange.tables.sql import DUCKDB, quoted
from charterkit.text.safe import REPLACEMENT, whole

_MOST = 20_000
"""Rows that are held before they are written."""
NOWHERE = "none"
"""In place of the cycle in the file of a table that has no rows, so that there is a file with its columns."""


class Spool:
    """Keeps rows in a folder, of some tables a file a cycle."""

    def __init__(self, folder: Path, tables: Sequence[TidyTable], *, by_cycle: bool) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._tables = {table.name: table for table in tables}
        self._cycle = {table.name: table.at("cycle") for table in tables if by_cycle and table.by_cycle}
        self._held: dict[tuple[str, str], list[str]] = {}
        self._count = 0

    def add(self, rows: Rows) -> None:
        """Take some rows."""
        for name, found in rows.items():
            if name in self._tables:
                for row in found:
                    cycle = str(row[self._cycle[name]]) if name in self._cycle else ""
                    self._held.setdefault((name, cycle), []).append(_line(row))
                self._count += len(found)
        if self._count > _MOST:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        for (name, cycle), lines in self._held.items():
            with self._path(name, cycle).open("ab") as file:
                file.write(_bytes("".join(lines)))
        self._held, self._count = {}, 0

    def _path(self, name: str, cycle: str) -> Path:
        return self._folder / f"{name}@{cycle}.csv"

    def files(self, table: TidyTable) -> Iterator[tuple[str, Path]]:
        """A table's files by cycle, at least one; the cycle is empty of a table that is not apart by cycles."""
        found = sorted(self._folder.glob(f"{table.name}@*.csv"))
        if not found:
            found = [self._path(table.name, NOWHERE if table.name in self._cycle else "")]
            found[0].touch()
        for path in found:
            yield path.stem.partition("@")[2], path

    def gone(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self._folder)


def read_from(path: Path, table: TidyTable) -> str:
    """What DuckDB reads a spool's file with."""
    columns = ", ".join(f"{quoted(column.name)}: {quoted(DUCKDB[column.kind])}" for column in table.columns)
    plain = quoted("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))
    return (
        f"read_csv({plain}, columns = {{{columns}}}, auto_detect = false, header = false, delim = ',', quote = '\"', "
        "escape = '\"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', parallel = false, "
        f"max_line_size = {_LONGEST}, strict_mode = true)"
    )


_LONGEST = 32 << 20
"""Bytes of a row: no file of a workspace is that long."""


def _line(row: Row) -> str:
    return ",".join([_field(cell) for cell in row]) + "\n"


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    if type(cell) is str:
        return f'"{cell.replace(_QUOTE, _TWO)}"' if _QUOTE in cell else f'"{cell}"'
    return str(cell)


_QUOTE, _TWO = '"', '""'


def _bytes(text: str) -> bytes:
    """In UTF-8; what no encoding has, and the one character that databases have no place for, become U+FFFD."""
    text = text.replace("\0", REPLACEMENT)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return whole(text).encode()
