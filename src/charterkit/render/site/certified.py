"""The certificates on a site: what their issuer put on its website, and the link from a school's page to its own."""

from collections.abc import Collection
from datetime import date

from charterkit.credential.published import published_before
from charterkit.files.workspace import Workspace
from charterkit.insight.certificates.held import CertificateState, HeldCertificate, all_certificates
from charterkit.render.certificate.published import (
    ShownCertificates,
    certificates_published,
    issuer_files,
    page_of,
)
from charterkit.render.site.parts import Link
from charterkit.text.speech import tr


class _Collected:
    """Takes what there is to say for the end."""

    def __init__(self, notices: list[str]) -> None:
        self.notices = notices

    def say(self, message: str) -> None:
        """Nothing of it belongs on a site's list."""

    def warn(self, message: str) -> None:
        self.notices.append(message)


def certified(
    workspace: Workspace, slugs: Collection[str], today: date, notices: list[str], *, is_all: bool
) -> ShownCertificates:
    """The certificates of some organisations as `keys publish` publishes them; what cannot be shown becomes a notice.

    `is_all`: the site is the whole workspace's, and so its issuer's, whose keys and status lists are on it as well.
    """
    issuer = workspace.config.issuer
    published = published_before(workspace.root) if is_all and issuer else {}
    files = issuer_files(issuer.id, published) if issuer else {}
    if not any(held.folder.slug in slugs for held in all_certificates(workspace)):
        return ShownCertificates(files)
    made = certificates_published(workspace, today, _Collected(notices), slugs)
    return ShownCertificates({**files, **made.files}, made.held)


def certificate_link(held: HeldCertificate, today: date) -> Link:
    """The link to a certificate's page, which says how it stands."""
    number, until = held.certificate.number, held.certificate.valid_until
    state = held.state(today)
    taken = held.certificate.revoked if state is CertificateState.REVOKED else held.certificate.suspended
    when = taken.date.spoken if taken and taken.date else ""
    if state is CertificateState.REVOKED:
        about = tr("%(number)s was revoked on %(when)s and does not hold.", number=number, when=when)
    elif state is CertificateState.SUSPENDED:
        about = tr("%(number)s has been suspended since %(when)s and does not hold.", number=number, when=when)
    elif state is CertificateState.EXPIRED:
        about = tr("%(number)s ran out on %(when)s.", number=number, when=until.spoken if until else "")
    else:
        about = tr("%(number)s, valid until %(when)s.", number=number, when=until.spoken if until else "")
    return Link(f"/{page_of(number)}", tr("The certificate"), about)
