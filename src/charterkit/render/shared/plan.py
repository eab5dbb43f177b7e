"""The action plan: what is open first, and what is overdue today."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from charterkit.choices import OPEN_STATUSES
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import Tracked, all_actions
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.part_answers import with_parts
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Action
from charterkit.records import dataclass
from charterkit.render.shared.audience import ReportReader
from charterkit.text.speech import mark, tr

STATUS = {
    "in-progress": mark("In progress"),
    "planned": mark("Planned"),
    "done": mark("Done"),
    "dropped": mark("Dropped"),
}
FOR_ANYBODY = {
    "in-progress": mark("We are working on this."),
    "planned": mark("We plan to work on this."),
    "done": mark("We have worked on this."),
    "dropped": mark("We looked at this and decided otherwise."),
}
"""What stands in place of an action's wording where names have no place: leaders write for each other."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action. `aspect` is the aspect's text, `since` the earlier cycle in which it was first written."""

    action: str
    aspect: str
    owner: str
    due: str
    success: str
    status: str
    is_open: bool
    is_overdue: bool
    since: str = ""


def is_overdue(action: Action, today: date | None) -> bool:
    """Open, and the last day its due date may mean is past. None for a plan that a newer one has replaced."""
    return today is not None and action.status in OPEN_STATUSES and action.due is not None and action.due.last < today


def is_newest(folder: SchoolFolder, evaluation: Evaluated) -> bool:
    """Whether the school has no later self-evaluation of the charter: in an older plan nothing is overdue any more."""
    found = (document.model for document in folder.evaluations)
    return not any(
        other.charter == evaluation.evaluation.charter and other.date is not None and other.date.last > evaluation.day
        for other in found
        if other is not None
    )


def plan_of(folder: SchoolFolder, evaluation: Evaluated) -> list[Tracked]:
    """A school's plan as of one evaluation: its own actions, those open from before, those closed in its cycle."""
    held, cycle = evaluation.document, evaluation.cycle
    return [
        tracked
        for tracked in all_actions(folder, evaluation.charter.id, until=held)
        if tracked.is_open
        or tracked.document.path == held.path
        or (tracked.action.closed is not None and cycle.holds(tracked.action.closed))
    ]


def action_lines(
    actions: Iterable[Tracked], evaluation: Evaluated, today: date | None, reader: ReportReader
) -> tuple[ActionLine, ...]:
    """The actions of a plan, open ones first, each kind by its due date."""
    order = list(STATUS)
    found = sorted(
        (each for each in actions if reader.people or each.action.aspect in evaluation.charter.aspects),
        key=lambda each: (not each.is_open, each.due_by, order.index(each.action.status)),
    )
    return tuple(
        replace(
            action_line(each.action, evaluation.charter, today, reader),
            since=each.since.spoken if each.since and each.since != evaluation.cycle else "",
        )
        for each in found
    )


def action_line(action: Action, charter: Charter, today: date | None, reader: ReportReader) -> ActionLine:
    """One action as an audience may see it."""
    aspect = with_parts(charter).aspects.get(action.aspect or "")
    return ActionLine(
        action.action if reader.people else tr(FOR_ANYBODY[action.status]),
        aspect.text if aspect else "",
        (action.owner or "") if reader.people else "",
        action.due.spoken if action.due else "",
        (action.success or "") if reader.success else "",
        tr(STATUS[action.status]),
        action.status in OPEN_STATUSES,
        is_overdue(action, today),
    )
