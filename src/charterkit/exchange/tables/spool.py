"""Rows on their way into DuckDB: files of its own, exact to the letter, which it reads by millions.

Every text stands in quotes, as this reader takes a lone carriage return outside of them for the end of a row.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from charterkit.exchange.tables.columns import CellKind, Row, TidyTable
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
        self._cycle = {table.name: itemgetter(table.at("cycle")) for table in tables if by_cycle and table.by_cycle}
        self._held: dict[tuple[str, str], io.StringIO] = {}
        self._count = 0
        self.rows: Counter[tuple[str, str]] = Counter()
        """How many it was given, by table and cycle."""

    def add(self, rows: Rows) -> None:
        """Take some rows."""
        for name, found in rows.items():
            if name not in self._tables:
                continue
            if name in self._cycle:
                for cycle, some in groupby(found, self._cycle[name]):
                    self._write(name, str(cycle), some)
            elif found:
                self._write(name, "", found)
            self._count += len(found)
        if self._count > _MOST:
            self.flush()

    def _write(self, name: str, cycle: str, rows: Iterable[Row]) -> None:
        held, some = self._held.setdefault((name, cycle), io.StringIO(newline="")), list(rows)
        csv.writer(held, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(some)
        self.rows[name, cycle] += len(some)

    def flush(self) -> None:
        """Write what is held."""
        for (name, cycle), held in self._held.items():
            with self._path(name, cycle).open("ab") as file:
                file.write(_bytes(held.getvalue()))
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


def selected(path: Path, table: TidyTable, without: str = "") -> str:
    """The query that reads a spool's file, but for one column. An empty text is nothing, but where one has to be."""
    names = [
        f"coalesce({each.name}, '') AS {each.name}" if each.is_filled and each.kind is CellKind.TEXT else each.name
        for each in table.columns
        if each.name != without
    ]
    columns = ", ".join(f"{quoted(column.name)}: {quoted(DUCKDB[column.kind])}" for column in table.columns)
    plain = quoted("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))
    return (
        f"SELECT {', '.join(names)} FROM read_csv({plain}, columns = {{{columns}}}, "  # noqa: S608 - our own names
        "auto_detect = false, header = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '', new_line = '\\n', parallel = false, "
        f"max_line_size = {_LONGEST}, strict_mode = true)"
    )


_LONGEST = 32 << 20
"""Bytes of a row: no file of a workspace is that long."""


def _bytes(text: str) -> bytes:
    """In UTF-8; what no encoding has, and the one character that databases have no place for, become U+FFFD."""
    text = text.replace("\0", REPLACEMENT)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return whole(text).encode()
