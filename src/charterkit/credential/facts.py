"""What a certificate says, as plain facts: of these and nothing else the credential is made."""

from datetime import date

from charterkit.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerFacts:
    """Who issues: the id that its keys are published under, its name, and where it is on the web."""

    id: str
    """did:web:… or did:key:…"""
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPlace:
    """Where one can see whether a certificate still holds: the address of the folder of both lists, and its place."""

    address: str
    """Such as https://charter.example.gov.uk/status: `revocation.json` and `suspension.json` lie there."""
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardFacts:
    """One of the awards that a charter has, from lowest to highest."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One thing that was looked at: its kind and its day. No note and no name goes into a certificate."""

    kind: str
    when: str | None = None
    """A date as the visit's file has it: 2026-03-12, 2026-03 or 2026."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """All that a certificate says. Texts are people's own; dates are whole days, both of the validity included."""

    number: str
    issuer: IssuerFacts
    school: str
    urn: str | None = None
    ukprn: str | None = None
    charter: str
    """The charter's id."""
    charter_title: str
    charter_version: str
    charter_text: str
    """`insight.charter_text.text_hash` of the charter: sha256: and 64 hex digits."""
    charter_url: str | None = None
    """Where the charter can be read, a web address."""
    awards: tuple[AwardFacts, ...]
    award: str
    """The id of the award that was earned, one of `awards`."""
    visited: date
    valid_from: date
    valid_until: date
    evidence: tuple[LookedAt, ...] = ()
    status: StatusPlace | None = None
    """Left out only for trials: without it nobody can see that a certificate was revoked."""
    commit: str | None = None
    """The git commit that it was made from."""
