"""One thing to be done by a date: what, where, by whom and by when."""

from datetime import date
from enum import StrEnum

from charterkit.choices import ReminderKind
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.policies.latest import Latest
from charterkit.insight.policies.register import named
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Person
from charterkit.records import dataclass


class DueState(StrEnum):
    """How a reminder stands today. `DUE` is within the window, `UPCOMING` beyond it."""

    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to be done: what, where, by whom and by when.

    `due` is as precise as the file has it. `item` is the id of the policy, action, charter, visit, certificate or
    commitment; `about` tells which policy or charter that belongs to, `path` the file it comes from, and `period`
    which of several dates of the same thing it is.
    """

    kind: ReminderKind
    folder: SchoolFolder
    item: str
    title: str
    owner: Person | None
    due: PartialDate
    path: str
    about: str = ""
    period: str = ""
    audiences: tuple[str, ...] = ()
    """Of a promise, to whom it is made."""

    owners: tuple[Person, ...] = ()
    """Each of several owners, whom `owner` names all together."""
    latest: Latest | None = None
    """Of what is due in a month, a term or a year, and not over: the last meeting or school day."""

    @property
    def due_by(self) -> date:
        """The last day it may happen."""
        return self.latest.day if self.latest else self.due.last

    @property
    def due_words(self) -> str:
        """By when, as people say it: "September 2026, by Wednesday 30 September"."""
        return ", ".join([self.due.spoken, *([self.latest.spoken] if self.latest else [])])

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about, never when: no two have the same."""
        return (self.kind, self.folder.slug, self.about, self.item, self.period)

    @property
    def people(self) -> tuple[Person | None, ...]:
        """Its owners one by one; None alone where nobody is named."""
        return self.owners or (self.owner,)

    @property
    def owner_name(self) -> str | None:
        """Name, else role."""
        return named(self.owner)

    def days(self, today: date) -> int:
        """Days from today to the last one; negative when that is over."""
        return (self.due_by - today).days

    def standing(self, today: date, ahead: int) -> DueState:
        """Overdue, due within so many days, or later. Nobody records that a promise was kept: it is never overdue."""
        days = self.days(today)
        if days < 0:
            return DueState.OVERDUE
        return DueState.DUE if days <= ahead else DueState.UPCOMING


def anybody(said: str | None) -> Person | None:
    """An owner in one text, which may be a name or a role."""
    return Person(name=said, role=said) if said and said.strip() else None
