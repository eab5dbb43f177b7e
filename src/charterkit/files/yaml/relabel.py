"""Entries under other keys, or in another block, with every character of theirs.

What `edit.py` does to values is done here to whole entries: their text is cut out and put elsewhere, so that comments,
quotes and blank lines inside go with them. Text in, text out; whoever calls reads it back and compares.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from charterkit.files.yaml.emit import block, inline
from charterkit.files.yaml.marks import Mark, marks
from charterkit.findings import TreePath


class _Chunk(NamedTuple):
    """An entry in a text: its comments above, from where its own line begins, its key, and where it ends."""

    name: str
    start: int
    own: int
    key: Mark
    end: int

    def text(self, whole: str, key: str, *, comments: bool = True) -> str:
        """Its lines, under another key."""
        shown = whole[self.key.start : self.key.end] if key == self.name else inline(key)
        end = whole[self.key.end : self.end]
        lines = whole[self.start if comments else self.own : self.key.start] + shown + end
        return lines if lines.endswith("\n") else lines + _newline(whole)


def rekeyed(text: str, names: Mapping[TreePath, str]) -> str:
    """The text with other keys at some places, and everything that stands under them as it is."""
    found = marks(text) if names else {}
    keys = sorted(((mark.key, name) for at, name in names.items() if (mark := found.get(at)) and mark.key), key=_start)
    for key, name in reversed(keys):
        text = text[: key.start] + inline(name) + text[key.end :]
    return text


def _start(named: tuple[Mark, str]) -> int:
    return named[0].start


def relabelled(
    text: str,
    holder: str,
    becomes: Mapping[str, Sequence[str]],
    made: Mapping[str, tuple[str, dict[str, Any]]],
    aside: tuple[str, Sequence[str]],
) -> str | None:
    """The text whose block under the key `holder` has its entries under the keys that each `becomes`.

    `made` are new entries, by their key, each with the entry at whose place it comes; `aside` is the key of a block to
    be put at the text's end, and the entries that go there. None where the block is not written in lines of its own.
    """
    found = marks(text)
    chunks = _chunks(text, found, holder)
    if not chunks or {chunk.name for chunk in chunks} != set(becomes):
        return None
    pieces, kept, done, is_empty = [], [], 0, True
    for chunk in chunks:
        pieces.append(text[done : chunk.start])
        news = list(becomes[chunk.name])
        lines = [chunk.text(text, new, comments=not number) for number, new in enumerate(news)]
        lines += [_emitted(text, chunk, name, entry) for name, (at, entry) in made.items() if at == chunk.name]
        if chunk.name in aside[1]:
            kept.append(chunk.text(text, chunk.name))
        is_empty = is_empty and not lines
        pieces += lines
        done = chunk.end
    now = "".join([*pieces, text[done:]])
    if is_empty:
        key = found[holder,].key
        colon = now.find(":", key.end if key else 0) + 1
        now = f"{now[:colon]} {{}}{now[colon:]}"
    if not kept:
        return now
    end = _newline(text)
    return f"{now if now.endswith(chr(10)) else now + end}{inline(aside[0])}:{end}{''.join(kept)}"


def _chunks(text: str, found: Mapping[Any, Mark], holder: str) -> list[_Chunk]:
    """The entries of a block in their order; none where any of them has no lines of its own."""
    around = found.get((holder,))
    if around is None or around.flow or around.kind != "mapping" or around.key is None:
        return []
    inside = sorted(
        ((mark.key, str(way[1]), mark) for way, mark in found.items() if way[:-1] == (holder,) and mark.key),
        key=lambda each: each[0].start,
    )
    made: list[_Chunk] = []
    before = _line_end(text, around.key.end)
    for key, name, mark in inside:
        own = text.rfind("\n", 0, key.start) + 1
        if own < before or text[own : key.start].strip():
            return []
        end = mark.end if mark.end > key.end and text[mark.end - 1] == "\n" else _line_end(text, max(mark.end, key.end))
        made.append(_Chunk(name, _above(text, own, before, key.start - own), own, key, end))
        before = end
    return made


def _above(text: str, own: int, least: int, column: int) -> int:
    """Where the comments begin that stand right above a line, as far to the right as it."""
    start = own
    while start > least:
        line = text.rfind("\n", 0, start - 1) + 1
        if line < least or not text[line:start].startswith(" " * column + "#"):
            break
        start = line
    return start


def _emitted(text: str, chunk: _Chunk, name: str, entry: dict[str, Any]) -> str:
    end = _newline(text)
    return "".join(line + end for line in block({name: entry}, chunk.key.column - 1))


def _line_end(text: str, at: int) -> int:
    """Where the next line begins."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
