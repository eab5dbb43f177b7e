"""Where one self-evaluation stands: counts, strengths, areas for development."""

from collections import Counter
from collections.abc import Mapping

from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many aspects stand at each level; every level of the scale is there, worst first."""

    levels: dict[str, int]
    not_applicable: int
    not_rated: int
    unreadable: int
    met: int
    """How many reach the charter's mark."""

    @property
    def rated(self) -> int:
        """How many have a level."""
        return sum(self.levels.values())

    @property
    def applicable(self) -> int:
        """How many apply to the school; only of these can some be rated, or met."""
        return self.total - self.not_applicable

    @property
    def total(self) -> int:
        """All aspects."""
        return self.rated + self.not_applicable + self.not_rated + self.unreadable

    @property
    def answered(self) -> int:
        """How many have been dealt with: rated, or said not to apply."""
        return self.rated + self.not_applicable


def distribution(charter: Charter, standings: Mapping[str, Standing]) -> Distribution:
    """Count the standings of aspects, by the aspect."""
    levels = Counter(standing.level.id for standing in standings.values() if standing.level)
    states = Counter(standing.state for standing in standings.values())
    return Distribution(
        {level: levels[level] for level in charter.levels},
        states[RatingState.NOT_APPLICABLE],
        states[RatingState.NOT_RATED],
        states[RatingState.UNREADABLE],
        sum(standing.rank >= charter.mark(aspect) for aspect, standing in standings.items() if standing.level),
    )


def by_key_point(evaluation: Evaluated) -> list[tuple[KeyPoint, Distribution]]:
    """The distribution under each key point, in the charter's order."""
    return [
        (point, distribution(evaluation.charter, {each.id: evaluation.standings[each.id] for each in point.aspects}))
        for point in evaluation.charter.key_points
    ]


def strengths(evaluation: Evaluated) -> list[Aspect]:
    """The aspects that are met, in the charter's order."""
    return [aspect for key, aspect in evaluation.charter.aspects.items() if evaluation.is_met(key)]


def for_development(evaluation: Evaluated) -> list[Aspect]:
    """The aspects that are rated and not met, the lowest first, then in the charter's order."""
    below = [
        (evaluation.standings[key].rank, aspect)
        for key, aspect in evaluation.charter.aspects.items()
        if evaluation.is_below(key)
    ]
    return [aspect for _, aspect in sorted(below, key=lambda pair: pair[0])]


def group_distribution(evaluation: Evaluated, group: str) -> Distribution:
    """The same for one focus group, over the aspects that were rated for it."""
    levels: Counter[str] = Counter()
    unreadable = met = 0
    for aspect, standing in evaluation.standings.items():
        level = standing.entry.groups.get(group) if standing.entry else None
        if level in evaluation.charter.levels:
            levels[level] += 1
            met += evaluation.charter.is_met(aspect, level)
        elif level is not None or (standing.state is RatingState.UNREADABLE and standing.entry is None):
            unreadable += 1
    counts = {level: levels[level] for level in evaluation.charter.levels}
    return Distribution(counts, 0, len(evaluation.standings) - sum(counts.values()) - unreadable, unreadable, met)
