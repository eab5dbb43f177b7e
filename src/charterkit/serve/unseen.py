"""What nobody can see in a file's text, kept where somebody edits the text around it."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from charterkit.text.safe import visible

MOST = 200
"""Lines or letters that are compared each with each; of more that differ at one place, all are as they were typed."""


def put_back(typed: str, there: str) -> str:
    """A text as it was typed, with the file's own characters where the page showed another sign for them.

    `there` is the file's text; what the page showed is `visible(there)`. A sign that was taken out takes its character
    along.
    """
    shown = visible(there)
    if shown == there or len(shown) != len(there):
        return typed
    mine, lines = typed.splitlines(keepends=True), shown.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    made = []
    for (at, end), (first, last) in _pieces(lines, mine):
        own, old, held = "".join(mine[first:last]), "".join(lines[at:end]), there[starts[at] : starts[end]]
        made += [_letters(own, old, held)]
    return "".join(made)


def _letters(typed: str, shown: str, there: str) -> str:
    if typed == shown:
        return there
    pieces = _pieces(shown, typed)
    return "".join(there[at:end] if shown[at:end] == typed[a:b] else typed[a:b] for (at, end), (a, b) in pieces)


def _pieces(shown: Sequence[str], typed: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pieces of what was shown, each with the piece of what was typed that stands for it."""
    most, start, end = min(len(shown), len(typed)), 0, 0
    while start < most and shown[start] == typed[start]:
        start += 1
    while end < most - start and shown[-1 - end] == typed[-1 - end]:
        end += 1
    old, new = len(shown) - end, len(typed) - end
    yield (0, start), (0, start)
    if max(old, new) - start > MOST:
        yield (start, old), (start, new)
    else:
        for _, at, to, first, last in SequenceMatcher(None, shown[start:old], typed[start:new], False).get_opcodes():
            yield (start + at, start + to), (start + first, start + last)
    yield (old, len(shown)), (new, len(typed))
