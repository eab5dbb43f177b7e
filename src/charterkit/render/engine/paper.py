"""A document on paper: any view that people's notes are part of, as a PDF or as pictures of its pages."""

from collections.abc import Mapping
from datetime import date

from charterkit.records import dataclass
from charterkit.render.engine.glyphs import legible
from charterkit.render.engine.pdf import PREVIEW_DPI, pdf, pictures
from charterkit.text.speech import page_language


@dataclass(frozen=True, slots=True)
class Paper:
    """The file's bytes, and what a person should hear: what the file cannot hold or show."""

    data: bytes
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages as PNG, and what a person should hear."""

    pages: tuple[bytes, ...]
    notices: tuple[str, ...]


def paper(
    template: str,
    view: object,
    *,
    title: str,
    author: str,
    when: date,
    lang: str = "",
    files: Mapping[str, bytes] | None = None,
) -> Paper:
    """A view as a PDF, with characters that no font has replaced; in the language spoken, or in `lang`.

    `files` are pictures. Raises as `pdf` does.
    """
    lang = lang or page_language()
    found = legible({"view": view, "title": title, "author": author})
    whole = found.view
    data = pdf(template, whole["view"], title=whole["title"], author=whole["author"], lang=lang, when=when, files=files)
    return Paper(data, found.notices)


def paper_pictures(
    template: str, view: object, *, title: str, author: str, when: date, lang: str = "", dpi: int = PREVIEW_DPI
) -> Pictures:
    """The same as pictures, one a page."""
    lang = lang or page_language()
    found = legible({"view": view, "title": title, "author": author})
    whole = found.view
    pages = pictures(
        template, whole["view"], title=whole["title"], author=whole["author"], lang=lang, when=when, dpi=dpi
    )
    return Pictures(tuple(pages), found.notices)
