"""The tables about self-evaluations: what each says of each aspect, for groups too, and what changed since the last."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from charterkit.exchange.tables.charters import TO_CHARTER
from charterkit.exchange.tables.columns import (
    STATES,
    CellKind,
    TableColumn,
    TidyTable,
    day,
    flag,
    lines,
    public,
    spelt,
    text,
    when,
    whole,
)
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.insight.evaluations.best_fit import OVERALL, standing_of
from charterkit.insight.evaluations.compare import Move, moves_between, stuck
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.model.charter import Charter, FocusGroup
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.evaluation import Evidence, Person, Rating

KEY = ("school", "charter", "cycle")
TO_EVALUATION = (KEY, "evaluations")
_CYCLE = "Where the file's own cannot be read, the academic year of its date."


class Rated(NamedTuple):
    """A school's self-evaluation, and the one before it."""

    slug: str
    found: Evaluated
    before: Evaluated | None
    is_newest: bool

    def count(self, state: RatingState) -> int:
        """How many aspects are in a state."""
        return sum(standing.state is state for standing in self.found.standings.values())


def _who(people: Sequence[Person]) -> str | None:
    return lines(" ".join(part for part in (each.name, each.role and f"({each.role})") if part) for each in people)


def key() -> tuple[TableColumn, ...]:
    """The columns that tell self-evaluations apart."""
    return public(
        text("school", "slug", "", "The school's folder.").filled,
        text("charter", "found.charter.id", "evaluation/charter").filled,
        text("cycle", lambda its: str(its.found.cycle), "evaluation/cycle", _CYCLE).filled,
    )


def _count(state: RatingState) -> Callable[[Rated], int]:
    return lambda its: its.count(state)


EVALUATIONS = TidyTable(
    "evaluations",
    "Every self-evaluation that counts: one for each school, charter and cycle.",
    KEY,
    (
        *key(),
        *public(
            text("charter_version", "found.charter.version", "evaluation/charter_version").filled,
            text("academic_year", lambda its: str(Cycle(its.found.cycle.year)), "", "Without the term.").filled,
            text("term", "found.cycle.term", "", "The cycle's term; empty for a whole year."),
            *when("date", "found.evaluation.date", "evaluation/date"),
            text("status", "found.evaluation.status", "evaluation/status").filled,
            spelt(
                "previous_cycle",
                lambda its: its.before.cycle if its.before else None,
                "",
                "The cycle of the self-evaluation before it, of the same school and charter: by date, ties by cycle.",
            ),
            flag("is_newest", "is_newest", "", "Whether it is the newest of its charter.").filled,
            whole("aspects", lambda its: len(its.found.standings), "", "How many aspects the school is asked.").filled,
            whole("aspects_rated", _count(RatingState.RATED), "", "How many of them have a level.").filled,
            whole(
                "aspects_met",
                lambda its: sum(its.found.is_met(name) for name in its.found.standings),
                "",
                "How many of them are rated at their mark or above.",
            ).filled,
            whole(
                "aspects_not_applicable",
                _count(RatingState.NOT_APPLICABLE),
                "",
                "How many of them were said not to apply.",
            ).filled,
            whole("aspects_not_rated", _count(RatingState.NOT_RATED), "", "How many have none yet.").filled,
            whole("aspects_unreadable", _count(RatingState.UNREADABLE), "", "How many cannot be read.").filled,
        ),
        day("cycle_first", "found.cycle.first", "The cycle's first day, as the calendar has it."),
        day("cycle_last", "found.cycle.last", "The cycle's last day, as the calendar has it."),
        text(
            "rated_by",
            lambda its: _who(its.found.evaluation.rated_by),
            "evaluation/rated_by",
            "Each person on a line of their own, with the role in brackets.",
        ),
        text("intent", "found.evaluation.intent", "evaluation/intent"),
        text("impact", "found.evaluation.impact", "evaluation/impact"),
        text("charter_text", "found.evaluation.charter_text", "evaluation/charter_text"),
        text("path", "found.document.path", "", "Its file in the workspace.").filled,
    ),
    (TO_SCHOOL, TO_CHARTER),
    by_cycle=True,
)


