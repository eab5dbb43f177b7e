"""What a comparison is made of: two cycles of a school, or all of them side by side."""

from datetime import date
from typing import Any

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.choosing import demand_levels, evaluations_of, pick_pair, problems_beside
from charterkit.insight.evaluations.compare import Comparison, MoveKind, compare
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.comparison.all_cycles import AllCyclesView, all_cycles_json, all_cycles_view
from charterkit.render.comparison.data import compare_json
from charterkit.render.comparison.groups import groups_json
from charterkit.render.comparison.sheet import all_cycles_sheet, compare_sheet
from charterkit.render.comparison.view import CompareView, compare_view
from charterkit.render.shared.voice import Voice
from charterkit.render.shared.workbook import SheetPage


@dataclass(frozen=True, slots=True)
class TwoCycles:
    """A school's comparison of two cycles."""

    folder: SchoolFolder
    comparison: Comparison
    today: date

    @property
    def view(self) -> CompareView:
        """For people."""
        return compare_view(self.folder, self.comparison, today=self.today)

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return compare_json(self.comparison, self.folder.slug) | groups_json(self.folder, self.comparison)

    @property
    def sheet(self) -> SheetPage:
        """For a spreadsheet."""
        return compare_sheet(self.view)

    @property
    def has_declined(self) -> bool:
        """Whether an aspect fell back."""
        return bool(self.comparison.of(MoveKind.DECLINED))


def comparison(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    start: Cycle | None = None,
    end: Cycle | None = None,
) -> TwoCycles:
    """The comparison of two cycles: the newest and the one before, as far as nothing else is asked for."""
    folder = workspace.choose_school(school)
    evaluations = evaluations_of(workspace, folder, charter, voice.warn, start, end)
    problems_beside(workspace, evaluations, voice.warn)
    before, after = pick_pair(evaluations, start, end)
    demand_levels([before, after])
    return TwoCycles(folder, compare(before, after, workspace.versions(after.charter.id), evaluations), today)


@dataclass(frozen=True, slots=True)
class EveryCycle:
    """All cycles of a school side by side."""

    view: AllCyclesView

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return all_cycles_json(self.view)

    @property
    def sheet(self) -> SheetPage:
        """For a spreadsheet."""
        return all_cycles_sheet(self.view)


def every_cycle(
    workspace: Workspace, _: date, voice: Voice, *, school: str | None = None, charter: str | None = None
) -> EveryCycle:
    """Every cycle of a school, by the newest version of the charter."""
    folder = workspace.choose_school(school)
    evaluations = evaluations_of(workspace, folder, charter, voice.warn)
    problems_beside(workspace, evaluations, voice.warn)
    demand_levels(evaluations)
    return EveryCycle(all_cycles_view(folder, evaluations, workspace.versions(evaluations[-1].charter.id)))
