"""The tables of what a self-evaluation says: of aspects, of key points and the whole, for groups; and its evidence."""

from collections.abc import Iterator
from typing import NamedTuple

from charterkit.exchange.tables.columns import (
    STATES,
    CellKind,
    TableColumn,
    TidyTable,
    flag,
    lines,
    public,
    spelt,
    text,
    when,
    whole,
)
from charterkit.exchange.tables.evaluations import KEY, TO_EVALUATION, key
from charterkit.insight.evaluations.best_fit import OVERALL, standing_of
from charterkit.insight.evaluations.evaluated import Evaluated, Standing
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.model.charter import FocusGroup
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evidence, Rating


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
    for under, rated in (("aspect", judged(slug, found)), ("part", judged_parts(slug, found))):
        for each in rated:
            if each.entry.evidence:
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
