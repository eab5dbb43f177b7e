"""The tables about visits: the visits themselves, what was found, and the certificates that they ended in."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from charterkit.exchange.tables.columns import BLANKS, STATES, TidyTable, flag, lines, spelt, text, when, whole
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.insight.certificates.held import certificates_in
from charterkit.insight.certificates.held import state_of as certificate_state
from charterkit.insight.evaluations.evaluated import Standing, asked_of
from charterkit.insight.visits.stands import state_of
from charterkit.insight.visits.visited import standings_of
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.visit import Certificate, TakenBack, Visit

_PATH = "Its file in the workspace."


class Came(NamedTuple):
    """A visit, and the school that it was to: of one in a trust's folder that names a school, that one."""

    folder: SchoolFolder
    document: Document[Visit]
    visit: Visit
    today: date

    @property
    def slug(self) -> str:
        """The school's folder."""
        return self.folder.slug


def visits_in(folder: SchoolFolder, today: date) -> list[Came]:
    """The visits that lie in a folder, by file name."""
    workspace = folder.workspace
    found = []
    for document in folder.visits:
        visit = document.model
        if visit is not None:
            slug = visit.school or folder.slug
            is_known = workspace.has_school(slug) and slug not in workspace.config.examples
            found.append(Came(workspace.school(slug) if is_known else folder, document, visit, today))
    return found


VISITS = TidyTable(
    "visits",
    "Every visit that was asked for, is to come, or took place.",
    ("path",),
    (
        text("path", "document.path", "", _PATH).filled,
        text("school", "slug", "visit/school").filled,
        text("charter", "visit.charter", "visit/charter"),
        text("charter_version", "visit.charter_version", "visit/charter_version"),
        text("purpose", "visit.purpose", "visit/purpose"),
        text(
            "state",
            lambda its: state_of(its.visit, its.today),
            "",
            "How it stands on the day of the export: requested, agreed, overdue, held, met or not-yet.",
        ).filled,
        *when("requested", "visit.requested", "visit/requested"),
        spelt("proposed", "visit.proposed_dates", "visit/proposed_dates", BLANKS),
        spelt("agreed", "visit.agreed_dates", "visit/agreed_dates", BLANKS),
        *when("date", "visit.date", "visit/date"),
        text(
            "visitors",
            lambda its: lines(each.name or each.role for each in its.visit.visitors),
            "visit/visitors",
            "Each on a line of their own, by name, else by role.",
        ),
        whole(
            "rated",
            lambda its: sum(finding.standing.level is not None for finding in findings([its])),
            "",
            "How many aspects the visitor gave a level of the charter.",
        ).filled,
        text("summary", "visit.summary", "visit/summary"),
        text("outcome", "visit.outcome", "visit/outcome"),
        text("award", "visit.award", "visit/award"),
        text(
            "certificate",
            lambda its: getattr(its.visit.certificate, "number", None),
            "visit/Certificate.number",
        ),
        flag("accurate", lambda its: its.visit.answer and its.visit.answer.accurate, "visit/SchoolAnswer.accurate"),
        text("answer", lambda its: its.visit.answer and its.visit.answer.note, "visit/SchoolAnswer.note"),
        whole("support", lambda its: len(its.visit.support_log), "", "How many entries of support it has.").filled,
    ),
    (TO_SCHOOL,),
)


class FindingRow(NamedTuple):
    """What a visitor found of one aspect."""

    of: Came
    charter: Charter
    aspect: str
    standing: Standing


def findings(visits: Iterable[Came]) -> Iterator[FindingRow]:
    """What visitors said of each aspect that they said anything about, in the charter's order."""
    for came in visits:
        found = came.folder.workspace.charters.get((came.visit.charter or "", came.visit.charter_version or ""))
        if found is None or found.model is None:
            continue
        charter = asked_of(came.folder, found.model)
        for aspect, standing in standings_of(came.document, charter).items():
            if standing.entry or standing.why:
                yield FindingRow(came, charter, aspect, standing)


def _of(read: Any) -> Any:  # noqa: ANN401 - from an entry to whatever it holds
    return lambda its: read(its.standing.entry) if its.standing.entry else None


FINDINGS = TidyTable(
    "findings",
    "The visitor's own rating of each aspect, kept apart from the school's.",
    ("path", "aspect"),
    (
        text("path", "of.document.path", "", "The visit's file.").filled,
        text("school", "of.slug", "visit/school").filled,
        text("aspect", "aspect", "charter/Aspect.id").filled,
        text("state", "standing.state.value", "", STATES).filled,
        text("level", lambda its: its.standing.level and its.standing.level.id, "visit/VisitFinding.rating"),
        whole(
            "rank",
            lambda its: its.standing.rank if its.standing.level else None,
            "",
            "The level's place on the charter's scale, the worst 0.",
        ),
        text("note", _of(lambda entry: entry.note), "visit/VisitFinding.note"),
        text("reason", _of(lambda entry: entry.reason), "visit/VisitFinding.reason"),
    ),
    ((("path",), "visits"),),
)


class CertificateRow(NamedTuple):
    """A certificate of a visit, and its place among those of it, the oldest 1."""

    of: Came
    position: int
    certificate: Certificate


def certificates(visits: Iterable[Came]) -> Iterator[CertificateRow]:
    """The certificates that visits name."""
    for came in visits:
        for position, certificate in enumerate(certificates_in(came.visit), 1):
            yield CertificateRow(came, position, certificate)


def _taken(name: str) -> Any:  # noqa: ANN401 - from a certificate to when and why
    def read(its: CertificateRow) -> TakenBack | None:
        found: TakenBack | None = getattr(its.certificate, name)
        return found

    return read


def _when_taken(name: str) -> Any:  # noqa: ANN401 - as above
    def read(its: CertificateRow) -> PartialDate | None:
        taken = _taken(name)(its)
        return taken.date if taken else None

    return read


def _why_taken(its: CertificateRow) -> str | None:
    return next((each.reason for each in (its.certificate.revoked, its.certificate.suspended) if each), None)


CERTIFICATES = TidyTable(
    "certificates",
    "Every certificate that a visit names, and how it stands on the day of the export.",
    ("path", "position"),
    (
        text("path", "of.document.path", "", "The visit's file.").filled,
        whole("position", "position", "", "Its place among those of the visit, the oldest 1.").filled,
        text("school", "of.slug", "visit/school").filled,
        text("charter", "of.visit.charter", "visit/charter"),
        text("number", "certificate.number", "visit/Certificate.number").filled,
        *when("issued", "certificate.issued", "visit/Certificate.issued"),
        *when("valid_until", "certificate.valid_until", "visit/Certificate.valid_until"),
        text(
            "state",
            lambda its: certificate_state(its.certificate, its.of.today).value,
            "",
            "valid, expired, suspended or revoked, on the day of the export.",
        ).filled,
        text("replaces", "certificate.replaces", "visit/Certificate.replaces"),
        *when("revoked", _when_taken("revoked"), "visit/Certificate.revoked"),
        *when("suspended", _when_taken("suspended"), "visit/Certificate.suspended"),
        text(
            "why",
            _why_taken,
            "visit/TakenBack.reason",
        ),
        flag(
            "is_newest",
            lambda its: its.of.visit.certificate is its.certificate,
            "",
            "Whether no other was issued after it for the same visit.",
        ).filled,
    ),
    ((("path",), "visits"), TO_SCHOOL),
)
