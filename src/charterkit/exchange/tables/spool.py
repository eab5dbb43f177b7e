"""Rows on their way into DuckDB: files of its own, exact to the letter, which it reads by millions.

Every text stands in quotes, as this reader takes a lone carriage return outside of them for the end of a row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, repeat
from operator import itemgetter
from pathlib import Path

from charterkit.exchange.tables.columns import Cell, CellKind, Row, TidyTable
from charterkit.exchange.tables.rows import Rows
from charterkit.exchange.tables.sql import DUCKDB, quoted
from charterkit.text.safe import REPLACEMENT, whole

_MOST = 20_000
"""Rows that are held before they are written."""
NOWHERE = "none"
"""In place of the cycle in the file of a table that has no rows, so that there is a file with its columns."""


Packed = Mapping[tuple[str, str], tuple[int, bytes]]
"""Rows by table and cycle: how many, and their lines. The cycle is empty of a table that is not apart by cycles."""


def packed(rows: Rows, tables: Mapping[str, TidyTable], *, by_cycle: bool) -> Packed:
    """Rows as a spool takes them; those of other tables are left out."""
    made: dict[tuple[str, str], tuple[int, bytes]] = {}
    for name, found in rows.items():
        table = tables.get(name)
        if table is None or not found:
            continue
        if not (by_cycle and table.by_cycle):
            made[name, ""] = len(found), _lines(found)
            continue
        apart: dict[str, list[Row]] = {}
        for cycle, some in groupby(found, itemgetter(table.at("cycle"))):
            apart.setdefault(str(cycle), []).extend(some)
        made |= {(name, cycle): (len(some), _lines(some)) for cycle, some in apart.items()}
    return made


def _lines(rows: Sequence[Row]) -> bytes:
    """Column by column, as most say the same in all rows of a self-evaluation, or nothing at all."""
    columns = [_quotable(cells) for cells in zip(*rows, strict=True)]
    return _bytes('"' + '"\n"'.join(map('","'.join, zip(*columns, strict=True))) + '"\n')


def _quotable(cells: Sequence[Cell]) -> Iterable[str]:
    first = cells[0]
    if cells.count(first) == len(cells):
        return repeat(_quoted(first), len(cells))
    return [_quoted(cell) for cell in cells]


def _quoted(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.replace('"', '""') if isinstance(cell, str) else str(cell)


class RowSpool:
    """Keeps rows in a folder, of some tables a file a cycle."""

    def __init__(self, folder: Path, tables: Sequence[TidyTable], *, by_cycle: bool) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._apart = {table.name for table in tables if by_cycle and table.by_cycle}
        self._held: dict[tuple[str, str], list[bytes]] = {}
        self._count = 0
        self.rows: Counter[tuple[str, str]] = Counter()
        """How many it was given, by table and cycle."""

    def add(self, some: Packed) -> None:
        """Take some rows."""
        for place, (count, lines) in some.items():
            self._held.setdefault(place, []).append(lines)
            self.rows[place] += count
            self._count += count
        if self._count > _MOST:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        for (name, cycle), held in self._held.items():
            with self._path(name, cycle).open("ab") as file:
                file.writelines(held)
        self._held, self._count = {}, 0

    def _path(self, name: str, cycle: str) -> Path:
        return self._folder / f"{name}@{cycle}.csv"

    def files(self, table: TidyTable) -> Iterator[tuple[str, Path]]:
        """A table's files by cycle, at least one; the cycle is empty of a table that is not apart by cycles."""
        found = sorted(self._folder.glob(f"{table.name}@*.csv"))
        if not found:
            found = [self._path(table.name, NOWHERE if table.name in self._apart else "")]
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
        f"max_line_size = {_LONGEST}, buffer_size = {_HELD}, strict_mode = true)"
    )


_LONGEST = 4 << 20
"""Bytes of a row. It holds what one file says, and a workspace's file has at most 1 MiB."""
_HELD = 8 << 20
"""Bytes of the file that are held at once; else it would be most of it."""


def _bytes(text: str) -> bytes:
    """In UTF-8; what no encoding has, and the one character that databases have no place for, become U+FFFD."""
    text = text.replace("\0", REPLACEMENT)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return whole(text).encode()
