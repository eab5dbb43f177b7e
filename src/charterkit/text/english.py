"""Numbers and lists as a sentence has them: in English, or in the language that is spoken (text/speech.py)."""

import re
from collections.abc import Sequence

from charterkit.text.later import later
from charterkit.text.speech import has_words, ntr, ptr, tr

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(count: int) -> str:
    """Up to ten as a word, above in figures: "six", "27", "1,204". In other languages than English in figures."""
    if has_words():
        return f"{count:,}"
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def plural(count: int, text: str, many: str = "") -> str:
    """The word that goes with a number, without it: "aspect" or "aspects"; "is" or "are"."""
    return text if count == 1 else many or text + "s"


def counted(count: int, text: str, many: str = "") -> str:
    """As in "one aspect", "six aspects", "no aspects"."""
    return f"{number(count)} {ntr(text, many or text + 's', count)}"


def figures(count: int, text: str, many: str = "") -> str:
    """The same with figures throughout, as lists and logs have it: "1 aspect", "1,204 aspects", "0 aspects"."""
    return f"{count:,} {plural(count, text, many)}"


def joined(parts: Sequence[str]) -> str:
    """As in "red", "red and amber", "red, amber and green"."""
    return _listed(parts, "%(before)s and %(last)s")


def joined_some(parts: Sequence[str], most: int = 4) -> str:
    """The same of a few; of more the first ones and how many others: "a, b, c, d and 3 more"."""
    rest = [tr("%(count)s more", count=len(parts) - most)] if len(parts) > most else []
    return joined([*parts[:most], *rest])


def alternatives(parts: Sequence[str]) -> str:
    """As in "red", "red or amber", "red, amber or green"."""
    return _listed(parts, "%(before)s or %(last)s")


def _listed(parts: Sequence[str], both: str) -> str:
    if len(parts) < 2:  # noqa: PLR2004 - a list of one needs no word between
        return "".join(parts)
    context = "before a vowel" if has_words() and _VOWEL.match(parts[-1]) else ""
    return ptr(context, both, before=", ".join(parts[:-1]), last=parts[-1])


_VOWEL = later(r"[aeiouwyâêîôûŵŷ]|(?:1|8|11|8[0-9])(?![0-9])", re.IGNORECASE)
"""What is read out with a vowel at its start, in Welsh: 1 is un, 8 wyth, 11 un ar ddeg, 80 wyth deg."""


def sentence(text: str) -> str:
    """With a capital at the start and a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def first_sentence(text: str) -> str:
    """A text up to the first full stop that a capital letter, or nothing, follows: "St. Anne" ends no sentence."""
    words = " ".join(text.split())
    found = _END.search(words)
    return words[: found.start() + 1] if found else words


_END = later(r"(?<![ .][A-Z])(?<!\b(?:St|Mr|Ms|Dr|No))(?<!\bMrs)[.!?](?= [A-Z‘“])")


def plain(label: str) -> str:
    """A label in the middle of a sentence: "Amber" becomes "amber", "RAG" stays."""
    return label.lower() if label == label.capitalize() else label
