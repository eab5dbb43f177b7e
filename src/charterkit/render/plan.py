"""The action plan: what is open first, and what is overdue today."""

from dataclasses import dataclass
from datetime import date

from charterkit.insight.evaluated import Evaluated
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Action
from charterkit.render.audience import Audience

STATUS = {"in-progress": "In progress", "planned": "Planned", "done": "Done", "dropped": "Dropped"}
OPEN = ("planned", "in-progress")
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


def is_overdue(action: Action, today: date) -> bool:
    """Open, and the last day its due date may mean is past."""
    return action.status in OPEN and action.due is not None and action.due.last < today


def action_lines(one: Evaluated, today: date, reader: Audience) -> tuple[ActionLine, ...]:
    """The actions, open ones first, each kind by its due date."""
    order = list(STATUS)
    actions = sorted(
        one.evaluation.actions,
        key=lambda action: (action.status not in OPEN, _due(action.due), order.index(action.status)),
    )
    return tuple(_line(action, one, today, reader) for action in actions)


def _due(due: PartialDate | None) -> date:
    return due.last if due else _LATE


def _line(action: Action, one: Evaluated, today: date, reader: Audience) -> ActionLine:
    aspect = one.charter.aspects.get(action.aspect or "")
    return ActionLine(
        action.action,
        aspect.text if aspect else "",
        (action.owner or "") if reader.people else "",
        action.due.spoken if action.due else "",
        (action.success or "") if reader.success else "",
        STATUS[action.status],
        action.status in OPEN,
        is_overdue(action, today),
    )
