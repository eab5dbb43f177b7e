"""One thing that an aspect holds, as the guide's list of what can be changed has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from charterkit.model.evaluation import Action, Evidence
from charterkit.text.safe import shown

if TYPE_CHECKING:
    from charterkit.cli.guide import Guide
    from charterkit.files.workspace import SchoolFolder

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


def planned_words(action: Action) -> str:
    """An action with who and when."""
    more = [part for part in (action.owner, action.due.spoken if action.due else None) if part]
    return f"{action.action} ({', '.join(more)})" if more else action.action


def all_seen(found: Sequence[Evidence], folder: "SchoolFolder") -> list[str]:
    """What pieces of evidence show, else where they are; when that was, and what has become of their files since."""
    from charterkit.render.report.evidence import what_became

    became = what_became(folder)
    return [words for evidence in found if (words := _seen_words(evidence, became(evidence)))]


def _seen_words(evidence: Evidence, became: str) -> str:
    said = evidence.note or evidence.path or evidence.url or ""
    more = [part for part in (evidence.date.spoken if evidence.date else "", became) if part]
    return f"{said} ({', '.join(more)})" if said and more else said
