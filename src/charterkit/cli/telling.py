"""Sentences on stderr: in a terminal broken between words, in a pipe each on its line."""

import os
import re
import sys
from collections.abc import Callable, Iterator

_UNIT = re.compile(r"(?:(?<=: )|^)charterkit .*|(?<!\S)'[^'\n]+'[^\s']*|\S+")
"""What is not broken: a word, something in quotes, and a command at the end of a line, so that it can be copied."""
_NARROWEST = 20


def tell(text: str) -> None:
    """Write lines to stderr; what is invisible or turns other text round becomes U+FFFD."""
    from charterkit.text.safe import shown

    columns = _columns()
    lines = shown(text).split("\n")
    sys.stderr.write("".join(f"{part}\n" for line in lines for part in broken(line, columns)))


def _columns() -> int:
    """How wide the terminal behind stderr is; 0 where there is none."""
    if not sys.stderr.isatty():
        return 0
    try:
        return max(os.get_terminal_size(sys.stderr.fileno()).columns or 80, _NARROWEST)
    except OSError:
        return 80


def broken(line: str, columns: int) -> list[str]:
    """A line in pieces of at most so many columns, and of one word where that is longer; 0: it stays whole."""
    from rich.cells import cell_len

    if not columns or cell_len(line) <= columns:
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))]
    rows = [""]
    for unit in _units(line.strip(), columns - len(indent), cell_len):
        joined = f"{rows[-1]} {unit}" if rows[-1] else unit
        if rows[-1] and cell_len(joined) > columns - len(indent):
            rows.append(unit)
        else:
            rows[-1] = joined
    return [indent + row for row in rows]


def _units(line: str, columns: int, width: Callable[[str], int]) -> Iterator[str]:
    """What is kept together, unless it is longer than a line."""
    for unit in _UNIT.findall(line):
        if width(unit) <= columns:
            yield unit
        else:
            yield from unit.split()
