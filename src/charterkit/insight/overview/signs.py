"""One sign for each of a charter's aspects, in its order: a school's ratings in a text of forty letters.

A hundred thousand self-evaluations have to fit beside each other, on a disk and in memory, so nothing of the models is
kept of them.
"""

from collections.abc import Mapping, Sequence

from charterkit.insight.evaluations.compare import Move, MoveKind
from charterkit.insight.evaluations.evaluated import RatingState, Standing

NOT_RATED, NOT_APPLICABLE, UNREADABLE, NOT_ASKED = ".-? "
"""What stands where there is no level. A level is its place on the scale, the worst 0; a scale has at most seven."""
_STATES = {
    RatingState.NOT_RATED: NOT_RATED,
    RatingState.NOT_APPLICABLE: NOT_APPLICABLE,
    RatingState.UNREADABLE: UNREADABLE,
}

IMPROVED, DECLINED, UNCHANGED, NEWLY_RATED, NO_LONGER_RATED, ADDED, NOT_COMPARABLE = "+<=na*~"
"""How an aspect moved; an unreadable one has the sign from above, and one that says nothing a blank."""
MOVES = {
    MoveKind.IMPROVED: IMPROVED,
    MoveKind.DECLINED: DECLINED,
    MoveKind.UNCHANGED: UNCHANGED,
    MoveKind.NEWLY_RATED: NEWLY_RATED,
    MoveKind.NO_LONGER_RATED: NO_LONGER_RATED,
    MoveKind.ADDED: ADDED,
    MoveKind.NOT_COMPARABLE: NOT_COMPARABLE,
    MoveKind.UNREADABLE: UNREADABLE,
}
STUCK, NOT_STUCK = "!."


def signs(standings: Mapping[str, Standing], aspects: Sequence[str]) -> str:
    """Where a school stands on each aspect of a charter version; a blank for one that it is not asked."""
    return "".join(_sign(standings.get(aspect)) for aspect in aspects)


def _sign(standing: Standing | None) -> str:
    if standing is None:
        return NOT_ASKED
    return str(standing.rank) if standing.level else _STATES[standing.state]


def move_signs(moves: Sequence[Move], aspects: Sequence[str]) -> str:
    """How each aspect of the later version moved."""
    found = {move.aspect: MOVES[move.kind] for move in moves if move.after is not None}
    return "".join(found.get(aspect, NOT_ASKED) for aspect in aspects)


def moves_between(then: str, now: str) -> str:
    """What moved between two texts of ratings on one version of the charter, as `compare` has it."""
    return "".join(_went(*pair) for pair in zip(then, now, strict=True))


def _went(then: str, now: str) -> str:
    if UNREADABLE in (then, now):
        return UNREADABLE
    if then.isdigit() and now.isdigit():
        return IMPROVED if now > then else DECLINED if now < then else UNCHANGED
    if now.isdigit():
        return ADDED if then == NOT_ASKED else NEWLY_RATED
    return NO_LONGER_RATED if then.isdigit() and now != NOT_ASKED else NOT_ASKED


def not_comparable(now: str) -> str:
    """What moved since ratings whose levels cannot be compared."""
    return "".join(NOT_COMPARABLE if sign.isdigit() else NOT_ASKED for sign in now)


# -- a school's signs on another version of the charter: each aspect has the places of those that it goes on from

Places = Sequence[tuple[int, ...]]


def inherited_signs(found: str, places: Places) -> str:
    """Ratings on another version: of merged aspects the lowest that is rated, as `compare` has it."""
    return "".join(_inherited({found[at] for at in olds}) for olds in places)


def _inherited(found: set[str]) -> str:
    if UNREADABLE in found:
        return UNREADABLE
    levels = [sign for sign in found if sign.isdigit()]
    if levels:
        return min(levels)
    return next((sign for sign in (NOT_APPLICABLE, NOT_RATED) if sign in found), NOT_ASKED)


def inherited_moves(found: str, places: Places) -> str:
    """Moves on another version: merged aspects that moved differently cannot be compared."""
    return "".join(_moved({found[at] for at in olds} - {NOT_ASKED}) for olds in places)


def _moved(found: set[str]) -> str:
    if len(found) > 1:
        return UNREADABLE if UNREADABLE in found else NOT_COMPARABLE
    return next(iter(found), NOT_ASKED)


def inherited_stuck(found: str, places: Places) -> str:
    """What has been stuck, on another version: a merged aspect where one of those it was made of is."""
    return "".join(STUCK if any(found[at] == STUCK for at in olds) else NOT_STUCK for olds in places)
