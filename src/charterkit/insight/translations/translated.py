"""The translations there are of a charter, its words in one of them, and what each of them lacks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from charterkit.choices import TRANSLATION_PARTS
from charterkit.files.copies import note_copies, settled
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.marks import locate
from charterkit.findings import Code, Problem, TreePath
from charterkit.insight.origin import origin
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.labels import LABELS
from charterkit.model.translation import TranslatedAspect, TranslatedKeyPoint, TranslatedPart, Translation, Words
from charterkit.records import dataclass

FIELDS = ("title", "poster", "text", "detail", "label", "meaning")
_OF_POSTER = ("title", "poster", "part")
_ELSEWHERE = ("scale", "awards")
_NAMES = {"key_points": "poster", "scale": "form", "awards": "form"}


def translations(workspace: Workspace, charter: Charter) -> dict[str, Document[Translation]]:
    """A charter version's translations by language tag in small letters; the workspace's own before built-in ones."""
    found: dict[str, Document[Translation]] = {}
    for document in every_translation(workspace):
        model = document.model
        if model and (model.charter, model.version) == (charter.id, charter.version):
            found.setdefault(model.language.lower(), document)
    return found


def every_translation(workspace: Workspace) -> tuple[Document[Translation], ...]:
    """All translations of all charters that count: the workspace's own without copies, then the built-in ones."""
    return workspace.once(_every_translation)


def _every_translation(workspace: Workspace) -> tuple[Document[Translation], ...]:
    builtin = workspace.builtin
    places = [workspace] if builtin is None or builtin == workspace.root else [workspace, Workspace(builtin)]
    found = [
        replace(place.read(path, Translation), builtin=place is not workspace)
        for place in places
        for path, kind in place.charter_paths()
        if kind is Translation
    ]
    rivals = settled([document for document in found if not document.builtin]).rivals
    note_copies(rivals)
    gone = {rival.document.path for rival in rivals}
    return tuple(document for document in found if document.builtin or document.path not in gone)


def lookup(known: Mapping[str, Document[Translation]], language: str) -> Document[Translation] | None:
    """The translation for a tag, or for the language it is a kind of (RFC 4647): `ur` where `ur-PK` is asked for."""
    parts = language.lower().split("-")
    while parts:
        if "-".join(parts) in known:
            return known["-".join(parts)]
        parts.pop()
    return None


class Key(NamedTuple):
    """Which text: the kind of part (empty for the charter itself), its id, and the field, or a label's key.

    A field of several texts is named with which is meant: "levels.amber", "examples.2".
    """

    kind: str
    id: str
    field: str

    @property
    def part(self) -> str:
        """Which of TRANSLATION_PARTS it belongs to."""
        if self.kind == "labels":
            return "form" if self.field.startswith("form-") else "poster"
        if not self.kind:
            return "pledge" if self.field == "purpose" else "poster"
        is_more = self.field not in _OF_POSTER if self.kind == "key_points" else "." in self.field
        return "guidance" if is_more else _NAMES.get(self.kind, self.kind)


class Given(NamedTuple):
    """A text of a translation: its words, the English it was made from (None for a label) and its place."""

    text: str
    source: str | None
    at: TreePath


class Placed(NamedTuple):
    """A translated level, duty, key point or aspect, its place, and what its list is called."""

    part: TranslatedPart
    at: TreePath
    kind: str


def english(charter: Charter) -> dict[Key, str]:
    """Every text there is to translate, in the order in which a translation's file has them."""
    texts: dict[Key, str | None] = {
        Key("", "", "title"): charter.title,
        Key("", "", "purpose"): charter.purpose,
        Key("", "", "provenance"): origin(charter),
        **{Key("labels", "", key): label.english for key, label in LABELS.items()},
    }
    texts.update({Key("pledge", pledge.id, "text"): pledge.text for pledge in charter.pledge})
    for level in charter.scale:
        texts[Key("scale", level.id, "label")] = level.label
        texts[Key("scale", level.id, "meaning")] = level.meaning
    texts.update({Key("awards", award.id, "label"): award.label for award in charter.awards})
    repeated = _repeated_parts(charter)
    for point in charter.key_points:
        texts.update(_of_key_point(point, "" if Key("key_points", point.id, "part") in repeated else point.part))
        for aspect in point.aspects:
            texts.update(_of_aspect(aspect))
    return {key: text for key, text in texts.items() if text and text.strip()}


