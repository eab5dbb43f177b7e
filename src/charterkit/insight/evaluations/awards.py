"""What a school has earned: every aspect that applies to it at an award's level or above.

An aspect that counts as met at a level below the charter's own mark is never asked for more than that.
"""

from collections.abc import Mapping

from charterkit.insight.evaluations.evaluated import Evaluated, RatingState
from charterkit.model.charter import Award, Charter
from charterkit.records import dataclass

MET = "met"
"""The one award of a charter that names none: every aspect at its own mark."""


@dataclass(frozen=True, slots=True)
class Earned:
    """One award, whether the school has it, and the aspects that stand in its way, in the charter's order."""

    award: Award
    is_reached: bool
    missing: tuple[str, ...]
    """Those rated too low, not rated, or unreadable."""


def awards_of(charter: Charter) -> tuple[Award, ...]:
    """A charter's awards, from lowest to highest; one, met, where it names none. Those of no level are left out."""
    named = tuple(award for award in charter.awards if award.needs in charter.levels)
    marks = list(charter.levels)[charter.met_rank : charter.met_rank + 1]
    return named if charter.awards else tuple(Award(id=MET, label="Met", needs=level) for level in marks)


def earned(found: Evaluated) -> tuple[Earned, ...]:
    """Every award of the charter with where the school stands; none is reached where nothing applies."""
    applicable = [key for key, each in found.standings.items() if each.state is not RatingState.NOT_APPLICABLE]
    ranks = {key: found.standings[key].rank for key in applicable}
    made = []
    for award in awards_of(found.charter):
        missing = tuple(key for key in applicable if ranks[key] < needed(found.charter, award, key))
        made.append(Earned(award, bool(applicable) and not missing, missing))
    return tuple(made)


def highest(found: Evaluated) -> Award | None:
    """The highest award that is reached; None where there is none."""
    reached = [each.award for each in earned(found) if each.is_reached]
    return reached[-1] if reached else None


def needed(charter: Charter, award: Award, aspect: str) -> int:
    """The rank that an aspect has to reach.

    The award's level, but no more than its own mark where that is lower than the charter's; its mark where the charter
    names no award.
    """
    mark = charter.mark(aspect)
    if not charter.awards:
        return mark
    return min(charter.ranks[award.needs], mark if mark < charter.met_rank else charter.ranks[award.needs])


def below(charter: Charter, award: Award, ratings: Mapping[str, str | None]) -> list[str]:
    """The aspects of some ratings that are below an award; what is not rated, or does not apply, is not."""
    return [
        aspect
        for aspect, level in ratings.items()
        if level in charter.ranks
        and aspect in charter.aspects
        and charter.ranks[level] < needed(charter, award, aspect)
    ]
