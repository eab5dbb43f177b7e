"""A charter as it is made out of a table: what was found, what was not understood, and the file it becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from charterkit.exchange.framework.columns import Columns
from charterkit.exchange.framework.ids import ids
from charterkit.model.base import slug
from charterkit.model.scale import RED_AMBER_GREEN, RESERVED
from charterkit.records import dataclass


@dataclass
class DraftLevel:
    """One level of the scale, as far as the table says."""

    label: str
    meaning: str = ""
    letter: str = ""
    colour: str = ""
    id: str = ""
    is_mark: bool = False
    """Whether an aspect counts as met from it on."""


@dataclass
class DraftAspect:
    """One row."""

    where: str
    text: str
    number: str = ""
    detail: str = ""
    levels: dict[str, str] = field(default_factory=dict)
    """By the level's label."""
    next: dict[str, str] = field(default_factory=dict)
    examples: list[dict[str, str]] = field(default_factory=list)
    applies_to: dict[str, list[str]] = field(default_factory=dict)
    met_at: str = ""
    """The level's label."""
    evidence: list[str] = field(default_factory=list)
    evidence_max_age: str = ""
    sources: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    id: str = ""


@dataclass
class DraftPoint:
    """One key point with its rows."""

    where: str
    title: str
    part: str = ""
    number: str = ""
    detail: str = ""
    poster: str = ""
    examples: list[dict[str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    applies_to: dict[str, list[str]] = field(default_factory=dict)
    id: str = ""
    aspects: list[DraftAspect] = field(default_factory=list)


@dataclass
class Draft:
    """All of it."""

    sheet: str
    title: str
    columns: Columns
    levels: list[DraftLevel]
    points: list[DraftPoint]
    complaints: list[str] = field(default_factory=list)
    """What was not understood, and why, each with its cell: nothing is written while there are any."""
    notes: list[str] = field(default_factory=list)
    """What was guessed."""
    about: dict[str, Any] = field(default_factory=dict)
    """What a table of its own says of the charter: keys of its file."""

    @property
    def aspects(self) -> list[DraftAspect]:
        """Those of all key points."""
        return [aspect for point in self.points for aspect in point.aspects]

    def name(self) -> None:
        """Gives everything an id that has none yet."""
        _name(self.levels, [level.label for level in self.levels], RESERVED, "level", is_whole=True)
        _name(self.points, [point.title for point in self.points], (), "key-point")
        texts = [aspect.text for aspect in self.aspects]
        _name(self.aspects, texts, [point.id for point in self.points], "aspect")

    def facts(self, name: str) -> dict[str, Any]:
        """The charter's file as plain data."""
        labels = {level.label: level.id for level in self.levels or RED_AMBER_GREEN}
        head = {"id": name, "version": "1", "title": self.title, "status": "draft"}
        scale = [_without_empty(_level(level)) for level in self.levels]
        mark = next((level.id for level in self.levels if level.is_mark), "")
        is_usual = [level["label"] for level in scale] == [level.label for level in RED_AMBER_GREEN] and all(
            set(level) == {"id", "label"} and slug(level["label"]) == level["id"] for level in scale
        )
        about = {} if not scale or is_usual else {"scale": scale}
        points = [_without_empty(_point(point, labels)) for point in self.points]
        own = {key: value for key, value in self.about.items() if key not in _BEHIND}
        behind = {key: value for key, value in self.about.items() if key in _BEHIND}
        return {**head, **own, **about, **({"met_at": mark} if mark else {}), "key_points": points, **behind}


_BEHIND = ("references", "contacts")
"""What stands below the key points in a charter's file."""


def _name(
    parts: Sequence[Any], texts: Sequence[str], taken: Sequence[str], otherwise: str, *, is_whole: bool = False
) -> None:
    own = [part.id for part in parts if part.id]
    missing = [at for at, part in enumerate(parts) if not part.id]
    made = ids([texts[at] for at in missing], [*taken, *own], otherwise=otherwise, is_whole=is_whole)
    for at, found in zip(missing, made, strict=True):
        parts[at].id = found


def _level(level: DraftLevel) -> dict[str, Any]:
    return {
        "id": level.id,
        "label": level.label,
        "meaning": level.meaning,
        "colour": level.colour,
        "letter": level.letter,
    }


def _point(point: DraftPoint, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": point.id,
        "title": point.title,
        "number": point.number,
        "part": point.part,
        "poster": point.poster,
        "detail": point.detail,
        "examples": point.examples,
        "sources": point.sources,
        "applies_to": point.applies_to,
        "aspects": [_without_empty(_aspect(aspect, labels)) for aspect in point.aspects],
    }


def _aspect(aspect: DraftAspect, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": aspect.id,
        "text": aspect.text,
        "number": aspect.number,
        "detail": aspect.detail,
        "levels": {labels[label]: text for label, text in aspect.levels.items()},
        "next": {labels[label]: text for label, text in aspect.next.items()},
        "met_at": labels.get(aspect.met_at, ""),
        "applies_to": aspect.applies_to,
        "examples": aspect.examples,
        "evidence": aspect.evidence,
        "evidence_max_age": aspect.evidence_max_age,
        "sources": aspect.sources,
        "replaces": aspect.replaces,
    }


def _without_empty(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value}