def _of_key_point(point: KeyPoint, part: str | None) -> dict[Key, str | None]:
    texts = {"part": part, "title": point.title, "poster": point.poster, "detail": point.detail}
    found = {Key("key_points", point.id, field): text for field, text in texts.items()}
    for number, example in enumerate(point.examples, start=1):
        found[Key("key_points", point.id, f"examples.{number}")] = example.text
    return found


def _of_aspect(aspect: Aspect) -> dict[Key, str | None]:
    texts = {"text": aspect.text, "detail": aspect.detail}
    texts.update({f"levels.{level}": text for level, text in aspect.levels.items()})
    texts.update({f"next.{level}": text for level, text in aspect.next.items()})
    return {Key("aspects", aspect.id, field): text for field, text in texts.items()}


def _repeated_parts(charter: Charter) -> dict[Key, str]:
    """The headings that an earlier key point stands under too: translated there, for all of them."""
    found: dict[Key, str] = {}
    seen: set[str] = set()
    for point in charter.key_points:
        if point.part and squeezed(point.part) in seen:
            found[Key("key_points", point.id, "part")] = point.part
        seen.add(squeezed(point.part or ""))
    return found


def placed(document: Document[Translation]) -> Iterator[Placed]:
    """Every part of a translation that has an id, with its place in the file."""
    translation = document.model
    if translation is None:
        return
    lists: dict[str, Sequence[TranslatedPart]] = {
        "pledge": translation.pledge,
        "scale": translation.scale,
        "awards": translation.awards,
    }
    lists["key_points"] = translation.key_points
    where = document.loaded.position
    for kind, parts in lists.items():
        for number, part in enumerate(parts):
            yield Placed(part, (kind, where((kind,), number)), kind)
    for number, point in enumerate(translation.key_points):
        way = ("key_points", where(("key_points",), number), "aspects")
        for beside, aspect in enumerate(point.aspects):
            yield Placed(aspect, (*way, where(way, beside)), "aspects")


def given(document: Document[Translation]) -> dict[Key, Given]:
    """Every text that a translation has, empty ones among them; of two for one, the first that is not empty."""
    found: dict[Key, Given] = {}
    if document.model is None:
        return found
    found = {Key("labels", "", key): Given(text, None, ("labels", key)) for key, text in document.model.labels.items()}
    texts: list[tuple[Key, Words | None, TreePath]] = [
        (Key("", "", "title"), document.model.title, ("title",)),
        (Key("", "", "purpose"), document.model.purpose, ("purpose",)),
        (Key("", "", "provenance"), document.model.provenance, ("provenance",)),
    ]
    where = document.loaded.position
    for part, at, kind in placed(document):
        texts += [(Key(kind, part.id, name), getattr(part, name), (*at, name)) for name in FIELDS]
        texts += [(Key(kind, part.id, name), words, (*at, *way)) for name, words, way in _more(part, at, where)]
    for key, words, at in texts:
        before = found.get(key)
        if words is not None and (before is None or not before.text.strip()):
            found[key] = Given(words.text, words.source, at)
    return found


def _more(
    part: TranslatedPart, at: TreePath, where: Callable[[TreePath, int], int]
) -> Iterator[tuple[str, Words | None, TreePath]]:
    """What only key points and aspects have."""
    if isinstance(part, TranslatedKeyPoint):
        yield "part", part.part, ("part",)
        for number, example in enumerate(part.examples):
            yield f"examples.{number + 1}", example, ("examples", where((*at, "examples"), number))
    elif isinstance(part, TranslatedAspect):
        for name, texts in (("levels", part.levels), ("next", part.next)):
            for level, words in texts.items():
                yield f"{name}.{level}", words, (name, level)


def squeezed(text: str) -> str:
    """A text with its lines and blanks as one line, as two texts are compared."""
    return " ".join(text.split())


