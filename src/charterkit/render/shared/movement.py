"""How aspects moved between two cycles, in words; shared by the comparison and the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterkit.insight.evaluations.compare import Comparison, Move, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.reached import value_move, values_of
from charterkit.model.charter import Charter
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.render.shared.rescaled import untold
from charterkit.text.english import alternatives, counted, joined, number, plural, sentence

WORDS = {
    MoveKind.IMPROVED: "Improved",
    MoveKind.DECLINED: "Fell back",
    MoveKind.UNCHANGED: "Stayed the same",
    MoveKind.NEWLY_RATED: "Newly rated",
    MoveKind.NO_LONGER_RATED: "No longer rated",
    MoveKind.ADDED: "New in the charter",
    MoveKind.REMOVED: "No longer in the charter",
    MoveKind.NOT_COMPARABLE: "Not comparable",
    MoveKind.UNREADABLE: "Unreadable",
}
ARROWS = {
    MoveKind.IMPROVED: "↑",
    MoveKind.DECLINED: "↓",
    MoveKind.UNCHANGED: "=",
    MoveKind.NEWLY_RATED: "+",
    MoveKind.NO_LONGER_RATED: "−",
    MoveKind.ADDED: "+",
    MoveKind.REMOVED: "−",
    MoveKind.NOT_COMPARABLE: "≠",
    MoveKind.UNREADABLE: "?",
}
NOT_THIS_TIME = "Not rated this time"
"""No longer rated, where the later self-evaluation is still a draft."""

_MOVED = ((MoveKind.IMPROVED, "improved"), (MoveKind.DECLINED, "fell back"), (MoveKind.UNCHANGED, "stayed the same"))
_RESCALED = "cannot be compared, as the levels have changed"
_BESIDES = (
    (MoveKind.NEWLY_RATED, "is newly rated", "are newly rated"),
    (MoveKind.NO_LONGER_RATED, "is no longer rated", "are no longer rated"),
    (MoveKind.ADDED, "is new in the charter", "are new in the charter"),
    (MoveKind.REMOVED, "is no longer in the charter", "are no longer in the charter"),
    (MoveKind.NOT_COMPARABLE, _RESCALED, _RESCALED),
    (MoveKind.UNREADABLE, "cannot be read", "cannot be read"),
)


@dataclass(frozen=True, slots=True)
class Movement:
    """One aspect before and after. `kind` is the JSON's word; `word` and `arrow` are people's."""

    aspect: str
    key_point: str
    key_point_title: str
    title: str
    before: Badge
    after: Badge
    kind: str
    word: str
    arrow: str
    from_aspects: tuple[str, ...] = ()
    from_titles: tuple[str, ...] = ()
    why: str = ""
    by: int = 0
    """How many levels up, or down where it is below 0."""
    rank: int = -1
    """The later level's place on its scale, the worst 0."""
    value: str = ""
    """What was counted before and after, as in "62% → 71%"."""
    number: str = ""
    """The aspect's own, as the framework gives it; empty where it gives none."""

    @property
    def numbered(self) -> str:
        """The aspect's sentence with its number."""
        return with_number(self.number, self.title)


@dataclass(frozen=True, slots=True)
class Scales:
    """The badges on both sides."""

    before: dict[str, Badge]
    after: dict[str, Badge]


def scales(comparison: Comparison) -> Scales:
    """The badges of both charter versions."""
    return Scales(badges(comparison.before.charter), badges(comparison.after.charter))


def changes(comparison: Comparison, moves: Sequence[Move], known: Scales) -> tuple[Movement, ...]:
    """Moves to be shown, in their order."""
    return tuple(_change(comparison, move, known) for move in moves)