class Judged(NamedTuple):
    """What a self-evaluation says of one thing."""

    slug: str
    found: Evaluated
    name: str
    standing: Standing
    entry: Rating
    title: str = ""


_BLANK = Rating()
"""The entry of what has none."""


def judged(slug: str, found: Evaluated) -> list[Judged]:
    """What it says of each aspect that the school is asked, in the charter's order."""
    return [Judged(slug, found, name, each, each.entry or _BLANK) for name, each in found.standings.items()]


def judged_parts(slug: str, found: Evaluated) -> Iterator[Judged]:
    """What it says of key points beside aspects, and of the whole, where the charter has those rated."""
    for part, title in parts_of(found.charter).items():
        standing = standing_of(found, part)
        yield Judged(slug, found, part, standing, standing.entry or _BLANK, title)


def _rank(its: Judged) -> int | None:
    return its.standing.rank if its.standing.level else None


def _level_id(its: Judged) -> str | None:
    return its.standing.level.id if its.standing.level else None


def _standing(*, has_mark: bool) -> tuple[TableColumn, ...]:
    mark = flag(
        "met",
        lambda its: its.found.is_met(its.name) if its.standing.level else None,
        "",
        "Whether the level is at the aspect's mark or above; empty without a level.",
    )
    return public(
        text("state", "standing.state.value", "", STATES).filled,
        text("level", _level_id, "charter/Level.id"),
        whole(
            "rank",
            _rank,
            "",
            "The level's place on the charter's scale, the worst 0.",
        ),
        *((mark,) if has_mark else ()),
    )


def _target_level(its: Judged) -> str | None:
    return its.entry.target.level if its.entry.target else None


def _target_by(its: Judged) -> PartialDate | None:
    return its.entry.target.by if its.entry.target else None


def _number(its: Judged) -> str | None:
    return f"{its.entry.value.number:f}" if its.entry.value else None


def _unit(its: Judged) -> str | None:
    return its.entry.value.unit if its.entry.value else None


_SAID: tuple[TableColumn, ...] = (
    text("reason", "entry.reason", "evaluation/Rating.reason"),
    text("strengths", "entry.strengths", "evaluation/Rating.strengths"),
    text("note", "entry.note", "evaluation/Rating.note"),
    text("ideas", lambda its: lines(its.entry.ideas), "evaluation/Rating.ideas", "Each on a line of its own."),
    text("target", _target_level, "evaluation/TargetLevel.level"),
    *when("target_by", _target_by, "evaluation/TargetLevel.by"),
    spelt("value", "entry.value", "evaluation/Rating.value"),
    TableColumn("value_number", CellKind.EXACT, _number, "", "The number of `value` alone."),
    text("value_unit", _unit, "", "The unit of `value` alone."),
    spelt("carried", "entry.carried", "evaluation/Rating.carried"),
)

RATINGS = TidyTable(
    "ratings",
    "What each self-evaluation says of each aspect that the school is asked, those that are not yet rated too.",
    (*KEY, "aspect"),
    (
        *key(),
        *public(
            text("charter_version", "found.charter.version", "evaluation/charter_version").filled,
            text("aspect", "name", "charter/Aspect.id").filled,
        ),
        *_standing(has_mark=True),
        *_SAID,
    ),
    (TO_EVALUATION, (("charter", "charter_version", "aspect"), "aspects")),
    by_cycle=True,
    alike=4,
)

PARTS = TidyTable(
    "parts",
    "What is rated besides aspects, where the charter has that: key points, and the whole. Never worked out.",
    (*KEY, "part"),
    (
        *key(),
        *public(
            text("part", "name", "", f"A key point's id, or {OVERALL} for the whole.").filled,
            text("title", "title", "", "What it is called.").filled,
        ),
        *_standing(has_mark=False),
        *_SAID,
    ),
    (TO_EVALUATION,),
    by_cycle=True,
    alike=3,
)


