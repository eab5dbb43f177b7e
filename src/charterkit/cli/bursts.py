"""What was meant by keys: told from the keys and the seconds between them alone, without a clock or a terminal.

A key that nothing follows for a moment was pressed by hand and stands for itself. Keys that follow each other are a
word, which Enter ends. What arrives together with an answer belongs to that answer, never to the next question.
"""

import math
from collections.abc import Collection, Sequence

from charterkit.records import dataclass

ENTER, LEFT, RIGHT, BACKSPACE, NO_KEY = "enter", "left", "right", "backspace", ""
PASTED = "\x1b[200~"
"""Begins a key that is a whole pasted text."""

ALONE = 0.3
"""Seconds of silence after which one key stands for itself: longer than between two keys of a word typed quickly."""
UNDER_WAY = 1.0
"""The same for several keys, which look like a word."""
LOOKED_FOR = 2.0
"""The same for what may be the rest of a word whose keys somebody is looking for."""
GOING_ON = 2.5
"""Seconds within which a key may still belong to the word whose first key was taken for an answer."""
AT_ONCE = 0.02
"""Nobody presses a key this soon after another one: a paste, or what was typed while the program was busy."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What was taken last, and the words that it was read against."""

    text: str = ""
    words: Collection[str] = ()
    was_word: bool = True
    """Whether it was acted upon; False for the beginning of a word that no silence should have ended."""


@dataclass(frozen=True, slots=True)
class Said:
    """One whole thing that was said: a key's name, a character or a word; and how many keys it took."""

    text: str
    used: int
    is_rest: bool = False
    """It only ends a word that has been answered already."""
    is_at_once: bool = False
    """It came together with what was said before it."""
    is_pasted: bool = False
    is_ended: bool = False
    """Enter ended it."""


_NOTHING = Begun()


def said(keys: Sequence[str], gaps: Sequence[float], words: Collection[str], before: Begun = _NOTHING) -> Said | None:
    """The first whole thing in the keys; None where the next key has to be waited for.

    `gaps` has the seconds before each key, and at the end those since the last one. `words` are in small letters; Enter
    alone is an answer where it is one of them, and otherwise only ends a word that was taken without it.
    """
    for place, key in enumerate(keys):
        text = held(keys[:place])
        pasted = any(before_it.startswith(PASTED) for before_it in keys[:place])
        if place and gaps[place] >= patience(text, gaps[0], words, before):
            return _taken(Said(text, place, is_pasted=pasted), gaps[0], words, before)
        if key == ENTER:
            return _taken(Said(text or ENTER, place + 1, is_pasted=pasted, is_ended=True), gaps[0], words, before)
        if key in (LEFT, RIGHT, NO_KEY) and not text:
            return Said(key, place + 1)
    text = held(keys)
    if keys and gaps[len(keys)] >= patience(text, gaps[0], words, before):
        pasted = any(key.startswith(PASTED) for key in keys)
        return _taken(Said(text, len(keys), is_pasted=pasted), gaps[0], words, before)
    return None


def held(keys: Sequence[str]) -> str:
    """What stands there after the keys: their characters and pasted texts, less what was taken back."""
    text = ""
    for key in keys:
        if key == BACKSPACE:
            text = text[:-1]
        elif key.startswith(PASTED):
            text += key.removeprefix(PASTED).strip("\r\n")
        elif len(key) == 1:
            text += key
    return text


def patience(text: str, gap: float, words: Collection[str], before: Begun = _NOTHING) -> float:
    """Seconds of silence after which what was typed is whole; `gap` are those before its first key."""
    if not text:
        return math.inf
    if before.text and gap < GOING_ON and _begins(before.text + text, before.words):
        return LOOKED_FOR
    others = set(words) - {_plain(text)}
    is_whole = _plain(text) in words and not _begins(text, others)
    is_key = len(text) == 1 and not (text.isdecimal() and _begins(text, others))
    return ALONE if is_key or is_whole else UNDER_WAY


def _taken(found: Said, gap: float, words: Collection[str], before: Begun) -> Said:
    """The same, told whether it belongs to what was said before it."""
    is_at_once = gap < AT_ONCE
    goes_on = bool(before.text) and gap < GOING_ON
    if goes_on and found.text == ENTER and ENTER not in words:
        return Said(ENTER, found.used, is_rest=True, is_ended=True)
    is_by_hand = len(found.text) == 1 and not found.is_ended and not found.is_pasted
    if goes_on and not is_by_hand and _plain(before.text + found.text) in before.words:
        whole = found.text if before.was_word else before.text + found.text
        return Said(whole, found.used, is_rest=before.was_word, is_ended=found.is_ended)
    return Said(found.text, found.used, is_at_once=is_at_once, is_pasted=found.is_pasted, is_ended=found.is_ended)


def _begins(text: str, words: Collection[str]) -> bool:
    start = _plain(text)
    return any(word.startswith(start) for word in words)


def _plain(text: str) -> str:
    return text.casefold()
