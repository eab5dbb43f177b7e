"""charterkit's own words in the language that a document is made in: English, unless a catalogue says them otherwise.

A sentence is looked up by its English, as gettext does it: `tr("Since %(cycle)s", cycle="2025-26")`. What is filled in
is put in after the looking up, so that people's words are never looked up, nor read as a pattern. Which language is
spoken is said once, around the making of a document (`speaking`); nothing else of the program asks for it.

A catalogue is a file of GNU gettext in `languages/<tag>/LC_MESSAGES/`, read by Babel, which is imported only then.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charterkit.records import dataclass
from charterkit.resources import LANGUAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ENGLISH = "en-GB"
"""What charterkit's own words are in, where nothing else is asked for."""
FILE = "LC_MESSAGES/charterkit.po"
"""A catalogue below the folder of its language."""


@dataclass(frozen=True)
class Catalogue:
    """What a language has for English sentences. `is_checked`: somebody who speaks it has gone over all of it."""

    language: str
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By context, which is mostly empty, and English."""
    plurals: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    plural_form: Any = None
    """Which of the forms a number takes."""
    months: tuple[str, ...] = ()
    is_checked: bool = False


@dataclass(frozen=True)
class Speech:
    """The language that a document is asked for in, and what charterkit has for it; None: its own words are English."""

    asked: str = ENGLISH
    catalogue: Catalogue | None = None


_NOTHING_ELSE = Speech()
_SPOKEN: ContextVar[Speech] = ContextVar("speech", default=_NOTHING_ELSE)


@contextmanager
def speaking(language: str) -> Iterator[Speech]:
    """Makes what is made inside speak a language, as far as there is a catalogue of it."""
    before = _SPOKEN.set(Speech(language, catalogue(language)))
    try:
        yield _SPOKEN.get()
    finally:
        _SPOKEN.reset(before)


def asked() -> str:
    """The language that is asked for: the charter's words are said in it where there is a translation."""
    return _SPOKEN.get().asked


def page_language() -> str:
    """The tag of the language that charterkit's own words are in, and so of the page."""
    spoken = _SPOKEN.get().catalogue
    return spoken.language if spoken else ENGLISH


def tr(english: str, /, **facts: object) -> str:
    """A sentence in the language that is spoken, with its facts filled in."""
    return ptr("", english, **facts)


def ptr(context: str, english: str, /, **facts: object) -> str:
    """The same of a word that means two things in English; `context` says which."""
    spoken = _SPOKEN.get().catalogue
    text = spoken.words.get((context, english), english) if spoken else english
    return text % facts if facts else text


def ntr(single: str, many: str, count: int, /, **facts: object) -> str:
    """A sentence about a number of things, in the form which that number takes."""
    spoken = _SPOKEN.get().catalogue
    forms = spoken.plurals.get(("", single)) if spoken else None
    text = forms[spoken.plural_form(count)] if spoken and forms else single if count == 1 else many
    return text % facts if facts else text


def tr_of(noun: str, english: str, /, **facts: object) -> str:
    """A sentence about aspects, or, where a charter has key points rated and no aspect, the same about those."""
    return tr(of_noun(noun, english), **facts)


def ntr_of(noun: str, single: str, many: str, count: int, /, **facts: object) -> str:
    """The same of a sentence about a number of things."""
    return ntr(of_noun(noun, single), of_noun(noun, many), count, **facts)


def of_noun(noun: str, english: str) -> str:
    """The English of that: what is looked up."""
    if noun == "aspect":
        return english
    text = english.replace("An aspect", f"A {noun}").replace("Aspect", noun.capitalize())
    return text.replace("an aspect", f"a {noun}").replace("aspect", noun)


def mark(english: str) -> str:
    """Marks a text that is looked up later, for whoever gathers them; the text itself."""
    return english


def mark_many(single: str, many: str) -> tuple[str, str]:
    """The same of a sentence about a number of things."""
    return single, many