class OfGroup(NamedTuple):
    """The level of an aspect for one focus group."""

    slug: str
    found: Evaluated
    name: str
    group: str
    word: str
    known: FocusGroup | None

    @property
    def level(self) -> str | None:
        """The level; None where the file's word is none."""
        return self.word if self.word in self.found.charter.levels else None


def of_groups(slug: str, found: Evaluated) -> Iterator[OfGroup]:
    """Each level that a self-evaluation gives an aspect for a group."""
    known = {group.id: group for group in found.charter.focus_groups}
    for name, standing in found.standings.items():
        if standing.entry and standing.entry.groups:
            for group, word in standing.entry.groups.items():
                yield OfGroup(slug, found, name, group, word, known.get(group))


GROUPS = TidyTable(
    "groups",
    "The level of an aspect for one of the charter's focus groups, where the school gave one.",
    (*KEY, "aspect", "group_id"),
    (
        *key(),
        text("aspect", "name", "charter/Aspect.id").filled,
        text("group_id", "group", "charter/FocusGroup.id").filled,
        text("group_name", lambda its: its.known and its.known.name, "charter/FocusGroup.name"),
        text("state", lambda its: "rated" if its.level else "unreadable", "", "rated, or unreadable.").filled,
        text("level", "level", "charter/Level.id"),
        whole(
            "rank",
            lambda its: its.found.charter.ranks[its.level] if its.level else None,
            "",
            "The level's place on the charter's scale, the worst 0.",
        ),
        flag(
            "met",
            lambda its: its.found.charter.is_met(its.name, its.level) if its.level else None,
            "",
            "Whether the level is at the aspect's mark or above; empty without a level.",
        ),
    ),
    ((("school", "charter", "cycle", "aspect"), "ratings"),),
    by_cycle=True,
    alike=3,
)


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


class EvidenceRow(NamedTuple):
    """A piece of evidence, under what it stands in a self-evaluation, and its place there from 1."""

    slug: str
    found: Evaluated
    under: str
    name: str
    position: int
    evidence: Evidence


def pieces(slug: str, found: Evaluated) -> Iterator[EvidenceRow]:
    """The evidence of what a self-evaluation rates, in the charter's order."""
    places = [("aspect", each) for each in judged(slug, found)] + [("part", each) for each in judged_parts(slug, found)]
    for under, each in places:
        for position, evidence in enumerate(each.entry.evidence, 1):
            yield EvidenceRow(slug, found, under, each.name, position, evidence)


EVIDENCE = TidyTable(
    "evidence",
    "Each piece of evidence under a rating. The files themselves stay where they are.",
    (*KEY, "under", "aspect", "position"),
    (
        *key(),
        text("under", "under", "", "aspect, or part where it is about a key point or the whole.").filled,
        text("aspect", "name", "", "The aspect's id, or the part's.").filled,
        whole("position", "position", "", "Its place in the list, from 1.").filled,
        text("kind", "evidence.kind", "evaluation/Evidence.kind").filled,
        text("survey", "evidence.survey", "evaluation/Evidence.survey"),
        text("question", "evidence.question", "evaluation/Evidence.question"),
        text("path", "evidence.path", "evaluation/Evidence.path"),
        text("sha256", lambda its: its.evidence.sha256, "evaluation/Evidence.sha256"),
        text("url", "evidence.url", "evaluation/Evidence.url"),
        *when("date", "evidence.date", "evaluation/Evidence.date"),
        text("by_whom", "evidence.by", "evaluation/Evidence.by"),
        text("with_whom", "evidence.with_", "evaluation/Evidence.with"),
        text("note", "evidence.note", "evaluation/Evidence.note"),
    ),
    (TO_EVALUATION,),
    by_cycle=True,
    alike=3,
)
