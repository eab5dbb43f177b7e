"""The dates of terms where nobody states any: a stand-in and no fact about any school.

The autumn term runs from the first weekday of September to the last Friday before 22 December. The spring term begins
on the first Monday after 2 January and ends before a break of two weeks; the summer term runs from after that to the
last Wednesday before 24 July. Where a first day is a bank holiday, the next one counts.

The break in spring is the one of three that hang together with Easter (the fortnight before Easter Monday, the one with
Good Friday in its first week, the one that begins on Easter Monday) whose first Monday lies nearest to 2 April, so that
it lies in the first half of April when Easter is late; where even the first of them would begin after the 10th, a week
earlier. It was held against dates that authorities and schools publish for 2024-25 to 2027-28, from which it differs by
at most five school days (read November 2026; `tests/insight/promises/terms.csv`).

Half term is the week of the last Monday in October, that of the first Monday from 12 February on, and that of the last
Monday in May.
"""

from collections.abc import Callable
from datetime import date, timedelta

from charterkit.model.dates import DECEMBER, SEPTEMBER

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MONDAY, WEDNESDAY, FRIDAY, SATURDAY = 0, 2, 4, 5
LATE_BREAK = 10
"""Of April: no usual break begins later."""


def usual_terms(year: int, free: Callable[[date], bool]) -> tuple[tuple[date, date], ...]:
    """First and last day of each term of the academic year that starts in `year`; `free` tells bank holidays."""
    september = date(year, SEPTEMBER, 1)
    weekend = 7 - september.weekday() if september.weekday() >= SATURDAY else 0
    away = spring_break(year + 1)
    return (
        (_open(september + weekend * DAY, free), _up_to(date(year, DECEMBER, 21), FRIDAY)),
        (_open(_from(date(year + 1, 1, 3), MONDAY), free), _open(away - 3 * DAY, free, -1)),
        (_open(away + 2 * WEEK, free), _up_to(date(year + 1, 7, 23), WEDNESDAY)),
    )


def spring_break(year: int) -> date:
    """The Monday on which a calendar year's usual break in spring begins; see the module."""
    from dateutil.easter import easter  # noqa: PLC0415 - takes longer to import than most commands to run

    monday = easter(year) + DAY
    found = min((monday - 2 * WEEK, monday - WEEK, monday), key=lambda day: abs((day - date(year, 4, 2)).days))
    return found - WEEK if found > date(year, 4, LATE_BREAK) else found


def usual_halves(year: int) -> tuple[tuple[date, date], ...]:
    """Half term in each term of the academic year that starts in `year`, Monday to Friday; see the module."""
    mondays = (
        _up_to(date(year, 10, 31), MONDAY),
        _from(date(year + 1, 2, 12), MONDAY),
        _up_to(date(year + 1, 5, 31), MONDAY),
    )
    return tuple((monday, monday + FRIDAY * DAY) for monday in mondays)


def _open(day: date, free: Callable[[date], bool], way: int = 1) -> date:
    """The day, or the next weekday in a direction that is no bank holiday."""
    while free(day) or day.weekday() >= SATURDAY:
        day += way * DAY
    return day


def _up_to(day: date, weekday: int) -> date:
    return day - ((day.weekday() - weekday) % 7) * DAY


def _from(day: date, weekday: int) -> date:
    return day + ((weekday - day.weekday()) % 7) * DAY
