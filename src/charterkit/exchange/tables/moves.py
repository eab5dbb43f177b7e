"""The table of what became of each aspect since the self-evaluation before."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from charterkit.exchange.tables.columns import (
    TidyTable,
    flag,
    public,
    spelt,
    text,
    whole,
)
from charterkit.exchange.tables.evaluations import KEY, TO_EVALUATION, key
from charterkit.insight.evaluations.compare import Move, moves_between, stuck
from charterkit.insight.evaluations.evaluated import Evaluated, Standing
from charterkit.model.charter import Charter


class Moved(NamedTuple):
    """What became of an aspect since the self-evaluation before."""

    slug: str
    found: Evaluated
    before: Evaluated
    move: Move
    is_stuck: bool


def moved(
    slug: str, before: Evaluated, after: Evaluated, versions: Sequence[Charter], history: Sequence[Evaluated]
) -> Iterator[Moved]:
    """What became of each aspect."""
    held_up = {move.aspect for move in stuck(after, versions, history)}
    for move in moves_between(before, after, versions):
        yield Moved(slug, after, before, move, move.aspect in held_up)


def _level(standing: Standing | None) -> str | None:
    return standing.level.id if standing and standing.level else None


MOVES = TidyTable(
    "moves",
    "What became of each aspect since the self-evaluation before, through what versions of a charter rename, merge and "
    "split: as `charterkit compare` says it.",
    (*KEY, "aspect", "move"),
    (
        *key(),
        *public(
            text("from_cycle", lambda its: str(its.before.cycle), "", "The cycle that it is compared with.").filled,
            text("aspect", "move.aspect", "", "Of one that was removed, its earlier id.").filled,
            text(
                "move",
                "move.kind.value",
                "",
                "improved, declined, unchanged, newly-rated, no-longer-rated, added, removed, not-comparable or "
                "unreadable.",
            ).filled,
            whole(
                "by_levels",
                "move.by",
                "",
                "How many levels up, or down where it is below 0; on the newer scale where there are two.",
            ).filled,
            spelt(
                "from_aspects",
                lambda its: its.move.from_aspects or its.move.aspect,
                "",
                "The earlier aspects that it goes on from, with a blank between them.",
            ),
            text(
                "from_level",
                lambda its: _level(its.move.before),
                "",
                "Its level then.",
            ),
            text(
                "to_level",
                lambda its: _level(its.move.after),
                "",
                "Its level now.",
            ),
            flag(
                "is_stuck",
                "is_stuck",
                "",
                "Whether it is below its mark for the third cycle running.",
            ).filled,
        ),
    ),
    (TO_EVALUATION,),
    by_cycle=True,
    alike=4,
)
