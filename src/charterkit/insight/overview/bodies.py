"""Trusts and authorities among the summaries: whose members schools are, and what lies in their folders about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from charterkit.insight.certificates.held import CertificateState
from charterkit.insight.overview.summary import CertificateSummary, SchoolSummary, VisitSummary
from charterkit.model.base import slug

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Bodies:
    """Who belongs to whom, by what the schools and the bodies say of themselves."""

    trusts: Mapping[str, str]
    """The trust's slug by the school's."""
    authorities: Mapping[str, str]
    """The authority's name by the school's slug; spelt alike for all its schools."""
    names: Mapping[str, str]
    """By slug the name of each trust that has a folder."""

    @classmethod
    def among(cls, every: Sequence[SchoolSummary]) -> "Bodies":
        """What a school says of itself goes before what a body lists."""
        trusts: dict[str, str] = {}
        authorities: dict[str, str] = {}
        for body in sorted((each for each in every if each.kind != "school"), key=lambda each: each.slug):
            for member in body.members:
                listed, said = (trusts, body.slug) if body.kind == "trust" else (authorities, body.name)
                listed.setdefault(member, said)
        for school in every:
            if school.kind == "school":
                trusts |= {school.slug: school.trust} if school.trust else {}
                authorities |= {school.slug: school.local_authority} if school.local_authority else {}
        names = {each.slug: each.name for each in every if each.kind == "trust"}
        return cls(trusts, _alike(authorities), names)


def _alike(names: Mapping[str, str]) -> dict[str, str]:
    """Names that differ in capitals or blanks alone become one, whichever comes first in the alphabet."""
    spelt: dict[str, str] = {}
    for name in sorted(set(names.values())):
        spelt.setdefault(slug(name) or name, name)
    return {school: spelt[slug(name) or name] for school, name in names.items()}


# -- visits and certificates, whose ever folder they lie in


def visits_by_school(every: Iterable[SchoolSummary], charter: str) -> dict[str, list[VisitSummary]]:
    """The visits about a charter, or about none that is named, by the school that was visited; oldest first."""
    found: dict[str, list[VisitSummary]] = defaultdict(list)
    for each in every:
        for visit in each.visits:
            if visit.charter in ("", charter):
                found[visit.school].append(visit)
    return {
        school: sorted(visits, key=lambda visit: (visit.day or visit.requested, repr(visit)))
        for school, visits in found.items()
    }


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a school's visits come to. Days are ISO, empty where there is none."""

    certificate: CertificateState | None
    until: str
    award: str
    last_visit: str
    """When somebody came last."""
    next_visit: str
    """When somebody comes next."""
    is_waiting: bool
    """Whether the school has asked for a visit that has no day yet."""

    def was_visited_since(self, day: date) -> bool:
        """Whether somebody came from a day on."""
        return self.last_visit >= day.isoformat()


def recognised(visits: Sequence[VisitSummary], today: date) -> Recognised:
    """How a school's newest certificate stands on a day, and when its visits were and are."""
    now = today.isoformat()
    certificates = sorted(
        (each for visit in visits for each in visit.certificates), key=lambda each: (each.given, each.until)
    )
    newest = certificates[-1] if certificates else None
    return Recognised(
        _state(newest, now) if newest else None,
        newest.until if newest else "",
        newest.award if newest else "",
        max((min(visit.day, now) for visit in visits if _is_over(visit, now)), default=""),
        min((visit.day for visit in visits if not visit.is_held and visit.day >= now), default=""),
        any(visit.requested and not visit.day and not visit.is_held for visit in visits),
    )


def _is_over(visit: VisitSummary, now: str) -> bool:
    """Whether it was held; `day` is the last that its date may mean, so one of this month may be over."""
    return visit.is_held and bool(visit.day) and visit.day[:7] <= now[:7]


def _state(certificate: CertificateSummary, now: str) -> CertificateState:
    """As `state_of` has it of the file's own."""
    if certificate.is_revoked:
        return CertificateState.REVOKED
    if certificate.until and certificate.until < now:
        return CertificateState.EXPIRED
    return CertificateState.SUSPENDED if certificate.is_suspended else CertificateState.VALID
