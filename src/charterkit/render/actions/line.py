"""One action as the plan has it."""

from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import Tracked
from charterkit.model.evaluation import Action
from charterkit.records import dataclass

STATES = {
    "overdue": "Overdue",
    "in-progress": "In progress",
    "planned": "Planned",
    "done": "Done",
    "dropped": "Dropped",
}
"""By what `state` says, in the order of who has to act first."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An action of a school. `aspect` is the text of what it is to improve, `is_older` whether it was first written in
    an earlier cycle than the newest.
    """

    folder: SchoolFolder
    tracked: Tracked
    aspect: str
    today: date
    is_older: bool

    @property
    def action(self) -> Action:
        """Its last line."""
        return self.tracked.action

    @property
    def is_overdue(self) -> bool:
        """Open, and its date past."""
        return self.tracked.is_overdue(self.today)

    @property
    def state(self) -> str:
        """Its status; "overdue" for one that is open and late."""
        return "overdue" if self.is_overdue else self.action.status

    @property
    def days(self) -> int | None:
        """Days from today to the last one it may be done on; None without a date, and once it is closed."""
        due = self.action.due
        return (due.last - self.today).days if due and self.tracked.is_open else None
