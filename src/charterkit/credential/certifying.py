"""From a visit to what its certificate says: the facts, and a number that no other certificate has."""

import re
from collections.abc import Collection
from datetime import date

from charterkit.credential.facts import AwardFacts, CertificateFacts, IssuerFacts, LookedAt, StatusPlace
from charterkit.errors import Refused
from charterkit.files.certificates import certificate_numbers, is_number
from charterkit.files.workspace import Workspace
from charterkit.insight.certificates.held import all_certificates
from charterkit.insight.charter_text import text_hash
from charterkit.insight.evaluations.awards import awards_of
from charterkit.insight.visits.visited import Visited
from charterkit.model.config import Issuer

_LONGEST_PREFIX = 12


def facts_of(
    found: Visited, issuer: Issuer, number: str, place: StatusPlace, *, today: date, until: date
) -> CertificateFacts:
    """What the certificate of a visit says. The visit has a day, an award and a charter's text that is today's."""
    school, charter, visit = found.folder.school, found.charter, found.visit
    whole = found.folder.workspace.charters[charter.id, charter.version].model or charter
    looked_at = [*visit.looked_at, *(item for finding in visit.findings.values() for item in finding.looked_at)]
    seen = {LookedAt(kind=item.kind, when=str(item.date) if item.date else None): None for item in looked_at}
    return CertificateFacts(
        number=number,
        issuer=IssuerFacts(id=issuer.id, name=issuer.name, url=issuer.url),
        school=school.name,
        urn=school.urn,
        ukprn=school.ukprn,
        charter=charter.id,
        charter_title=charter.title,
        charter_version=charter.version,
        charter_text=text_hash(whole),
        awards=tuple(AwardFacts(id=award.id, label=award.label) for award in awards_of(charter)),
        award=visit.award or "",
        visited=visit.date.last if visit.date else today,
        valid_from=today,
        valid_until=until,
        evidence=tuple(seen),
        status=place,
    )


def prefix_of(issuer: Issuer, charter: str) -> str:
    """What numbers begin with: as it is set, else the first letters of the charter's id. Raises Refused for another."""
    prefix = issuer.prefix or "".join(part[0] for part in charter.split("-")).upper()
    if not is_number(prefix) or len(prefix) > _LONGEST_PREFIX:
        raise Refused("bad-prefix", prefix=prefix, most=_LONGEST_PREFIX)
    return prefix


def numbers_taken(workspace: Workspace) -> set[str]:
    """The numbers of all certificates in a workspace: those that lie there, and those that visits name."""
    lying = {number for slug in workspace.slugs for number in certificate_numbers(workspace.root, slug)}
    return lying | {held.certificate.number for held in all_certificates(workspace)}


def next_number(prefix: str, year: int, taken: Collection[str]) -> str:
    """The number after the highest of a year: CE-2026-015."""
    shape = re.compile(rf"{re.escape(prefix)}-{year}-([0-9]{{1,9}})", re.IGNORECASE)
    found = [int(match[1]) for number in taken if (match := shape.fullmatch(number))]
    return f"{prefix}-{year}-{max(found, default=0) + 1:03}"
