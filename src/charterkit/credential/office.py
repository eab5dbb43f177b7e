"""Where certificates are made and taken back: one at a time in a workspace, so that no number is given out twice.

The order keeps what a killed call leaves behind both harmless and to be seen. What is published comes first, then the
certificate, then the visit that names it: a certificate that no visit names is found by a rule (CK442), and the next
call takes it up where it fits. To take one back, the visit says so first; whatever is published is made of that.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime, timedelta

from charterkit.credential.certifying import facts_of, next_number, numbers_taken, prefix_of
from charterkit.credential.facts import StatusPlace
from charterkit.credential.issuer import IssuerDocument, read_issuer
from charterkit.credential.issuing import issue, text_of
from charterkit.credential.keys import SigningKey
from charterkit.credential.lying import Lying, lying_in
from charterkit.credential.making import PURPOSES
from charterkit.credential.published import published_before, save_published
from charterkit.credential.publishing import DOCUMENT, LISTS, publication, status_address
from charterkit.credential.reading import parsed
from charterkit.credential.status import free_place
from charterkit.errors import Conflict, Refused
from charterkit.files import write
from charterkit.files.beside import lock_of, make_folder
from charterkit.files.certificates import certificate_path
from charterkit.files.lock import BusyError, locked
from charterkit.files.swap import current
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.findings import TreePath
from charterkit.insight.certificates.bits import places_set
from charterkit.insight.certificates.held import HeldCertificate, all_certificates, certificates_in
from charterkit.insight.visits.visited import Visited
from charterkit.model.config import Issuer
from charterkit.model.dates import PartialDate
from charterkit.model.visit import TakenBack
from charterkit.records import dataclass

GOOD_FOR = timedelta(days=90)
"""How long what is published is good for: after that, whoever verifies wants a newer status list."""


@dataclass(frozen=True, slots=True)
class Office:
    """An issuer at work in a workspace, with its key, at a moment."""

    workspace: Workspace
    issuer: Issuer
    key: SigningKey
    now: datetime

    def issue(self, found: Visited, until: date, *, replaces: str | None = None, rule: str | None = None) -> str:
        """Make the certificate of a visit that nothing is in the way of, and name it there; its number.

        `rule` says why there is another for the same visit. What an earlier call was killed over is finished. Raises
        Conflict where the visit's file is no longer what it was, or others are at it.
        """
        with self._alone():
            self.workspace.refresh()
            if current(self.workspace.root / found.document.path) != found.document.data:
                raise Conflict("changed-meanwhile", name=found.document.path)
            number = self._left_over(found)
            self.publish()
            if number is None:
                number = self._made(found, until)
            self._name(found, number, {"replaces": replaces, "rule": rule})
        self.workspace.refresh()
        return number

    def take_back(self, held: HeldCertificate, word: str, reason: str) -> None:
        """Say that a certificate is `revoked` or `suspended`, and why; publish that."""
        on = {"date": PartialDate.of(self.now.date()), "reason": reason}
        with self._alone():
            self._change(held, Change((*_at(held), word), on))
            self.publish()

    def give_back(self, held: HeldCertificate) -> None:
        """End a certificate's suspension, and publish that."""
        with self._alone():
            if held.certificate.suspended:
                self._change(held, Change((*_at(held), "suspended"), remove=True))
            self.publish(given_back=Lying.read(self.workspace.root, held.folder.slug, held.certificate.number))

    def publish(self, given_back: Lying | None = None) -> None:
        """Write the issuer's documents, and the lists as the workspace's visits have it."""
        root, before = self.workspace.root, published_before(self.workspace.root)
        changes = taken_back(self.workspace)
        if given_back and given_back.place is not None and given_back.is_signed_by(published_issuer(before)):
            changes["suspension"].setdefault(given_back.place, False)
        until = self.now + GOOD_FOR
        made = publication(self.issuer.id, self._address, self.key, before, now=self.now, until=until, changes=changes)
        save_published(root, before, made)

    @property
    def _address(self) -> str:
        return status_address(self.issuer.id, self.issuer.url, self.issuer.status)

    def _made(self, found: Visited, until: date) -> str:
        root, today = self.workspace.root, self.now.date()
        prefix = prefix_of(self.issuer, found.charter.id)
        number = next_number(prefix, today.year, numbers_taken(self.workspace))
        place = StatusPlace(address=self._address, index=free_place(self._places_taken()))
        facts = facts_of(found, self.issuer, number, place, today=today, until=until)
        data = text_of(issue(facts, self.key, self.now))
        write.save(root / certificate_path(found.folder.slug, number), None, data, root)
        return number

    def _places_taken(self) -> set[int]:
        """Those of all certificates that lie here, and those that are set for some that no longer do."""
        root, before = self.workspace.root, published_before(self.workspace.root)
        taken = {
            place for slug in self.workspace.slugs for each in lying_in(root, slug) if (place := each.place) is not None
        }
        for path in LISTS.values():
            taken |= places_set(parsed(before[path])) if path in before else set()
        return taken

    def _left_over(self, found: Visited) -> str | None:
        """The certificate of this visit that a killed call has made and not named; None where there is none."""
        root, visit = self.workspace.root, found.visit
        before = published_before(root)
        if DOCUMENT not in before or visit.date is None:
            return None
        issuer = published_issuer(before)
        named = {held.certificate.number for held in all_certificates(self.workspace)}
        for each in lying_in(root, found.folder.slug):
            if each.number not in named and each.is_of(found) and each.is_signed_by(issuer):
                return each.number
        return None

    def _name(self, found: Visited, number: str, more: Mapping[str, str | None]) -> None:
        """Put the certificate into its visit, behind those that it had before."""
        root, path = self.workspace.root, found.document.path
        each = Lying.read(root, found.folder.slug, number)
        if each is None:
            raise Refused("certificate-spoilt", path=certificate_path(found.folder.slug, number), reason="")
        said = {
            "number": number,
            "issued": PartialDate.of(date.fromisoformat(each.stated.valid_from)),
            "valid_until": PartialDate.of(date.fromisoformat(each.stated.valid_until)),
        }
        made = [Change(("certificate",), said | {key: text for key, text in more.items() if text})]
        made += [Change(("award",), found.visit.award)]
        if found.visit.certificate:
            before = _plain(found.visit.certificate)
            made.insert(0, Change(("earlier_certificates",), before, append=True))
        write.change(root / path, found.document.data, lambda text: edited(text, made), root)

    def _change(self, held: HeldCertificate, made: Change) -> None:
        root = self.workspace.root
        write.change(root / held.document.path, held.document.data, lambda text: edited(text, [made]), root)
        self.workspace.refresh()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other call makes or takes back a certificate of this workspace meanwhile. Raises Conflict then."""
        schools = self.workspace.root / "schools"
        try:
            make_folder(schools)
            with locked(lock_of(schools / "certificates"), write.LOCK_SECONDS):
                yield
        except BusyError:
            raise Conflict("certificates-busy") from None
        except OSError as error:
            raise Refused("file-not-written", path=schools, reason=error.strerror or error) from None


def published_issuer(before: Mapping[str, bytes]) -> IssuerDocument:
    """The issuer's document as it was published."""
    return read_issuer(parsed(before[DOCUMENT]))


def taken_back(workspace: Workspace) -> dict[str, dict[int, bool]]:
    """By list, the places of the certificates that visits say are revoked or suspended.

    None is ever cleared here: whose place it is, is told by files that others may have put there.
    """
    made: dict[str, dict[int, bool]] = {purpose: {} for purpose in PURPOSES}
    for held in all_certificates(workspace):
        if held.certificate.revoked or held.certificate.suspended:
            found = Lying.read(workspace.root, held.folder.slug, held.certificate.number)
            if found and found.place is not None:
                made["revocation"].update({found.place: True} if held.certificate.revoked else {})
                made["suspension"].update({found.place: True} if held.certificate.suspended else {})
    return made


def _at(held: HeldCertificate) -> TreePath:
    """Where a visit's file has a certificate."""
    if held.is_newest_of_visit:
        return ("certificate",)
    return ("earlier_certificates", certificates_in(held.visit).index(held.certificate))


def _plain(certificate: object) -> dict[str, object]:
    """A part of a visit as its file has it."""
    named = [(each.name, getattr(certificate, each.name)) for each in fields(certificate)]  # type: ignore[arg-type]
    return {
        name: _plain(value) if isinstance(value, TakenBack) else value for name, value in named if value is not None
    }
