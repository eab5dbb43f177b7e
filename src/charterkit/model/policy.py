"""A policy and its whole control history."""

from typing import Annotated, ClassVar

from pydantic import Field

from charterkit.choices import (
    APPROVERS,
    AUDIENCES,
    Approver,
    Audience,
    MonthWord,
    PolicyEventKind,
    PolicyStatus,
    Term,
    Visibility,
)
from charterkit.model.base import Count, Id, Model, YesNo, entry, in_short, several, several_words
from charterkit.model.charter import Reference
from charterkit.model.dates import Interval, PartialDate, ReviewDate
from charterkit.model.evaluation import Person
from charterkit.model.recurrences import Recurrence


@entry
class Review:
    """How often the policy is reviewed."""

    every: Interval | None = None
    """How long from one review to the next: 1 year, 18 months; or live, or as needed."""
    month: MonthWord | None = None
    """The month in which it keeps its place: a review done up to four weeks before leaves it there."""
    term: Term | None = None
    """The term in which it keeps its place, in the same way."""
    early_if: str | None = None
    """What would bring the review forward."""


@entry
class PolicyEvent:
    """One line of the document history."""

    date: PartialDate
    """When it happened: a day, a month or a year."""
    event: PolicyEventKind
    """What happened to the policy."""
    version: str | None = None
    """The version it happened to, such as "1.0"."""
    by: str | None = None
    """A name, a body, or initials explained under `people`."""
    outcome: str | None = None
    """What was decided."""
    note: str | None = None
    """What else is worth knowing."""


@entry
class ApprovalStep:
    """One body of the chain in which one reviews and another ratifies."""

    step: PolicyEventKind
    """What the body does: reviews, approves, ratifies ..."""
    by: str
    """The body, by name."""
    every: Interval | None = None
    """How often it does so, such as 2 years."""


@entry
class Monitoring:
    """Who watches over the policy and reports to whom."""

    who: str
    """Who watches over it, by role or name."""
    reports_to: str | None = None
    """To whom they report."""
    every: Recurrence | None = None
    """How often, such as each term."""


@entry
class Responsibility:
    """Who does what under the policy."""

    who: str
    """The role or the person."""
    does: str
    """What they do under the policy."""


@entry
class Publication:
    """Where the policy can be read, and by whom."""

    url: str | None = None
    """Where it can be read: a web address."""
    visibility: Visibility | None = None
    """Who may read it there."""
    published: PartialDate | None = None
    """When it was put there."""


@entry
class Commitment:
    """What the policy promises, to whom and how often."""

    id: Id
    """Its short name, unique in this file: small letters, digits and hyphens."""
    what: str
    """What is promised, such as a newsletter sent home."""
    when: Recurrence | None = None
    """How often: weekly, each term, every october and february, or "after: an event"."""
    from_: Annotated[PartialDate | None, Field(alias="from")] = None
    """The first date, where the recurrence needs one to be dated."""
    audience: Annotated[tuple[Audience, ...], several_words(AUDIENCES)] = ()
    """To whom it is promised: one of the words, or a list of several."""
    owner: Annotated[tuple[str, ...], several_words()] = ()
    """Who sees to it, by role or name; a list where several do."""
    aspects: tuple[Id, ...] = ()
    """The charter's aspects that keeping it serves."""
    applies_to: tuple[Id, ...] = ()
    """In a trust's policy: the members at which it is promised; all when left out."""


@entry
class Concern:
    """A concern raised under the policy: no story and no names; those stay in the school's safe."""

    id: Id
    """Its short name, unique in this file: small letters, digits and hyphens."""
    raised: PartialDate | None = None
    """When it was raised."""
    category: str | None = None
    """What sort of concern it is, in a word or two."""
    reference: str | None = None
    """The number of the file in the school's safe."""
    closed: PartialDate | None = None
    """When it was settled."""
    outcome: str | None = None
    """How it ended, without names."""


@entry
class ApprovedBy:
    """Who approves it: what sort of body, and which one by its own name."""

    body: Approver
    """What it is: full-governing-body, committee, headteacher ..."""
    name: str | None = None
    """What it is called here, such as Resources committee."""

    def __str__(self) -> str:
        """As it is called, else the word for what it is."""
        return self.name or self.body


@entry
class Acknowledged:
    """How many of the staff had said by a date that they have read it: a count, no names."""

    date: PartialDate
    """When they were counted."""
    staff: Count
    """How many have read it."""
    of: Count | None = None
    """Of how many."""


class Policy(Model):
    """One policy."""

    ENTRIES: ClassVar = (("history", "*"), ("commitments", "*"), ("concerns", "*"), ("acknowledged", "*"))

    id: Id
    """The policy's short name, which is also the file's: small letters, digits and hyphens."""
    title: str
    """The policy's name, as people read it."""
    status: PolicyStatus | None
    """live once it holds; draft, under-review or archived otherwise."""
    owner: Person | None = None
    """Who looks after the policy."""
    approver: Annotated[ApprovedBy | None, in_short("body", APPROVERS)] = None
    """Who approves it: one of the words, or {body: committee, name: Resources committee}."""
    operated_by: str | None = None
    """Who puts it into practice."""
    monitored_by: tuple[Monitoring, ...] = ()
    """Who watches over it, and to whom they report."""
    approval_chain: tuple[ApprovalStep, ...] = ()
    """The bodies it passes through, in order, where one reviews and another ratifies."""
    responsibilities: tuple[Responsibility, ...] = ()
    """Who does what under the policy."""
    statutory: YesNo | None = None
    """Whether the law requires the policy: yes or no."""
    requirement: Annotated[tuple[Id, ...], several()] = ()
    """The entry of a rule pack this policy answers, or a list of several."""
    issued: PartialDate | None = None
    """When it first came into force."""
    review: Review | None = None
    """How often it is reviewed."""
    next_review: ReviewDate | None = None
    """A date, or a term such as 2026-27-autumn, by whose last school day it is due; worked out when left out."""
    history: tuple[PolicyEvent, ...] = ()
    """Everything that happened to it, oldest first."""
    people: dict[str, str] = Field(default_factory=dict)
    """Who the initials are."""
    applies_to: tuple[Id, ...] = ()
    """On a trust's policy: the members it holds for; all when left out."""
    related: tuple[Id, ...] = ()
    """Other policies to be read with this one."""
    publication: Publication | None = None
    """Where it can be read, and by whom."""
    commitments: tuple[Commitment, ...] = ()
    """What it promises, to whom and how often."""
    definitions: dict[str, str] = Field(default_factory=dict)
    """Words the policy uses, each with what is meant by it."""
    references: tuple[Reference, ...] = ()
    """Publications the policy is based on."""
    concerns: tuple[Concern, ...] = ()
    """Concerns raised under the policy: no story and no names; those stay in the school's safe."""
    acknowledged: tuple[Acknowledged, ...] = ()
    """How many of the staff had read it by which date: counts, no names."""
    note: str | None = None
    """What else the office wants to remember of it; not shown to families."""
    document: str | None = None
    """The policy's own text, beside this file."""
    source: str | None = None
    """The document these facts were taken from."""
