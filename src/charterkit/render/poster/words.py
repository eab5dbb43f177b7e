"""A charter's words in a language: the translation's where it has them, else the English ones, marked as English."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Literal

from charterkit.insight.origin import origin
from charterkit.insight.translations.translated import squeezed
from charterkit.insight.written import ENGLISH, is_english, written_in
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.dates import PartialDate
from charterkit.model.labels import LABELS as ALL_LABELS
from charterkit.model.scale import Level
from charterkit.model.translation import TranslatedAspect, TranslatedKeyPoint, TranslatedPart, Translation
from charterkit.model.translation import Words as Translated
from charterkit.records import dataclass
from charterkit.render.engine.pdf import direction
from charterkit.text.speech import draft_note, label, speaking

LABELS = {key: label.english for key, label in ALL_LABELS.items()}
"""The poster's and the form's own words in English, by the keys that a translation's `labels` have for them."""

_LAST_LATIN = 0x058F
_SIGNS = range(0x2000, 0x2C00)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its language and direction; `tall` letters need higher lines, as Arabic and Bengali do.

    `mark` stands in brackets after a text that should be in another language and is in English, and says so.
    """

    text: str
    lang: str = ENGLISH
    dir: str = "ltr"
    tall: bool = False
    mark: "Wording | None" = None

    @property
    def is_fallback(self) -> bool:
        """Whether it is English in place of a translation."""
        return self.mark is not None


def words(text: str, lang: str = ENGLISH, way: str = "") -> Wording:
    """A text on one line. Without a direction, that of its first letter that has one."""
    plain = " ".join(text.split())
    return Wording(plain, lang, way or _direction_of(plain), is_tall(plain))


def lines(text: str, lang: str = ENGLISH, way: str = "") -> Wording:
    """A text whose line breaks mean something, as a rubric's with a line a level."""
    parts = [" ".join(line.split()) for line in text.strip().splitlines()]
    return replace(words(text, lang, way), text="\n".join(parts))


def is_tall(text: str) -> bool:
    """Whether any letter stands higher or deeper than Latin, Greek and Cyrillic ones do."""
    return any(ord(word) > _LAST_LATIN and ord(word) not in _SIGNS and word.isalpha() for word in text)


