"""A policy and its whole control history."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from charterkit.model.base import Id, Model, YesNo, entry
from charterkit.model.charter import Reference
from charterkit.model.dates import Interval, PartialDate, Recurrence
from charterkit.model.evaluation import Person

Approver = Literal[
    "full-governing-body",
    "committee",
    "individual-governor",
    "headteacher",
    "trustees",
    "proprietor",
    "local-authority",
]
PolicyEventKind = Literal[
    "drafted", "consulted", "reviewed", "approved", "ratified", "issued", "published", "signed", "withdrawn"
]
Audience = Literal["parents", "pupils", "staff", "community", "governors"]


@entry
class Review:
    """How often the policy is reviewed."""

    every: Interval | None = None
    early_if: str | None = None
    """What would bring the review forward."""


@entry
class PolicyEvent:
    """One line of the document history."""

    date: PartialDate
    event: PolicyEventKind
    version: str | None = None
    by: str | None = None
    """A name, a body, or initials explained under `people`."""
    outcome: str | None = None
    note: str | None = None


@entry
class ApprovalStep:
    """One body of the chain in which one reviews and another ratifies."""

    step: PolicyEventKind
    by: str
    every: Interval | None = None


@entry
class Monitoring:
    """Who watches over the policy and reports to whom."""

    who: str
    reports_to: str | None = None
    every: Recurrence | None = None


@entry
class Responsibility:
    """Who does what under the policy."""

    who: str
    does: str


@entry
class Publication:
    """Where the policy can be read, and by whom."""

    url: str | None = None
    visibility: Literal["public", "parents", "staff", "governors"] | None = None
    published: PartialDate | None = None


@entry
class Commitment:
    """What the policy promises families, and how often."""

    id: Id
    what: str
    when: Recurrence | None = None
    from_: Annotated[PartialDate | None, Field(alias="from")] = None
    """The first date, where the recurrence needs one to be dated."""
    audience: Audience | None = None
    owner: str | None = None
    aspects: tuple[Id, ...] = ()
    """The charter's aspects that keeping it serves."""


@entry
class Concern:
    """A concern raised under the policy: no story and no names; those stay in the school's safe."""

    id: Id
    raised: PartialDate | None = None
    category: str | None = None
    reference: str | None = None
    closed: PartialDate | None = None
    outcome: str | None = None


class Policy(Model):
    """One policy."""

    ENTRIES: ClassVar = (("history", "*"), ("commitments", "*"), ("concerns", "*"))

    id: Id
    title: str
    status: Literal["draft", "live", "under-review", "archived"] | None
    owner: Person | None = None
    approver: Approver | None = None
    operated_by: str | None = None
    monitored_by: tuple[Monitoring, ...] = ()
    approval_chain: tuple[ApprovalStep, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    statutory: YesNo | None = None
    requirement: Id | None = None
    """The entry of a rule pack this policy answers."""
    issued: PartialDate | None = None
    review: Review | None = None
    next_review: PartialDate | None = None
    """Stated; worked out from the last event and `every` when left out."""
    history: tuple[PolicyEvent, ...] = ()
    people: dict[str, str] = Field(default_factory=dict)
    """Who the initials are."""
    applies_to: tuple[Id, ...] = ()
    """On a trust's policy: the members it holds for; all when left out."""
    related: tuple[Id, ...] = ()
    """Other policies to be read with this one."""
    publication: Publication | None = None
    commitments: tuple[Commitment, ...] = ()
    definitions: dict[str, str] = Field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    concerns: tuple[Concern, ...] = ()
    document: str | None = None
    """The policy's own text, beside this file."""
    source: str | None = None
    """The document these facts were taken from."""
