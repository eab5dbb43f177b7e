"""A new translation's file: every text with its English, and what an earlier translation has for the same English."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from functools import cached_property

from charterkit.choices import TRANSLATION_PARTS
from charterkit.errors import NotThere
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.emit import inline
from charterkit.insight.translations.translated import Given, Key, english, every_translation, given, squeezed
from charterkit.model.charter import Charter, version_key
from charterkit.model.labels import LABELS
from charterkit.model.translation import Translation
from charterkit.records import dataclass

HEAD = """\
# A translation. Write each text in the other language after `text:`, and after each of the `labels`.
# Leave `source`, the ids and what stands in {braces} as they are. What stays empty is shown in English, and said to be.
# Somebody who speaks the language should then read it all. If it is right, change `status` to checked, and write
# who checked it after `checked:`. Until then the poster says that it is a draft translation.
# See how it stands: charterkit translate status
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new translation begins with: texts by key, who translated them, and what they are from, in words."""

    texts: Mapping[Key, str] = field(default_factory=dict)
    translator: str | None = None
    path: str = ""


def start(workspace: Workspace, charter: Charter, language: str, from_version: str | None = None) -> Start:
    """What there is already: of this version the built-in translation, else the newest version's translation.

    Only texts whose English has stayed the same are taken over, by id, or of an aspect by what it `replaces`. Raises
    CharterkitError where `from_version` is said and has no translation into the language.
    """
    found = _earlier(workspace, charter, language, from_version)
    if found is None or found.model is None:
        return Start()
    old = given(found)
    texts = {key: text for key, wanted in english(charter).items() if (text := _same(charter, key, wanted, old))}
    path = "the built-in translation" if found.builtin else found.path
    return Start(texts, found.model.translator, path) if texts else Start()


def _earlier(
    workspace: Workspace, charter: Charter, language: str, from_version: str | None
) -> Document[Translation] | None:
    known: dict[str, Document[Translation]] = {}
    for document in every_translation(workspace):
        if (
            document.model
            and document.model.charter == charter.id
            and document.model.language.lower() == language.lower()
        ):
            known.setdefault(document.model.version, document)
    if from_version is None:
        newest = max(known, key=version_key, default="")
        return known.get(charter.version) or known.get(newest)
    if from_version not in known:
        there = ", ".join(sorted(known, key=version_key))
        raise NotThere("no-translation-of-version", from_version=from_version, language=language, there=there)
    return known[from_version]


def _same(charter: Charter, key: Key, wanted: str, old: Mapping[Key, Given]) -> str:
    """The old translation of a text, if it was made from the same English; else an empty text."""
    before = charter.aspects[key.id].replaces if key.kind == "aspects" else ()
    for each in (key, *(key._replace(id=name) for name in before)):
        found = old.get(each)
        if found and found.text.strip() and (found.source is None or squeezed(found.source) == squeezed(wanted)):
            return found.text
    return ""


def translation_text(charter: Charter, language: str, begin: Start, parts: Collection[str] = TRANSLATION_PARTS) -> str:
    """The whole text of a translation's file, with the texts of some parts; those not in `begin` are empty."""
    wanted = {key: text for key, text in english(charter).items() if key.part in parts}
    maker = _Maker(charter, wanted, begin.texts)
    head = [
        ("charter", charter.id),
        ("version", charter.version),
        ("language", language),
        ("status", "draft"),
        ("translator", begin.translator or ""),
        ("checked", ""),
    ]
    lines = [f"{key}: {_value(key, text)}".rstrip() for key, text in head]
    return HEAD + "\n".join([*lines, *maker.lines()]) + "\n"


def _value(key: str, text: str) -> str:
    """As people write it: a version in quotes, so that no other program takes it for a number."""
    return inline(text, style='"' if key == "version" else None) if text else ""


