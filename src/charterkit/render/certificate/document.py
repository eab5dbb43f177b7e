"""What a certificate is shown from: the signed credential, once its signature holds, and how it stands today."""

from datetime import UTC, date, datetime, time

from charterkit.credential.published import published_before
from charterkit.credential.publishing import LISTS, certificate_address
from charterkit.credential.reading import parsed
from charterkit.credential.shown import Stated
from charterkit.credential.verifying import Verdict, verify
from charterkit.errors import CharterkitError, Missing, Refused
from charterkit.files.certificates import certificate_data, certificate_path
from charterkit.files.pictures import Picture
from charterkit.files.places import PUBLISHED
from charterkit.files.workspace import Workspace
from charterkit.insight.certificates.held import CertificateState, HeldCertificate, certificate_meant
from charterkit.insight.evaluations.awards import MET
from charterkit.insight.written import written_in
from charterkit.model.charter import Charter
from charterkit.records import dataclass
from charterkit.render.certificate.view import CertificateView, Signatory, facts_of, lines_of
from charterkit.render.poster.view import LONGEST, colours_of, logo_of, translation_into
from charterkit.render.poster.words import Speaker, Wording, words
from charterkit.render.shared.qr import qr_code
from charterkit.render.shared.voice import Voice
from charterkit.text.english import sentence
from charterkit.text.speech import tr

_STANDS = ("revoked", "suspended", "expired", "not-yet-valid")
"""Reasons for which a certificate does not hold although it is the one that was issued."""


@dataclass(frozen=True, slots=True)
class CertificateShown:
    """A certificate's view, its picture, and the signed credential itself."""

    view: CertificateView
    data: bytes
    logo: Picture | None = None


def certificate_to_show(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    number: str | None = None,
    language: str | None = None,
    size: str = "A4",
    landscape: bool = False,
) -> CertificateShown:
    """A school's certificate of a number, else its newest.

    Raises NotThere where there is none, Missing where its file is gone, and Refused where that is not what was issued.
    """
    held = certificate_meant(workspace, workspace.choose_school(school), charter, number)
    path = certificate_path(held.folder.slug, held.certificate.number)
    data = certificate_data(workspace.root, held.folder.slug, held.certificate.number)
    if data is None:
        raise Missing("certificate-not-here", number=held.certificate.number, path=path)
    verdict = _verdict(workspace, data, path, today)
    said = verdict.stated
    if said is None or said.number != held.certificate.number:
        raise Refused("certificate-spoilt", path=path, reason="")
    if verdict.holds is None and verdict.reason:
        voice.warn(f"{verdict.reason.message} Sign the lists anew with: charterkit keys publish")
    colours, notices = colours_of(workspace, None)
    for notice in notices:
        voice.warn(notice)
    logo = logo_of(workspace, None)
    issuer = workspace.config.issuer
    address = certificate_address(said.issuer, issuer.url if issuer else None, said.number)
    found = workspace.charters.get((said.charter, said.charter_version))
    certified = found.model if found else None
    title, lang, way = _title(workspace, certified, said, language)
    standing = _standing(held, verdict, today)
    view = CertificateView(
        size=size,
        landscape=landscape,
        lang=lang,
        dir=way,
        title=title,
        school=words(said.school),
        issuer=words(said.issuer_name),
        award=words(said.award) if said.award and not _is_met(certified) else None,
        version=said.charter_version,
        number=said.number,
        facts=facts_of(said),
        signatories=tuple(
            Signatory(words(person.name or ""), words(person.role) if person.role else None)
            for person in (issuer.signatories if issuer else ())
        ),
        colours=colours,
        standing=standing,
        reason=_reason(held, today) if standing else "",
        marks=_marks(certified),
        lines=lines_of(said),
        logo=f"logo.{logo.kind}" if logo else "",
        logo_alt=" ".join(said.issuer_name.split()),
        qr=qr_code(address, tr("QR code: opens {address}").replace("{address}", address)) if address else None,
    )
    _demand_lengths(view)
    return CertificateShown(view, data, logo)


def _verdict(workspace: Workspace, data: bytes, path: str, today: date) -> Verdict:
    """What is found out about it by what the workspace's issuer published. Raises Refused where it was not issued."""
    from charterkit.credential.office import published_issuer  # noqa: PLC0415 - it loads what writes files

    before = published_before(workspace.root)
    try:
        issuer = published_issuer(before)
        lists = [parsed(before[name]) for name in LISTS.values() if name in before]
    except (KeyError, CharterkitError):
        raise Missing("nothing-published", folder=PUBLISHED) from None
    found = verify(data, [issuer], lists, datetime.combine(today, time(12), UTC))
    if found.holds is False and found.reason and found.reason.code not in _STANDS:
        raise Refused("certificate-spoilt", path=path, reason=found.reason.message)
    return found


def _standing(held: HeldCertificate, verdict: Verdict, today: date) -> str:
    """Why it does not hold, by its visit or by the lists, whichever says so."""
    if said := held.said(today):
        return said[0].upper() + said[1:]
    code = verdict.reason.code if verdict.reason and verdict.holds is False else ""
    standing = {
        "revoked": tr("Revoked"),
        "suspended": tr("Suspended"),
        "expired": tr("Ran out"),
        "not-yet-valid": tr("Not valid yet"),
    }
    return standing.get(code, "")


def _reason(held: HeldCertificate, today: date) -> str:
    certificate = held.certificate
    taken = certificate.revoked if held.state(today) is CertificateState.REVOKED else certificate.suspended
    return sentence(" ".join((taken.reason or "").split())) if taken else ""


def _title(
    workspace: Workspace, charter: Charter | None, said: Stated, language: str | None
) -> tuple[Wording, str, str]:
    """The charter's title as it was signed, or with `language` as its translation has it."""
    if charter is None or language is None:
        title = words(said.charter_title, written_in(charter, workspace) if charter else "en")
        return title, "en", "ltr"
    speaker = Speaker(charter, translation_into(workspace, charter, language), written_in(charter, workspace))
    return speaker.title(), speaker.lang, speaker.dir


def _is_met(charter: Charter | None) -> bool:
    """Whether the charter has the one award, that it is met."""
    return charter is not None and (not charter.awards or [award.id for award in charter.awards] == [MET])


def _marks(charter: Charter | None) -> tuple[str, ...]:
    if charter is None or charter.status == "published":
        return ()
    return (tr("Charter withdrawn") if charter.status == "withdrawn" else tr("Draft charter"),)


def _demand_lengths(view: CertificateView) -> None:
    texts = [
        ("The charter’s title", view.title.text, "title"),
        ("The school’s name", view.school.text, "name"),
        ("The issuer’s name", view.issuer.text, "name"),
        *(("A signatory’s name", each.name.text, "name") for each in view.signatories),
        *(("A signatory’s role", each.role.text, "name") for each in view.signatories if each.role),
    ]
    for name, text, kind in texts:
        if len(text) > LONGEST[kind]:
            raise Refused("poster-text-too-long", name=name, count=len(text), longest=LONGEST[kind], text=text[:60])
