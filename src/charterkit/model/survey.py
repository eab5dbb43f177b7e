"""A survey's totals, never a person's answers."""

from typing import ClassVar, Literal

from charterkit.model.base import Count, Id, Model, entry
from charterkit.model.dates import PartialDate


@entry
class Question:
    """One question and how many agreed."""

    id: Id
    text: str
    aspects: tuple[Id, ...] = ()
    """The charter's aspects that the answers are evidence for."""
    agree: Count | None = None
    neutral: Count | None = None
    disagree: Count | None = None


@entry
class YouSaidWeDid:
    """What families said and what the school did about it."""

    said: str
    did: str | None = None
    date: PartialDate | None = None


class Survey(Model):
    """One survey."""

    ENTRIES: ClassVar = (("questions", "*"), ("you_said_we_did", "*"))

    title: str
    date: PartialDate | None
    audience: Literal["parents", "pupils", "staff", "community"] | None = None
    sent: Count | None = None
    responses: Count | None = None
    questions: tuple[Question, ...]
    you_said_we_did: tuple[YouSaidWeDid, ...] = ()
