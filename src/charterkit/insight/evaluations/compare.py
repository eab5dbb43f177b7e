"""What changed between two self-evaluations of one school, aspect by aspect."""

from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from charterkit.insight.evaluations.actions import ActionMove, action_moves
from charterkit.insight.evaluations.evaluated import SPOILT, Evaluated, RatingState, Standing
from charterkit.insight.evaluations.lineage import Lineage, lineage
from charterkit.insight.evaluations.scales import Scaling, scaling
from charterkit.model.charter import Charter, FocusGroup
from charterkit.records import dataclass

STUCK_CYCLES = 3
"""Below the mark for this many cycles running is stuck."""


class MoveKind(StrEnum):
    """How an aspect moved."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCHANGED = "unchanged"
    NEWLY_RATED = "newly-rated"
    NO_LONGER_RATED = "no-longer-rated"
    ADDED = "added"
    REMOVED = "removed"
    NOT_COMPARABLE = "not-comparable"
    UNREADABLE = "unreadable"


COUNTED = (
    MoveKind.IMPROVED,
    MoveKind.DECLINED,
    MoveKind.UNCHANGED,
    MoveKind.NEWLY_RATED,
    MoveKind.NO_LONGER_RATED,
    MoveKind.ADDED,
    MoveKind.REMOVED,
)
"""The kinds that the JSON's `counts` always holds."""


class Move(NamedTuple):
    """One aspect's change. `before` and `after` are standings; for an added or removed aspect one of them is None.

    Of a million there are as many as of standings, so it too is the kind that is made quickest.
    """

    aspect: str
    key_point: str
    title: str
    before: Standing | None
    after: Standing | None
    kind: MoveKind
    from_aspects: tuple[str, ...] = ()
    """The earlier aspects it inherits from, where they are not itself alone."""
    by: int = 0
    """How many levels up, or down where it is below 0; on the newer scale where there are two."""


@dataclass(frozen=True, slots=True)
class GroupMoves:
    """The same counts for one focus group, over aspects rated for it in both cycles, and the aspects that moved."""

    group: FocusGroup
    counts: dict[MoveKind, int]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two self-evaluations side by side."""

    before: Evaluated
    after: Evaluated
    moves: tuple[Move, ...]
    stuck: tuple[Move, ...]
    """Below the mark in this many cycles running, the later of the two the last."""
    groups: tuple[GroupMoves, ...]
    actions: tuple[ActionMove, ...]
    scaling: Scaling | None
    """How the two versions' levels lie on each other; None where they cannot be compared."""

    @property
    def counts(self) -> dict[MoveKind, int]:
        """How many moves of each kind."""
        found = Counter(move.kind for move in self.moves)
        return {kind: found[kind] for kind in MoveKind}

    def of(self, kind: MoveKind) -> list[Move]:
        """The moves of one kind, in the charter's order."""
        return [move for move in self.moves if move.kind is kind]


def compare(
    before: Evaluated, after: Evaluated, versions: Sequence[Charter], history: Sequence[Evaluated]
) -> Comparison:
    """Compare two self-evaluations of one charter.

    `versions` are the charter's versions, oldest first; `history` all the school's evaluations of it, oldest first,
    from which it is told what has been stuck for three cycles.
    """
    line = lineage(before.charter, after.charter, versions)
    levels = scaling(before.charter, after.charter, versions)
    return Comparison(
        before,
        after,
        _moves(line, before, after, _steps(levels)),
        stuck(after, versions, history),
        tuple(_group(group, line, before, after, _steps(levels)) for group in _groups(before, after)),
        tuple(action_moves(before, after)),
        levels,
    )


def moves_between(before: Evaluated, after: Evaluated, versions: Sequence[Charter]) -> tuple[Move, ...]:
    """Only the moves of such a comparison."""
    line = lineage(before.charter, after.charter, versions)
    return _moves(line, before, after, _steps(scaling(before.charter, after.charter, versions)))


_Steps = Callable[[str, str], int | None] | None
"""By how many levels one lies above another, None where that cannot be told; None itself for scales without a way."""


def _steps(levels: Scaling | None) -> _Steps:
    return cache(levels.by) if levels else None


def _moves(line: Lineage, before: Evaluated, after: Evaluated, steps: _Steps) -> tuple[Move, ...]:
    moves = [_move(key, line[key], before, after, steps) for key in after.charter.aspects]
    return (*[move for move in moves if move is not None], *_removed(line, before, after))


def _move(key: str, olds: tuple[str, ...], before: Evaluated, after: Evaluated, steps: _Steps) -> Move | None:
    now = after.standings[key]
    if len(olds) == 1:  # as nearly all
        then: Standing | None = before.standings[olds[0]]
    else:
        then = inherited([before.standings[old] for old in olds]) if olds else None
    if then is None and before.charter.version != after.charter.version and before.is_spoilt(key):
        then = SPOILT
    kind, by = _kind(then, now, steps)
    if kind is None:
        return None
    named = () if olds in ((key,), ()) else olds
    return Move(key, after.charter.key_point_of[key].id, after.charter.aspects[key].text, then, now, kind, named, by)


def inherited(standings: Sequence[Standing]) -> Standing:
    """What an aspect inherits: of merged ones the lowest that is rated; unreadable when one of them is."""
    if len(standings) == 1:
        return standings[0]
    unreadable = [standing for standing in standings if standing.state is RatingState.UNREADABLE]
    if unreadable:
        return unreadable[0]
    rated = [standing for standing in standings if standing.state is RatingState.RATED]
    if rated:
        return min(rated, key=lambda each: each.rank)
    return max(standings, key=lambda each: each.state is RatingState.NOT_APPLICABLE)