def _direction_of(text: str) -> str:
    for word in text:
        kind = unicodedata.bidirectional(word)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One of the texts that are said, by its name among people: "the heading of key point 2"."""

    name: str
    kind: Literal["aspect", "detail", "guidance", ""] = ""
    """Of those that a charter has many of."""


class Speaker:
    """Says a charter's words, in the translation's language as far as it goes."""

    def __init__(self, charter: Charter, translation: Translation | None, source: str = "") -> None:
        """Without a translation everything is as the charter has it, in its language `source`; labels are English."""
        self.charter, self.translation = charter, translation
        self.source = source or written_in(charter)
        self.lang = translation.language if translation else self.source
        self.dir = direction(self.lang)
        self.missing: list[Spoken] = []
        """What is not translated."""
        self.stale: list[Spoken] = []
        """What was translated from other English than the charter's."""

    @property
    def is_draft_translation(self) -> bool:
        """Whether the translation still waits for a second reader."""
        return self.translation is not None and self.translation.status != "checked"

    def label(self, key: str, **parts: str) -> Wording:
        """One of the poster's or form's own texts, with its parts filled in."""
        own = self._own(key) or ("" if is_english(self.lang) else label(self.lang, LABELS[key]))
        text = own or LABELS[key]
        for name, part in parts.items():
            text = text.replace(f"{{{name}}}", part)
        if own:
            return words(text, self.lang, self.dir)
        if self.translation is None or is_english(self.lang):
            return words(text)
        return self._fallback(Spoken(f"the label {key}"), text, ENGLISH)

    def day(self, key: str, today: date) -> str:
        """A day as the label of that key has it: a translation's own in figures."""
        if self._own(key):
            return f"{today.day}/{today.month}/{today.year}"
        with speaking(self.lang):
            return PartialDate.of(today).spoken

    def draft_note(self) -> tuple[Wording, ...]:
        """That charterkit's own words are a draft, where some of them are shown and it is so."""
        is_shown = any(label(self.lang, text) and not self._own(key) for key, text in LABELS.items())
        with speaking("en-GB" if is_english(self.lang) or not is_shown else self.lang):
            note = draft_note()
        return (words(note, self.lang, self.dir),) if note else ()

    def title(self) -> Wording:
        """The charter's name."""
        own = self.translation.title if self.translation else None
        return self._said(Spoken("the title"), ((own, self.charter.title),))

    def purpose(self) -> Wording:
        """What the charter is for; empty where it does not say."""
        own = self.translation.purpose if self.translation else None
        return self._said(Spoken("the purpose"), ((own, self.charter.purpose or ""),))

    def origin(self) -> Wording:
        """Where the charter's practice was collected from, in a sentence; empty where it does not say."""
        own = self.translation.provenance if self.translation else None
        return self._said(Spoken("where it comes from"), ((own, origin(self.charter)),))

    def point(self, point: KeyPoint, number: int) -> Wording:
        """A key point's line for the poster, or its title where it has none."""
        part = self._part("key_points", point.id)
        pairs: list[tuple[Translated | None, str]] = []
        if point.poster and point.poster.strip():
            pairs.append((part.poster if part else None, point.poster))
        pairs.append((part.title if part else None, point.title))
        return self._said(Spoken(f"key point {number}"), tuple(pairs))

    def point_title(self, point: KeyPoint, number: int) -> Wording:
        """A key point's heading."""
        part = self._part("key_points", point.id)
        return self._said(Spoken(f"the heading of key point {number}"), ((part.title if part else None, point.title),))

    def aspect_text(self, aspect: Aspect) -> Wording:
        """The sentence of an aspect."""
        part = self._part("aspects", aspect.id)
        what = Spoken(f"the aspect “{aspect.text}”", "aspect")
        return self._said(what, ((part.text if part else None, aspect.text),))

    def aspect_detail(self, aspect: Aspect) -> Wording:
        """What an aspect looks like when it is done well; empty where the charter does not say."""
        part = self._part("aspects", aspect.id)
        what = Spoken(f"what stands below the aspect “{aspect.text}”", "detail")
        return self._said(what, ((part.detail if part else None, aspect.detail or ""),), lines)

    def part(self, point: KeyPoint) -> Wording:
        """The heading that a key point stands under; empty where the charter has none."""
        heading = " ".join((point.part or "").split())
        return self._said(Spoken(f"the heading “{heading}”"), ((self._headings.get(heading), heading),))

    def key_point_detail(self, point: KeyPoint) -> Wording:
        """What a key point is about; empty where the charter does not say."""
        part = self._part("key_points", point.id)
        what = Spoken(f"what stands below the heading “{point.title}”", "guidance")
        return self._said(what, ((part.detail if part else None, point.detail or ""),), lines)

    def key_point_examples(self, point: KeyPoint) -> tuple[Wording, ...]:
        """How other schools do it, in the charter's order; whose practice it is stands in the charter."""
        part = self._part("key_points", point.id)
        known = part.examples if isinstance(part, TranslatedKeyPoint) else ()
        what = Spoken(f"an example of “{point.title}”", "guidance")
        return tuple(
            self._said(what, ((own, example.text),))
            for own, example in zip(_own_examples(point, known), point.examples, strict=True)
        )

    def rubric(self, aspect: Aspect, level: str) -> Wording:
        """What a level, by its id, looks like at an aspect; empty where the charter does not say."""
        part = self._part("aspects", aspect.id)
        own = part.levels.get(level) if isinstance(part, TranslatedAspect) else None
        what = Spoken(f"what {self._level(level)} looks like for “{aspect.text}”", "guidance")
        return self._said(what, ((own, aspect.levels.get(level, "")),), lines)

    def next_step(self, aspect: Aspect, level: str) -> Wording:
        """What takes a school from a level, by its id, to the one above; empty where the charter does not say."""
        part = self._part("aspects", aspect.id)
        own = part.next.get(level) if isinstance(part, TranslatedAspect) else None
        what = Spoken(f"the step on from {self._level(level)} for “{aspect.text}”", "guidance")
        return self._said(what, ((own, aspect.next.get(level, "")),), lines)

    def _level(self, level: str) -> str:
        known = self.charter.levels.get(level)
        return known.label if known else level

    def level_label(self, level: Level) -> Wording:
        """The word for a level."""
        part = self._part("scale", level.id)
        return self._said(Spoken(f"the level {level.label}"), ((part.label if part else None, level.label),))

    def level_meaning(self, level: Level) -> Wording:
        """What a level means; empty where the charter does not say."""
        part = self._part("scale", level.id)
        return self._said(Spoken(f"what {level.label} means"), ((part.meaning if part else None, level.meaning),))

    @cached_property
    def _parts(self) -> dict[tuple[str, str], TranslatedPart]:
        """Every translated part by its list and id; of two with one id, the first."""
        if self.translation is None:
            return {}
        lists: dict[str, Sequence[TranslatedPart]] = {
            "scale": self.translation.scale,
            "awards": self.translation.awards,
            "key_points": self.translation.key_points,
            "aspects": [aspect for point in self.translation.key_points for aspect in point.aspects],
        }
        return {(kind, part.id): part for kind, parts in lists.items() for part in reversed(parts)}

    @cached_property
    def _headings(self) -> dict[str, Translated]:
        """The translated headings above key points, by their English in the charter."""
        found: dict[str, Translated] = {}
        for point in self.charter.key_points:
            part = self._part("key_points", point.id)
            if point.part and isinstance(part, TranslatedKeyPoint) and part.part and part.part.text.strip():
                found.setdefault(" ".join(point.part.split()), part.part)
        return found

    def _part(self, kind: str, key: str) -> TranslatedPart | None:
        return self._parts.get((kind, key))

    def _own(self, key: str) -> str:
        """What the translation has for a label."""
        return self.translation.labels.get(key, "").strip() if self.translation else ""

    def _said(
        self,
        what: Spoken,
        pairs: tuple[tuple[Translated | None, str], ...],
        read: Callable[[str, str, str], Wording] = words,
    ) -> Wording:
        """The first translated text of several with their English, else the first English one."""
        for translated, english in pairs:
            if translated and translated.text.strip() and english.strip():
                if " ".join(translated.source.split()) != " ".join(english.split()):
                    self.stale.append(what)
                return read(translated.text, self.lang, self.dir)
        return self._fallback(what, pairs[0][1], self.source, read)

    def _fallback(
        self, what: Spoken, text: str, lang: str, read: Callable[[str, str, str], Wording] = words
    ) -> Wording:
        """The charter's words in place of a translation, with the mark that says so of English; or as is asked for."""
        way = "" if lang == ENGLISH else direction(lang)
        if self.translation is None or not text.strip():
            return read(text, lang, way)
        self.missing.append(what)
        return replace(read(text, lang, way or "ltr"), mark=self._mark if lang == ENGLISH else None)

    @cached_property
    def _mark(self) -> Wording:
        own = self._own("in-english")
        own = own or ("" if is_english(self.lang) else label(self.lang, LABELS["in-english"]))
        return words(own, self.lang, self.dir) if own else words(LABELS["in-english"])


def _own_examples(point: KeyPoint, known: Sequence[Translated]) -> list[Translated | None]:
    """The words of each example, by the English that they were made from; None where the English is kept.

    Where an example was put in or taken out since, no words stand under another's: those at the same place count only
    where there are as many as before, and where they were made from no other example.
    """
    places = {squeezed(example.text): place for place, example in enumerate(point.examples)}
    found: list[Translated | None] = [None] * len(point.examples)
    for own in known:
        place = places.get(squeezed(own.source or ""))
        if place is not None:
            found[place] = own
    for place, own in enumerate(known[: len(found)]):
        is_alone = len(known) == len(found) and squeezed(own.source or "") not in places
        if found[place] is None and (is_alone or not own.source):
            found[place] = own
    return found
