"""How a spreadsheet calls its cells."""

import re


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
