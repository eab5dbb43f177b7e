"""The poster: a charter's key points on one page, for a school's staffroom, entrance and website."""

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date

from charterkit.errors import Missing, NotThere, Refused
from charterkit.files.pictures import Picture, read_picture
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import asked_of
from charterkit.insight.poster_points import FEWEST, MOST, parts_of, poster_lists
from charterkit.insight.translations.languages import is_known, meant, named
from charterkit.insight.translations.translated import lookup, translations
from charterkit.insight.written import ENGLISH, written_in
from charterkit.model.base import nearest
from charterkit.model.charter import Charter
from charterkit.model.translation import Translation
from charterkit.records import dataclass
from charterkit.render.engine.templates import FOLDER, RefusedError, Templates
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.poster.words import Speaker, Spoken, Wording, words
from charterkit.render.shared.colour import TEXT, passing
from charterkit.render.shared.headings import parts
from charterkit.render.shared.levels import WHITE, contrast
from charterkit.render.shared.qr import QrCode, qr_code

LONGEST = {"title": 160, "name": 120, "publisher": 120, "label": 240, "version": 30, "part": 120}
"""Characters of the texts around the key points."""
LONGEST_NUMBER = 6
"""Letters of a key point's own number that stand before its line."""
_COLOUR_DIGITS = frozenset("0123456789abcdefABCDEF")


@dataclass(frozen=True, slots=True)
class PosterPoint:
    """One key point: its place in the charter and its line; or a part, where the key points are too many."""

    number: int
    words: Wording
    label: str = ""
    """What stands before it: the number that the framework gives it, else its place."""
    part: Wording | None = None
    """The part that begins with it."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The accent as it is used: on white and with white on it, and on the dark screen's paper."""

    accent: str
    dark: str


@dataclass(frozen=True, slots=True)
class PosterView:
    """Everything the poster's templates show. `logo` is the name its picture goes by, empty where there is none."""

    size: str
    landscape: bool
    lang: str
    dir: str
    title: Wording
    name: Wording | None
    points: tuple[PosterPoint, ...]
    marks: tuple[Wording, ...]
    summary: Wording
    lines: tuple[Wording, ...]
    colours: Colours
    logo: str = ""
    logo_alt: str = ""
    qr: QrCode | None = None


@dataclass(frozen=True, slots=True)
class Poster:
    """A view, the picture that goes with it, and what the person should know about it, in sentences."""

    view: PosterView
    logo: Picture | None = None
    notices: tuple[str, ...] = field(default=())


def poster(
    workspace: Workspace,
    charter: Charter,
    folder: SchoolFolder | None,
    *,
    today: date,
    language: str | None = None,
    size: str = "A4",
    landscape: bool = False,
    address: str | None = None,
) -> Poster:
    """The poster of a charter; with `folder`, a school's own. `address` is the web address of its QR code.

    Raises CharterkitError for what no poster can be made of.
    """
    if folder is not None:
        charter = asked_of(folder, charter)
    lists = poster_lists(charter)
    if not lists:
        raise Refused("poster-key-points", count=len(charter.key_points), fewest=FEWEST, most=MOST)
    speaker = Speaker(charter, translation_into(workspace, charter, language), written_in(charter, workspace))
    name = folder.school.name if folder else workspace.config.organisation
    is_school = folder is not None and folder.is_school
    colours, notices = colours_of(workspace, folder)
    logo = logo_of(workspace, folder)
    view = PosterView(
        size=size,
        landscape=landscape,
        lang=speaker.lang,
        dir=speaker.dir,
        title=speaker.title(),
        name=words(name) if name and name.strip() else None,
        points=_parts(charter, speaker) if lists == "parts" else _points(charter, speaker),
        marks=_marks(charter, speaker),
        summary=speaker.label("summary" if is_school else "summary-all"),
        lines=_lines(charter, speaker, today),
        colours=colours,
        logo=f"logo.{logo.kind}" if logo else "",
        logo_alt=" ".join((name or charter.title).split()),
        qr=qr_code(address, speaker.label("qr", address=address).text) if address else None,
    )
    _demand_words(view)
    _demand_lengths(view, charter)
    told = _instead(charter, view) if lists == "parts" else ()
    return Poster(view, logo, (*notices, *told, *_translation_notices(speaker)))


def _points(charter: Charter, speaker: Speaker) -> tuple[PosterPoint, ...]:
    above, labels = parts(charter), _labels(charter)
    return tuple(
        PosterPoint(at, speaker.point(point, at), labels[at - 1], speaker.part(point) if above.get(point.id) else None)
        for at, point in enumerate(charter.key_points, 1)
    )


def _labels(charter: Charter) -> list[str]:
    """The key points' own numbers, where each has a short one; else their places."""
    own = [" ".join((point.number or "").split()) for point in charter.key_points]
    if all(0 < len(number) <= LONGEST_NUMBER for number in own):
        return own
    return [str(at) for at in range(1, len(own) + 1)]


def _parts(charter: Charter, speaker: Speaker) -> tuple[PosterPoint, ...]:
    first = {" ".join((point.part or "").split()): point for point in reversed(charter.key_points)}
    return tuple(PosterPoint(at, speaker.part(first[part]), str(at)) for at, part in enumerate(parts_of(charter), 1))


def _instead(charter: Charter, view: PosterView) -> tuple[str, ...]:
    count, named = len(charter.key_points), len(view.points)
    return (f"The charter has {count} key points, more than a poster has room for: it lists their {named} parts.",)


