"""A document on paper: any view that people's notes are part of, as a PDF."""

from collections.abc import Mapping
from datetime import date

from charterkit.records import dataclass
from charterkit.render.engine.glyphs import legible
from charterkit.render.engine.pdf import pdf
from charterkit.text.speech import page_language


@dataclass(frozen=True, slots=True)
class Paper:
    """The file's bytes, and what a person should hear: what the file cannot hold or show."""

    data: bytes
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
