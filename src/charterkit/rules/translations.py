"""CK70x: translations, against the charter version that they were made from."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.copies import original
from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document
from charterkit.findings import Code
from charterkit.insight.translations.languages import named
from charterkit.insight.translations.translated import Key, TextState, TranslationStanding, english, placed, standing
from charterkit.model.charter import Charter
from charterkit.model.labels import LABELS
from charterkit.model.translation import Translation
from charterkit.rules.base import Report, Rule, is_said
from charterkit.rules.charter_parts import aspect_ids
from charterkit.rules.context import Context
from charterkit.text.english import alternatives
from charterkit.text.safe import shown

_NAMED = 3
"""Missing texts that are named one by one."""


def _charter(context: Context, translation: Translation) -> Document[Charter] | None:
    return context.workspace.charters.get((translation.charter, translation.version))


def _known(document: Document[Charter], charter: Charter) -> dict[str, list[str]]:
    """The ids that fit in each of a translation's lists."""
    return {
        "pledge": [pledge.id for pledge in charter.pledge],
        "scale": [level.id for level in charter.scale],
        "awards": [award.id for award in charter.awards],
        "key_points": [point.id for point in charter.key_points],
        "aspects": sorted(aspect_ids(document)),
    }


def _standings(context: Context) -> list[tuple[Document[Translation], Charter, TranslationStanding]]:
    """Every translation that can be read and has a charter that can, with how it stands against it."""
    found = []
    for document, translation in context.translations:
        charter = _charter(context, translation)
        against = standing(document, charter.model) if charter and charter.model else None
        if charter and charter.model and against:
            found.append((document, charter.model, against))
    return found


class UnknownOriginal(Rule):
    """A translation is of a charter or version that the workspace does not have.

    Why: it would be shown nowhere.
    Bad: version: "3", where there are 1 and 2
    Good: version: "2"
    Mend: correct `charter` or `version`, or add that version's file to charters/.
    """

    code = Code.UNKNOWN_ORIGINAL

    def check(self, context: Context) -> Iterator[Report]:
        """Every translation."""
        for document, translation in context.translations:
            if UNREADABLE in (translation.charter, translation.version) or _charter(context, translation):
                continue
            versions = [charter.version for charter in context.workspace.versions(translation.charter)]
            if versions:
                message = f"there is no version {shown(translation.version)} of {shown(translation.charter)}"
                words = alternatives([f'"{shown(version)}"' for version in versions])
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

    code = Code.UNKNOWN_PART

    def check(self, context: Context) -> Iterator[Report]:
        """Duties, levels, key points and aspects of every translation."""
        for document, translation in context.translations:
            charter = _charter(context, translation)
            if charter is None or charter.model is None:
                continue
            known = _known(charter, charter.model)
            ids = {kind: frozenset(listed) for kind, listed in known.items()}
            for part, at, kind in placed(document):
                is_broken = is_said(charter, "key_points" if kind == "aspects" else kind)
                if part.id not in ids[kind] and part.id != UNREADABLE and not is_broken:
                    message = f"'{shown(part.id)}' is not in the charter"
                    remedy = self.meant(context, document, part.id, known[kind])
                    yield document, self.problem(message, remedy, *at, "id")


class IncompleteTranslation(Rule):
    """A translation leaves texts out.

    Why: families would read the poster, or what else is translated, half in English.
    Bad: a key point without `title`
    Good: every text of the poster with its translation, and labels for the poster's own words
    Mend: translate what the message names; a text that is not there is shown in English, and said to be. The form, the
    aspects and the sign-up may be left out whole; what is begun of them is to be finished.
    """

    code = Code.INCOMPLETE_TRANSLATION
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every translation, once a file."""
        for document, _, found in context.once(_standings):
            if is_said(document) or not found.lacking:
                continue
            missing = [each.key for each in found.lacking]
            of = sum(found.count(part)[1] for part in found.begun)
            named = ", ".join(_named(key) for key in missing[:_NAMED])
            rest = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
            message = f"{len(missing):,} of {of:,} texts are not translated: {named}{rest}"
            remedy = "Add them; 'charterkit translate status' lists them all."
            yield document, self.problem(message, remedy, "language")


def _named(key: Key) -> str:
    if key.kind == "labels":
        return f"the label {key.field}"
    return f"{key.field} of {shown(key.id)}" if key.id else key.field


class StaleTranslation(Rule):
    """A text was translated from other English than the charter has.

    Why: families would read something else than the charter says.
    Bad: source: Leaders greet families, where the charter says: Senior leaders greet families at the gate
    Good: source: Senior leaders greet families at the gate
    Mend: look at the translation again, then copy the charter's English into `source`.
    """

    code = Code.STALE_TRANSLATION
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every translated text."""
        for document, charter, found in context.once(_standings):
            stale = found.of(TextState.STALE, TextState.UNUSED)
            parts = {key[:2] for key in english(charter)} if stale else set()
            for each in stale:
                if each.state is TextState.STALE:
                    message = f"the English it was made from is no longer the charter's: {shown(each.english)}"
                    remedy = "Look at the translation again, then copy the English into 'source'."
                    yield document, self.problem(message, remedy, *each.at, "source")
                elif each.key.kind == "labels":
                    message = f"there is no label '{shown(each.key.field)}'"
                    remedy = self.meant(context, document, each.key.field, list(LABELS))
                    yield document, self.problem(message, remedy, *each.at, on_key=True)
                elif each.key[:2] in parts:
                    message = "the charter has no English for this any more"
                    yield document, self.problem(message, "Take it out, or correct its key.", *each.at, on_key=True)


class DuplicateTranslation(Rule):
    """Two files translate the same charter version into one language.

    Why: nobody can tell which is shown.
    Bad: two files with charter: small, version: "1", language: ur
    Good: one file a language
    Mend: join them, or correct the language of one.
    """

    code = Code.DUPLICATE_TRANSLATION

    def check(self, context: Context) -> Iterator[Report]:
        """All translations."""
        seen: dict[tuple[str, str, str], str] = {}
        copies_last = sorted(context.translations, key=lambda found: bool(original(found.document.stem)))
        for document, translation in copies_last:
            if {"charter", "version", "language"} & document.loaded.broken:
                continue
            key = (translation.charter, translation.version, translation.language.lower())
            first = seen.setdefault(key, document.path)
            if first != document.path:
                message = f"{first} translates the same version into {named(translation.language)}"
                yield document, self.problem(message, "Join the two, or correct one.", "language")