def translation_into(workspace: Workspace, charter: Charter, language: str | None) -> Translation | None:
    """The translation in a language; None for the charter's own. Raises CharterkitError with those there are."""
    own = written_in(charter, workspace).split("-")[0]
    if language is None or language.lower().split("-")[0] == own.lower():
        return None
    known = translations(workspace, charter)
    if found := lookup(known, language):
        return found.model
    there = ", ".join(named(word) for word in sorted({*known, own}))
    close = nearest(language.lower(), known) or next((word for word in known if word == meant(language)), "")
    said = named(language) if is_known(language) else f"'{language}'"
    raise NotThere("no-poster-language", said=said, meant=named(close) if close else "", there=there)


def _marks(charter: Charter, speaker: Speaker) -> tuple[Wording, ...]:
    keys = [] if charter.status == "published" else ["withdrawn" if charter.status == "withdrawn" else "draft"]
    if speaker.is_draft_translation:
        keys.append("draft-translation")
    return tuple(speaker.label(key) for key in keys)


def _lines(charter: Charter, speaker: Speaker, today: date) -> tuple[Wording, ...]:
    """What whoever reads closely wants to know: which version, whose, and how old the poster is."""
    found = [speaker.label("version", version=charter.version)]
    if charter.status == "published":
        found += [speaker.label("publisher", publisher=charter.publisher.name)] if charter.publisher else []
    made = speaker.label("made", date=speaker.day("made", today))
    return (*found, made, *_origin(speaker), *speaker.draft_note())


def _origin(speaker: Speaker) -> tuple[Wording, ...]:
    """Where its practice comes from, as far as there is room."""
    said = speaker.origin()
    if len(said.text) > LONGEST["label"]:
        said = replace(said, text=f"{said.text[: LONGEST['label'] - 1]}…")
    return (said,) if said.text else ()


def colours_of(workspace: Workspace, folder: SchoolFolder | None) -> tuple[Colours, tuple[str, ...]]:
    """The accent, the nearest that can be read where the one asked for cannot, and a sentence about that."""
    try:
        tokens = Templates(workspace.root).tokens()
    except RefusedError as error:
        raise Refused("template-unusable", error=error, folder=FOLDER) from None
    usual = tokens["light"]["accent"]
    own = folder.school.colours.get("accent") if folder else None
    asked = own or workspace.config.colours.get("accent") or (usual if _is_colour(usual) else _builtin("light"))
    used = passing(asked, WHITE)
    dark = passing(asked, _builtin("dark", "paper"))
    if used == asked.lower() or used == asked:
        return Colours(used, dark), ()
    where = folder.document.path if own and folder else "charterkit.yaml"
    ratio = f"{int(contrast(asked, WHITE) * 10) / 10:g}"
    notice = (
        f"The accent {asked} in {where} has a contrast of {ratio} to 1 with white; text needs {TEXT:g} to 1. "
        f'The poster uses the nearest darker one: accent: "{used}"'
    )
    return Colours(used, dark), (notice,)


def _builtin(mode: str, name: str = "accent") -> str:
    return str(builtin_tokens()[mode][name])


def _is_colour(text: object) -> bool:
    return isinstance(text, str) and len(text) == 7 and text[0] == "#" and set(text[1:]) <= _COLOUR_DIGITS  # noqa: PLR2004


def logo_of(workspace: Workspace, folder: SchoolFolder | None) -> Picture | None:
    """The school's own logo, which lies in its folder, else the workspace's."""
    if folder and folder.school.logo:
        return read_picture(workspace.root, folder.path, folder.school.logo)
    return read_picture(workspace.root, "", workspace.config.logo) if workspace.config.logo else None


def _demand_words(view: PosterView) -> None:
    """No key point, nor the title, without a single letter."""
    named = [
        ("The charter’s title", view.title),
        *((f"Key point {point.number}", point.words) for point in view.points),
    ]
    for name, text in named:
        if not any(word.isalnum() for word in text.text):
            raise Missing("poster-no-words", name=name)


def _demand_lengths(view: PosterView, charter: Charter) -> None:
    publisher = charter.publisher.name if charter.publisher and charter.status == "published" else ""
    texts = [
        ("The charter’s title", view.title.text, "title"),
        ("The organisation’s name", view.name.text if view.name else "", "name"),
        ("The publisher’s name", publisher, "publisher"),
        ("The charter’s version", charter.version, "version"),
        *(("The heading of a part", point.part.text, "part") for point in view.points if point.part),
        *(("A label of the translation", spoken.text, "label") for spoken in (view.summary, *view.marks, *view.lines)),
    ]
    for name, text, kind in texts:
        if len(text) > LONGEST[kind]:
            raise Refused("poster-text-too-long", name=name, count=len(text), longest=LONGEST[kind], text=text[:60])


def _translation_notices(speaker: Speaker) -> tuple[str, ...]:
    found = []
    if speaker.missing:
        found.append(
            f"Not translated into {named(speaker.lang)}, and in English on the poster: {_some(speaker.missing)}."
        )
    if speaker.stale:
        found.append(f"Translated from other English than the charter has now: {_some(speaker.stale)}.")
    return tuple(found)


def _some(texts: Sequence[Spoken], most: int = 6) -> str:
    names = [text.name for text in texts]
    rest = len(names) - most
    return ", ".join(names) if rest <= 0 else f"{', '.join(names[:most])} and {rest} more"


__all__ = ["ENGLISH", "Poster", "PosterPoint", "PosterView", "colours_of", "logo_of", "poster", "translation_into"]
