"""A listing: rows under headings, for a terminal, as Markdown, as a web page and as CSV.

The register, what a rule pack misses, reminders and promises are all listings; each has a module that makes one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.cells import cell_len
from rich.console import Group as Rows
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from charterkit.model.dates import PartialDate
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.shared.table import csv_text
from charterkit.text.safe import leads_to, visible

PAPER = "listing.typ"
_BOLD, _QUIET = Style(bold=True), Style(dim=True)
_GAP = 2
_WORDS = 12
"""Letters that a column needs whose words may be broken over lines."""
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
    return min(max(_NARROW, *(cell_len(visible(text)) for text in texts)), _BROAD)


def spoken(when: date) -> str:
    """A day as people write it."""
    return PartialDate.of(when).spoken


def listing_paper(listing: Listing, today: date) -> Paper:
    """The listing as a tagged PDF. Raises CharterkitError where typst or a font is missing."""
    title = f"{listing.title}: {listing.overline.lower()}"
    return paper(PAPER, listing, title=title, author=listing.title, when=today)


def renderable(listing: Listing, columns: int = 80) -> RenderableType:
    """The listing for a terminal: a table, or where there is no room for one, each row as a small block."""
    parts: list[RenderableType] = [_text(listing.title, _BOLD)]
    if listing.subtitle:
        parts.append(_text(listing.subtitle, _QUIET))
    parts += [Text(), *(_text(line) for line in listing.lead)]
    parts += [_text(f"Please note: {line}") for line in listing.notes]
    widths, has_headings = _widths(listing), False
    for section in listing.sections:
        parts.append(Text())
        if section.heading:
            parts.append(_text(f"{section.heading} ({len(section.rows)})", _BOLD))
        if section.sentence:
            parts.append(_text(section.sentence))
        if section.rows:
            is_narrow = columns < _least(listing, widths)
            table = _blocks(listing, section) if is_narrow else _table(listing, section, widths, columns)
            if isinstance(table, Table):
                table.show_header, has_headings = not has_headings, True
            parts.append(table)
    if listing.empty and not any(section.rows for section in listing.sections):
        parts += [Text(), _text(listing.empty)]
    if listing.footer:
        parts += [Text(), *(_text(line, _QUIET) for line in listing.footer)]
    return Rows(*parts)


def _widths(listing: Listing) -> list[int]:
    """How wide each column is when nothing in it is broken, over all sections: they stand in line."""
    rows = [row for section in listing.sections for row in section.rows]
    return [
        max(
            cell_len(column.heading),
            *(cell_len(visible(text)) for row in rows for text in (row[number].plain, row[number].below)),
            0,
        )
        for number, column in enumerate(listing.columns)
    ]


def _least(listing: Listing, widths: Sequence[int]) -> int:
    """The columns a terminal needs for a table: what must not be broken, and some words for the rest."""
    return sum(
        (width if column.is_fixed else min(width, _WORDS)) + _GAP
        for column, width in zip(listing.columns, widths, strict=True)
    )


def _table(listing: Listing, section: Section, widths: Sequence[int], columns: int) -> Table:
    fits = sum(widths) + _GAP * len(widths) <= columns
    table = Table(
        box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_edge=False, header_style=Style(), expand=not fits
    )
    for number, column in enumerate(listing.columns):
        table.add_column(
            _text(column.heading, _QUIET),
            no_wrap=column.is_fixed,
            overflow="fold",
            justify="right" if column.is_number else "left",
            ratio=None if column.is_fixed else (2 if number == 0 else 1),
            min_width=widths[number] if fits or column.is_fixed else None,
        )
    for row in section.rows:
        table.add_row(*(_cell(cell) for cell in row))
    return table


def _cell(cell: Cell) -> Text:
    text = _text(cell.plain, _BOLD if cell.tone == "late" else None)
    return text.append_text(_text(f"\n{cell.below}", _QUIET)) if cell.below else text


def _blocks(listing: Listing, section: Section) -> RenderableType:
    parts: list[RenderableType] = []
    for first, *rest in section.rows:
        parts.append(_text(first.plain, _BOLD))
        if first.below:
            parts.append(Padding(_text(first.below, _QUIET), (0, 0, 0, 2)))
        for column, cell in zip(listing.columns[1:], rest, strict=True):
            if cell.plain:
                words = f"{column.heading}: {cell.plain}" + (f" ({cell.below})" if cell.below else "")
                parts.append(Padding(_text(words), (0, 0, 0, 2)))
    return Rows(*parts)


def _text(words: str, style: Style | None = None) -> Text:
    return Text(visible(words), style=style or Style())


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
