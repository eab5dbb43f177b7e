"""What became of the targets of one self-evaluation in a later one, and of the numbers that both have."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from charterkit.insight.evaluations.aims import is_same_unit, spoken_value
from charterkit.insight.evaluations.compare import Comparison, Move
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState
from charterkit.insight.evaluations.lineage import lineage
from charterkit.model.charter import Aspect, Charter
from charterkit.model.evaluation import TargetLevel
from charterkit.model.value import Value
from charterkit.records import dataclass


class TargetState(StrEnum):
    """What became of a target."""

    REACHED = "reached"
    MISSED = "missed"
    MOVED = "moved"
    OPEN = "open"
    NOT_RATED = "not-rated"
    NOT_COMPARABLE = "not-comparable"


@dataclass(frozen=True, slots=True)
class TargetMove:
    """One target of the earlier self-evaluation, and the one that the later has instead, where it has another."""

    move: Move
    target: TargetLevel
    state: TargetState
    now: TargetLevel | None = None


def target_moves(comparison: Comparison) -> list[TargetMove]:
    """The targets of the earlier self-evaluation, in the order of the moves; through renames, merges and splits."""
    return [
        TargetMove(move, target, *_became(comparison.after, move, target))
        for move in comparison.moves
        if move.after is not None
        for target in _targets(comparison.before, move)
    ]


def _targets(before: Evaluated, move: Move) -> list[TargetLevel]:
    entries = [before.evaluation.ratings.get(old) for old in move.from_aspects or (move.aspect,)]
    return [entry.target for entry in entries if entry is not None and entry.target is not None]


def _became(after: Evaluated, move: Move, target: TargetLevel) -> tuple[TargetState, TargetLevel | None]:
    """A target that was moved to another level or day counts as moved, unless it was reached all the same."""
    standing = after.standings[move.aspect]
    wanted = after.charter.ranks.get(after.charter.level_of(target.level) or "")
    now = standing.entry.target if standing.entry else None
    other = now if now is not None and now != target else None
    if wanted is None:
        return TargetState.NOT_COMPARABLE, other
    if standing.rank >= wanted:
        return TargetState.REACHED, other
    if other is not None:
        return TargetState.MOVED, other
    if standing.state is not RatingState.RATED:
        return TargetState.NOT_RATED, None
    is_over = target.by is not None and target.by.last < after.day
    return (TargetState.MISSED if is_over else TargetState.OPEN), None


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """A target that was not reached yet: the aspect as the newest self-evaluation has it, and where it was set."""

    aspect: Aspect
    target: TargetLevel
    set_in: Evaluated


def open_targets(history: Sequence[Evaluated], versions: Sequence[Charter]) -> list[OpenTarget]:
    """A school's targets of one charter that no later self-evaluation has reached, in the newest charter's order.

    A target stands until it is reached or another takes its place, so that a new draft loses none.
    """
    held: dict[str, OpenTarget] = {}
    last: Evaluated | None = None
    for found in history:
        line = lineage(last.charter, found.charter, versions) if last else {}
        known, held, last = held, {}, found
        for key, aspect in found.charter.aspects.items():
            new = found.standings[key].entry
            earlier = next((known[old] for old in line.get(key, ()) if old in known), None)
            if new is not None and new.target is not None:
                earlier = OpenTarget(aspect, new.target, found)
            wanted = found.charter.ranks.get(found.charter.level_of(earlier.target.level) or "") if earlier else None
            if earlier is not None and wanted is not None and found.standings[key].rank < wanted:
                held[key] = replace(earlier, aspect=aspect)
    return list(held.values())


def values_of(comparison: Comparison, move: Move) -> tuple[Value | None, Value | None]:
    """The numbers of an aspect before and after. Of several aspects that were merged none speaks for all."""
    olds = move.from_aspects or (move.aspect,)
    before = comparison.before.evaluation.ratings.get(olds[0]) if len(olds) == 1 else None
    after = comparison.after.evaluation.ratings.get(move.aspect) if move.after is not None else None
    return (before.value if before else None), (after.value if after else None)


def value_move(before: Value | None, after: Value | None) -> str:
    """As in "62% → 71%"; two numbers of different things stand beside each other. Empty where there is none."""
    words = [spoken_value(before) or "–", spoken_value(after) or "–"]
    if before is None and after is None:
        return ""
    if before is not None and after is not None and not is_same_unit(before, after):
        return f"{words[0]}; now {words[1]}, which is not the same unit"
    return " → ".join(words)
