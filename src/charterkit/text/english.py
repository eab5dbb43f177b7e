"""Numbers and lists as an English sentence has them."""

import re
from collections.abc import Sequence

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(count: int) -> str:
    """Up to ten as a word, above in figures: "six", "27", "1,204"."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def plural(count: int, text: str, many: str = "") -> str:
    """The word that goes with a number, without it: "aspect" or "aspects"; "is" or "are"."""
    return text if count == 1 else many or text + "s"


def counted(count: int, text: str, many: str = "") -> str:
    """As in "one aspect", "six aspects", "no aspects"."""
    return f"{number(count)} {plural(count, text, many)}"


def figures(count: int, text: str, many: str = "") -> str:
    """The same with figures throughout, as lists and logs have it: "1 aspect", "1,204 aspects", "0 aspects"."""
    return f"{count:,} {plural(count, text, many)}"


def joined(parts: Sequence[str]) -> str:
    """As in "red", "red and amber", "red, amber and green"."""
    return _listed(parts, "and")


def joined_some(parts: Sequence[str], most: int = 4) -> str:
    """The same of a few; of more the first ones and how many others: "a, b, c, d and 3 more"."""
    rest = [f"{len(parts) - most} more"] if len(parts) > most else []
    return joined([*parts[:most], *rest])


def alternatives(parts: Sequence[str]) -> str:
    """As in "red", "red or amber", "red, amber or green"."""
    return _listed(parts, "or")


def _listed(parts: Sequence[str], word: str) -> str:
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}" if len(parts) > 1 else "".join(parts)


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


_END = re.compile(r"(?<![ .][A-Z])(?<!\b(?:St|Mr|Ms|Dr|No))(?<!\bMrs)[.!?](?= [A-Z‘“])")


def plain(label: str) -> str:
    """A label in the middle of a sentence: "Amber" becomes "amber", "RAG" stays."""
    return label.lower() if label == label.capitalize() else label
