"""CK70x: translations, against the charter version that they were made from."""

from collections.abc import Iterator
from typing import NamedTuple

from charterkit.files.load import UNREADABLE
from charterkit.files.words import shown
from charterkit.files.workspace import Document
from charterkit.findings import Severity, TreePath, alternatives
from charterkit.model.charter import Charter
from charterkit.model.translation import TranslatedPart, Translation, Words
from charterkit.rules.across import aspect_ids
from charterkit.rules.base import Context, Report, Rule, is_said, position

_NAMED = 3
"""Missing texts that are named one by one."""


def _translations(context: Context) -> Iterator[tuple[Document[Translation], Translation]]:
    for document in context.documents:
        if isinstance(document.model, Translation):
            yield document, document.model


def _charter(context: Context, translation: Translation) -> Document[Charter] | None:
    return context.workspace.charters.get((translation.charter, translation.version))


class _Part(NamedTuple):
    """A translated level, duty, key point or aspect, its place, what its list is called and the ids that fit there."""

    part: TranslatedPart
    at: TreePath
    kind: str
    known: list[str]


def _parts(document: Document[Translation], charter: Document[Charter]) -> Iterator[_Part]:
    translation, english = document.model, charter.model
    if translation is None or english is None:
        return
    aspects = sorted(aspect_ids(charter))
    lists = (
        ("pledge", translation.pledge, [one.id for one in english.pledge]),
        ("scale", translation.scale, [one.id for one in english.scale]),
        ("key_points", translation.key_points, [one.id for one in english.key_points]),
    )
    for kind, parts, known in lists:
        for number, part in enumerate(parts):
            yield _Part(part, (kind, position(document, (kind,), number)), kind, known)
    for number, point in enumerate(translation.key_points):
        way = ("key_points", position(document, ("key_points",), number), "aspects")
        for beside, aspect in enumerate(point.aspects):
            yield _Part(aspect, (*way, position(document, way, beside)), "aspects", aspects)


def _english(charter: Charter) -> dict[tuple[str, str, str], str]:
    """Every text there is to translate, by kind, id and field."""
    texts: dict[tuple[str, str, str], str | None] = {
        ("", "", "title"): charter.title,
        ("", "", "purpose"): charter.purpose,
    }
    texts.update({("pledge", one.id, "text"): one.text for one in charter.pledge})
    for level in charter.scale:
        texts["scale", level.id, "label"] = level.label
        texts["scale", level.id, "meaning"] = level.meaning
    for point in charter.key_points:
        texts["key_points", point.id, "title"] = point.title
        texts["key_points", point.id, "poster"] = point.poster
    for aspect in charter.aspects.values():
        texts["aspects", aspect.id, "text"] = aspect.text
        texts["aspects", aspect.id, "detail"] = aspect.detail
    return {key: text for key, text in texts.items() if text}


_FIELDS = ("title", "poster", "text", "detail", "label", "meaning")


def _translated(
    document: Document[Translation], charter: Document[Charter]
) -> dict[tuple[str, str, str], tuple[Words, TreePath]]:
    """Every text that is translated, and its place; of two for one, the first."""
    found: dict[tuple[str, str, str], tuple[Words, TreePath]] = {}
    for name in ("title", "purpose"):
        words: Words | None = getattr(document.model, name)
        if words is not None and words.text.strip():
            found["", "", name] = (words, (name,))
    for part in _parts(document, charter):
        for name in _FIELDS:
            words = getattr(part.part, name)
            if words is not None and words.text.strip():
                found.setdefault((part.kind, part.part.id, name), (words, (*part.at, name)))
    return found


class UnknownOriginal(Rule):
    """A translation is of a charter or version that the workspace does not have.

    Why: it would be shown nowhere.
    Bad: version: "3", where there are 1 and 2
    Good: version: "2"
    Mend: correct `charter` or `version`, or add that version's file to charters/.
    """

    code = "CK701"
    name = "unknown-original"

    def check(self, context: Context) -> Iterator[Report]:
        """Every translation."""
        for document, translation in _translations(context):
            if UNREADABLE in (translation.charter, translation.version) or _charter(context, translation):
                continue
            versions = [one.version for one in context.workspace.versions(translation.charter)]
            if versions:
                message = f"there is no version {shown(translation.version)} of {shown(translation.charter)}"
                words = alternatives([f'"{shown(one)}"' for one in versions])
                yield document, self.problem(message, f"Write {words}.", "version")
            else:
                known = context.workspace.charter_ids
                message = f"there is no charter '{shown(translation.charter)}'"
                remedy = self.meant(context, document, translation.charter, known)
                yield document, self.problem(message, remedy, "charter")


