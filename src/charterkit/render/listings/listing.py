"""A listing: rows under headings, as a sheet of paper and as CSV; for a terminal it is made in `terminal.py`.

The register, what a rule pack misses, reminders and promises are all listings; each has a module that makes one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from charterkit.model.dates import PartialDate
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.shared.table import csv_text
from charterkit.text.safe import leads_to, visible

PAPER = "listing.typ"
_UPRIGHT = 4
"""Columns that a sheet has room for without being turned."""
_NARROW, _BROAD = 8, 45
"""Letters that a column of a sheet has room for at least, and beyond which it asks for no more."""
_PILL = 4
"""Letters that the frame round a cell takes which is late."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, what stands below it in smaller print, and how much it matters.

    `mark` is a shape that says the same as the words, for whoever skims; `tone` is "late", "soon" or empty.
    """

    text: str
    below: str = ""
    mark: str = ""
    tone: str = ""
    link: str = ""

    @property
    def plain(self) -> str:
        """Mark and text."""
        return f"{self.mark} {self.text}".strip()

    @property
    def leads_to(self) -> str:
        """Where the text leads; empty where following it could do more than open a page or an email."""
        return leads_to(self.link)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading. `is_fixed` columns do not break their words; `share` is per cent of a page, 0 where the style says."""

    heading: str
    is_fixed: bool = False
    is_number: bool = False
    share: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; `sentence` stands between the two."""

    heading: str
    rows: tuple[tuple[Cell, ...], ...]
    sentence: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing says. `lead` is what a person in a hurry reads; `notes` warn of what is missing."""

    overline: str
    title: str
    lead: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    date: str
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    empty: str = "There is nothing to list."

    @property
    def is_wide(self) -> bool:
        """Whether a sheet has to lie down for its columns."""
        return len(self.columns) > _UPRIGHT

    @property
    def weights(self) -> tuple[float, ...]:
        """How the columns share a sheet's width: as they state, in per cent, and the others by what stands in them."""
        rows = [row for section in self.sections for row in section.rows]
        asked = [
            0 if column.share else _asked([column.heading, *(text for row in rows for text in _texts(row[at]))])
            for at, column in enumerate(self.columns)
        ]
        left, of = 100 - sum(column.share for column in self.columns), sum(asked)
        return tuple(
            float(column.share or left * wanted / of) for column, wanted in zip(self.columns, asked, strict=True)
        )


def _texts(cell: Cell) -> tuple[str, str]:
    return f"{cell.plain}{' ' * _PILL if cell.tone == 'late' else ''}", cell.below


def _asked(texts: Iterable[str]) -> int:
    """The letters of the longest text, within bounds."""
    from rich.cells import cell_len  # noqa: PLC0415 - only a sheet of paper asks for it

    return min(max(_NARROW, *(cell_len(visible(text)) for text in texts)), _BROAD)


def spoken(when: date) -> str:
    """A day as people write it."""
    return PartialDate.of(when).spoken


def listing_paper(listing: Listing, today: date) -> Paper:
    """The listing as a tagged PDF. Raises CharterkitError where typst or a font is missing."""
    title = f"{listing.title}: {listing.overline.lower()}"
    return paper(PAPER, listing, title=title, author=listing.title, when=today)


def rows_csv(rows: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> str:
    """Rows of JSON as CSV: the keys as the first line, lists as words with blanks between, an absent value empty."""
    return csv_text([keys, *([_plain(row.get(key)) for key in keys] for row in rows)])


def _plain(value: Any) -> str | int:  # noqa: ANN401 - plain data
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
