"""Levels that leaders gave to a key point or to the whole above the lowest aspect under it: a question, not a mistake.

Nothing is worked out from aspects: a level for more than one aspect is what leaders say it is.
"""

from collections.abc import Iterable, Iterator, Mapping

from charterkit.insight.evaluations.evaluated import NOT_RATED, Evaluated, Standing
from charterkit.model.scale import Level
from charterkit.records import dataclass

OVERALL = "overall"
"""What the whole is called where a key point's id may stand."""


def standing_of(found: Evaluated, part: str) -> Standing:
    """Where a part stands in a self-evaluation; not rated where its charter does not rate it."""
    return found.overall if part == OVERALL else found.points.get(part, NOT_RATED)


@dataclass(frozen=True, slots=True)
class Above:
    """A stated level, what it was given to (a key point's id, or overall), and what is rated below it under that."""

    part: str
    level: Level
    below: tuple[str, ...]
    """Ids of aspects, the lowest first; of key points where those are what is rated."""
    note: str = ""
    """What the leaders say of it."""


def above_the_lowest(found: Evaluated) -> Iterator[Above]:
    """Every level of a key point, then of the whole, that something under it does not reach."""
    under: dict[str, list[str]] = {}
    for aspect, point in found.charter.key_point_of.items():
        under.setdefault(point.id, []).append(aspect)
    stated = [(point, standing, under.get(point, [])) for point, standing in found.points.items()]
    for part, standing, aspects in (*stated, (OVERALL, found.overall, list(found.standings))):
        below = _below(standing, aspects, found.standings)
        if standing.level and below:
            note = standing.entry.note if standing.entry else None
            yield Above(part, standing.level, below, note or "")


def _below(standing: Standing, aspects: Iterable[str], standings: Mapping[str, Standing]) -> tuple[str, ...]:
    return tuple(
        sorted(
            (aspect for aspect in aspects if 0 <= standings[aspect].rank < standing.rank),
            key=lambda aspect: standings[aspect].rank,
        )
    )
