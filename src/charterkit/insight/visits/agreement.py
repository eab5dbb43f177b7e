"""How a visitor's ratings and the school's own agree. They are laid side by side and never made into one.

The weighted kappa is Cohen's (Psychological Bulletin 70, 1968), with linear weights: how far two ratings lie apart
counts by the steps between them. Its interval is the usual large-sample one, from the standard error of Fleiss, Cohen
and Everitt (Psychological Bulletin 72, 1969), and so rough where few aspects were rated by both.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

from charterkit.insight.visits.visited import Visited
from charterkit.model.charter import KeyPoint
from charterkit.records import dataclass

CONFIDENCE = 0.95
FEWEST = 10
"""Aspects of a key point rated by both, below which it has no kappa of its own, only the share: ours as well."""
FEW = 30
"""Aspects rated by both below which kappa and its interval are said to be rough: a rule of thumb, and ours."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """A weighted kappa and the ends of its 95 % interval, which lie between -1 and 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreed:
    """Of the aspects that both rated: on how many they say the same, and on how many the visitor is higher or lower."""

    of: int
    same: int
    higher: int
    lower: int
    kappa: Kappa | None = None
    """None where it cannot be worked out: nothing rated by both, all of it at one level, or a key point of a few."""

    @property
    def is_rough(self) -> bool:
        """Whether few aspects were rated by both."""
        return self.of < FEW

    @property
    def share(self) -> float | None:
        """The share on which they say the same; None where nothing was rated by both."""
        return self.same / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class VisitAgreement:
    """A visit and the school's self-evaluation beside each other: all aspects, and each key point."""

    all: Agreed
    points: tuple[tuple[KeyPoint, Agreed], ...]


def agreement(found: Visited) -> VisitAgreement:
    """How a visit and the school agree on the aspects that both gave a level."""
    pairs = {
        aspect: (own.rank, beside.rank)
        for aspect, own in found.standings.items()
        if own.level and (beside := found.of_school(aspect)) and beside.level
    }
    size = len(found.charter.levels)
    points = tuple(
        (point, _agreed([pairs[aspect.id] for aspect in point.aspects if aspect.id in pairs], size, FEWEST))
        for point in found.charter.key_points
    )
    return VisitAgreement(_agreed(list(pairs.values()), size, 1), points)


def _agreed(pairs: Sequence[tuple[int, int]], size: int, fewest: int) -> Agreed:
    """What pairs of ranks say, on a scale of so many levels; without kappa where there are fewer than `fewest`."""
    higher = sum(visitor > school for visitor, school in pairs)
    lower = sum(visitor < school for visitor, school in pairs)
    table = [[0] * size for _ in range(size)]
    for visitor, school in pairs:
        table[visitor][school] += 1
    kappa = weighted_kappa(table) if len(pairs) >= fewest else None
    return Agreed(len(pairs), len(pairs) - higher - lower, higher, lower, kappa)


def weighted_kappa(table: Sequence[Sequence[int]]) -> Kappa | None:
    """Cohen's weighted kappa of a square table of counts, with linear weights; None where chance agrees wholly."""
    size, total = len(table), sum(map(sum, table))
    if size < 2 or not total:  # noqa: PLR2004 - on a single level nobody can differ
        return None
    places = [(row, column) for row in range(size) for column in range(size)]
    share = {place: table[place[0]][place[1]] / total for place in places}
    weight = {place: 1 - abs(place[0] - place[1]) / (size - 1) for place in places}
    rows = [sum(share[row, column] for column in range(size)) for row in range(size)]
    columns = [sum(share[row, column] for row in range(size)) for column in range(size)]
    chance = sum(weight[row, column] * rows[row] * columns[column] for row, column in places)
    if chance >= 1:
        return None
    value = (sum(weight[place] * share[place] for place in places) - chance) / (1 - chance)
    across = [sum(weight[row, column] * columns[column] for column in range(size)) for row in range(size)]
    down = [sum(weight[row, column] * rows[row] for row in range(size)) for column in range(size)]
    spread = sum(
        share[row, column] * (weight[row, column] - (across[row] + down[column]) * (1 - value)) ** 2
        for row, column in places
    )
    variance = max(0.0, spread - (value - chance * (1 - value)) ** 2) / (total * (1 - chance) ** 2)
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * sqrt(variance)
    return Kappa(value, max(-1.0, value - reach), min(1.0, value + reach))