class TextState(StrEnum):
    """What became of one text."""

    TRANSLATED = "translated"
    MISSING = "missing"
    STALE = "stale"
    """It was made from other English than the charter has now."""
    UNUSED = "unused"
    """The charter has no English for it any more."""


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """One text: which, how it stands, the charter's English ("" where it has none) and its line in the file."""

    key: Key
    state: TextState
    english: str
    at: TreePath


@dataclass(frozen=True)
class TranslationStanding:
    """How one translation stands against its charter."""

    document: Document[Translation]
    translation: Translation
    items: tuple[TranslatedText, ...]

    @property
    def is_checked(self) -> bool:
        """Whether somebody who speaks the language has gone over it."""
        return self.translation.status == "checked"

    def of(self, *states: TextState, part: str | None = None) -> list[TranslatedText]:
        """Its texts that stand so, of one part or of all."""
        return [item for item in self.items if item.state in states and part in (None, item.key.part)]

    def count(self, part: str) -> tuple[int, int]:
        """How many texts of a part are translated, stale ones too, and how many there are."""
        done = self.of(TextState.TRANSLATED, TextState.STALE, part=part)
        return len(done), len(done) + len(self.of(TextState.MISSING, part=part))

    @cached_property
    def begun(self) -> tuple[str, ...]:
        """The parts that are to be whole: the poster, and every other of which somebody has translated anything.

        The words of levels and awards alone do not begin the form: other documents show them too.
        """
        done = self.of(TextState.TRANSLATED, TextState.STALE)
        return tuple(
            part
            for part in TRANSLATION_PARTS
            if part == "poster" or any(item.key.part == part and item.key.kind not in _ELSEWHERE for item in done)
        )

    @property
    def lacking(self) -> list[TranslatedText]:
        """What is missing in the parts that are begun."""
        return [item for item in self.of(TextState.MISSING) if item.key.part in self.begun]

    @cached_property
    def lines(self) -> dict[Key, int]:
        """The line of every text that is not as it should be; of one that is not there, of what it belongs in."""
        wrong = [item for item in self.items if item.state is not TextState.TRANSLATED]
        text = self.document.data.decode("utf-8", errors="replace")
        found = locate(text, [Problem(Code.INCOMPLETE_TRANSLATION, "", at=item.at) for item in wrong])
        return {item.key: line for item, (line, _) in zip(wrong, found, strict=True)}


def standing(document: Document[Translation], charter: Charter) -> TranslationStanding | None:
    """How a translation stands against the charter version it is of; None where nothing in it can be read."""
    if document.model is None:
        return None
    wanted, there = english(charter), given(document)
    titles = {Key("key_points", point.id, "poster"): point.title for point in charter.key_points if not point.poster}
    titles.update(_repeated_parts(charter))
    ways = {(each.kind, each.part.id): each.at for each in reversed(list(placed(document)))}
    points = {aspect.id: point.id for point in charter.key_points for aspect in point.aspects}
    items = []
    for key, text in wanted.items():
        found = there.get(key)
        if found is None or not found.text.strip():
            at = found.at if found else _nearest(key, ways, points)
            items.append(TranslatedText(key, TextState.MISSING, text, at))
        else:
            is_stale = found.source is not None and squeezed(found.source) != squeezed(text)
            items.append(TranslatedText(key, TextState.STALE if is_stale else TextState.TRANSLATED, text, found.at))
    for key, found in there.items():
        if key in wanted or not found.text.strip():
            continue
        title = titles.get(key)
        if title is None:
            items.append(TranslatedText(key, TextState.UNUSED, "", found.at))
        elif squeezed(found.source or "") != squeezed(title):
            items.append(TranslatedText(key, TextState.STALE, title, found.at))
    return TranslationStanding(document, document.model, tuple(items))


def _nearest(key: Key, ways: Mapping[tuple[str, str], TreePath], points: Mapping[str, str]) -> TreePath:
    """Where a text that is not there belongs: its part if that is there, else the key point, else the list."""
    if (key.kind, key.id) in ways:
        return (*ways[key.kind, key.id], *key.field.split(".")[:1])
    if key.kind == "aspects":
        point = ways.get(("key_points", points.get(key.id, "")))
        return (*point, "aspects") if point else ("key_points",)
    return ("labels", key.field) if key.kind == "labels" else (key.kind or key.field,)