def _change(comparison: Comparison, move: Move, known: Scales) -> Movement:
    old, new = comparison.before.charter, comparison.after.charter
    standings = [standing for standing in (move.after, move.before) if standing is not None]
    return Movement(
        move.aspect,
        move.key_point,
        _key_point_title(new if move.aspect in new.aspects else old, move.aspect),
        move.title,
        badge_of(move.before, known.before),
        badge_of(move.after, known.after),
        move.kind.value,
        word(move.kind, comparison.after),
        ARROWS[move.kind],
        move.from_aspects,
        tuple(old.aspects[key].text for key in move.from_aspects if key in old.aspects),
        next((standing.why for standing in standings if standing.why), "") or _untold(comparison, move),
        move.by,
        move.after.rank if move.after else -1,
        value_move(*values_of(comparison, move)),
        number=(new if move.aspect in new.aspects else old).aspects[move.aspect].number or "",
    )


def _untold(comparison: Comparison, move: Move) -> str:
    """Why it cannot be told whether an aspect moved, where most of the two scales can be compared."""
    if comparison.scaling is None or move.kind is not MoveKind.NOT_COMPARABLE or not move.before or not move.after:
        return ""
    return untold(comparison.scaling, move.before, move.after)


def farthest_first(found: Sequence[Movement]) -> tuple[Movement, ...]:
    """Moves of one kind: what moved by most levels first, of those what stands lowest, then the charter's order."""
    return tuple(sorted(found, key=lambda change: (-abs(change.by), change.rank)))


def _key_point_title(charter: Charter, aspect: str) -> str:
    point = charter.key_point_of.get(aspect)
    return point.title if point else ""


def is_draft(evaluation: Evaluated) -> bool:
    """Whether the school has not agreed it yet."""
    return evaluation.evaluation.status == "draft"


def word(kind: MoveKind, later: Evaluated) -> str:
    """The people's word for a kind of change."""
    return NOT_THIS_TIME if kind is MoveKind.NO_LONGER_RATED and is_draft(later) else WORDS[kind]


def since(comparison: Comparison) -> str:
    """The start of the sentence: "Since autumn term 2024-25"."""
    before, after = comparison.before, comparison.after
    if before.cycle == after.cycle:
        return f"Between the two versions of {before.cycle.spoken}"
    if before.order > after.order:
        return f"Going back from {before.cycle.spoken} to {after.cycle.spoken}"
    return f"Since {before.cycle.spoken}"


def moved(start: str, counts: Mapping[MoveKind, int], noun: str = "aspect") -> str:
    """As in "Since 2024-25, six aspects improved, one fell back and 27 stayed the same."; `noun` is what is counted."""
    found = [(counts[kind], verb) for kind, verb in _MOVED if counts[kind]]
    if not found:
        return f"{start}, {_not_one(counts, noun)}"
    parts = [f"{number(count)} {verb}" for count, verb in found]
    parts[0] = f"{counted(found[0][0], noun)} {found[0][1]}"
    verbs = {verb for _, verb in found}
    missing = [verb for verb in ("improved", "fell back") if verb not in verbs]
    none = f"; none {alternatives(missing)}" if missing else ""
    return f"{start}, {joined(parts)}{none}."


def _not_one(counts: Mapping[MoveKind, int], noun: str) -> str:
    """Why nothing can be called better, worse or the same."""
    apart = counts.get(MoveKind.NOT_COMPARABLE, 0)
    if apart:
        were = counted(apart, f"{noun} was", f"{noun}s were")
        it = plural(apart, "it", "they")
        return f"{were} rated both times, but on different scales, so {it} cannot be compared."
    read = " that can be read" if counts.get(MoveKind.UNREADABLE) else ""
    return f"no {noun} has been rated both times{read}, so nothing can be called better or worse."


def besides(counts: Mapping[MoveKind, int], *, draft: bool) -> str:
    """The other kinds: "One is newly rated and two are no longer rated.". Empty where there is none."""
    parts = []
    for kind, text, many in _BESIDES:
        is_said = kind is MoveKind.NOT_COMPARABLE and not any(counts[each] for each, _ in _MOVED)
        count = 0 if is_said else counts[kind]
        verb = plural(count, text, many)
        if kind is MoveKind.NO_LONGER_RATED and draft:
            verb = verb.replace("no longer rated", "not rated this time")
        if count:
            parts.append(f"{number(count)} {verb}")
    return sentence(joined(parts)) if len(parts) < 2 else sentence(f"besides, {joined(parts)}")  # noqa: PLR2004
