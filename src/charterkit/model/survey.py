"""A survey's totals, never a person's answers."""

from typing import ClassVar

from charterkit.choices import SurveyAudience
from charterkit.model.base import Count, Id, Model, entry
from charterkit.model.dates import PartialDate


@entry
class Question:
    """One question and how many agreed."""

    id: Id
    """Its short name, which evidence uses: small letters, digits and hyphens."""
    text: str
    """The question, word for word."""
    aspects: tuple[Id, ...] = ()
    """The charter's aspects that the answers are evidence for."""
    agree: Count | None = None
    """How many agreed."""
    neutral: Count | None = None
    """How many neither agreed nor disagreed."""
    disagree: Count | None = None
    """How many disagreed."""


@entry
class YouSaidWeDid:
    """What families said and what the school did about it."""

    said: str
    """What families said."""
    did: str | None = None
    """What the school did about it."""
    date: PartialDate | None = None
    """When it was done."""


class Survey(Model):
    """One survey."""

    ENTRIES: ClassVar = (("questions", "*"), ("you_said_we_did", "*"))

    title: str
    """The survey's name, as people read it."""
    date: PartialDate | None
    """When it was held: a day, a month or a year."""
    audience: SurveyAudience | None = None
    """Who was asked."""
    sent: Count | None = None
    """How many were asked."""
    responses: Count | None = None
    """How many answered."""
    questions: tuple[Question, ...]
    """What was asked and how many agreed: totals only, never a person's answers."""
    you_said_we_did: tuple[YouSaidWeDid, ...] = ()
    """What families said and what the school did about it."""
