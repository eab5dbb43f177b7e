"""Trusts and authorities among the summaries: whose members schools are, and what lies in their folders about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from charterkit.insight.certificates.held import CertificateState
from charterkit.insight.overview.census import Census
from charterkit.insight.overview.summary import CertificateSummary, SchoolSummary, VisitSummary
from charterkit.model.base import slug
from charterkit.records import dataclass

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Bodies:
    """Who belongs to whom, by what the schools and the bodies say of themselves. What a school says goes first."""

    trusts: Mapping[str, str]
    """By school the slug of the trust that lists it."""
    authorities: Mapping[str, str]
    """By school the name of the authority that lists it."""
    names: Mapping[str, str]
    """By slug the name of each trust that has a folder."""
    spelt: Mapping[str, str]
    """Names of authorities that differ in capitals or blanks alone, each with the one that stands for all of them."""
    visits: Mapping[str, Sequence[VisitSummary]]
    """By school the visits about it that lie in another folder than its own."""

    @classmethod
    def among(cls, counted: Census) -> "Bodies":
        """Those of all schools that are meant."""
        trusts: dict[str, str] = {}
        authorities: dict[str, str] = {}
        for body in sorted(counted.bodies, key=lambda each: each.slug):
            for member in body.members:
                listed, said = (trusts, body.slug) if body.kind == "trust" else (authorities, body.name)
                listed.setdefault(member, said)
        visits: dict[str, list[VisitSummary]] = defaultdict(list)
        for visit in counted.elsewhere:
            visits[visit.school].append(visit)
        names = {each.slug: each.name for each in counted.bodies if each.kind == "trust"}
        spelt = _alike([*counted.authorities, *authorities.values()])
        return cls(trusts, authorities, names, spelt, visits)

    def trust(self, school: SchoolSummary) -> str:
        """The slug of a school's trust; empty where it is in none."""
        return school.trust or self.trusts.get(school.slug, "")

    def authority(self, school: SchoolSummary) -> str:
        """The name of a school's authority, spelt alike for all its schools; empty where nothing says it."""
        name = school.local_authority or self.authorities.get(school.slug, "")
        return self.spelt.get(name, name)

    def visits_of(self, school: SchoolSummary) -> list[VisitSummary]:
        """The visits about a school, whose ever folder they lie in; oldest first."""
        found = [visit for visit in school.visits if visit.school == school.slug]
        found += self.visits.get(school.slug, ())
        return sorted(found, key=lambda visit: (visit.day or visit.requested, repr(visit))) if found else found


def _alike(names: Iterable[str]) -> dict[str, str]:
    """Of names that differ in capitals or blanks alone, whichever comes first in the alphabet."""
    spelt: dict[str, str] = {}
    found = {}
    for name in sorted(set(names)):
        found[name] = spelt.setdefault(slug(name) or name, name)
    return found


# -- what visits come to


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
