"""What readiness is made of: a school's self-evaluations of a charter up to one, and what there is beside them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from charterkit.errors import NotThere
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.awards import awards_of
from charterkit.insight.evaluations.choosing import (
    charter_for,
    demand_levels,
    evaluations_of,
    pick,
    problems_beside,
)
from charterkit.insight.evaluations.evaluated import Evaluated, asked_of
from charterkit.insight.readiness.missing import Readiness, readiness
from charterkit.insight.readiness.path import NextStep, as_typed, step_of, visit_step
from charterkit.model.base import nearest
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.listings.listing import Listing
from charterkit.render.readiness.data import readiness_data
from charterkit.render.readiness.listing import readiness_listing
from charterkit.render.shared.voice import Voice


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """How ready a school is, and what comes next."""

    ready: Readiness
    visit: NextStep | None
    """What became of a visit that was asked for."""
    today: date
    several: bool
    """Whether a command has to name the school."""

    @property
    def view(self) -> Listing:
        """For people."""
        following = step_of(self.ready)
        whose = [self.ready.folder.slug] if self.several else []
        called = as_typed(following, whose)
        return readiness_listing(self.ready, self.visit, following, called, self.today)

    @property
    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        return readiness_data(self.ready, self.visit or step_of(self.ready))


def school_readiness(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    cycle: Cycle | None = None,
    award: str | None = None,
) -> ReadinessView:
    """How ready a school is by its newest self-evaluation, or one of a cycle; without any it is told where to begin.

    Raises CharterkitError where no such school, charter, cycle or award is there.
    """
    folder = workspace.choose_school(school)
    if not folder.evaluations and cycle is None:
        asked = asked_of(folder, charter_for(workspace, folder, charter))
        return _seen(workspace, folder, asked, [], today, award=award)
    every = evaluations_of(workspace, folder, charter, voice.warn, cycle)
    chosen = pick(every, cycle)
    problems_beside(workspace, [chosen], voice.warn)
    demand_levels([chosen])
    history = every[: every.index(chosen) + 1]
    return _seen(workspace, folder, chosen.charter, history, today, award=award)


def _seen(
    workspace: Workspace,
    folder: SchoolFolder,
    charter: Charter,
    history: Sequence[Evaluated],
    today: date,
    *,
    award: str | None,
) -> ReadinessView:
    _demand_award(charter, award)
    ready = readiness(workspace, folder, charter, history, today, award=award)
    visit = visit_step(workspace, folder, charter, ready.found, today)
    return ReadinessView(ready, visit, today, len(workspace.own_slugs) != 1)


def _demand_award(charter: Charter, wanted: str | None) -> None:
    known = [award.id for award in awards_of(charter)]
    if wanted is not None and wanted not in known:
        raise NotThere("no-award", award=wanted, meant=nearest(wanted, known), known=known)
