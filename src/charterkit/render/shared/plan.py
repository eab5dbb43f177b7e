"""The action plan: what is open first, and what is overdue today."""

from dataclasses import dataclass
from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Action
from charterkit.render.shared.audience import Audience

STATUS = {"in-progress": "In progress", "planned": "Planned", "done": "Done", "dropped": "Dropped"}
OPEN = ("planned", "in-progress")
FOR_ANYBODY = {
    "in-progress": "We are working on this.",
    "planned": "We plan to work on this.",
    "done": "We have worked on this.",
    "dropped": "We looked at this and decided otherwise.",
}
"""What stands in place of an action's wording where names have no place: leaders write for each other."""
_LATE = date.max


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action. `aspect` is the aspect's text."""

    action: str
    aspect: str
    owner: str
    due: str
    success: str
    status: str
    is_open: bool
    is_overdue: bool


def is_overdue(action: Action, today: date | None) -> bool:
    """Open, and the last day its due date may mean is past. None for a plan that a newer one has replaced."""
    return today is not None and action.status in OPEN and action.due is not None and action.due.last < today


def is_newest(folder: SchoolFolder, evaluation: Evaluated) -> bool:
    """Whether the school has no later self-evaluation of the charter: in an older plan nothing is overdue any more."""
    found = (document.model for document in folder.evaluations)
    return not any(
        other.charter == evaluation.evaluation.charter and other.date is not None and other.date.last > evaluation.day
        for other in found
        if other is not None
    )


def action_lines(evaluation: Evaluated, today: date | None, reader: Audience) -> tuple[ActionLine, ...]:
    """The actions, open ones first, each kind by its due date."""
    order = list(STATUS)
    actions = sorted(
        evaluation.evaluation.actions,
        key=lambda action: (action.status not in OPEN, _due(action.due), order.index(action.status)),
    )
    shown = [action for action in actions if reader.people or action.aspect in evaluation.charter.aspects]
    return tuple(action_line(action, evaluation.charter, today, reader) for action in shown)


def _due(due: PartialDate | None) -> date:
    return due.last if due else _LATE


def action_line(action: Action, charter: Charter, today: date | None, reader: Audience) -> ActionLine:
    """One action as an audience may see it."""
    aspect = charter.aspects.get(action.aspect or "")
    return ActionLine(
        action.action if reader.people else FOR_ANYBODY[action.status],
        aspect.text if aspect else "",
        (action.owner or "") if reader.people else "",
        action.due.spoken if action.due else "",
        (action.success or "") if reader.success else "",
        STATUS[action.status],
        action.status in OPEN,
        is_overdue(action, today),
    )
