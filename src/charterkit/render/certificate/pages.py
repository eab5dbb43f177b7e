"""The certificate in each of its formats; a PDF and a picture carry the signed credential."""

from base64 import b64encode
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from charterkit.credential.carriers import bake
from charterkit.render.certificate.document import CertificateShown
from charterkit.render.certificate.view import CertificateView
from charterkit.render.engine.environment import render
from charterkit.render.engine.pdf import pdf, png, svg
from charterkit.text.safe import visible
from charterkit.text.speech import tr

HTML, TYPST = "certificate.html.j2", "certificate.typ"
_DPI = {"A4": 144, "A3": 102}


def certificate_text(view: CertificateView) -> str:
    """For a terminal: what it says, and how it stands."""
    rows = [
        (tr("School"), view.school.text),
        (tr("Charter"), tr("%(charter)s, version %(version)s", charter=view.title.text, version=view.version)),
        *(((tr("Award"), view.award.text),) if view.award else ()),
        *view.facts,
        (tr("Issuer"), view.issuer.text),
        (tr("Stands"), view.standing or tr("It holds.")),
        *(((tr("Why"), view.reason),) if view.reason else ()),
    ]
    wide = max(12, *(len(name) + 1 for name, _ in rows))
    return "\n".join(f"{name:<{wide}}{visible(text)}" for name, text in rows)


def certificate_html(made: CertificateShown, root: Path | None) -> str:
    """One self-contained page, which a browser prints on one sheet."""
    view = {field.name: getattr(made.view, field.name) for field in fields(made.view)}
    logo = made.logo
    source = f"data:{logo.mime};base64,{b64encode(logo.data).decode()}" if logo else ""
    return render(HTML, {**view, "logo_source": source}, root)


def certificate_pdf(made: CertificateShown, today: date) -> bytes:
    """One page of PDF/UA-1, with the signed credential attached."""
    return bake(pdf(TYPST, made.view, when=today, **_about(made)), made.data)


def certificate_png(made: CertificateShown, today: date) -> bytes:
    """The page as a picture, with the signed credential baked in."""
    return bake(png(TYPST, made.view, when=today, dpi=_DPI[made.view.size], **_about(made)), made.data)


def certificate_svg(made: CertificateShown, today: date) -> bytes:
    """The page as a picture for any size, with the signed credential baked in."""
    return bake(svg(TYPST, made.view, when=today, **_about(made)), made.data)


def certificate_json(made: CertificateShown) -> str:
    """The signed credential itself, as it was issued."""
    return made.data.decode()


def _about(made: CertificateShown) -> dict[str, Any]:
    view = made.view
    files = {view.logo: made.logo.data} if made.logo else {}
    if view.qr:
        files["qr.svg"] = view.qr.svg.encode()
    title = tr("Certificate %(number)s: %(school)s", number=view.number, school=view.school.text)
    return {"title": title, "lang": view.lang, "author": view.issuer.text, "files": files}
