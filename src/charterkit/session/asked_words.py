"""What a question says in the charter's own words: how a key point begins, what a level looks like, what is next."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from charterkit.insight.evaluations.evaluated import Standing
from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.model.charter import Aspect, Charter, Example
from charterkit.model.scale import Level

if TYPE_CHECKING:
    from charterkit.session.questionnaire import Asked


class Beginnings:
    """Tells where a key point's own texts are due: at the first question of a sitting that is about it."""

    def __init__(self, charter: Charter) -> None:
        """Nothing has been shown."""
        self._opening: dict[str, str] = {}
        before = None
        for point in charter.key_points:
            if point.part and point.part != before:
                self._opening[point.id] = point.part
            before = point.part
        self._points: set[str] = set()
        self._parts: set[str] = set()

    def due(self, asked: "Asked") -> tuple[bool, str]:
        """Whether the key point of a question is to be introduced, and the part that is to stand above it."""
        point = asked.key_point
        is_due = point.id not in self._points
        part = point.part or ""
        is_heading = is_due and (point.id in self._opening or part not in self._parts)
        self._points.add(point.id)
        self._parts.add(part)
        return is_due, part if is_heading else ""


def point_title(asked: "Asked") -> str:
    """A key point's number and heading: "1. Welcome", or "1.2 Welcome" where it brings its own."""
    point = asked.key_point
    return f"{point.number} {point.title}" if point.number else f"{asked.point_number}. {point.title}"


def place(asked: "Asked") -> str:
    """Where a question stands under its key point: "Aspect 2 of 5", or "1.2a, 2 of 5" with a number of its own."""
    counted = f"{asked.number} of {asked.of}"
    number = asked.aspect.number
    return f"{number}, {counted}" if number and len(number) <= _SHORT else f"Aspect {counted}"


def sentence(aspect: Aspect) -> str:
    """An aspect's sentence, after its own number where that is too long to stand beside the heading."""
    number = aspect.number or ""
    return f"{number} {aspect.text}" if len(number) > _SHORT else aspect.text


def with_numbers(aspects: Sequence[Aspect], charter: Charter) -> list[str]:
    """Their sentences, each after the number by which it can be jumped to."""
    numbers = numbers_shown(charter)
    return [f"{numbers[aspect.id]} {aspect.text}" for aspect in aspects]


_SHORT = 12
"""Characters of a number that still stands beside a heading."""


def examples_said(examples: Sequence[Example], *, plain: bool) -> Iterator[str]:
    """How other schools do it, and whose it is."""
    for example in examples:
        whose = f" ({example.school})" if example.school else ""
        yield f"For example: {example.text}{whose}" if plain else f"{example.text}{whose}"


def looks(aspect: Aspect | None, levels: Mapping[str, Level]) -> dict[str, str]:
    """What each level looks like at an aspect, by its id; what the level means where nothing is said of it here."""
    here = aspect.levels if aspect else {}
    return {name: here.get(name, "").strip() or level.meaning for name, level in levels.items()}


def next_step(charter: Charter, aspect: Aspect, standing: Standing) -> str:
    """What takes the school on from where it stands; empty where it is not below the mark, or nothing is said."""
    if standing.level is None or charter.is_met(aspect.id, standing.level.id):
        return ""
    return aspect.next.get(standing.level.id, "").strip()


def next_steps(charter: Charter, aspect: Aspect) -> list[tuple[Level, str]]:
    """All of them, from the worst level on."""
    return [(level, text) for name, level in charter.levels.items() if (text := aspect.next.get(name, "").strip())]
