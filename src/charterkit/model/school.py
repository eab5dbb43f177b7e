"""An organisation: a school, a trust or a local authority."""

from dataclasses import field
from typing import Literal

from charterkit.model.base import DfeNumber, Id, Model, Ukprn, Urn, YesNo, entry
from charterkit.model.charter import Contact
from charterkit.model.dates import PartialDate

Phase = Literal["nursery", "primary", "secondary", "all-through", "special", "pupil-referral-unit", "sixth-form"]


@entry
class SignedCharter:
    """A charter the school has signed up to, and which of its duties are done."""

    charter: Id
    signed: PartialDate | None = None
    signed_by: str | None = None
    pledges: dict[Id, PartialDate] = field(default_factory=dict)
    """The charter's duties that are done, each with its date."""


class School(Model):
    """One organisation; its folder's name is its slug."""

    name: str
    kind: Literal["school", "trust", "local-authority"] = "school"
    urn: Urn | None = None
    """Unique reference number in GIAS, 5 or 6 digits; a school gets a new one when it becomes an academy."""
    former_urns: tuple[Urn, ...] = ()
    dfe_number: DfeNumber | None = None
    """Local authority code and establishment number, such as 888/4042."""
    ukprn: Ukprn | None = None
    phase: Phase | None = None
    local_authority: str | None = None
    trust: Id | None = None
    """The trust's slug."""
    members: tuple[Id, ...] = ()
    """On a trust or local authority: its schools' slugs."""
    website: str | None = None
    address: str | None = None
    shares_practice: YesNo = False
    """Whether its examples may be shown to other schools."""
    charters: tuple[SignedCharter, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source: str | None = None
    """The document these facts were taken from."""
