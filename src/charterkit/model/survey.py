"""A survey's totals, never a person's answers."""

from dataclasses import field
from decimal import Decimal
from typing import ClassVar, Self

from charterkit.choices import SurveyAudience
from charterkit.findings import Code
from charterkit.model.base import BadValue, Count, Id, Model, Scalar, YesNo, entry
from charterkit.model.dates import PartialDate
from charterkit.records import dataclass
from charterkit.text.later import later

SMALLEST_GROUP = 5
"""A group of fewer answers is not shown, unless the survey says otherwise."""
_HOW_MANY = later(r"([0-9]{1,9})|([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class HowMany(Scalar):
    """How many gave an answer: so many of them, or so many of a hundred."""

    number: Decimal
    is_percent: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 160 or 61.5%. Raises BadValue for anything else, and for more than 100%."""
        found = _HOW_MANY.fullmatch(text)
        if found and found[1]:
            return cls(Decimal(found[1]))
        if found and Decimal(found[2]) <= 100:  # noqa: PLR2004 - per cent
            return cls(Decimal(found[2]), is_percent=True)
        said = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        why = "is more than 100%" if found else "is neither a whole number nor a percentage"
        raise BadValue(Code.NOT_A_NUMBER, f"'{said}' {why}", "Write how many, such as 61, or a share, such as 61%.")

    def __str__(self) -> str:
        """As files keep it."""
        return f"{self.number}%" if self.is_percent else str(self.number)


@entry
class Totals:
    """How many gave each answer: agree, neutral and disagree, or `answers` with the survey's own words."""

    agree: Count | None = None
    """How many agreed."""
    neutral: Count | None = None
    """How many neither agreed nor disagreed."""
    disagree: Count | None = None
    """How many disagreed."""
    answers: dict[Id, HowMany] = field(default_factory=dict)
    """The survey's own answers in their order, instead: each answer's short name and how many gave it, or its share
    as a percentage."""
    responses: Count | None = None
    """How many answered, where it is other than those who answered the survey and the answers are percentages."""


@entry
class GroupTotals(Totals):
    """What the families of one focus group answered."""

    withheld: YesNo | None = None
    """yes where so few answered, or so few others, that the group's totals are not kept."""


@entry
class Question(Totals):
    """One question and how many agreed."""

    id: Id
    """Its short name, which evidence uses: small letters, digits and hyphens."""
    text: str
    """The question, word for word."""
    aspects: tuple[Id, ...] = ()
    """The charter's aspects that the answers are evidence for."""
    agreeing: tuple[Id, ...] = ()
    """Those of `answers` that count as agreeing, where they are other words than yes, agree and strongly-agree."""
    groups: dict[Id, GroupTotals] = field(default_factory=dict)
    """What the families of the charter's focus groups answered, by the group's id; small ones are never shown."""


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
    smallest_group: Count | None = None
    """The fewest answers of a group that may be shown; 5 when left out."""
    questions: tuple[Question, ...]
    """What was asked and how many agreed: totals only, never a person's answers."""
    you_said_we_did: tuple[YouSaidWeDid, ...] = ()
    """What families said and what the school did about it."""
