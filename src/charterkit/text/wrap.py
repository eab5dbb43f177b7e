"""Lines of so many cells of a terminal, broken between words.

A terminal counts cells, not characters: a Chinese character or an emoji takes two, a combining accent none. `textwrap`
counts characters, and rich breaks words; where our own plain English is set, `textwrap` does.
"""

import re
from collections.abc import Iterable, Iterator

_UNIT = re.compile(r"(?:(?<=: )|^)charterkit .*|(?<!\S)'[^'\n]+'[^\s']*|\S+")
"""What is not broken: a word, something in quotes, and a command at the end of a line, so that it can be copied."""


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - slow to import, and most lines are ASCII

    return cell_len(text)


def filled(units: Iterable[str], columns: int, indent: str = "") -> list[str]:
    """Words, or what else stays whole, in lines of at most so many cells, each behind the indent.

    One that is longer than a line stands on a line of its own.
    """
    lines: list[str] = []
    for unit in units:
        if lines and cells(lines[-1]) + 1 + cells(unit) <= columns:
            lines[-1] += f" {unit}"
        else:
            lines.append(indent + unit)
    return lines


def hung(lead: str, text: str, columns: int) -> str:
    """A text behind what it is about, such as a key, in lines that all begin where the first one does."""
    lines = filled(text.split(), columns, " " * cells(lead))
    return lead + "\n".join(lines)[cells(lead) :]


def broken(line: str, columns: int) -> list[str]:
    """A line in pieces of at most so many cells, all with its indent; what is in quotes, and a command at the end, is
    broken only where it is longer than a line. 0 columns: it stays whole.
    """
    if not columns or cells(line) <= columns:
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))]
    return filled(_units(line.strip(), columns - len(indent)), columns, indent) or [indent]


def _units(line: str, columns: int) -> Iterator[str]:
    for unit in _UNIT.findall(line):
        if cells(unit) <= columns:
            yield unit
        else:
            yield from unit.split()
