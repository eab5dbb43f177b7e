"""charterkit's own words and what a language has for them, side by side, for whoever checks them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from charterkit.errors import NotThere
from charterkit.files.workspace import Workspace
from charterkit.insight.translations.languages import named
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.voice import Voice
from charterkit.resources import LANGUAGES
from charterkit.text.english import figures
from charterkit.text.speech import FILE, HeldText, catalogue, held_texts

KEYS = ("english", "text", "state", "where")
_STATES = {"missing": ("▲", "late"), "fuzzy": ("◆", "soon"), "translated": ("●", "")}
_SAID = {"missing": "Missing", "fuzzy": "To look at again", "translated": "There"}
_FORMS = ("none", "1", "2", "3", "6", "more")
"""What the six forms of a Welsh plural are for; other languages have fewer, which go by number."""


def own_words(_workspace: Workspace, today: date, _voice: Voice, *, language: str) -> Listed:
    """Every text of a language's catalogue. Raises CharterkitError where there is no catalogue of it."""
    known = catalogue(language)
    if known is None:
        there = sorted(path.parts[-3] for path in LANGUAGES.glob(f"*/{FILE}"))
        raise NotThere("no-catalogue", language=named(language), known=there)
    texts = held_texts(known.language)
    rows: list[dict[str, Any]] = [
        {"english": each.english, "text": _text(each), "state": each.state, "where": ", ".join(each.places)}
        for each in texts
    ]
    return Listed(rows, KEYS, lambda: _listing(known.language, texts, today, is_checked=known.is_checked))


def _text(each: HeldText) -> str:
    """What the language has; of a plural every form, with the number that it is for."""
    if len(each.texts) == 1:
        return each.texts[0]
    names = _FORMS if len(each.texts) == len(_FORMS) else tuple(str(place) for place in range(len(each.texts)))
    return "; ".join(f"{name}: {text}" for name, text in zip(names, each.texts, strict=True))


def _listing(language: str, texts: Sequence[HeldText], today: date, *, is_checked: bool) -> Listing:
    places: dict[str, list[HeldText]] = {}
    for each in texts:
        places.setdefault(each.places[0] if each.places else "", []).append(each)
    sections = tuple(
        Section(place, tuple(_row(each) for each in found)) for place, found in sorted(places.items()) if found
    )
    open_texts = sum(each.state != "translated" for each in texts)
    checked = "checked by a speaker" if is_checked else "not checked by a speaker yet"
    return Listing(
        "charterkit’s own words",
        named(language),
        (f"{figures(len(texts), 'text')}, {open_texts} of them missing or to look at again; {checked}.",),
        (Column("English"), Column("In the language"), Column("State", is_fixed=True)),
        sections,
        spoken(today),
        subtitle=f"as of {spoken(today)}",
    )


def _row(each: HeldText) -> tuple[Cell, ...]:
    mark, tone = _STATES[each.state]
    return Cell(each.english, below=each.context), Cell(_text(each)), Cell(_SAID[each.state], mark=mark, tone=tone)
