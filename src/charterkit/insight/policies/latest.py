"""By which day a review is kept that is due in a month, a term or a year: the last meeting of the body that decides on
it, else the last school day.
"""

import calendar
from collections.abc import Sequence
from datetime import date

from charterkit.insight.policies.deciding import bodies_of, plain_body
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.config import Meeting
from charterkit.model.dates import MONTHS, PartialDate
from charterkit.model.policy import Policy
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Latest:
    """The last day on which something can be done in time, and the body that meets then, where it is a meeting."""

    day: date
    body: str = ""
    is_in_year: bool = True
    """Whether that is in the year of the date that it is said beside."""

    @property
    def spoken(self) -> str:
        """As people say it: "by 24 September (meeting of Resources committee)", "by Wednesday 30 September"."""
        said = f"{self.day.day} {MONTHS[self.day.month - 1]}{'' if self.is_in_year else f' {self.day.year}'}"
        if self.body:
            return f"by {said} (meeting of {self.body})"
        return f"by {calendar.day_name[self.day.weekday()]} {said}"


def latest(
    policy: Policy, due: PartialDate | None, today: date, days: SchoolDays | None, meetings: Sequence[Meeting] = ()
) -> Latest | None:
    """The last meeting, from today on, of the body that decides; where none is in time the last school day.

    None of a date that is a day already, or over. A meeting before the month counts where a later one is stated too,
    since then there is none between.
    """
    if due is None or due.day is not None or due.last < today or days is None:
        return None
    stated = {plain_body(each.body) for each in meetings}
    bodies = {plain_body(name): name for name in bodies_of(policy, stated)}
    known = sorted(
        (each.date.first, each.body) for each in meetings if each.date.day and plain_body(each.body) in bodies
    )
    in_time = [meeting for meeting in known if today <= meeting[0] <= due.last]
    if in_time and (in_time[-1][0] >= due.first or known[-1][0] > due.last):
        day, body = in_time[-1]
        return Latest(day, bodies[plain_body(body)], is_in_year=day.year == due.year)
    return last_school_day(due, today, days)


def last_school_day(due: PartialDate, today: date, days: SchoolDays) -> Latest | None:
    """The last school day, where none is the last working day, of a time without a day; None once that is over."""
    if due.day is not None:
        return None
    day = days.last_in(due)
    return Latest(day, is_in_year=day.year == due.year) if day >= today else None
