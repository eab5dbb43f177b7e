"""One thing that an aspect holds, as the guide's list of what can be changed has it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from charterkit.records import dataclass
from charterkit.text.safe import shown

if TYPE_CHECKING:
    from charterkit.cli.guide import Guide

REMOVES = "-"
"""What is typed to take something out."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Held:
    """Its words in the list, and what changes it. Gives what to say then."""

    words: str
    change: Callable[["Guide"], str]


def done(what: str, text: str) -> str:
    """What is said after a change; `text` is what was typed."""
    return f"The {what} is {'taken out' if text == REMOVES else 'changed'}."


def short(text: str) -> str:
    """A text in one line of the list."""
    line = " ".join(shown(text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
