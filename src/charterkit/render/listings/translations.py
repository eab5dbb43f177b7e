"""How a charter's translations stand: as a listing, and for other programs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from charterkit.choices import TRANSLATION_PARTS
from charterkit.files.workspace import Workspace
from charterkit.insight.translations.languages import named
from charterkit.insight.translations.translated import TextState, TranslatedText, TranslationStanding, every_translation
from charterkit.model.charter import Charter
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.text.english import counted, joined, sentence

KEYS = (
    "charter",
    "version",
    "language",
    "status",
    "translator",
    "checked",
    "file",
    "builtin",
    "texts",
    "translated",
    "missing",
    "stale",
    "unused",
    "complete",
)
NAMES = {"poster": "poster", "form": "form", "aspects": "aspects", "guidance": "guidance", "pledge": "sign-up"}
_OPTIONAL = "guidance"
"""The part that many charters have no texts of, and that is not listed then."""
STATES = {
    TextState.MISSING: Cell("Missing", mark="▲", tone="late"),
    TextState.STALE: Cell("Out of date", mark="◆", tone="soon"),
    TextState.UNUSED: Cell("Not used", mark="–"),
}
_MOST = 100
"""Letters of a text's English that are shown."""
_NEXT = (
    "When somebody who speaks the language has read it all and it is right: write “status: checked” in the file, and "
    "who checked it after “checked:”. The poster then no longer says that it is a draft translation."
)


def translations_json(found: Sequence[TranslationStanding]) -> list[dict[str, Any]]:
    """One entry a language; what the keys mean is written in docs/json.md."""
    return [_row_json(standing) for standing in found]


def _row_json(standing: TranslationStanding) -> dict[str, Any]:
    counts = [standing.count(part) for part in standing.begun]
    return {
        "charter": standing.translation.charter,
        "version": standing.translation.version,
        "language": standing.translation.language,
        "status": standing.translation.status,
        "translator": standing.translation.translator,
        "checked": standing.translation.checked,
        "file": standing.document.path,
        "builtin": standing.document.builtin,
        "texts": sum(of for _, of in counts),
        "translated": sum(done for done, _ in counts),
        "missing": len(standing.lacking),
        "stale": len(standing.of(TextState.STALE)),
        "unused": len(standing.of(TextState.UNUSED)),
        "complete": not to_do(standing),
        "parts": [_part_json(standing, part) for part in _parts(standing)],
        "problems": [_problem_json(standing, item) for item in to_do(standing)],
    }


def _parts(standing: TranslationStanding) -> list[str]:
    return [part for part in TRANSLATION_PARTS if part != _OPTIONAL or standing.count(part)[1]]


def _part_json(standing: TranslationStanding, part: str) -> dict[str, Any]:
    done, of = standing.count(part)
    return {"part": part, "begun": part in standing.begun, "texts": of, "translated": done}


def _problem_json(standing: TranslationStanding, item: TranslatedText) -> dict[str, Any]:
    return {
        "problem": item.state.value,
        "part": item.key.part,
        "list": item.key.kind or None,
        "id": item.key.id or None,
        "field": item.key.field,
        "line": standing.lines[item.key],
        "english": item.english or None,
    }


def to_do(standing: TranslationStanding) -> list[TranslatedText]:
    """What is missing in the parts that are begun, then what is out of date, then what is not used."""
    return [*standing.lacking, *standing.of(TextState.STALE), *standing.of(TextState.UNUSED)]


def other_versions(workspace: Workspace, charter: Charter) -> dict[str, list[str]]:
    """By language, the charter's other versions that are translated into it, where this one is not."""
    found: dict[str, list[str]] = {}
    here = set()
    for document in every_translation(workspace):
        model = document.model
        if model is not None and model.charter == charter.id:
            if model.version == charter.version:
                here.add(model.language.lower())
            elif model.version not in found.setdefault(model.language.lower(), []):
                found[model.language.lower()].append(model.version)
    return {language: versions for language, versions in sorted(found.items()) if language not in here}


