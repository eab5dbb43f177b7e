"""Which of a charter's words a partly translated one still has in the language it was written in."""

from collections.abc import Iterator, Mapping

from charterkit.files.workspace import Workspace
from charterkit.insight.translations.translated import english
from charterkit.insight.written import written_in
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.render.shared.headings import examples, with_number


def untranslated(workspace: Workspace, *charters: Charter) -> Mapping[str, str]:
    """Each text as documents show it, with the tag of its language, where that is not the charter's or the page's.

    A charter that is not translated has none: all its words are in its language.
    """
    return {text: tag for charter in charters for text, tag in _of_charter(workspace, charter)}


def _of_charter(workspace: Workspace, charter: Charter) -> Iterator[tuple[str, str]]:
    document = workspace.charters.get((charter.id, charter.version))
    own = document.model if document else None
    if own is None:
        return
    language = written_in(own, workspace)
    if language in (written_in(charter, workspace), ""):
        return
    before = set(english(own).values())
    for text in english(charter).values():
        if text in before:
            yield text, language
            yield " ".join(text.split()), language
    for point in charter.key_points:
        yield from ((text, language) for text in _shown(point, before))
        for aspect in point.aspects:
            yield from ((text, language) for text in _shown(aspect, before))


def _shown(part: KeyPoint | Aspect, before: set[str]) -> Iterator[str]:
    """A title with its number, and examples with their schools, as documents put them together."""
    title = part.title if isinstance(part, KeyPoint) else part.text
    if title in before:
        yield with_number(part.number, title)
    for example, shown in zip(part.examples, examples(part), strict=True):
        if example.text in before:
            yield shown
