"""How aspects moved between two cycles, in words; shared by the comparison and the report."""

from collections.abc import Mapping, Sequence

from charterkit.insight.evaluations.compare import Comparison, Move, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.reached import value_move, values_of
from charterkit.model.charter import Charter
from charterkit.records import dataclass
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.render.shared.rescaled import untold
from charterkit.text.english import alternatives, counted, joined, number, sentence
from charterkit.text.speech import mark, mark_many, ntr, tr, tr_of

WORDS = {
    MoveKind.IMPROVED: mark("Improved"),
    MoveKind.DECLINED: mark("Fell back"),
    MoveKind.UNCHANGED: mark("Stayed the same"),
    MoveKind.NEWLY_RATED: mark("Newly rated"),
    MoveKind.NO_LONGER_RATED: mark("No longer rated"),
    MoveKind.ADDED: mark("New in the charter"),
    MoveKind.REMOVED: mark("No longer in the charter"),
    MoveKind.NOT_COMPARABLE: mark("Not comparable"),
    MoveKind.UNREADABLE: mark("Unreadable"),
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
NOT_THIS_TIME = mark("Not rated this time")
"""No longer rated, where the later self-evaluation is still a draft."""

_MOVED = (
    (MoveKind.IMPROVED, mark("%(what)s improved")),
    (MoveKind.DECLINED, mark("%(what)s fell back")),
    (MoveKind.UNCHANGED, mark("%(what)s stayed the same")),
)
_NONE = (mark("improved"), mark("fell back"))
"""Of these, what none did."""
_BESIDES = (
    (MoveKind.NEWLY_RATED, *mark_many("%(count)s is newly rated", "%(count)s are newly rated")),
    (MoveKind.NO_LONGER_RATED, *mark_many("%(count)s is no longer rated", "%(count)s are no longer rated")),
    (MoveKind.ADDED, *mark_many("%(count)s is new in the charter", "%(count)s are new in the charter")),
    (MoveKind.REMOVED, *mark_many("%(count)s is no longer in the charter", "%(count)s are no longer in the charter")),
    (
        MoveKind.NOT_COMPARABLE,
        *mark_many(
            "%(count)s cannot be compared, as the levels have changed",
            "%(count)s cannot be compared, as the levels have changed",
        ),
    ),
    (MoveKind.UNREADABLE, *mark_many("%(count)s cannot be read", "%(count)s cannot be read")),
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
        next((tr(standing.why) for standing in standings if standing.why), "") or _untold(comparison, move),
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
    return tr(NOT_THIS_TIME if kind is MoveKind.NO_LONGER_RATED and is_draft(later) else WORDS[kind])


def since(comparison: Comparison) -> str:
    """The start of the sentence: "Since autumn term 2024-25"."""
    before, after = comparison.before, comparison.after
    if before.cycle == after.cycle:
        return tr("Between the two versions of %(cycle)s", cycle=before.cycle.spoken)
    if before.order > after.order:
        return tr("Going back from %(before)s to %(after)s", before=before.cycle.spoken, after=after.cycle.spoken)
    return tr("Since %(cycle)s", cycle=before.cycle.spoken)


def moved(start: str, counts: Mapping[MoveKind, int], noun: str = "aspect") -> str:
    """As in "Since 2024-25, six aspects improved, one fell back and 27 stayed the same."; `noun` is what is counted."""
    found = [(counts[kind], verb) for kind, verb in _MOVED if counts[kind]]
    if not found:
        return f"{start}, {_not_one(counts, noun)}"
    parts = [tr(verb, what=number(count)) for count, verb in found]
    parts[0] = tr(found[0][1], what=counted(found[0][0], noun))
    said = {verb for _, verb in found}
    missing = [none for (_, verb), none in zip(_MOVED, _NONE, strict=False) if verb not in said]
    none = tr("; none %(verbs)s", verbs=alternatives([tr(verb) for verb in missing])) if missing else ""
    return tr("%(start)s, %(parts)s%(none)s.", start=start, parts=joined(parts), none=none)


def _not_one(counts: Mapping[MoveKind, int], noun: str) -> str:
    """Why nothing can be called better, worse or the same."""
    apart = counts.get(MoveKind.NOT_COMPARABLE, 0)
    if apart:
        return ntr(
            "%(what)s was rated both times, but on different scales, so it cannot be compared.",
            "%(what)s were rated both times, but on different scales, so they cannot be compared.",
            apart,
            what=counted(apart, noun),
        )
    if counts.get(MoveKind.UNREADABLE):
        text = "no aspect has been rated both times that can be read, so nothing can be called better or worse."
    else:
        text = "no aspect has been rated both times, so nothing can be called better or worse."
    return tr_of(noun, text)


def besides(counts: Mapping[MoveKind, int], *, draft: bool) -> str:
    """The other kinds: "One is newly rated and two are no longer rated.". Empty where there is none."""
    parts = []
    for kind, text, many in _BESIDES:
        is_said = kind is MoveKind.NOT_COMPARABLE and not any(counts[each] for each, _ in _MOVED)
        count = 0 if is_said else counts[kind]
        if kind is MoveKind.NO_LONGER_RATED and draft:
            said = ntr(
                "%(count)s is not rated this time", "%(count)s are not rated this time", count, count=number(count)
            )
        else:
            said = ntr(text, many, count, count=number(count))
        parts += [said] if count else []
    several = len(parts) > 1
    return sentence(tr("besides, %(parts)s", parts=joined(parts)) if several else joined(parts))
