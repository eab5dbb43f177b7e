"""The certificates that visits name, and how each stands on a day."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from charterkit.errors import NotThere
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.model.visit import Certificate, TakenBack, Visit
from charterkit.records import dataclass
from charterkit.text.speech import mark, tr


class CertificateState(StrEnum):
    """How a certificate stands."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


def state_of(certificate: Certificate, today: date) -> CertificateState:
    """How a certificate stands on a day. Revoked is said before run out: it never holds again."""
    if certificate.revoked:
        return CertificateState.REVOKED
    if certificate.valid_until and certificate.valid_until.last < today:
        return CertificateState.EXPIRED
    return CertificateState.SUSPENDED if certificate.suspended else CertificateState.VALID


def standing_of(certificate: Certificate, today: date) -> str:
    """The same in a few words: "revoked on 3 March 2027"; empty where it holds."""
    state = state_of(certificate, today)
    if state is CertificateState.EXPIRED:
        until = certificate.valid_until
        return tr("ran out on %(when)s", when=until.spoken) if until else tr("ran out")
    taken = certificate.revoked if state is CertificateState.REVOKED else certificate.suspended
    return _taken(state, taken) if state is not CertificateState.VALID else ""


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate as a visit names it. One that lies in a trust's folder and names a school is that school's."""

    folder: SchoolFolder
    """Whose it is."""
    document: Document[Visit]
    visit: Visit
    certificate: Certificate

    @property
    def given(self) -> date:
        """When it was issued, as far as that is known."""
        dates = (self.certificate.issued, self.visit.date, self.certificate.valid_until)
        return next((when.last for when in dates if when is not None), date.min)

    @property
    def is_newest_of_visit(self) -> bool:
        """Whether no other was issued after it for the same visit."""
        return self.visit.certificate is self.certificate

    def state(self, today: date) -> CertificateState:
        """How it stands on a day."""
        return state_of(self.certificate, today)

    def said(self, today: date) -> str:
        """The same in a few words; empty where it holds."""
        return standing_of(self.certificate, today)


def _taken(state: CertificateState, taken: TakenBack | None) -> str:
    alone, dated = _SAID[state]
    return tr(dated, when=taken.date.spoken) if taken and taken.date else tr(alone)


_SAID = {
    CertificateState.REVOKED: (mark("revoked"), mark("revoked on %(when)s")),
    CertificateState.SUSPENDED: (mark("suspended"), mark("suspended on %(when)s")),
}


def certificates_of(workspace: Workspace, folder: SchoolFolder, charter: str | None = None) -> list[HeldCertificate]:
    """A school's certificates, of one charter where it is named, oldest first."""
    found = workspace.once(_by_school).get(folder.slug, ())
    return sorted((held for held in found if charter in (None, held.visit.charter)), key=lambda held: held.given)


def certificate_meant(
    workspace: Workspace, folder: SchoolFolder, charter: str | None, number: str | None
) -> HeldCertificate:
    """A school's certificate of a number, else its newest. Raises NotThere where there is none."""
    every = certificates_of(workspace, folder, workspace.choose_charter(charter).id if charter else None)
    found = [held for held in every if number is None or held.certificate.number.casefold() == number.casefold()]
    if found:
        return found[-1]
    facts = {"name": folder.school.name, "slug": folder.slug}
    if number is None:
        raise NotThere("no-certificate", **facts)
    raise NotThere("no-certificate-of", number=number, known=[held.certificate.number for held in every], **facts)


def all_certificates(workspace: Workspace) -> Iterator[HeldCertificate]:
    """Every certificate that a visit in the workspace names, by the visits' folders and files."""
    for slug in workspace.slugs:
        folder = workspace.school(slug)
        for document in folder.visits:
            visit = document.model
            if visit is None:
                continue
            whose = workspace.school(visit.school) if visit.school and workspace.has_school(visit.school) else folder
            for certificate in certificates_in(visit):
                yield HeldCertificate(whose, document, visit, certificate)


def _by_school(workspace: Workspace) -> dict[str, list[HeldCertificate]]:
    """All of them by the school's slug: a visit in one school's folder may be about another."""
    found: dict[str, list[HeldCertificate]] = {}
    for held in all_certificates(workspace):
        found.setdefault(held.folder.slug, []).append(held)
    return found


def certificates_in(visit: Visit) -> tuple[Certificate, ...]:
    """The certificates that were issued for a visit, oldest first."""
    return (*visit.earlier_certificates, *((visit.certificate,) if visit.certificate else ()))
