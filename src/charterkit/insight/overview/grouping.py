"""Schools in groups, and what of them may be told.

No group under five is shown, nor what would give one away when the others are taken from the whole. It is the way of
the surveys (`insight/surveys/suppression.py`) with schools in place of answers.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from charterkit.choices import PHASES
from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.counting import MoveCount, added, column, counts_of, moves_of
from charterkit.insight.overview.lines import SchoolLine
from charterkit.insight.overview.signs import NOT_RATED
from charterkit.insight.surveys.suppression import withheld
from charterkit.model.charter import Charter

FEWEST = 5
"""Schools in a group that is shown."""
NOT_SAID = ""
"""The group of schools of which nothing says where they belong; it counts like any other, and comes last."""

Split = Mapping[str, Sequence[SchoolLine]]
"""By a group's id its schools, in the order in which groups are shown; each school is in one."""

_KEYS: dict[str, Callable[[SchoolLine], tuple[str, str]]] = {
    "trust": lambda line: (line.trust, line.trust_name),
    "local-authority": lambda line: (line.local_authority, line.local_authority),
    "phase": lambda line: (line.phase, line.phase),
    "school": lambda line: (line.slug, line.name),
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

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of it is shown."""
        return self.schools is None


def split(lines: Sequence[SchoolLine], by: str) -> tuple[Split, dict[str, str]]:
    """The schools by group, and each group's name. Groups come by their name, never by their results."""
    found: dict[str, list[SchoolLine]] = {}
    names: dict[str, str] = {}
    for line in lines:
        group, name = _KEYS[by](line)
        found.setdefault(group, []).append(line)
        names[group] = name
    if by == "phase":
        return {phase: found[phase] for phase in (*PHASES, NOT_SAID) if phase in found}, names
    return {
        group: found[group]
        for group in sorted(found, key=lambda group: (group == NOT_SAID, names[group].casefold(), group))
    }, names


@dataclass(frozen=True)
class Grouping:
    """What makes the counts of groups. `hidden` are the aspects of which the whole shows nothing, or no movement."""

    charter: Charter
    hidden: frozenset[int] = frozenset()
    hidden_moves: frozenset[int] = frozenset()

    def partition(self, groups: Split, names: Mapping[str, str]) -> tuple[GroupCount, ...]:
        """Groups that every school is in one of: what is hidden in one is hidden in a second where the whole would tell
        it otherwise.
        """
        rated = {group: [line for line in lines if line.is_rated] for group, lines in groups.items()}
        gone = withheld({group: len(lines) for group, lines in rated.items()}, sum(map(len, rated.values())), FEWEST)
        cells = self._cells(rated, gone)
        moved = {group: sum(line.moved is not None for line in lines) for group, lines in rated.items()}
        still = withheld(moved, sum(moved.values()), FEWEST, gone)
        left = sum(len(groups[group]) for group in gone)
        """Schools whose certificates would be told when those of the groups that are shown are taken from the whole."""
        found = []
        for group, lines in groups.items():
            if group in gone:
                found.append(GroupCount(group, names[group], len(lines), None))
                continue
            counts = [cell for cell in cells[group] if cell is not None]
            found.append(
                GroupCount(
                    group,
                    names[group],
                    len(lines),
                    len(rated[group]),
                    added(counts, self.charter) if counts else None,
                    cells[group],
                    None if group in still else self._moves(rated[group]),
                    sum(line.is_complete for line in rated[group]),
                    sum(line.is_agreed for line in rated[group]),
                    None if 0 < left < FEWEST else sum(line.recognised.certificate == "valid" for line in lines),
                )
            )
        return tuple(found)

    def _cells(
        self, rated: Mapping[str, Sequence[SchoolLine]], gone: frozenset[str]
    ) -> dict[str, tuple[Distribution | None, ...]]:
        """Each group's counts of each aspect, by how many of its schools have rated it."""
        made: dict[str, list[Distribution | None]] = {group: [] for group in rated}
        for at, aspect in enumerate(self.charter.aspects):
            found = {
                group: counts_of(column((line.ratings for line in lines), at), self.charter, aspect)
                for group, lines in rated.items()
            }
            many = {group: counts.rated for group, counts in found.items()}
            bare = rated.keys() if at in self.hidden else withheld(many, sum(many.values()), FEWEST, gone)
            for group, counts in found.items():
                made[group].append(None if group in bare or group in gone else counts)
        return {group: tuple(counts) for group, counts in made.items()}

    def _moves(self, lines: Sequence[SchoolLine]) -> MoveCount:
        texts = [line.moves for line in lines if line.moved is not None]
        shown = (at for at in range(len(self.charter.aspects)) if at not in self.hidden_moves)
        found = sum((column(texts, at) for at in shown), Counter[str]())
        return moves_of(found, len(texts))

    def each_school(self, groups: Split, names: Mapping[str, str]) -> tuple[GroupCount, ...]:
        """Each school by itself, which is named and so hides nothing."""
        return tuple(
            GroupCount(
                group,
                names[group],
                1,
                int(line.is_rated),
                line.counts,
                (),
                line.moved,
                int(line.is_complete),
                int(line.is_agreed and line.is_rated),
                int(line.recognised.certificate == "valid"),
            )
            for group, lines in groups.items()
            for line in lines
        )

    def focus_groups(self, lines: Sequence[SchoolLine]) -> tuple[GroupCount, ...]:
        """Each of the charter's focus groups: what schools rated for it. They are parts of no whole, as a school may
        rate several, so that nothing can be taken from another.
        """
        return tuple(self._focus_group(group.id, group.name, lines) for group in self.charter.focus_groups)

    def _focus_group(self, group: str, name: str, lines: Sequence[SchoolLine]) -> GroupCount:
        rated = [line for line in lines if line.is_rated]
        texts = [text for line in rated if (text := dict(line.groups).get(group))]
        if len(texts) < FEWEST:
            return GroupCount(group, name, len(rated), None)
        cells = [counts_of(column(texts, at), self.charter, aspect) for at, aspect in enumerate(self.charter.aspects)]
        shown = tuple(cell if cell.rated >= FEWEST else None for cell in cells)
        found = [text for line in rated if line.moved is not None and (text := dict(line.group_moves).get(group))]
        moves = moves_of(sum((column(found, at) for at in range(len(cells))), Counter[str]()), len(found))
        counts = [cell for cell in shown if cell is not None]
        complete = sum(NOT_RATED not in text for text in texts)
        return GroupCount(
            group,
            name,
            len(rated),
            len(texts),
            added(counts, self.charter) if counts else None,
            shown,
            moves if moves.schools >= FEWEST else None,
            complete,
        )
