"""A visit of an adviser: support, or certification."""

from typing import ClassVar, Literal

from pydantic import Field

from charterkit.model.base import Id, Model, entry
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evidence, Person


@entry
class VisitFinding:
    """The visitor's own rating of an aspect, kept apart from the school's."""

    rating: Id | None = None
    note: str | None = None


@entry
class Certificate:
    """What a met certification visit ends in."""

    number: str
    issued: PartialDate | None = None
    valid_until: PartialDate | None = None


@entry
class Support:
    """One thing the adviser did to help."""

    what: str
    date: PartialDate | None = None


class Visit(Model):
    """One visit."""

    ENTRIES: ClassVar = (("findings", "*"), ("support_log", "*"))

    school: Id | None = None
    """The folder's own school when left out."""
    charter: Id | None = None
    charter_version: str | None = None
    date: PartialDate | None = None
    purpose: Literal["support", "certification"] | None = None
    requested: PartialDate | None = None
    visitors: tuple[Person, ...] = ()
    looked_at: tuple[Evidence, ...] = ()
    findings: dict[Id, VisitFinding] = Field(default_factory=dict)
    outcome: Literal["met", "not-yet"] | None = None
    certificate: Certificate | None = None
    support_log: tuple[Support, ...] = ()
