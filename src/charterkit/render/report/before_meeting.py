"""In the report for leaders, where it is asked for: what each rater said before the meeting."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from charterkit.errors import NotThere
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState
from charterkit.insight.evaluations.raters import Agreement, Rater, SideBySide, raters, side_by_side
from charterkit.insight.evaluations.raters_words import has_words
from charterkit.records import dataclass
from charterkit.render.listings.raters import HEADINGS, words_beside, written
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.text.speech import tr


@dataclass(frozen=True, slots=True)
class RaterLine:
    """What one person said of an aspect."""

    name: str
    badge: Badge
    lines: tuple[str, ...]
    """What they wrote beside it, a line for each thing."""
    written: Mapping[str, Any]
    """The same under the keys of files."""


@dataclass(frozen=True, slots=True)
class RatersRow:
    """One aspect and who said what."""

    title: str
    said: tuple[RaterLine, ...]


@dataclass(frozen=True, slots=True)
class RatersSection:
    """The aspects on which raters are as far apart."""

    heading: str
    rows: tuple[RatersRow, ...]


def before_meeting(folder: SchoolFolder, evaluation: Evaluated) -> tuple[RatersSection, ...]:
    """Who said what, those furthest apart first. Raises CharterkitError where nobody rated with `--as`."""
    found = raters(folder, evaluation.charter, evaluation.cycle)
    if not found:
        cycle = evaluation.cycle
        raise NotThere("no-raters", cycle=cycle.spoken, slug=folder.slug, id=str(cycle), known=())
    known = badges(evaluation.charter)
    beside = [
        each
        for each in side_by_side(evaluation.charter, found)
        if each.agreement is not Agreement.NOBODY or any(map(has_words, each.standings))
    ]
    return tuple(
        RatersSection(tr(HEADINGS[agreement]), tuple(_row(each, found, known) for each in group))
        for agreement, group in groupby(beside, key=lambda each: each.agreement)
    )


def raters_json(found: Sequence[RatersSection]) -> list[dict[str, Any]]:
    """The same for other programs: an entry for each aspect, those furthest apart first."""
    return [
        {
            "title": row.title,
            "standing": section.heading,
            "said": [{"rater": line.name, "rating": line.badge.id, "note": None, **line.written} for line in row.said],
        }
        for section in found
        for row in section.rows
    ]


def _row(each: SideBySide, found: list[Rater], known: dict[str, Badge]) -> RatersRow:
    pairs = zip(found, each.standings, strict=True)
    lines = (
        RaterLine(
            rater.name,
            badge_of(held, known),
            tuple(words_beside(held.entry, rater.held.charter)) if held.entry else (),
            written(held.entry) if held.entry else {},
        )
        for rater, held in pairs
        if held.state is not RatingState.NOT_RATED or has_words(held)
    )
    return RatersRow(each.aspect.text, tuple(lines))
