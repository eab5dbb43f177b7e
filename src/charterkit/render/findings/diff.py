"""What would change in a file, as a patch that git and patch take."""

import difflib


def unified(path: str, before: bytes, after: bytes) -> str:
    """The lines that differ, with three around them; empty where none does. Only line feeds end a line."""
    old, new = (_lines(data.decode(errors="replace")) for data in (before, after))
    made = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made)


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])