def _kind(then: Standing | None, now: Standing, steps: _Steps) -> tuple[MoveKind | None, int]:
    """What became of an aspect, and by how many levels. None for one that is rated in neither."""
    if now.state is RatingState.UNREADABLE or (then and then.state is RatingState.UNREADABLE):
        return MoveKind.UNREADABLE, 0
    if then is None:
        return (MoveKind.ADDED if now.level else None), 0
    if then.level is None or now.level is None:
        return (MoveKind.NEWLY_RATED if now.level else MoveKind.NO_LONGER_RATED if then.level else None), 0
    by = steps(then.level.id, now.level.id) if steps else None
    if by is None:
        return MoveKind.NOT_COMPARABLE, 0
    return (MoveKind.IMPROVED if by > 0 else MoveKind.DECLINED if by < 0 else MoveKind.UNCHANGED), by


def _removed(line: Lineage, before: Evaluated, after: Evaluated) -> list[Move]:
    """Aspects that the later version lacks; one whose entry there only cannot be read does not look taken away."""
    going_on = {old for olds in line.values() for old in olds}
    kinds = {RatingState.RATED: MoveKind.REMOVED, RatingState.UNREADABLE: MoveKind.UNREADABLE}
    found = []
    for key, aspect in before.charter.aspects.items():
        standing = before.standings[key]
        point = before.charter.key_point_of[key].id
        if key in going_on:
            continue
        if after.is_spoilt(key):
            found.append(Move(key, point, aspect.text, standing, SPOILT, MoveKind.UNREADABLE))
        elif standing.state in kinds:
            found.append(Move(key, point, aspect.text, standing, None, kinds[standing.state]))
    return found


def stuck(after: Evaluated, versions: Sequence[Charter], history: Sequence[Evaluated]) -> tuple[Move, ...]:
    """The aspects that are below the mark for the third cycle running, that of `after` the last."""
    until = [evaluation for evaluation in history if evaluation.order <= after.order][-STUCK_CYCLES:]
    if len(until) < STUCK_CYCLES:
        return ()
    lines = [lineage(evaluation.charter, after.charter, versions) for evaluation in until]
    keys = list(after.charter.aspects)
    for held, line in zip(reversed(until), reversed(lines), strict=True):
        below = _below(held)
        keys = [key for key in keys if _is_below(held, below, line[key])]
    return tuple(_stuck(key, after.charter, until, lines) for key in keys)


def _stuck(key: str, charter: Charter, until: Sequence[Evaluated], lines: Sequence[Lineage]) -> Move:
    first = inherited([until[0].standings[old] for old in lines[0][key]])
    last = inherited([until[-1].standings[old] for old in lines[-1][key]])
    return Move(key, charter.key_point_of[key].id, charter.aspects[key].text, first, last, MoveKind.UNCHANGED)


def _below(held: Evaluated) -> set[str]:
    """The aspects that are rated below their mark."""
    mark = held.charter.mark
    return {name for name, standing in held.standings.items() if 0 <= standing.rank < mark(name)}


def _is_below(held: Evaluated, below: set[str], olds: Sequence[str]) -> bool:
    """Whether what an aspect inherits is rated, and of the aspects that it inherits from one is below its mark."""
    if len(olds) == 1:
        return olds[0] in below
    if below.isdisjoint(olds):
        return False
    return inherited([held.standings[old] for old in olds]).state is RatingState.RATED


def _groups(before: Evaluated, after: Evaluated) -> list[FocusGroup]:
    had = {group.id for group in before.charter.focus_groups}
    return [group for group in after.charter.focus_groups if group.id in had]


def _group(group: FocusGroup, line: Lineage, before: Evaluated, after: Evaluated, steps: _Steps) -> GroupMoves:
    moves: list[Move] = []
    if not _speaks_of(before, group.id) and not _speaks_of(after, group.id):  # as most: of very many that takes long
        return GroupMoves(group, dict.fromkeys(MoveKind, 0), ())
    for key, aspect in after.charter.aspects.items():
        now = _of_group(after, key, group.id)
        then = inherited([_of_group(before, old, group.id) for old in line[key]]) if line[key] else None
        kind, by = _kind(then, now, steps)
        if kind is not None:
            moves.append(Move(key, after.charter.key_point_of[key].id, aspect.text, then, now, kind, by=by))
    found = Counter(move.kind for move in moves)
    return GroupMoves(group, {kind: found[kind] for kind in MoveKind}, tuple(moves))


def _speaks_of(evaluation: Evaluated, group: str) -> bool:
    """Whether a group is rated on any aspect, or may be on one that cannot be read."""
    return any(
        group in standing.entry.groups if standing.entry else standing.state is RatingState.UNREADABLE
        for standing in evaluation.standings.values()
    )


def _of_group(evaluation: Evaluated, aspect: str, group: str) -> Standing:
    standing = evaluation.standings[aspect]
    if standing.state is RatingState.UNREADABLE and standing.entry is None:
        return standing
    rating = standing.entry.groups.get(group) if standing.entry else None
    if rating is None:
        return Standing(RatingState.NOT_RATED)
    level = evaluation.charter.levels.get(rating)
    return (
        Standing(RatingState.RATED, level, evaluation.charter.ranks[rating])
        if level
        else Standing(RatingState.UNREADABLE)
    )
