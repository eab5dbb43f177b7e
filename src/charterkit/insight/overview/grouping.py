"""Schools in groups, and what of them may be told.

No group under five is shown, nor what would give one away when the others are taken from the whole. It is the way of
the surveys (`insight/surveys/suppression.py`) with schools in place of answers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from charterkit.choices import PHASES
from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.counting import MoveCount, added, counts_of, moves_of
from charterkit.insight.overview.lines import SchoolLine
from charterkit.insight.overview.sums import Sums, column, of_group
from charterkit.insight.surveys.suppression import withheld
from charterkit.model.charter import Charter
from charterkit.records import dataclass

FEWEST = 5
"""Schools in a group that is shown."""
NOT_SAID = ""
"""The group of schools of which nothing says where they belong; it counts like any other, and comes last."""

KEYS: dict[str, Callable[[SchoolLine], tuple[str, str]]] = {
    "trust": lambda line: (line.trust, line.trust_name),
    "local-authority": lambda line: (line.local_authority, line.local_authority),
    "phase": lambda line: (line.phase, line.phase),
}
"""For each way of grouping, a school's group: its id and its name."""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Schools together. What is None is not shown: it would speak for fewer than five."""

    id: str
    name: str
    population: int
    """All its schools, those too that are not counted."""
    schools: int | None
    """Those that are counted; of a group that is not shown None."""
    counts: Distribution | None = None
    aspects: tuple[Distribution | None, ...] = ()
    """Of each aspect, in the charter's order."""
    moves: MoveCount | None = None
    complete: int | None = None
    agreed: int | None = None
    certified: int | None = None
    is_few: bool = False
    """Of one that is not shown, whether fewer than five of its own schools are counted; else it would tell of some."""

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of it is shown."""
        return self.schools is None


def in_order(groups: Mapping[str, Sums], by: str) -> list[str]:
    """The ids of groups in the order in which they are shown: by their name, never by their results."""
    if by == "phase":
        return [phase for phase in (*PHASES, NOT_SAID) if phase in groups]
    return sorted(groups, key=lambda group: (group == NOT_SAID, groups[group]["name"].casefold(), group))


@dataclass(frozen=True)
class Grouping:
    """What makes the counts of groups. `hidden` are the aspects of which the whole shows nothing, or no movement."""

    charter: Charter
    hidden: frozenset[int] = frozenset()
    hidden_moves: frozenset[int] = frozenset()

    def partition(self, groups: Mapping[str, Sums], by: str) -> tuple[GroupCount, ...]:
        """Groups that every school is in one of: what is hidden in one is hidden in a second where the whole would tell
        it otherwise.
        """
        rated = {group: sums["schools"] for group, sums in groups.items()}
        gone = withheld(rated, sum(rated.values()), FEWEST)
        cells = self._cells(groups, gone)
        moved = {group: sums["moved"] for group, sums in groups.items()}
        still = withheld(moved, sum(moved.values()), FEWEST, gone)
        left = sum(groups[group]["population"] for group in gone)
        """Schools whose certificates would be told when those of the groups that are shown are taken from the whole."""
        return tuple(
            GroupCount(group, groups[group]["name"], groups[group]["population"], None, is_few=rated[group] < FEWEST)
            if group in gone
            else self._shown(
                group,
                groups[group],
                cells[group],
                has_moves=group not in still,
                has_certified=not 0 < left < FEWEST,
            )
            for group in in_order(groups, by)
        )

    def _shown(
        self,
        group: str,
        sums: Sums,
        cells: tuple[Distribution | None, ...],
        *,
        has_moves: bool,
        has_certified: bool,
    ) -> GroupCount:
        counts = [cell for cell in cells if cell is not None]
        return GroupCount(
            group,
            sums["name"],
            sums["population"],
            sums["schools"],
            added(counts, self.charter) if counts else None,
            cells,
            self._moves(sums) if has_moves else None,
            sums["complete"],
            sums["agreed"],
            sums["certified"] if has_certified else None,
        )

    def _cells(self, groups: Mapping[str, Sums], gone: frozenset[str]) -> dict[str, tuple[Distribution | None, ...]]:
        """Each group's counts of each aspect, by how many of its schools have rated it."""
        made: dict[str, list[Distribution | None]] = {group: [] for group in groups}
        for at, aspect in enumerate(self.charter.aspects):
            found = {
                group: counts_of(column(sums["ratings"], at), self.charter, aspect) for group, sums in groups.items()
            }
            many = {group: counts.rated for group, counts in found.items()}
            bare = groups.keys() if at in self.hidden else withheld(many, sum(many.values()), FEWEST, gone)
            for group, counts in found.items():
                made[group].append(None if group in bare or group in gone else counts)
        return {group: tuple(counts) for group, counts in made.items()}

    def _moves(self, sums: Sums) -> MoveCount:
        shown = (at for at in range(len(self.charter.aspects)) if at not in self.hidden_moves)
        return _moved(sums, shown)

    def focus_groups(self, groups: Mapping[str, Sums], rated: int) -> tuple[GroupCount, ...]:
        """Each of the charter's focus groups: what schools rated for it, of those that are counted. They are parts of
        no whole, as a school may rate several, so that nothing can be taken from another.
        """
        return tuple(
            self._focus_group(group.id, group.name, of_group(groups, group.id), rated)
            for group in self.charter.focus_groups
        )

    def _focus_group(self, group: str, name: str, sums: Sums, rated: int) -> GroupCount:
        if sums.get("schools", 0) < FEWEST:
            return GroupCount(group, name, rated, None, is_few=True)
        cells = [
            counts_of(column(sums["ratings"], at), self.charter, aspect)
            for at, aspect in enumerate(self.charter.aspects)
        ]
        shown = tuple(cell if cell.rated >= FEWEST else None for cell in cells)
        moves = _moved(sums, range(len(cells)))
        counts = [cell for cell in shown if cell is not None]
        return GroupCount(
            group,
            name,
            rated,
            sums["schools"],
            added(counts, self.charter) if counts else None,
            shown,
            moves if moves.schools >= FEWEST else None,
            sums["complete"],
        )


def _moved(sums: Sums, shown: Iterable[int]) -> MoveCount:
    return moves_of(sum((Counter(column(sums["moves"], at)) for at in shown), Counter[str]()), sums["moved"])


def each_school(lines: Iterable[SchoolLine]) -> tuple[GroupCount, ...]:
    """Each school by itself, which is named and so hides nothing."""
    return tuple(
        GroupCount(
            line.slug,
            line.name,
            1,
            int(line.is_rated),
            line.counts,
            (),
            line.moved,
            int(line.is_complete),
            int(line.is_agreed and line.is_rated),
            int(line.recognised.certificate == "valid"),
        )
        for line in lines
    )
