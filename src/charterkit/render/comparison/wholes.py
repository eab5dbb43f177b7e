"""Levels of key points and of the whole, in two cycles or in all of them. They are shown, and counted nowhere."""

from typing import Any

from charterkit.insight.evaluations.best_fit import standing_of
from charterkit.insight.evaluations.compare import Comparison
from charterkit.insight.evaluations.evaluated import RatingState
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.model.charter import Charter
from charterkit.records import dataclass
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import Badge, badge_of, badges


@dataclass(frozen=True, slots=True)
class WholeMove:
    """A key point or the whole, and its level before and after. `part` is its id, or overall."""

    part: str
    title: str
    before: Badge
    after: Badge
    words: tuple[str | None, str | None]
    """As JSON shows both; None for not rated."""


def whole_moves(comparison: Comparison) -> tuple[WholeMove, ...]:
    """What the later charter rates so, in its order; nothing where neither cycle has a level for any of it."""
    before, after = comparison.before, comparison.after
    known = badges(before.charter), badges(after.charter)
    made = []
    for part, title in titles_of(after.charter).items():
        stands = standing_of(before, part), standing_of(after, part)
        if any(stand.state is not RatingState.NOT_RATED for stand in stands):
            shown = (badge_of(stands[0], known[0]), badge_of(stands[1], known[1]))
            made.append(WholeMove(part, title, *shown, (stands[0].word, stands[1].word)))
    return tuple(made)


def titles_of(charter: Charter) -> dict[str, str]:
    """What is rated besides what is rated one by one, by its id, each with its number and heading."""
    numbers = {point.id: point.number or "" for point in charter.key_points}
    return {part: with_number(numbers.get(part, ""), title) for part, title in parts_of(charter).items()}


def whole_json(comparison: Comparison) -> list[dict[str, Any]]:
    """The same for other programs."""
    titles, moves = parts_of(comparison.after.charter), whole_moves(comparison)
    return [
        {"part": move.part, "title": titles[move.part], "from": move.words[0], "to": move.words[1]} for move in moves
    ]