NOUNS = (
    ("aspect", "aspects"),
    ("key point", "key points"),
    ("thing", "things"),
    ("more thing", "more things"),
    ("action", "actions"),
    ("open action", "open actions"),
    ("school", "schools"),
)
"""What is counted in documents, as `counted` of text/english.py looks it up."""
SOURCES = (mark("self-evaluation"), mark("self-evaluations"))
"""What documents say that they were made from."""


def label(language: str, english: str) -> str:
    """One of the words of a poster or form in a language; empty where it has none."""
    known = catalogue(language)
    return known.words.get(("", english), "") if known else ""


def month_name(number: int, english: str) -> str:
    """The name of a month, 1 to 12."""
    spoken = _SPOKEN.get().catalogue
    return spoken.months[number - 1] if spoken and spoken.months else english


def has_words() -> bool:
    """Whether another language than English is spoken."""
    return _SPOKEN.get().catalogue is not None


def word_list() -> Mapping[str, str]:
    """What the language has for English, for what cannot call `tr`; nothing where English is spoken."""
    spoken = _SPOKEN.get().catalogue
    if spoken is None:
        return {}
    counted = {single: forms[spoken.plural_form(1)] for (_, single), forms in spoken.plurals.items()}
    return counted | {english: said for (context, english), said in spoken.words.items() if not context}


def draft_note() -> str:
    """What a document says at its end while nobody has checked its language's words; empty for English."""
    spoken = _SPOKEN.get().catalogue
    if spoken is None or spoken.is_checked:
        return ""
    return tr("The words of charterkit in this document are a draft translation that nobody has checked yet.")


@cache
def catalogue(language: str) -> Catalogue | None:
    """The catalogue of a language, or of the one it is a kind of (`cy` for `cy-GB`); None where there is none.

    Raises ValueError where one of them cannot be read, which is a fault of the program.
    """
    parts = language.split("-")
    while parts:
        path = LANGUAGES / "-".join(parts) / FILE
        if re.fullmatch(r"[A-Za-z0-9-]+", "-".join(parts)) and path.is_file():
            return _read(path, "-".join(parts))
        parts.pop()
    return None


@dataclass(frozen=True)
class HeldText:
    """A text of a catalogue, for whoever checks it. `state` is translated, missing or fuzzy: to look at again."""

    english: str
    context: str
    texts: tuple[str, ...]
    """One, or as many as the language has forms for numbers."""
    state: str
    places: tuple[str, ...]


def held_texts(language: str) -> list[HeldText]:
    """Every text of the catalogue of a language that has one, in its order."""
    found = []
    for message in _catalogue_of(LANGUAGES / language / FILE):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else " / ".join(message.id)
        texts = (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)
        state = "fuzzy" if message.fuzzy else "translated" if all(texts) else "missing"
        places = tuple(place for place, _ in message.locations)
        found.append(HeldText(english, message.context or "", texts, state, places))
    return found


def _catalogue_of(path: Path) -> "Catalog":
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only another language needs it

    with path.open("rb") as file:
        return read_po(file)


def _read(path: Path, language: str) -> Catalogue:
    from gettext import c2py  # noqa: PLC0415 - only another language needs them

    from babel import Locale  # noqa: PLC0415

    held = _catalogue_of(path)
    words: dict[tuple[str, str], str] = {}
    plurals: dict[tuple[str, str], tuple[str, ...]] = {}
    for message in held:
        key = message.context or "", message.id if isinstance(message.id, str) else message.id[0]
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str) and message.string:
            words[key] = str(message.string)
        elif isinstance(message.string, tuple) and all(message.string):
            plurals[key] = message.string
    months = Locale.parse(language, sep="-").months["format"]["wide"]
    is_checked = re.search(r"(?m)^# Checked by: *\S", held.header_comment) is not None
    names = tuple(months[number] for number in range(1, 13))
    return Catalogue(language, words, plurals, c2py(held.plural_expr), names, is_checked)
