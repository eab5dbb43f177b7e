"""A visit of an adviser: support, or certification."""

from dataclasses import field
from typing import ClassVar

from pydantic import Field

from charterkit.choices import VisitOutcome, VisitPurpose
from charterkit.model.base import Id, Model, TextHash, YesNo, entry
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evidence, Person


@entry
class VisitFinding:
    """The visitor's own rating of an aspect, kept apart from the school's."""

    rating: Id | None = None
    """The visitor's rating: a level of the charter's scale, or not-applicable."""
    note: str | None = None
    """What the visitor saw or heard."""
    reason: str | None = None
    """Why it does not apply; or why a certification visit is met although the aspect is below the mark."""
    groups: dict[Id, Id] = field(default_factory=dict)
    """The visitor's own level for one of the charter's focus groups."""
    looked_at: tuple[Evidence, ...] = ()
    """What the visitor looked at for this aspect, and whom they talked with."""


@entry
class SchoolAnswer:
    """What the school says to what the visitor wrote. It stands beside it, and changes nothing in it."""

    accurate: YesNo | None = None
    """Whether the school finds what the visitor wrote accurate: yes or no."""
    note: str | None = None
    """What the school has to say to it."""
    by: str | None = None
    """Who answered for the school."""
    date: PartialDate | None = None
    """When."""


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
    charter_text: TextHash | None = None
    """What the charter's text was when the visit was recorded: sha256: and 64 digits, written by charterkit."""
    date: PartialDate | None = None
    """The day of the visit."""
    purpose: VisitPurpose | None = None
    """support, or certification."""
    requested: PartialDate | None = None
    """When the school asked for it."""
    requested_by: str | None = None
    """Who asked for the school."""
    proposed_dates: tuple[PartialDate, ...] = ()
    """The days that the school proposed."""
    agreed_dates: tuple[PartialDate, ...] = ()
    """The days that the school and the visitor have agreed on."""
    anyway: str | None = None
    """Why the school asked although something was still missing."""
    visitors: tuple[Person, ...] = ()
    """Who came."""
    looked_at: tuple[Evidence, ...] = ()
    """What the visitors looked at and whom they talked with."""
    findings: dict[Id, VisitFinding] = Field(default_factory=dict)
    """The visitor's own rating of each aspect, by the aspect's id."""
    summary: str | None = None
    """What the visitor says of the whole."""
    outcome: VisitOutcome | None = None
    """Of a certification visit: met, or not-yet."""
    award: Id | None = None
    """Which of the charter's awards a met certification visit ends in, by its id."""
    certificate: Certificate | None = None
    """What a met certification visit ends in."""
    answer: SchoolAnswer | None = None
    """What the school says to what the visitor wrote."""
    support_log: tuple[Support, ...] = ()
    """What the adviser did to help."""
