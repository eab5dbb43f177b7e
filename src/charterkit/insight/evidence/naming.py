"""What makes two pieces of evidence the same one, and what each is called."""

from collections.abc import Mapping
from typing import Any

from charterkit.model.evaluation import Evidence

SEEN = ("walkthrough", "observation", "conversation")
"""Kinds that somebody has seen or heard: each time is a piece of its own."""
_NAMES = {"document": ("path",), "link": ("url",), "survey": ("survey", "question")}
_OF_A_TIME = ("date", "by", "with", "note")


def identity(piece: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells a piece, as files hold it, from others: what it names; of what was seen or heard, when, whom and what.

    A kind that names nothing, such as a document without a path, is told by its words.
    """
    kind = str(piece.get("kind", ""))
    named = tuple(str(piece.get(key) or "") for key in _NAMES.get(kind, ()))
    return (kind, *named) if any(named) else (kind, *(str(piece.get(key) or "") for key in _OF_A_TIME))


def identity_of(evidence: Evidence) -> tuple[str, ...]:
    """The same of a piece that was read."""
    return identity(
        {
            "kind": evidence.kind,
            "path": evidence.path,
            "url": evidence.url,
            "survey": evidence.survey,
            "question": evidence.question,
            "date": evidence.date,
            "by": evidence.by,
            "with": evidence.with_,
            "note": evidence.note,
        }
    )