class UnknownPart(Rule):
    """A translation has an id that the charter does not have.

    Why: what stands under it would be shown nowhere, and the English in its place.
    Bad: id: gate-greting
    Good: id: gate-greeting
    Mend: write the id of the charter's own file.
    """

    code = "CK702"
    name = "unknown-part"

    def check(self, context: Context) -> Iterator[Report]:
        """Duties, levels, key points and aspects of every translation."""
        for document, translation in _translations(context):
            charter = _charter(context, translation)
            for part in _parts(document, charter) if charter else ():
                is_broken = charter is not None and is_said(
                    charter, "key_points" if part.kind == "aspects" else part.kind
                )
                if part.part.id not in part.known and part.part.id != UNREADABLE and not is_broken:
                    message = f"'{shown(part.part.id)}' is not in the charter"
                    remedy = self.meant(context, document, part.part.id, part.known)
                    yield document, self.problem(message, remedy, *part.at, "id")


class IncompleteTranslation(Rule):
    """A translation leaves texts out.

    Why: families would read the charter half in English.
    Bad: a key point without `title`
    Good: every text with its translation
    Mend: translate what the message names; a text that is not there is shown in English.
    """

    code = "CK703"
    name = "incomplete-translation"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every translation, once a file."""
        for document, translation in _translations(context):
            charter = _charter(context, translation)
            if charter is None or charter.model is None or is_said(document):
                continue
            wanted = _english(charter.model)
            there = _translated(document, charter)
            missing = [key for key in wanted if key not in there]
            if missing:
                named = ", ".join(f"{name} of {shown(part)}" if part else name for _, part, name in missing[:_NAMED])
                rest = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
                message = f"{len(missing):,} of {len(wanted):,} texts are not translated: {named}{rest}"
                yield document, self.problem(message, "Add them, each with its 'text' and 'source'.", "language")


class StaleTranslation(Rule):
    """A text was translated from other English than the charter has.

    Why: families would read something else than the charter says.
    Bad: source: Leaders greet families, where the charter says: Senior leaders greet families at the gate
    Good: source: Senior leaders greet families at the gate
    Mend: look at the translation again, then copy the charter's English into `source`.
    """

    code = "CK704"
    name = "stale-translation"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every translated text."""
        for document, translation in _translations(context):
            charter = _charter(context, translation)
            if charter is None or charter.model is None:
                continue
            wanted = _english(charter.model)
            parts = {key[:2] for key in wanted}
            titles = {("key_points", one.id, "poster"): one.title for one in charter.model.key_points if not one.poster}
            for key, (words, at) in _translated(document, charter).items():
                english = wanted.get(key) or titles.get(key)
                if english is None and key[:2] in parts:
                    message = "the charter has no English for this any more"
                    yield document, self.problem(message, "Take it out, or correct its key.", *at, on_key=True)
                elif english and _squeezed(words.source) != _squeezed(english):
                    message = f"the English it was made from is no longer the charter's: {shown(english)}"
                    remedy = "Look at the translation again, then copy the English into 'source'."
                    yield document, self.problem(message, remedy, *at, "source")


def _squeezed(text: str) -> str:
    return " ".join(text.split())


class DuplicateTranslation(Rule):
    """Two files translate the same charter version into one language.

    Why: nobody can tell which is shown.
    Bad: two files with charter: small, version: "1", language: ur
    Good: one file a language
    Mend: join them, or correct the language of one.
    """

    code = "CK705"
    name = "duplicate-translation"

    def check(self, context: Context) -> Iterator[Report]:
        """All translations."""
        seen: dict[tuple[str, str, str], str] = {}
        for document, translation in _translations(context):
            if {"charter", "version", "language"} & document.loaded.broken:
                continue
            key = (translation.charter, translation.version, translation.language.lower())
            first = seen.setdefault(key, document.path)
            if first != document.path:
                message = f"{first} translates the same version into {translation.language}"
                yield document, self.problem(message, "Join the two, or correct one.", "language")
