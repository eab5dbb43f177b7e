"""The most that is taken of a workbook from anybody, and how one is refused."""

from typing import NamedTuple

SAVE = "Save it in Excel or LibreOffice as “Excel workbook (.xlsx)”, without a password."
MOST_PARTS = 500
MOST_BYTES = 8 * 1024 * 1024
"""Of all parts together, unpacked: thirty times what a large form has."""
MOST_INDEX_BYTES = 256 * 1024
"""Of the parts that list the sheets."""
MOST_SHEETS = 30
MOST_ROWS, MOST_COLUMNS = 5_000, 200
MOST_ELEMENTS = 200_000
"""Of one sheet's XML; a form of three hundred aspects has ten thousand."""
MOST_PLACES = 250_000
"""From the first cell to the last of the sheets that are read, empty ones too."""
MOST_LETTERS = 8 * 1024 * 1024
"""Of all cells together: a text that many cells share counts each time, as each cell gets it."""


class Limits(NamedTuple):
    """The most that is taken of one table."""

    bytes: int
    rows: int
    elements: int
    places: int
    letters: int


FORM = Limits(MOST_BYTES, MOST_ROWS, MOST_ELEMENTS, MOST_PLACES, MOST_LETTERS)
ANSWERS = Limits(64 * 1024 * 1024, 20_000, 3_000_000, 1_500_000, 32 * 1024 * 1024)
"""Of a form tool's export: ten thousand people and a hundred questions."""
REGISTER = Limits(64 * 1024 * 1024, 60_000, 3_000_000, 1_500_000, 32 * 1024 * 1024)
"""Of a register of policies: those of a thousand schools."""
FEWER = "Delete what lies below and beside the table, or copy what matters into a fresh one."
SHORTER = "Write it shorter, or keep it elsewhere."


class UnfitBookError(Exception):
    """What is wrong with the workbook, as the rest of a sentence that begins with its name, and what to do."""

    def __init__(self, message: str, hint: str = SAVE) -> None:
        super().__init__(message)
        self.hint = hint
