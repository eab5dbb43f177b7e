"""How a spreadsheet calls its cells."""

import re
from decimal import Decimal


def cell(sheet: str, row: int, column: int) -> str:
    """A cell's place by its row and column from 0: Self-evaluation!F12."""
    name = sheet if re.fullmatch(r"[\w-]+", sheet) else f"'{sheet}'"
    return f"{name}!{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """A column's letters by its number from 0: A, Z, AA."""
    made = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(ord("A") + rest) + made
    return made


def number_text(value: float, *, is_percent: bool) -> str:
    """A number as the sheet shows it: 1.1, 3, or 62% where the cell is formatted so."""
    shown = Decimal(f"{value:.12g}")
    return f"{_plain(shown * 100)}%" if is_percent else _plain(shown)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
