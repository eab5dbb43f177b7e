"""Rules of days, weeks and months: on which days of a year a promise is kept that comes by them."""

from collections.abc import Iterator
from datetime import date

from charterkit.insight.promises.occurrence import (
    MONTH_NUMBERS,
    WEEKDAYS,
    Details,
    Occurrence,
    Rule,
    last_day,
    near,
    on,
)
from charterkit.insight.promises.school_calendar import WEEK, SchoolCalendar
from charterkit.insight.promises.school_days import DAY, SATURDAY
from charterkit.model.dates import Interval, PartialDate

# -- days and weeks


def _daily(plan: SchoolCalendar, _: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    for term in plan.terms:
        start = max(term.first, begins.first) if begins else term.first
        first, last = plan.first_within(start, term.last), plan.last_within(start, term.last)
        if first and last:
            yield Occurrence(first, last, term.period)


def _weekly(plan: SchoolCalendar, _: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins and begins.day:
        yield from _each_week(plan, begins.first.weekday())
        return
    for monday in plan.mondays:
        if day := plan.last_within(monday, monday + 6 * DAY):
            yield on(day, week(monday))


def _weekday(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    several = len(details) > 1
    for name in details:
        for each in _each_week(plan, WEEKDAYS.index(name)):
            yield on(each.first, f"{each.period}-{name}") if several else each


def _fortnightly(plan: SchoolCalendar, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    yield from _every_weeks(plan, 2, begins, details)


def _weeks(plan: SchoolCalendar, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    yield from _every_weeks(plan, int(details[0]), begins)


def _every_weeks(
    plan: SchoolCalendar, step: int, begins: PartialDate | None, days: Details = ()
) -> Iterator[Occurrence]:
    if begins is None:
        return
    start = begins.first if begins.day else last_day(plan, begins)
    if days:
        start += (WEEKDAYS.index(days[0]) - start.weekday()) % 7 * DAY
    monday = start - start.weekday() * DAY
    mondays = tuple(day for day in plan.mondays if day >= monday and (day - monday).days % (7 * step) == 0)
    yield from _each_week(plan, start.weekday(), mondays)


def _days(plan: SchoolCalendar, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    """Every so many days; on the school day before where there is none."""
    if begins is None:
        return
    step = int(details[0])
    start = begins.first if begins.day else last_day(plan, begins)
    first = start + max(0, (plan.first - start).days // step) * step * DAY
    for number in range((plan.last - first).days // step + 1):
        day = first + number * step * DAY
        if plan.school_days.term_of(day) and (open_ := plan.last_within(day - WEEK, day)):
            yield on(open_, day)


def _each_week(plan: SchoolCalendar, weekday: int, mondays: tuple[date, ...] | None = None) -> Iterator[Occurrence]:
    for monday in plan.mondays if mondays is None else mondays:
        if day := in_week(plan, monday + weekday * DAY):
            yield on(day, week(monday))


def in_week(plan: SchoolCalendar, day: date) -> date | None:
    """The day, or when school is closed on it in term the nearest school day of its week, rather before than after.

    A Saturday or Sunday of a week with school stays: what is promised for it does not need the school to be open.
    """
    monday = day - day.weekday() * DAY
    has_school = plan.first_within(monday, monday + 6 * DAY) is not None
    if not has_school or plan.school_days.term_of(day) is None:
        return None
    if day.weekday() >= SATURDAY:
        return day
    return plan.last_within(monday, day) or plan.first_within(day, monday + 6 * DAY)


def week(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


# -- months


def _monthly(plan: SchoolCalendar, _: Details, __: PartialDate | None) -> Iterator[Occurrence]:
    for month in plan.months:
        if day := plan.last_within(month.first, month.last):
            yield on(day, month)


def _months(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    wanted = {MONTH_NUMBERS[name] for name in details}
    for month in plan.months:
        if month.month in wanted:
            yield on(last_day(plan, month), month)


def _start_of_month(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    wanted = {MONTH_NUMBERS[name] for name in details}
    for month in plan.months:
        if not wanted or month.month in wanted:
            day = plan.first_within(month.first, month.last)
            if day or wanted:
                yield on(day or last_day(plan, month), month)


def _day_of_month(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    for month in plan.months:
        day = month.first.replace(day=min(int(details[0]), month.last.day))
        if found := plan.last_within(month.first, day) or plan.first_within(day, month.last):
            yield on(found, month)


def _weekday_of_month(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    """The first and the last are the first and the last with school; the others have none where there is no school."""
    which, weekday = details[0], WEEKDAYS.index(details[1])
    for month in plan.months:
        first = month.first + (weekday - month.first.weekday()) % 7 * DAY
        days = [first + number * WEEK for number in range(5) if (first + number * WEEK).month == month.month]
        if which in ("1st", "last"):
            days = [day for day in days if plan.is_school_day(day)] or days
        day = days[-1 if which == "last" else int(which[0]) - 1]
        if found := in_week(plan, day):
            yield on(found, month)


def _months_apart(plan: SchoolCalendar, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins is not None:
        yield from steps(plan, begins, int(details[0]))


def steps(plan: SchoolCalendar, begins: PartialDate, step: int) -> Iterator[Occurrence]:
    """A date or month again and again, so many months apart."""
    start = begins if begins.month else PartialDate(begins.year, 9)
    past = (plan.first.year - start.year) * 12 + plan.first.month - (start.month or 1)
    number = max(0, past // step)
    while (due := Interval(number * step, "month").after(start) if number else start) and due.first <= plan.last:
        day = last_day(plan, due) if due.day is None or due == start else near(plan, due.first, start.first)
        yield on(day, f"{due.year}-{due.month:02}")
        number += 1


WEEKS_AND_MONTHS: dict[str, Rule] = {
    "daily": _daily,
    "weekday": _weekday,
    "weekly": _weekly,
    "fortnightly": _fortnightly,
    "weeks": _weeks,
    "days": _days,
    "monthly": _monthly,
    "months": _months,
    "start of month": _start_of_month,
    "day of month": _day_of_month,
    "weekday of month": _weekday_of_month,
    "months apart": _months_apart,
}
"""By kind of recurrence."""
