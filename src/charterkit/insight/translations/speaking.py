"""A charter in the language that a document is made in, as far as it is translated."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from charterkit.files.workspace import Workspace
from charterkit.insight.origin import origin
from charterkit.insight.translations.translated import Given, Key, given, lookup, squeezed, translations
from charterkit.insight.written import is_english
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.text.speech import ENGLISH, asked

Say = Callable[[str, str, str, str], str]
"""Kind, id and field of a text, and what the charter has."""


def is_translated(workspace: Workspace, charter: Charter) -> bool:
    """Whether a charter has words in the language that is spoken, besides the ones it was written in.

    One that does not say what it is written in is not in a language that it is translated into.
    """
    own, language = charter.written_in or ENGLISH, asked()
    is_own = language.partition("-")[0].lower() == own.partition("-")[0].lower()
    return not is_own and not is_english(language) and lookup(translations(workspace, charter), language) is not None


def charter_in_language(workspace: Workspace, charter: Charter) -> Charter:
    """A charter in the language that is spoken, each text that is not translated as it was; itself without any.

    What it is written in is then the translation's language, and what was worked out of the old words is gone.
    """
    if asked() == ENGLISH or not is_translated(workspace, charter):
        return charter
    document = lookup(translations(workspace, charter), asked())
    if document is None or document.model is None:
        return charter
    say = _sayer(given(document))
    made = charter.model_copy(
        update={
            "title": say("", "", "title", charter.title),
            "purpose": say("", "", "purpose", charter.purpose or "") or None,
            "provenance": say("", "", "provenance", origin(charter)) or None,
            "pledge": tuple(replace(each, text=say("pledge", each.id, "text", each.text)) for each in charter.pledge),
            "scale": tuple(
                replace(
                    level,
                    label=say("scale", level.id, "label", level.label),
                    meaning=say("scale", level.id, "meaning", level.meaning),
                )
                for level in charter.scale
            ),
            "awards": tuple(
                replace(each, label=say("awards", each.id, "label", each.label)) for each in charter.awards
            ),
            "key_points": tuple(_points(charter, say)),
            "written_in": document.model.language,
        }
    )
    for worked_out in ("aspects", "key_point_of", "levels", "_words", "ranks"):
        made.__dict__.pop(worked_out, None)
    return made


def _sayer(texts: Mapping[Key, Given]) -> Say:
    examples = {
        (key.id, squeezed(each.source or "")): each.text.strip()
        for key, each in texts.items()
        if key.field.startswith("examples.") and each.text.strip()
    }

    def say(kind: str, name: str, field: str, own: str) -> str:
        if field == "examples":  # known by its English: another one may have been put in before it since
            return examples.get((name, squeezed(own)), own)
        found = texts.get(Key(kind, name, field))
        if found and "." in field and squeezed(found.source or own) != squeezed(own):
            return own  # another level may be described now: what is not known to say the same says nothing
        return found.text.strip() if found and found.text.strip() else own

    return say


def _points(charter: Charter, say: Say) -> list[KeyPoint]:
    made = []
    heads: dict[str, str] = {}
    for point in charter.key_points:
        part = point.part or ""
        head = heads.setdefault(squeezed(part), say("key_points", point.id, "part", part))
        made.append(_point(point, head, say))
    return made


def _point(point: KeyPoint, part: str, say: Say) -> KeyPoint:
    def said(field: str, own: str | None) -> str | None:
        return say("key_points", point.id, field, own or "") or None

    return point.model_copy(
        update={
            "part": part or None,
            "title": said("title", point.title) or point.title,
            "poster": said("poster", point.poster),
            "detail": said("detail", point.detail),
            "examples": tuple(
                replace(example, text=say("key_points", point.id, "examples", example.text))
                for example in point.examples
            ),
            "aspects": tuple(_aspect(aspect, say) for aspect in point.aspects),
        }
    )


def _aspect(aspect: Aspect, say: Say) -> Aspect:
    def said(field: str, own: str) -> str:
        return say("aspects", aspect.id, field, own)

    return replace(
        aspect,
        text=said("text", aspect.text),
        detail=said("detail", aspect.detail or "") or None,
        levels={level: said(f"levels.{level}", text) for level, text in aspect.levels.items()},
        next={level: said(f"next.{level}", text) for level, text in aspect.next.items()},
    )
