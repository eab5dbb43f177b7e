"""A charter's words in another language: the same tree of ids, each text with the English it was made from."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from charterkit.model.base import Id, Model, entry, pattern, reader

Language = Annotated[
    str,
    BeforeValidator(
        reader(
            pattern(
                "CK211",
                "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
                "a language tag",
                "Write a BCP 47 tag, such as ur, cy or zh-Hant.",
            )
        )
    ),
]


@entry
class Words:
    """A translated text and the English it was made from, so that a stale one shows."""

    text: str
    source: str


class TranslatedPart(Model):
    """A level, pledge, key point or aspect, by id."""

    id: Id
    title: Words | None = None
    poster: Words | None = None
    text: Words | None = None
    detail: Words | None = None
    label: Words | None = None
    meaning: Words | None = None


class TranslatedKeyPoint(TranslatedPart):
    """A key point and its aspects."""

    aspects: tuple[TranslatedPart, ...] = ()


class Translation(Model):
    """A translation of one charter version."""

    charter: Id
    version: str
    language: Language
    status: Literal["draft", "checked"] | None = None
    translator: str | None = None
    checked: str | None = None
    """Who checked it, or when."""
    title: Words | None = None
    purpose: Words | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    """The poster's and form's own words."""
    pledge: tuple[TranslatedPart, ...] = ()
    scale: tuple[TranslatedPart, ...] = ()
    key_points: tuple[TranslatedKeyPoint, ...] = ()
