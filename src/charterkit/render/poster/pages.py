"""The poster as a page, a PDF and a picture."""

from base64 import b64encode
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from charterkit.render.engine.environment import render
from charterkit.render.engine.pdf import PaperError, pdf, pdf_identity, png
from charterkit.render.poster.fit import Unfit, scale_for, too_long
from charterkit.render.poster.view import Poster

HTML, TYPST = "poster.html.j2", "poster.typ"
DPI = {"A4": 144, "A3": 102}
"""Of the picture: 1190 x 1684 pixels on either paper."""


def poster_html(made: Poster, root: Path | None) -> str:
    """One self-contained page, which a browser prints on one sheet."""
    return render(HTML, poster_variables(made), root)


def poster_variables(made: Poster) -> dict[str, Any]:
    """What the page's template shows. Raises CharterkitError for texts that fit no sheet."""
    logo = made.logo
    source = f"data:{logo.mime};base64,{b64encode(logo.data).decode()}" if logo else ""
    view = {field.name: getattr(made.view, field.name) for field in fields(made.view)}
    return {**view, "scale": scale_for(made.view), "logo_source": source}


def poster_pdf(made: Poster, today: date) -> bytes:
    """One page of PDF/UA-1."""
    return _paper(made, today, 0)


def poster_identity(made: Poster, today: date) -> str:
    """What tells the bytes of its PDF from every other's. Raises CharterkitError where no PDF can be made at all."""
    return pdf_identity(TYPST, made.view, **_given(made, today))


def poster_png(made: Poster, today: date, dpi: int | None = None) -> bytes:
    """The page as a picture, as fine as a screen and a website can show unless `dpi` is given."""
    return _paper(made, today, dpi or DPI[made.view.size])


def _given(made: Poster, today: date) -> dict[str, Any]:
    """What paper takes besides the view."""
    view = made.view
    files = {view.logo: made.logo.data} if made.logo else {}
    if view.qr:
        files["qr.svg"] = view.qr.svg.encode()
    author = view.name.text if view.name else ""
    return {"title": view.title.text, "lang": view.lang, "when": today, "author": author, "files": files}


def _paper(made: Poster, today: date, dpi: int) -> bytes:
    given = _given(made, today)
    try:
        return png(TYPST, made.view, dpi=dpi, **given) if dpi else pdf(TYPST, made.view, **given)
    except PaperError as unfit:
        raise too_long(Unfit.parse(str(unfit))) from None