@dataclass(frozen=True)
class _Maker:
    charter: Charter
    wanted: Mapping[Key, str]
    texts: Mapping[Key, str]

    def lines(self) -> Iterator[str]:
        charter = self.charter
        yield from self._fields("", "", ("title", "purpose", "provenance"), 0, before="\n")
        yield from self._labels()
        yield from self._list("pledge", [pledge.id for pledge in charter.pledge], ("text",))
        yield from self._list("scale", [level.id for level in charter.scale], ("label", "meaning"))
        yield from self._list("awards", [award.id for award in charter.awards], ("label",))
        points = [list(self._point(number)) for number in range(len(charter.key_points))]
        if any(points):
            yield "\nkey_points:"
            for point in points:
                yield from point

    def _words(self, key: Key, indent: int) -> Iterator[str]:
        """A text and its English; nothing where there is none to translate."""
        if key in self.wanted:
            yield f"{' ' * indent}{inline(key.field.rpartition('.')[2])}:"
            yield from (f"{' ' * (indent + 2)}{line}" for line in self._pair(key))

    def _pair(self, key: Key) -> tuple[str, str]:
        text = self.texts.get(key, "")
        return f"text: {inline(text) if text else ''}".rstrip(), f"source: {inline(self.wanted[key])}"

    def _several(self, kind: str, name: str, of: str) -> list[Key]:
        """The texts of a field that has several, such as an aspect's levels."""
        return self._fields_of.get((kind, name, of), [])

    @cached_property
    def _fields_of(self) -> dict[tuple[str, str, str], list[Key]]:
        found: dict[tuple[str, str, str], list[Key]] = {}
        for key in self.wanted:
            found.setdefault((key.kind, key.id, key.field.partition(".")[0]), []).append(key)
        return found

    def _fields(self, kind: str, name: str, names: tuple[str, ...], indent: int, before: str = "") -> Iterator[str]:
        for text in names:
            for number, line in enumerate(self._words(Key(kind, name, text), indent)):
                yield f"{before}{line}" if number == 0 else line

    def _labels(self) -> Iterator[str]:
        keys = [key for key in self.wanted if key.kind == "labels"]
        if keys:
            yield "\n# The poster's and the form's own words, each below its English and the place where it stands."
            yield "labels:"
        for key in keys:
            text = self.texts.get(key, "")
            yield f"  # {LABELS[key.field].where} In English:"
            yield f"  #   {LABELS[key.field].english}"
            yield f"  {key.field}: {inline(text) if text else ''}".rstrip()

    def _list(self, kind: str, ids: list[str], names: tuple[str, ...]) -> Iterator[str]:
        found = [line for name in ids for line in self._entry(kind, name, names, 2)]
        if found:
            yield f"\n{kind}:"
            yield from found

    def _entry(self, kind: str, name: str, names: tuple[str, ...], indent: int) -> Iterator[str]:
        found = list(self._fields(kind, name, names, indent + 2))
        if found:
            yield f"{' ' * indent}- id: {inline(name)}"
            yield from found

    def _point(self, number: int) -> Iterator[str]:
        point = self.charter.key_points[number]
        own = list(self._entry("key_points", point.id, ("part", "title", "poster", "detail"), 2))
        examples = self._several("key_points", point.id, "examples")
        if examples:
            own = [*(own or [f"  - id: {inline(point.id)}"]), "    examples:"]
        for text, source in map(self._pair, examples):
            own += [f"      - {text}", f"        {source}"]
        aspects = [line for aspect in point.aspects for line in self._aspect(aspect.id)]
        if aspects and not own:
            own = [f"  - id: {inline(point.id)}"]
        yield from own
        if aspects:
            yield "    aspects:"
            yield from aspects

    def _aspect(self, name: str) -> Iterator[str]:
        own = list(self._entry("aspects", name, ("text", "detail"), 6))
        texts = {of: self._several("aspects", name, of) for of in ("levels", "next")}
        if any(texts.values()) and not own:
            own = [f"      - id: {inline(name)}"]
        yield from own
        for of, keys in texts.items():
            if keys:
                yield f"        {of}:"
            for key in keys:
                yield from self._words(key, 10)
