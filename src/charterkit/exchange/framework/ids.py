"""Ids made of texts: short, no two alike, and the same again for the same text wherever it stands."""

from collections import Counter
from collections.abc import Iterable, Sequence

from charterkit.model.base import slug

_WORDS, _LETTERS, _MOST = 6, 48, 80
_SMALL = frozenset({"a", "an", "and", "are", "at", "for", "in", "is", "of", "on", "or", "the", "to", "with"})


def ids(texts: Sequence[str], taken: Iterable[str] = (), *, otherwise: str, is_whole: bool = False) -> list[str]:
    """An id for each text, of its first telling words, or of all of it with `is_whole`.

    `otherwise` begins those of texts without a letter that an id can have.
    """
    short = [slug(text)[:_LETTERS].strip("-") if is_whole else _short(text) for text in texts]
    counts = Counter(short)
    known = set(taken)
    reached: Counter[str] = Counter()
    made = []
    for text, wanted in zip(texts, short, strict=True):
        is_shared = counts[wanted] > 1
        base = _fit(slug(text)[:_MOST].strip("-") if is_shared else wanted, otherwise)
        found = base
        while found in known:
            reached[base] += 1
            found = f"{base}-{reached[base] + 1}"
        known.add(found)
        made.append(found)
    return made


def _short(text: str) -> str:
    words = slug(text).split("-")
    telling = [word for word in words if word not in _SMALL] or words
    return "-".join(telling[:_WORDS])[:_LETTERS].strip("-")


def _fit(made: str, otherwise: str) -> str:
    """One that begins with x- would be kept and ignored; one of digits alone is read as a number by some."""
    if not made:
        return otherwise
    return f"{otherwise}-{made}" if made.startswith("x-") or made == "x" or made.isdecimal() else made
