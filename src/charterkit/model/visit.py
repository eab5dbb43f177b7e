"""A visit of an adviser: support, or certification."""

from typing import ClassVar

from pydantic import Field

from charterkit.choices import VisitOutcome, VisitPurpose
from charterkit.model.base import Id, Model, entry
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evidence, Person


@entry
class VisitFinding:
    """The visitor's own rating of an aspect, kept apart from the school's."""

    rating: Id | None = None
    """The visitor's rating: a level of the charter's scale, or not-applicable."""
    note: str | None = None
    """What the visitor saw or heard."""


@entry
class Certificate:
    """What a met certification visit ends in."""

    number: str
    """The certificate's number, such as CE-2026-014."""
    issued: PartialDate | None = None
    """When it was given."""
    valid_until: PartialDate | None = None
    """The last day, month or year it holds."""


@entry
class Support:
    """One thing the adviser did to help."""

    what: str
    """What the adviser did, such as joined the self-evaluation discussion."""
    date: PartialDate | None = None
    """When."""


class Visit(Model):
    """One visit."""

    ENTRIES: ClassVar = (("findings", "*"), ("support_log", "*"))

    school: Id | None = None
    """The folder's own school when left out."""
    charter: Id | None = None
    """The id of the charter the visit is about."""
    charter_version: str | None = None
    """The charter's version, such as "1"."""
    date: PartialDate | None = None
    """The day of the visit."""
    purpose: VisitPurpose | None = None
    """support, or certification."""
    requested: PartialDate | None = None
    """When the school asked for it."""
    visitors: tuple[Person, ...] = ()
    """Who came."""
    looked_at: tuple[Evidence, ...] = ()
    """What the visitors looked at and whom they talked with."""
    findings: dict[Id, VisitFinding] = Field(default_factory=dict)
    """The visitor's own rating of each aspect, by the aspect's id."""
    outcome: VisitOutcome | None = None
    """Of a certification visit: met, or not-yet."""
    award: Id | None = None
    """Which of the charter's awards a met certification visit ends in, by its id."""
    certificate: Certificate | None = None
    """What a met certification visit ends in."""
    support_log: tuple[Support, ...] = ()
    """What the adviser did to help."""
