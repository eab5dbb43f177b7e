"""What an issuer's website shows: its keys and status lists, and of its certificates a page, the credential, a list."""

import json
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date

from charterkit.credential.publishing import DOCUMENT, is_whole_host
from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.insight.certificates.held import HeldCertificate, all_certificates
from charterkit.records import dataclass
from charterkit.render.certificate.document import certificate_to_show
from charterkit.render.certificate.pages import certificate_html
from charterkit.render.shared.voice import Voice
from charterkit.text.speech import ENGLISH, speaking

LIST = "certificates.json"
WELL_KNOWN = f".well-known/{DOCUMENT}"


@dataclass(frozen=True, slots=True)
class ShownCertificates:
    """The certificates that can be shown, in the order of their numbers, and every file by its path on the website."""

    files: dict[str, bytes] = field(default_factory=dict)
    held: list[HeldCertificate] = field(default_factory=list)


def page_of(number: str) -> str:
    """Where a certificate's page lies on the website: its QR code leads there."""
    return f"certificates/{number}.html"


def issuer_files(issuer: str, published: Mapping[str, bytes]) -> dict[str, bytes]:
    """What an issuer has published, by the path of each on its website: a whole one's key is looked for in two places.

    A file that is not among what was published is left out.
    """
    again = {WELL_KNOWN: published[DOCUMENT]} if is_whole_host(issuer) and DOCUMENT in published else {}
    return {**published, **again}


def certificates_published(
    workspace: Workspace, today: date, voice: Voice, of: Collection[str] | None = None
) -> ShownCertificates:
    """The certificates of all organisations, made-up ones too, or of some by their slugs.

    What cannot be shown is said and left out. Pages are in English, as the certificate is.
    """
    made = ShownCertificates()
    rows = []
    for held in sorted(all_certificates(workspace), key=lambda each: each.certificate.number):
        number = held.certificate.number
        if of is not None and held.folder.slug not in of:
            continue
        try:
            with speaking(ENGLISH):
                shown = certificate_to_show(workspace, today, voice, school=held.folder.slug, number=number)
                made.files[page_of(number)] = certificate_html(shown, workspace.root).encode()
        except CharterkitError as error:
            voice.warn(f"{number} is left out. {error.message}")
            continue
        view = shown.view
        made.files[f"certificates/{number}.json"] = shown.data
        made.held.append(held)
        rows.append(
            {
                "number": number,
                "school": view.school.text,
                "charter": held.visit.charter,
                "charter_version": view.version,
                "award": held.visit.award,
                "visited": str(held.visit.date) if held.visit.date else None,
                "issued": str(held.certificate.issued) if held.certificate.issued else None,
                "valid_until": str(held.certificate.valid_until) if held.certificate.valid_until else None,
                "state": str(held.state(today)),
            }
        )
    if rows:
        made.files[LIST] = f"{json.dumps(rows, indent=2, ensure_ascii=False)}\n".encode()
    return made
