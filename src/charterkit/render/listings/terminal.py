"""A listing for a terminal: a table, or blocks where there is no room for one."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group as Rows
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from charterkit.render.listings.listing import Cell, Listing, Section
from charterkit.text.safe import visible

_BOLD, _QUIET = Style(bold=True), Style(dim=True)
_GAP = 2
_WORDS = 12
"""Letters that a column needs whose words may be broken over lines."""


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
