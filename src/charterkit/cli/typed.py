"""What people type, and what Word and web pages make of it, before the command line reads it."""

import os
import re
from collections.abc import Iterator, Sequence

from charterkit.text.later import later

_WORD_DASHES = later(r"[–—−]-?(?=[a-z][a-z-]*(?:=|$))")
"""The dashes that Word writes in place of one or two hyphens, before what looks like an option."""
_OPENING, _CLOSING = "“„", "”“"


def understood(arguments: Sequence[str]) -> list[str]:
    """The call as it is meant: `–audience` is `--audience`, `“Elm School”` one name, and `help` asks for help."""
    words = list(_quoted([_dashed(word) for word in arguments]))
    if words[:1] == ["help"]:
        return [*words[1:], "--help"]
    return words


def _dashed(word: str) -> str:
    found = _WORD_DASHES.match(word)
    if not found or os.path.lexists(word):
        return word
    rest = word[found.end() :]
    return f"-{rest}" if len(rest) == 1 else f"--{rest}"


def _quoted(words: Sequence[str]) -> Iterator[str]:
    """Words between curly quotes are one: a shell knows only straight ones."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        end = _closing(word, rest)
        if end is None:
            yield word
            continue
        whole = " ".join([word, *rest[:end]])
        del rest[:end]
        at = next(place for place, letter in enumerate(whole) if letter in _OPENING)
        yield whole[:at] + whole[at + 1 : -1]


def _closing(word: str, rest: Sequence[str]) -> int | None:
    """How many of the words after one that opens curly quotes are within them; None where nothing is opened."""
    value = word.partition("=")[2] if word.startswith("-") else word
    if not value or value[0] not in _OPENING:
        return None
    ends = (number for number, text in enumerate([value[1:], *rest]) if text and text[-1] in _CLOSING)
    return next(ends, None)


def as_typed(words: Sequence[str]) -> str:
    """A whole call as a person types it."""
    return as_command("charterkit", *words)


def as_command(*words: str) -> str:
    """A command with quotes around the words that need them."""
    return " ".join(map(_in_quotes, words))


def _in_quotes(word: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_./:=@%+,~-]+", word):
        return word
    return '"' + re.sub(r'(["\\$`])', r"\\\1", word) + '"'
