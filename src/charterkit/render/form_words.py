"""The form's words in a language: the translation's where it has them, else the English ones, marked as English."""

from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.scale import Level
from charterkit.model.translation import TranslatedPart, Translation
from charterkit.model.translation import Words as Translated
from charterkit.render.pdf import direction
from charterkit.render.poster_words import ENGLISH, Words, words

LABELS = {
    "form-title": "Self-evaluation form",
    "form-school": "School",
    "form-cycle": "Cycle",
    "form-date": "Date",
    "form-rated-by": "Filled in by",
    "form-version": "Version {version}",
    "form-draft": "This charter is a draft and may still change.",
    "form-withdrawn": "This charter is withdrawn.",
    "form-draft-translation": "This is a draft translation.",
    "form-help": "Choose one rating for each aspect. Write down what explains it, and ideas for what to do next.",
    "form-key-point": "Key point",
    "form-aspect": "Aspect",
    "form-detail": "What it looks like when it is done well",
    "form-examples": "Examples",
    "form-last": "Last time",
    "form-last-ideas": "Ideas last time",
    "form-level": "Rating",
    "form-note": "Note",
    "form-ideas": "Ideas and next steps",
    "form-not-applicable": "Does not apply",
    "form-reason": "Why it does not apply",
    "form-not-rated": "Not rated",
    "form-unreadable": "Could not be read",
    "form-made": "Form made on {date}",
}
"""The form's own words, by the keys that a translation's `labels` have for them."""


class FormSpeaker:
    """Says the form's words, in the translation's language as far as it goes."""

    def __init__(self, charter: Charter, translation: Translation | None) -> None:
        """Without a translation everything is English."""
        self.charter, self.translation = charter, translation
        self.lang = translation.language if translation else ENGLISH
        self.dir = direction(self.lang)
        self.missing: set[str] = set()
        """The English of what is not translated."""
        self.stale: set[str] = set()
        """The English of what was translated from other English than the charter's."""
        points = translation.key_points if translation else ()
        self._points: dict[str, TranslatedPart] = {one.id: one for one in points}
        self._aspects = {one.id: one for point in points for one in point.aspects}
        self._levels = {one.id: one for one in translation.scale} if translation else {}

    @property
    def is_draft_translation(self) -> bool:
        """Whether the translation still waits for a second reader."""
        return self.translation is not None and self.translation.status != "checked"

    def label(self, key: str, **parts: str) -> Words:
        """One of the form's own texts, with its parts filled in."""
        own = self.translation.labels.get(key, "").strip() if self.translation else ""
        text = own or LABELS[key]
        for name, part in parts.items():
            text = text.replace(f"{{{name}}}", part)
        if own:
            return words(text, self.lang, self.dir)
        return self._english(text)

    def title(self) -> Words:
        """The charter's name."""
        return self._said(self.translation.title if self.translation else None, self.charter.title)

    def point(self, point: KeyPoint) -> Words:
        """A key point's title."""
        part = self._points.get(point.id)
        return self._said(part.title if part else None, point.title)

    def aspect(self, aspect: Aspect) -> Words:
        """An aspect's sentence."""
        part = self._aspects.get(aspect.id)
        return self._said(part.text if part else None, aspect.text)

    def detail(self, aspect: Aspect) -> Words | None:
        """What it looks like when it is done well; None where the charter does not say."""
        if not aspect.detail or not aspect.detail.strip():
            return None
        part = self._aspects.get(aspect.id)
        return self._said(part.detail if part else None, aspect.detail)

    def level(self, level: Level) -> Words:
        """A level's label."""
        part = self._levels.get(level.id)
        return self._said(part.label if part else None, level.label)

    def meaning(self, level: Level) -> Words | None:
        """What a level means; None where the charter does not say."""
        if not level.meaning.strip():
            return None
        part = self._levels.get(level.id)
        return self._said(part.meaning if part else None, level.meaning)

    def _said(self, translated: Translated | None, english: str) -> Words:
        if translated and translated.text.strip():
            if " ".join(translated.source.split()) != " ".join(english.split()):
                self.stale.add(english)
            return words(translated.text, self.lang, self.dir)
        return self._english(english)

    def _english(self, text: str) -> Words:
        if self.translation:
            self.missing.add(text)
        return words(text)
