"""The poster's words in a language: the translation's where it has them, else the English ones, marked as English."""

import unicodedata
from dataclasses import dataclass

from charterkit.model.charter import Charter, KeyPoint
from charterkit.model.translation import TranslatedKeyPoint, Translation
from charterkit.model.translation import Words as Translated
from charterkit.render.pdf import direction

ENGLISH = "en-GB"
LABELS = {
    "summary": "This poster is a summary of the charter’s key points: what our school aspires to.",
    "summary-all": "This poster is a summary of the charter’s key points: what schools that sign up aspire to.",
    "version": "Version {version}",
    "publisher": "Published by {publisher}",
    "draft": "Draft",
    "draft-note": "This charter is a draft and may still change.",
    "withdrawn": "Withdrawn",
    "draft-translation": "Draft translation",
    "made": "Poster made on {date}",
    "qr": "QR code: opens {address}",
}
"""The poster's own words, by the keys that a translation's `labels` have for them."""

_LAST_LATIN = 0x058F
_SIGNS = range(0x2000, 0x2C00)


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its language and direction; `tall` letters need higher lines, as Arabic and Bengali do."""

    text: str
    lang: str = ENGLISH
    dir: str = "ltr"
    tall: bool = False


def words(text: str, lang: str = ENGLISH, way: str = "") -> Words:
    """A text on one line. Without a direction, that of its first letter that has one."""
    plain = " ".join(text.split())
    return Words(plain, lang, way or _direction_of(plain), is_tall(plain))


def is_tall(text: str) -> bool:
    """Whether any letter stands higher or deeper than Latin, Greek and Cyrillic ones do."""
    return any(ord(one) > _LAST_LATIN and ord(one) not in _SIGNS and one.isalpha() for one in text)


def _direction_of(text: str) -> str:
    for one in text:
        kind = unicodedata.bidirectional(one)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


class Speaker:
    """Says the poster's words, in the translation's language as far as it goes."""

    def __init__(self, charter: Charter, translation: Translation | None) -> None:
        """Without a translation everything is English."""
        self.charter, self.translation = charter, translation
        self.lang = translation.language if translation else ENGLISH
        self.dir = direction(self.lang)
        self.missing: list[str] = []
        """What is not translated, in words."""
        self.stale: list[str] = []
        """What was translated from other English than the charter's, in words."""

    @property
    def is_draft_translation(self) -> bool:
        """Whether the translation still waits for a second reader."""
        return self.translation is not None and self.translation.status != "checked"

    def label(self, key: str, **parts: str) -> Words:
        """One of the poster's own texts, with its parts filled in."""
        own = self.translation.labels.get(key, "").strip() if self.translation else ""
        text = own or LABELS[key]
        for name, part in parts.items():
            text = text.replace(f"{{{name}}}", part)
        if self.translation and not own:
            self.missing.append(f"the label {key}")
        return words(text, self.lang, self.dir) if own else words(text)

    def title(self) -> Words:
        """The charter's name."""
        return self._said("the title", ((self.translation.title if self.translation else None, self.charter.title),))

    def point(self, point: KeyPoint, number: int) -> Words:
        """A key point's line for the poster, or its title where it has none."""
        part = self._part(point.id)
        pairs: list[tuple[Translated | None, str]] = []
        if point.poster and point.poster.strip():
            pairs.append((part.poster if part else None, point.poster))
        pairs.append((part.title if part else None, point.title))
        return self._said(f"key point {number}", tuple(pairs))

    def _part(self, key: str) -> TranslatedKeyPoint | None:
        points = self.translation.key_points if self.translation else ()
        return next((one for one in points if one.id == key), None)

    def _said(self, name: str, pairs: tuple[tuple[Translated | None, str], ...]) -> Words:
        """The first translated text of several with their English, else the first English one."""
        for translated, english in pairs:
            if translated and translated.text.strip():
                if " ".join(translated.source.split()) != " ".join(english.split()):
                    self.stale.append(name)
                return words(translated.text, self.lang, self.dir)
        if self.translation:
            self.missing.append(name)
        return words(pairs[0][1])
