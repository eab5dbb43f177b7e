"""A charter's words in another language: the same tree of ids, each text with the English it was made from."""

from pydantic import Field

from charterkit.choices import TranslationStatus
from charterkit.model.base import Id, Model, entry
from charterkit.model.language import Language


@entry
class Words:
    """A translated text and the English it was made from, so that a stale one shows."""

    text: str = ""
    """The words in the other language; empty while they are still to be written."""
    source: str
    """The English they were made from, word for word: when the charter changes, the translation shows as stale."""


class TranslatedPart(Model):
    """A level, award, pledge, key point or aspect, by id."""

    id: Id
    """The id of the part in the charter; ids are not translated."""
    title: Words | None = None
    """The heading."""
    poster: Words | None = None
    """The short line for the poster."""
    text: Words | None = None
    """The sentence of an aspect or a pledge."""
    detail: Words | None = None
    """What it looks like when it is done well."""
    label: Words | None = None
    """The word for a level or an award, such as Amber."""
    meaning: Words | None = None
    """What a level means."""


class TranslatedAspect(TranslatedPart):
    """An aspect, and what its levels look like."""

    levels: dict[Id, Words] = Field(default_factory=dict)
    """What each level looks like here, by the level's id."""
    next: dict[Id, Words] = Field(default_factory=dict)
    """What takes a school from a level to the one above it, by the id of the level it is at."""


class TranslatedKeyPoint(TranslatedPart):
    """A key point and its aspects."""

    part: Words | None = None
    """The heading it stands under; given at the first of the key points under one heading, for all of them."""
    examples: tuple[Words, ...] = ()
    """How other schools do it, in the charter's order."""
    aspects: tuple[TranslatedAspect, ...] = ()
    """The key point's aspects, by id."""


class Translation(Model):
    """A translation of one charter version."""

    charter: Id
    """The id of the charter that is translated."""
    version: str
    """The version that is translated, such as "1"."""
    language: Language
    """The language's tag, such as cy for Welsh, ur for Urdu or zh-Hant for traditional Chinese."""
    status: TranslationStatus | None = None
    """draft, or checked once somebody who speaks the language has gone over it."""
    translator: str | None = None
    """Who translated it."""
    checked: str | None = None
    """Who checked it, or when."""
    title: Words | None = None
    """The charter's name."""
    purpose: Words | None = None
    """What the charter is for."""
    provenance: Words | None = None
    """Where the practice was collected from, in the one sentence that stands on every document."""
    labels: dict[str, str] = Field(default_factory=dict)
    """The poster's and form's own words."""
    pledge: tuple[TranslatedPart, ...] = ()
    """What a school signs up to do, by id."""
    scale: tuple[TranslatedPart, ...] = ()
    """The levels, by id."""
    awards: tuple[TranslatedPart, ...] = ()
    """What a school can earn, by id."""
    key_points: tuple[TranslatedKeyPoint, ...] = ()
    """The charter's headings, by id, each with its aspects."""
