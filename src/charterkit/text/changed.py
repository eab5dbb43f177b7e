"""Two texts beside each other, the words that only one of them has in brackets: what changed shows without colour."""

from collections.abc import Iterable
from difflib import SequenceMatcher

MOST_WORDS = 400
"""Of a text; beyond that comparing takes long, and brackets tell nobody anything."""
_LEAST_ALIKE = 0.4
"""Texts of which less is the same are simply two texts."""


def changed(before: str, after: str) -> tuple[str, str]:
    """Both texts on one line, the `[words]` that the other lacks in brackets; as they are where few are shared."""
    old, new = before.split(), after.split()
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        return " ".join(old), " ".join(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_ALIKE:
        return " ".join(old), " ".join(new)
    steps = matcher.get_opcodes()
    return (
        _marked((old[start:end], kind == "equal") for kind, start, end, _, _ in steps),
        _marked((new[start:end], kind == "equal") for kind, _, _, start, end in steps),
    )


def _marked(runs: Iterable[tuple[list[str], bool]]) -> str:
    return " ".join(" ".join(words) if is_same else f"[{' '.join(words)}]" for words, is_same in runs if words)
