"""At which step a reminder stands: people are told of a thing once a step, and of what is overdue once a week."""

from collections.abc import Collection
from datetime import date

from charterkit.insight.reminder import Reminder
from charterkit.model.config import Copied, Reminders
from charterkit.records import dataclass

STEPS = (60, 30, 7, 0)
"""Days before something is due on which people are told of it, where the settings do not say."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Telling:
    """The steps of a call: so many days before, seen from `today`.

    `skipped` is how many days follow on which nothing is sent: what falls due to be told in them is told today.
    """

    today: date
    steps: Collection[int]
    skipped: int = 0
    copied: Copied | None = None

    def step(self, reminder: Reminder) -> str:
        """The name of the step: the last that was reached, or the week after the day; empty before the first."""
        days = reminder.days(self.today)
        if days >= 0:
            reached = [step for step in self.steps if days - self.skipped <= step]
            return f"{min(reached)}d" if reached else ""
        if self.copied is not None and self.is_copied(reminder):  # weeks are counted anew from the first copy
            return f"late-copied-{(-days - max(self.copied.after.days, 1)) // _WEEK}"
        return f"late-{(-days - 1) // _WEEK}"

    def is_copied(self, reminder: Reminder) -> bool:
        """Whether it is overdue by so much that a second person hears of it."""
        return self.copied is not None and -reminder.days(self.today) >= max(self.copied.after.days, 1)


def steps(said: Reminders | None, ahead: int, *, is_asked: bool) -> tuple[int, ...]:
    """The steps of the settings, and `ahead` where a call asked for so many days; else the usual ones up to there."""
    if said is not None and said.steps is not None:
        return (*(step.days for step in said.steps), *([ahead] if is_asked else []))
    return (ahead, *(step for step in STEPS if step < ahead))


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told: whom, and the same in a text and an HTML part."""

    to: str
    name: str
    subject: str
    text: str
    html: str
    copies: tuple[str, ...] = ()
    """Who gets a copy of it, which the message says."""
    marks: tuple[str, ...] = ()
    """What it tells, for the record of what was told."""
    done: tuple[str, ...] = ()
    """Of all whom it names, who has it already and is not sent it again."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """To whom it goes."""
        return tuple(each for each in (self.to, *self.copies) if each not in self.done)
