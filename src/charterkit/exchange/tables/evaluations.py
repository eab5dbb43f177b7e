"""The table of self-evaluations: what each is about, and how much of it is rated and met."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from charterkit.exchange.tables.charters import TO_CHARTER
from charterkit.exchange.tables.columns import (
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
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Person

KEY = ("school", "charter", "cycle")
TO_EVALUATION = (KEY, "evaluations")
_CYCLE = "Where the file's own cannot be read, the academic year of its date."


class Rated(NamedTuple):
    """A school's self-evaluation, and the one before it."""

    slug: str
    found: Evaluated
    before: Evaluated | None
    is_newest: bool
    states: Sequence[RatingState]
    """In which state each aspect is."""


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
    return lambda its: its.states.count(state)


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
