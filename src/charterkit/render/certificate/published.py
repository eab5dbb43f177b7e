"""What an issuer's website shows of its certificates: a page and the signed credential of each, and a list of all."""

import json
from datetime import date
from pathlib import Path

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.insight.certificates.held import all_certificates
from charterkit.render.certificate.document import certificate_to_show
from charterkit.render.certificate.pages import certificate_html
from charterkit.render.shared.voice import Voice

LIST = "certificates.json"


def certificates_published(workspace: Workspace, root: Path | None, today: date, voice: Voice) -> dict[str, bytes]:
    """Every file by its path on the website, those of made-up schools too; what cannot be shown is said and left out.

    The QR code of each certificate leads to its page. None where no certificate was issued.
    """
    made: dict[str, bytes] = {}
    rows = []
    for held in sorted(all_certificates(workspace), key=lambda each: each.certificate.number):
        number = held.certificate.number
        try:
            shown = certificate_to_show(workspace, today, voice, school=held.folder.slug, number=number)
        except CharterkitError as error:
            voice.warn(f"{number} is left out. {error.message}")
            continue
        view = shown.view
        made[f"certificates/{number}.html"] = certificate_html(shown, root).encode()
        made[f"certificates/{number}.json"] = shown.data
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
        made[LIST] = f"{json.dumps(rows, indent=2, ensure_ascii=False)}\n".encode()
    return made
