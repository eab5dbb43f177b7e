"""One time that a promise is kept, and how a time without a day comes to one."""

import calendar
from collections.abc import Callable, Iterator
from datetime import date

from charterkit.insight.promises.school_calendar import SchoolCalendar
from charterkit.insight.promises.school_days import DAY
from charterkit.model.dates import MONTHS, PartialDate
from charterkit.records import dataclass

WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a promise is kept: a day, or of a daily promise the first and last day of a term.

    `period` names the time it stands for ("2026-03", "2025-26-spring", "2026-W11"): it stays when the day moves.
    """

    first: date
    last: date
    period: str


Details = tuple[str, ...]
Rule = Callable[[SchoolCalendar, Details, PartialDate | None], Iterator[Occurrence]]


def on(day: date, period: object) -> Occurrence:
    return Occurrence(day, day, str(period))


def near(plan: SchoolCalendar, day: date, begins: date) -> date:
    """A date as it recurs by itself, on a weekend too: the school day before it in its week, else the date."""
    monday = day - day.weekday() * DAY
    return plan.last_within(max(monday, begins), day) or day


def last_day(plan: SchoolCalendar, when: PartialDate) -> date:
    """The last school day of a time, in whatever year; where it has none, its last working day."""
    return plan.school_days.last_in(when)
