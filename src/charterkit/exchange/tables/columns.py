"""What a table and its columns are. From this one description come rows, the dictionary, SQL and the types of Parquet.

A column knows how its value is read off the thing that a row is about, so that a name, a type and a meaning can never
stand beside another value than they tell of.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import Any

from charterkit.records import dataclass

Cell = str | int | float | bool | None
"""What a row holds: days and exact numbers as text."""
Row = tuple[Cell, ...]


BLANKS = "With a blank between them."
SECOND = "A second one of the same name has -2 behind it."
STATES = "rated, not-applicable, not-rated, or unreadable where the file's word is no level of the charter."


class CellKind(StrEnum):
    """What a column holds; the value is what people read in the dictionary."""

    TEXT = "text"
    WHOLE = "whole number"
    EXACT = "exact number"
    SHARE = "number from 0 to 1"
    FLAG = "true or false"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column. `value` reads it off whatever a row is about.

    `field` names the key of the files that it is, as "evaluation/Rating.note": its meaning is that key's own; `meaning`
    is what else there is to say. `is_filled`: it is never empty. `is_public`: it may be published.
    """

    name: str
    kind: CellKind
    value: Callable[[Any], Any]
    field: str = ""
    meaning: str = ""
    is_filled: bool = False
    is_public: bool = False

    @property
    def filled(self) -> "TableColumn":
        """The same, never empty."""
        return replace(self, is_filled=True)

    @property
    def public(self) -> "TableColumn":
        """The same, which may be published."""
        return replace(self, is_public=True)


@dataclass(frozen=True)
class TidyTable:
    """One table. `key` are the columns that tell its rows apart; `leads_to` tells of rows in other tables.

    `by_cycle`: as Parquet it is a folder with a file a cycle. The first `alike` columns say the same in all rows of one
    self-evaluation.
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    leads_to: tuple[tuple[tuple[str, ...], str], ...] = ()
    by_cycle: bool = False
    alike: int = 0

    @property
    def is_public(self) -> bool:
        """Whether any of it may be published: then its whole key may."""
        return all(column.is_public for column in self.columns if column.name in self.key)

    @property
    def for_everybody(self) -> "TidyTable":
        """What of it may be published."""
        return replace(self, columns=tuple(column for column in self.columns if column.is_public))

    @cached_property
    def _reads(self) -> list[Callable[[Any], Any]]:
        return [column.value for column in self.columns]

    def row(self, about: Any) -> Row:  # noqa: ANN401 - whatever its columns are read off
        """A row of it."""
        return tuple([read(about) for read in self._reads])

    def rows(self, things: Iterable[Any]) -> list[Row]:
        """A row for each thing: column by column, which is quicker than row by row."""
        every = things if isinstance(things, list) else list(things)
        return list(zip(*[list(map(read, every)) for read in self._reads], strict=True)) if every else []

    def rows_alike(self, things: Iterable[Any]) -> list[Row]:
        """The same of things of one self-evaluation, whose `alike` first columns are read but once."""
        every = things if isinstance(things, list) else list(things)
        if not every:
            return []
        same = [repeat(read(every[0]), len(every)) for read in self._reads[: self.alike]]
        return list(zip(*same, *[list(map(read, every)) for read in self._reads[self.alike :]], strict=True))

    def at(self, name: str) -> int:
        """Where a column stands."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)


Reader = str | Callable[[Any], Any]
"""How a value is read off what a row is about: the way to it, or a function."""


def text(name: str, read: Reader, field: str = "", meaning: str = "") -> TableColumn:
    """A text, or a word."""
    return TableColumn(name, CellKind.TEXT, _reader(read), field, meaning)


def spelt(name: str, read: Reader, field: str = "", meaning: str = "") -> TableColumn:
    """What has a text form of its own: a date, a cycle; of several words, a blank between them."""
    value = _reader(read)
    return TableColumn(
        name, CellKind.TEXT, lambda about: said(found) if (found := value(about)) else None, field, meaning
    )


def whole(name: str, read: Reader, field: str = "", meaning: str = "") -> TableColumn:
    """A whole number."""
    return TableColumn(name, CellKind.WHOLE, _reader(read), field, meaning)


def flag(name: str, read: Reader, field: str = "", meaning: str = "") -> TableColumn:
    """True or false."""
    return TableColumn(name, CellKind.FLAG, _reader(read), field, meaning)


def day(name: str, way: Reader, meaning: str = "") -> TableColumn:
    """A day."""
    value = _reader(way)

    def read(about: Any) -> str | None:  # noqa: ANN401 - as `row` has it
        found = value(about)
        return found.isoformat() if found else None

    return TableColumn(name, CellKind.DAY, read, "", meaning)


def when(name: str, read: Reader, field: str = "", meaning: str = "") -> tuple[TableColumn, ...]:
    """A date of any precision: as it stands in the file, and the last day that it may mean."""
    value = _reader(read)

    def last(about: Any) -> date | None:  # noqa: ANN401 - as `row` has it
        found = value(about)
        return found.last if found else None

    means = f"The last day that `{name}` may mean, which is what counts: of 2025-10 it is 2025-10-31."
    return spelt(name, value, field, meaning), day(f"{name}_last", last, means)


def _reader(read: Reader) -> Callable[[Any], Any]:
    return attrgetter(read) if isinstance(read, str) else read


def said(value: object) -> str:
    """A value as text; several words with a blank between them."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def lines(values: Iterable[str | None]) -> str | None:
    """Several texts of people as one, each on a line of its own."""
    return "\n".join([value for value in values if value]) or None if values else None


def public(*columns: TableColumn) -> tuple[TableColumn, ...]:
    """Columns that may be published."""
    return tuple(column.public for column in columns)
