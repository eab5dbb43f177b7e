"""What the action plan is made of: a school's actions, or those of all, over all their self-evaluations."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from charterkit.choices import ACTION_STATUSES, OPEN_STATUSES
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import Tracked, all_actions
from charterkit.insight.evaluations.choosing import say_unread, warn_of_left_out
from charterkit.insight.evaluations.newest import plans
from charterkit.insight.evaluations.part_answers import planned_on
from charterkit.insight.policies.choosing import whole_name
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation
from charterkit.records import dataclass
from charterkit.render.actions.data import KEYS, rows_of
from charterkit.render.actions.line import PlanLine
from charterkit.render.actions.listing import plan_listing
from charterkit.render.actions.workbook import plan_sheet
from charterkit.render.listings.listing import Listing
from charterkit.render.listings.reminders import Window
from charterkit.render.shared.voice import Voice
from charterkit.render.shared.workbook import SheetPage
from charterkit.text.english import counted, sentence


@dataclass(frozen=True, slots=True)
class ActionPlanView:
    """The actions that were asked for, and from where they are looked at. `left` is how many others there are."""

    title: str
    lines: Sequence[PlanLine]
    left: int
    window: Window
    order: str
    unread: Sequence[str] = ()
    """Sentences about what cannot be read."""
    keys: Sequence[str] = KEYS

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For programs."""
        return rows_of(self.lines)

    @property
    def data(self) -> list[dict[str, Any]]:
        """As JSON has it."""
        return self.rows

    @property
    def view(self) -> Listing:
        """For people."""
        return self._listing(ids=False)

    @property
    def screen(self) -> Listing:
        """For a terminal, where somebody may go on to say what has become of one."""
        return self._listing(ids=True)

    @property
    def sheet(self) -> SheetPage:
        """For a spreadsheet."""
        return plan_sheet(self.title, self.lines)

    def _listing(self, *, ids: bool) -> Listing:
        notes = tuple(self.unread)
        return plan_listing(self.lines, self.title, self.window, self.order, self.left, notes=notes, ids=ids)


def action_plan(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    order: str = "due",
    states: Sequence[str] = (),
    owner: str | None = None,
) -> ActionPlanView:
    """The actions of a school or of all: the open ones, or those of some `states`; one owner's, where asked for."""
    slug = workspace.school(school).slug if school else None
    chosen = workspace.choose_charter(charter).id if charter else None
    folders = [workspace.school(each) for each in ([slug] if slug else workspace.own_slugs)]
    for folder in folders:
        warn_of_left_out(workspace, folder, voice.warn)
        for document in _documents(folder, chosen):
            problems = [problem for problem in document.loaded.problems if problem.at[:1] == ("actions",)]
            say_unread(document, problems, voice.warn)
    lines = [line for folder in folders for line in _lines(workspace, folder, chosen, today)]
    is_wanted = _wanted(states or ("open",), owner)
    found = [line for line in lines if is_wanted(line)]
    unread = [sentence for folder in folders for sentence in _unread(folder, chosen)]
    seen = Window(today, 0, SchoolDays.at(workspace, slug))
    return ActionPlanView(whole_name(workspace, slug), found, len(lines) - len(found), seen, order, unread)


def _lines(workspace: Workspace, folder: SchoolFolder, charter: str | None, today: date) -> Iterator[PlanLine]:
    newest = {name: documents[-1].model for name, documents in plans(folder).items()}
    for tracked in all_actions(folder, charter):
        model = newest[tracked.charter]
        its = planned_on(workspace, model) if model else None
        made_with = planned_on(workspace, tracked.document.model) if tracked.document.model else None
        yield PlanLine(
            folder,
            tracked,
            _aspect(tracked, its, made_with),
            today,
            is_older=model is not None and tracked.since != model.cycle,
        )


def _aspect(tracked: Tracked, *charters: Charter | None) -> str:
    """The text of the aspect that an action is about, in the first charter version that has it."""
    wanted = tracked.action.aspect or ""
    return next((its.aspects[wanted].text for its in charters if its and wanted in its.aspects), "")


def _wanted(states: Sequence[str], owner: str | None) -> Callable[[PlanLine], bool]:
    known = {"open": OPEN_STATUSES, "all": ACTION_STATUSES}
    statuses = {status for state in states for status in known.get(state, (state,))}

    def is_wanted(line: PlanLine) -> bool:
        is_asked = line.action.status in statuses or ("overdue" in states and line.is_overdue)
        return is_asked and (owner is None or owner.casefold() in (line.action.owner or "").casefold())

    return is_wanted


def _documents(folder: SchoolFolder, charter: str | None) -> list[Document[Evaluation]]:
    """A school's evaluations that may hold actions."""
    return [each for name, found in plans(folder).items() if charter in (None, name) for each in found]


def _unread(folder: SchoolFolder, charter: str | None) -> Iterator[str]:
    """What of the plans cannot be read: how much of which file."""
    for document in _documents(folder, charter):
        many = len(document.loaded.unreadable_in("actions"))
        if many:
            yield sentence(f"{counted(many, 'action')} of {document.path} cannot be read: 'charterkit check' says why")
