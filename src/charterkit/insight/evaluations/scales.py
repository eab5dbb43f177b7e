"""How the levels of one charter version lie on those of another: the same, renamed, merged or split ones."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from charterkit.insight.evaluations.lineage import way_between
from charterkit.model.charter import Charter
from charterkit.records import dataclass

Origins = Mapping[str, tuple[str, ...]]
"""For each level of the newer scale, worst first, the older ones that it stands for."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """Two versions' scales that can be compared. `is_turned` where one goes from the newer version to the older."""

    older: Charter
    newer: Charter
    origins: Origins
    is_turned: bool = False

    def became(self, old: str) -> tuple[str, ...]:
        """The newer levels that stand for an older one."""
        return tuple(new for new, olds in self.origins.items() if old in olds)

    def by(self, before: str, after: str) -> int | None:
        """How many levels of the newer scale up, or down where it is below 0; None where that cannot be told.

        A level that was split or merged may hide a move within it: then neither a move nor its absence is told.
        """
        old, new = (after, before) if self.is_turned else (before, after)
        ranks = self.newer.ranks
        places = sorted(ranks[level] for level in self.became(old))
        if not places:
            return None
        if ranks[new] in places:
            return 0 if len(places) == len(self.origins[new]) == 1 else None
        up = ranks[new] - (places[-1] if ranks[new] > places[-1] else places[0])
        return -up if self.is_turned else up

    @property
    def is_coarse(self) -> bool:
        """Whether any level was split or merged."""
        return any(len(olds) > 1 for olds in self.origins.values()) or any(
            len(self.became(old)) > 1 for old in self.older.levels
        )

    @property
    def is_same(self) -> bool:
        """Whether each level stands for itself."""
        return all(olds == (new,) for new, olds in self.origins.items()) and len(self.origins) == len(self.older.levels)


def scaling(before: Charter, after: Charter, versions: Sequence[Charter]) -> Scaling | None:
    """The way from one version's scale to another's; None where they cannot be compared.

    Every level of a newer scale must say which of the older it `replaces`, or have its id; in one order, without a
    level that overtakes another. Scales of which no level says so are comparable where they have the same ids.
    """
    way = way_between(before, after, versions)
    older, newer = way[0], way[-1]
    is_turned = older is not before
    says = any(level.replaces for charter in way[1:] for level in charter.levels.values())
    says = says and older.version != newer.version
    if not says:
        same = {level: (level,) for level in newer.levels}
        return Scaling(older, newer, same, is_turned) if list(older.levels) == list(newer.levels) else None
    found = _through(way) or _step(older, newer)
    return Scaling(older, newer, found, is_turned) if found else None


def _through(way: Sequence[Charter]) -> Origins | None:
    """Version by version."""
    found: Origins = {level: (level,) for level in way[0].levels}
    for older, newer in pairwise(way):
        step = _step(older, newer)
        if step is None:
            return None
        found = {new: _distinct([old for middle in olds for old in found[middle]]) for new, olds in step.items()}
    return found if all(found.values()) else None


def _distinct(levels: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(levels))


def _step(older: Charter, newer: Charter) -> Origins | None:
    """From one version to the next. A level's own id counts, unless another level replaces it.

    What a level replaced in the older version already, where both go on, was split before: that is a copy's.
    """
    both = older.levels.keys() & newer.levels.keys()
    before = {key: set(older.levels[key].replaces) & both for key in both}
    replaces = {key: set(level.replaces) - before.get(key, set()) for key, level in newer.levels.items()}
    taken = {old for olds in replaces.values() for old in olds}
    found = {
        key: tuple(old for old in older.levels if old in replaces[key] or (old == key and key not in taken))
        for key in newer.levels
    }
    highest = [max((older.ranks[old] for old in olds), default=-1) for olds in found.values()]
    lowest = [min((older.ranks[old] for old in olds), default=-1) for olds in found.values()]
    is_in_order = all(high <= low for high, low in zip(highest, lowest[1:], strict=False))
    return found if all(found.values()) and is_in_order else None
