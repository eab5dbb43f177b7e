"""Signs counted: how many schools stand where on an aspect, and how many of them moved which way."""

from collections import Counter
from collections.abc import Mapping, Sequence

from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.signs import (
    DECLINED,
    IMPROVED,
    NOT_APPLICABLE,
    NOT_ASKED,
    NOT_RATED,
    UNCHANGED,
    UNREADABLE,
)
from charterkit.model.charter import Charter
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class MoveCount:
    """How many ratings went which way. `schools` is how many schools that speaks for."""

    schools: int
    improved: int
    declined: int
    unchanged: int
    other: int
    """Rated at one end only, on scales that cannot be compared, or unreadable."""

    @property
    def compared(self) -> int:
        """How many have a level at both ends."""
        return self.improved + self.declined + self.unchanged


def counts_of(found: Mapping[str, int], charter: Charter, aspect: str) -> Distribution:
    """The signs of one aspect as a distribution."""
    mark = charter.mark(aspect)
    levels = {level: found.get(str(rank), 0) for level, rank in charter.ranks.items()}
    met = sum(found.get(str(rank), 0) for rank in charter.ranks.values() if rank >= mark)
    states = [found.get(sign, 0) for sign in (NOT_APPLICABLE, NOT_RATED, UNREADABLE)]
    return Distribution(levels, states[0], states[1], states[2], met)


def counts_of_school(ratings: str, charter: Charter) -> Distribution:
    """One school's ratings as a distribution."""
    found = Counter(ratings)
    levels = {level: found[str(rank)] for level, rank in charter.ranks.items()}
    met = sum(
        sign.isdigit() and int(sign) >= charter.mark(aspect)
        for aspect, sign in zip(charter.aspects, ratings, strict=True)
    )
    return Distribution(levels, found[NOT_APPLICABLE], found[NOT_RATED], found[UNREADABLE], met)


def added(found: Sequence[Distribution], charter: Charter) -> Distribution:
    """Several distributions together."""
    return Distribution(
        {level: sum(each.levels[level] for each in found) for level in charter.levels},
        sum(each.not_applicable for each in found),
        sum(each.not_rated for each in found),
        sum(each.unreadable for each in found),
        sum(each.met for each in found),
    )


def asked_in(found: Mapping[str, int]) -> int:
    """How many schools are asked an aspect."""
    return sum(many for sign, many in found.items() if sign != NOT_ASKED)


def moves_of(found: Mapping[str, int], schools: int) -> MoveCount:
    """Moves as a count."""
    up, down, same = (found.get(sign, 0) for sign in (IMPROVED, DECLINED, UNCHANGED))
    return MoveCount(schools, up, down, same, asked_in(found) - up - down - same)
