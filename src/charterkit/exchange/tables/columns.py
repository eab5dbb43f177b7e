"""What a table and its columns are. From this one description come rows, the dictionary, SQL and the types of Parquet.

A column knows how its value is read off the thing that a row is about, so that a name, a type and a meaning can never
stand beside another value than they tell of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from charterkit.model.dates import PartialDate

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


@dataclass(frozen=True, slots=True)
class TidyTable:
    """One table. `key` are the columns that tell its rows apart; `leads_to` tells of rows in other tables.

    `by_cycle`: as Parquet it is a folder with a file a cycle.
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    leads_to: tuple[tuple[tuple[str, ...], str], ...] = ()
    by_cycle: bool = False

    @property
    def is_public(self) -> bool:
        """Whether anything of it may be published."""
        return any(column.is_public for column in self.columns)

    @property
    def for_everybody(self) -> "TidyTable":
        """What of it may be published."""
        return replace(self, columns=tuple(column for column in self.columns if column.is_public))

    def row(self, about: Any) -> Row:  # noqa: ANN401 - whatever its columns are read off
        """A row of it."""
        return tuple([column.value(about) for column in self.columns])

    def rows(self, things: Iterable[Any]) -> list[Row]:
        """A row for each thing."""
        return [self.row(about) for about in things]

    def at(self, name: str) -> int:
        """Where a column stands."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)


def text(name: str, value: Callable[[Any], Any], field: str = "", meaning: str = "") -> TableColumn:
    """A text, or whatever has a text form of its own."""
    return TableColumn(name, CellKind.TEXT, lambda about: said(value(about)), field, meaning)


def whole(name: str, value: Callable[[Any], int | None], field: str = "", meaning: str = "") -> TableColumn:
    """A whole number."""
    return TableColumn(name, CellKind.WHOLE, value, field, meaning)


def flag(name: str, value: Callable[[Any], bool | None], field: str = "", meaning: str = "") -> TableColumn:
    """True or false."""
    return TableColumn(name, CellKind.FLAG, value, field, meaning)


def day(name: str, value: Callable[[Any], date | None], meaning: str = "") -> TableColumn:
    """A day."""
    return TableColumn(name, CellKind.DAY, lambda about: iso(value(about)), "", meaning)


def when(
    name: str, value: Callable[[Any], PartialDate | None], field: str = "", meaning: str = ""
) -> tuple[TableColumn, ...]:
    """A date of any precision: as it stands in the file, and the last day that it may mean."""

    def last(about: Any) -> str | None:  # noqa: ANN401 - as `row` has it
        found = value(about)
        return found.last.isoformat() if found else None

    means = f"The last day that `{name}` may mean, which is what counts: of 2025-10 it is 2025-10-31."
    return text(name, value, field, meaning), TableColumn(f"{name}_last", CellKind.DAY, last, "", means)


def said(value: object) -> str | None:
    """A value as text; several ids with a blank between them."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or None
    return str(value)


def lines(values: Iterable[str | None]) -> str | None:
    """Several texts of people as one, each on a line of its own."""
    return "\n".join(value for value in values if value) or None


def iso(value: date | None) -> str | None:
    """A day as text."""
    return value.isoformat() if value else None


def public(*columns: TableColumn) -> tuple[TableColumn, ...]:
    """Columns that may be published."""
    return tuple(column.public for column in columns)
