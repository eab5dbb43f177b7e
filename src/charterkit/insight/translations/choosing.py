"""Which version of a charter is meant, and which of its translations."""

from collections.abc import Callable

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Document, Workspace
from charterkit.insight.translations.languages import is_known, meant, named
from charterkit.insight.translations.translated import every_translation, translations
from charterkit.model.base import nearest
from charterkit.model.charter import Charter
from charterkit.model.translation import Translation


def choose_version(workspace: Workspace, charter: str | None, version: str | None) -> Charter:
    """The charter, in the version asked for. Raises CharterkitError with the versions there are."""
    found = workspace.choose_charter(charter)
    if version is None:
        return found
    versions = {each.version: each for each in workspace.versions(found.id)}
    if version not in versions:
        raise CharterkitError(f"There is no version '{version}' of {found.id}.", f"There is: {', '.join(versions)}.")
    return versions[version]


def choose_translations(workspace: Workspace, charter: Charter, language: str | None) -> list[Document[Translation]]:
    """A charter version's translations, or the one into a language. Raises CharterkitError where it has none."""
    known = translations(workspace, charter)
    if language is not None and language.lower() not in known:
        raise _no_translation(language, list(known))
    return [document for tag, document in sorted(known.items()) if language is None or tag == language.lower()]


def _no_translation(language: str, known: list[str]) -> CharterkitError:
    close = nearest(language.lower(), known) or next((tag for tag in known if tag == meant(language)), "")
    there = f"There is: {', '.join(named(tag) for tag in sorted(known))}. " if known else ""
    hint = (
        f"Did you mean {named(close)}?"
        if close
        else f"{there}Start it with: charterkit translate new --lang {language}"
    )
    said = named(language) if is_known(language) else f"'{language}'"
    return CharterkitError(f"This charter has no translation into {said}.", hint)


def warn_of_unread_translations(workspace: Workspace, warn: Callable[[str], None]) -> None:
    """Say which translations cannot be read whole: what is unreadable in them counts as missing."""
    for document in every_translation(workspace):
        if document.loaded.problems:
            warn(
                f"{document.path} has mistakes, and what cannot be read does not count: 'charterkit check' says where."
            )
