"""A line of a file as a terminal may show it, and how far to the right a caret stands below one of its characters.

A terminal counts cells, not characters: a tab runs to the next stop, a Chinese character or an emoji takes two cells, a
combining accent none.
"""

import re
import unicodedata

from charterkit.text.safe import REPLACEMENT, UNFIT_FOR_AN_EXCERPT, visible
from charterkit.text.wrap import cells

WIDTH = 70
"""Cells of a line that are shown where nobody says otherwise: with the number before it, it fits into 80 columns."""
_TAB = 4
_WINDOW = 4 * WIDTH
"""Characters to either side that are looked at: of a line with a million, nobody wants to wait for the rest."""
_CUT = "…"
_UNFIT = re.compile(UNFIT_FOR_AN_EXCERPT)


def pointed(line: str, column: int, width: int = WIDTH) -> tuple[str, int]:
    """The line around a column (from 1), cut to so many cells, and the number of cells before the column in it."""
    at = min(max(column - 1, 0), len(line))
    start, end = max(at - _WINDOW, 0), at + _WINDOW
    before = _laid_out(line[start:at], 0)
    before_cells = cells(before)
    after = _laid_out(line[at:end].rstrip(), before_cells)
    cut_left, cut_right = start > 0, end < len(line)
    if cut_left or cut_right or before_cells + cells(after) > width:
        room_after = max(width - before_cells, width // 3)
        after, cut = _first(after, room_after)
        cut_right |= cut
        before, cut = _last(before, width - cells(after))
        cut_left |= cut
    if cut_left:
        before = _CUT + before
    return f"{before}{after}{_CUT if cut_right else ''}", cells(before)


def _laid_out(text: str, cell: int) -> str:
    """Text without what a terminal would obey; tabs as spaces up to the next stop, counted from a cell on."""
    first, *rest = _UNFIT.sub(REPLACEMENT, visible(text)).split("\t")
    made = [first]
    cell += cells(first)
    for part in rest:
        gap = _TAB - cell % _TAB
        made.append(" " * gap + part)
        cell += gap + cells(part)
    return "".join(made)


def _first(text: str, room: int) -> tuple[str, bool]:
    """As much of a text's beginning as has room, and whether something was cut off."""
    if text.isascii():
        return text[:room], len(text) > room
    taken = 0
    for number, character in enumerate(text):
        taken += cells(character)
        if taken > room:
            return text[:number], True
    return text, False


def _last(text: str, room: int) -> tuple[str, bool]:
    """As much of a text's end as has room, without an accent whose letter was cut off."""
    if text.isascii():
        return text[max(len(text) - room, 0) :], len(text) > room
    taken = 0
    for number, character in enumerate(reversed(text)):
        taken += cells(character)
        if taken > room:
            kept = text[len(text) - number :]
            while kept and (unicodedata.combining(kept[0]) or not cells(kept[0])):
                kept = kept[1:]
            return kept, True
    return text, False