def translations_listing(
    charter: Charter, found: Sequence[TranslationStanding], today: date, elsewhere: Mapping[str, Sequence[str]]
) -> Listing:
    """The translations as people read them: a line a language, then what is to be done in each."""
    overview = Section("", tuple(_language(standing) for standing in found))
    details = [
        Section(
            f"To do in {named(standing.translation.language)}", tuple(_text(standing, item) for item in to_do(standing))
        )
        for standing in found
        if to_do(standing)
    ]
    return Listing(
        "Translations",
        charter.title,
        (_lead(found),),
        (Column("Language or text"), Column("State"), Column("Line", is_fixed=True, is_number=True)),
        (overview, *details) if found else (),
        spoken(today),
        subtitle=f"version {charter.version}, as of {spoken(today)}",
        notes=_elsewhere(elsewhere),
        footer=() if all(standing.is_checked for standing in found) else (_NEXT,),
        empty="Start one with: charterkit translate new --lang TAG",
    )


def _elsewhere(languages: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if not languages:
        return ()
    said = joined([named(item, f"version {joined(versions)}") for item, versions in languages.items()])
    example = f"charterkit translate new --lang {next(iter(languages))}"
    return (f"Other versions are translated into {said}. What has stayed the same is taken over by, say: {example}",)


def _lead(found: Sequence[TranslationStanding]) -> str:
    if not found:
        return "This version of the charter is not translated yet."
    unfinished, stale = (
        [standing for standing in found if standing.lacking],
        [each for each in found if each.of(TextState.STALE)],
    )
    unchecked = [standing for standing in found if not standing.is_checked]
    if len(found) == 1:
        known = {"not finished": unfinished, "out of date": stale, "not checked by a speaker": unchecked}
        words = joined([name for name, there in known.items() if there])
        return sentence(f"One translation: {words or 'finished and checked'}")
    parts = [
        f"{counted(len(unfinished), 'is', 'are')} not finished" if unfinished else "",
        f"{counted(len(stale), 'is', 'are')} out of date" if stale else "",
        f"{counted(len(unchecked), 'is', 'are')} not checked by a speaker" if unchecked else "",
    ]
    said = joined([part for part in parts if part]) or "all are finished and checked"
    return sentence(f"{counted(len(found), 'translation')}: {said}")


def _language(standing: TranslationStanding) -> tuple[Cell, ...]:
    begun = [f"{NAMES[part]} {done} of {of}" for part in standing.begun for done, of in [standing.count(part)]]
    rest = [NAMES[part] for part in TRANSLATION_PARTS if part not in standing.begun and standing.count(part)[1]]
    where = "built in" if standing.document.builtin else standing.document.path
    below = f"{', '.join(begun)}{f'; not begun: {joined(rest)}' if rest else ''}; {where}"
    return Cell(named(standing.translation.language), below=below), _state(standing), Cell("")


def _state(standing: TranslationStanding) -> Cell:
    """The worst that is to be said of it; the rest below."""
    missing, stale, unused = (
        len(standing.lacking),
        len(standing.of(TextState.STALE)),
        len(standing.of(TextState.UNUSED)),
    )
    said = [
        ("Not finished", "▲", "late", f"{missing} missing") if missing else None,
        ("Out of date", "◆", "soon", f"{stale} out of date") if stale else None,
        None if standing.is_checked else ("Not checked", "◆", "soon", ""),
        ("To tidy", "–", "", f"{unused} not used") if unused else None,
    ]
    worst = [text for text in said if text]
    if not worst:
        return Cell("In order", below=standing.translation.checked or "", mark="●")
    text, mark, tone, _ = worst[0]
    rest = [words or "not checked" for name, _, _, words in worst if words or name != text]
    return Cell(text, below=", ".join(rest), mark=mark, tone=tone)


def _text(standing: TranslationStanding, item: TranslatedText) -> tuple[Cell, ...]:
    key = item.key
    name = f"label {key.field}" if key.kind == "labels" else f"{key.field} of {key.id}" if key.id else key.field
    english = item.english if len(item.english) <= _MOST else f"{item.english[:_MOST].rstrip()} ..."
    return Cell(name, below=english), STATES[item.state], Cell(str(standing.lines[key]))
