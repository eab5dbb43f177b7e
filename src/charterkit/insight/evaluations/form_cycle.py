"""Which charter version and cycle a form is for, and which self-evaluation was the one before it."""

from collections.abc import Sequence
from datetime import date

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.beginning import cycle_meant
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.compare import inherited
from charterkit.insight.evaluations.evaluated import Evaluated, Standing
from charterkit.insight.evaluations.lineage import Lineage, lineage
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Before:
    """What was said last time about one aspect, through renames, merges and splits."""

    standing: Standing
    ideas: tuple[str, ...]
    charter: Charter
    """The version that it was rated on, whose levels they are."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a form is filled in for: its charter version, its cycle if that is known, and the cycle before."""

    charter: Charter
    cycle: Cycle | None
    previous: Evaluated | None
    olds: Lineage
    answered: int = 0
    """Aspects that have an answer in this very cycle already."""
    last: Evaluated | None = None
    """The evaluation of this very cycle, else the one before."""
    as_written: Charter | None = None
    """Of a form for no school, the charter as its file has it, from which a sheet makes it again."""

    def before(self, aspect: str) -> Before | None:
        """Last time's answer; None where there was no earlier cycle or no such aspect in it."""
        olds = self.olds.get(aspect, ())
        if self.previous is None:
            return None
        parts = {**self.previous.points, OVERALL: self.previous.overall}
        if not olds and (aspect not in parts or not self.charter.rates_key_points):
            return None
        standings = [self.previous.standings[old] for old in olds] or [parts[aspect]]
        ideas = dict.fromkeys(idea for standing in standings if standing.entry for idea in standing.entry.ideas)
        return Before(inherited(standings), tuple(ideas), self.previous.charter)


def occasion(
    workspace: Workspace, found: Sequence[Evaluated], charter: Charter, cycle: Cycle | None, today: date
) -> Occasion:
    """The occasion of a school whose evaluations of a charter are `found`, oldest first, as `evaluate` would choose it.

    An evaluation under way keeps its charter version.
    """
    meant = cycle or cycle_meant(found, today)
    existing = next((evaluation for evaluation in found if evaluation.cycle == meant), None)
    others = [evaluation for evaluation in found if evaluation.cycle != meant]
    earlier = [
        evaluation
        for evaluation in others
        if (evaluation.order < existing.order if existing else evaluation.cycle.first <= meant.last)
    ]
    used = existing.charter if existing else charter
    previous = earlier[-1] if earlier else None
    olds = lineage(previous.charter, used, workspace.versions(used.id)) if previous else {}
    answered = sum(standing.is_answered for standing in existing.standings.values()) if existing else 0
    return Occasion(used, meant, previous, olds, answered, existing or previous)
