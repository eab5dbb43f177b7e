"""On which days of an academic year a promise is kept, by the kind of its recurrence: a table of rules.

A time without a day (a week, a month, a term, a year) falls on its last school day: the last on which the promise can
still be kept. A commitment's `from` gives a weekday or a date where it is precise enough; nothing comes before it.
Several times in one time are spread evenly over its school days, several a year over the months with school.
"""

import calendar
from collections.abc import Callable, Iterator
from datetime import date
from math import ceil

from charterkit.choices import TERMS
from charterkit.insight.promises.occurrence import MONTH_NUMBERS, Details, Occurrence, Rule, last_day, near, on
from charterkit.insight.promises.school_calendar import WEEK, SchoolCalendar, TermPart
from charterkit.insight.promises.school_days import DAY, SATURDAY, DatedTerm
from charterkit.insight.promises.weeks_and_months import WEEKS_AND_MONTHS, steps, week
from charterkit.model.dates import DECEMBER, Cycle, Interval, PartialDate

EARLY = 3
"""Weeks that count as early in a term."""
SCHOOL_MONTHS = 11
"""September to July."""

# -- terms and their halves


def _of_term(place: Callable[[SchoolCalendar, TermPart, Details], date | None]) -> Rule:
    """The rule by which a promise is kept at one place of each term, or of the seasons named."""

    def rule(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
        numbers, seasons = _parted(details)
        for term in plan.stretches(seasons):
            if day := place(plan, term, numbers):
                yield on(day, term.period)

    return rule


def _of_half(place: Callable[[SchoolCalendar, TermPart, Details], date | None]) -> Rule:
    """The same of each half of a term."""

    def rule(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
        for half in (half for term in plan.stretches() for half in plan.halves(term)):
            if day := place(plan, half, details):
                yield on(day, half.period)

    return rule


def _parted(details: Details) -> tuple[Details, Details]:
    return tuple(text for text in details if text.isdigit()), tuple(text for text in details if not text.isdigit())


def _start(plan: SchoolCalendar, time: TermPart, _: Details) -> date | None:
    return plan.first_within(time.first, time.last)


def _early(plan: SchoolCalendar, time: TermPart, weeks: Details) -> date | None:
    """The last school day of its first weeks."""
    first = plan.first_within(time.first, time.last)
    if first is None:
        return None
    friday = first - first.weekday() * DAY + (int(weeks[0]) if weeks else EARLY) * WEEK - DAY
    return plan.last_within(first, min(friday, time.last))


def _middle(plan: SchoolCalendar, time: TermPart, _: Details) -> date | None:
    return plan.middle(time)


def _end(plan: SchoolCalendar, time: TermPart, _: Details) -> date | None:
    return plan.last_within(time.first, time.last)


def _terms_apart(plan: SchoolCalendar, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    """Every so many terms, counted from the one that the first date lies in or comes before."""
    if begins is None:
        return
    count, step, begun = 0, int(details[0]), Cycle.containing(begins.first).year
    for year in range(begun, plan.year.year + 1):
        if year not in (begun, plan.year.year) and str(Cycle(year)) not in plan.school_days.stated:
            count += len(TERMS)
            continue
        for term in plan.school_days.terms(Cycle(year)):
            if term.last >= begins.first:
                if year == plan.year.year and count % step == 0:
                    yield from _end_of(plan, term)
                count += 1


def _end_of(plan: SchoolCalendar, term: DatedTerm) -> Iterator[Occurrence]:
    if day := plan.last_within(term.first, term.last):
        yield on(day, term.period)


# -- years


def _year_of(plan: SchoolCalendar) -> TermPart:
    return TermPart(plan.first, plan.last, str(plan.year))


def _start_of_year(plan: SchoolCalendar, _: Details, __: PartialDate | None) -> Iterator[Occurrence]:
    if day := _start(plan, _year_of(plan), ()):
        yield on(day, plan.year)


def _early_in_year(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    if day := _early(plan, _year_of(plan), details):
        yield on(day, plan.year)


def _yearly(plan: SchoolCalendar, _: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins is not None:
        yield from _anniversaries(plan, begins, 1)
    elif day := _end(plan, _year_of(plan), ()):
        yield on(day, plan.year)


def _years(plan: SchoolCalendar, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins is not None:
        yield from _anniversaries(plan, begins, int(details[0]))


def _anniversaries(plan: SchoolCalendar, begins: PartialDate, step: int) -> Iterator[Occurrence]:
    for year in (plan.year.year, plan.year.year + 1):
        due = anniversary(begins, year)
        if due is not None and (year - begins.year) % step == 0:
            is_as_written = due.day is None or due == begins
            day = last_day(plan, due) if is_as_written else near(plan, due.first, begins.first)
            yield on(day, due.year)


def anniversary(begins: PartialDate, year: int) -> PartialDate | None:
    """The same date in another calendar year, inside the month; None before it began."""
    if year <= begins.year:
        return begins if year == begins.year else None
    return Interval(year - begins.year, "year").after(begins)


def _dates(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    """Days of the year that are limits: the day, or the last school day before it."""
    for said in details:
        number, name = said.split()
        for year in (plan.first.year, plan.last.year):
            last = calendar.monthrange(year, MONTH_NUMBERS[name])[1]
            day = date(year, MONTH_NUMBERS[name], min(int(number), last))
            if plan.first <= day <= plan.last:
                yield on(_by(plan, day), f"{year}-{day.month:02}-{number.zfill(2)}")


def _by(plan: SchoolCalendar, limit: date) -> date:
    """The last school day up to a limit in this year, else the working day up to it; the limit where that has none."""
    days = (limit - number * DAY for number in range((limit - plan.first).days + 1))
    working = (day for day in days if day.weekday() < SATURDAY and not plan.school_days.free(day))
    return plan.last_within(plan.first, limit) or next(working, limit)


def _once(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    """One day, month or term of one year."""
    said = details[0]
    is_date = said[-1].isdigit()
    yield on(last_day(plan, PartialDate.parse(said)) if is_date else plan.school_days.last_of(Cycle.parse(said)), said)


def _feast(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    """The last school day before Christmas or Easter."""
    from dateutil.easter import easter  # noqa: PLC0415 - takes longer to import than most commands to run

    for name in details:
        year = plan.year.year
        limit = date(year, DECEMBER, 24) if name == "christmas" else easter(year + 1) - DAY
        if day := plan.last_within(plan.first, limit):
            yield on(day, f"{limit.year}-{name}")


def _holiday(plan: SchoolCalendar, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    """The last working day of the holidays that follow a term."""
    season = {"christmas": "autumn", "easter": "spring", "summer": "summer"}[details[0]]
    for term in plan.stretches((season,)):
        back = plan.first_within(term.last + DAY, plan.last) or plan.last + DAY
        day = back - DAY
        while day > term.last and (day.weekday() >= SATURDAY or plan.school_days.free(day)):
            day -= DAY
        yield on(day, f"{plan.year}-{details[0]}")


# -- so many times


def _times(plan: SchoolCalendar, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    number, unit = int(details[0]), details[1]
    if unit == "year":
        yield from _times_a_year(plan, number, begins)
        return
    for time in _UNITS[unit](plan):
        days = plan.between(time.first, time.last)
        places = {ceil(len(days) * part / number) - 1: part for part in range(number, 0, -1)}
        yield from (on(days[place], f"{time.period}-{part}") for place, part in places.items() if days)


def _times_a_year(plan: SchoolCalendar, number: int, begins: PartialDate | None) -> Iterator[Occurrence]:
    """From a date so many months apart; three times by the end of each season's terms; else by the ends of months.

    Those are spread over the months with school, each by the last school day up to its end.
    """
    if begins is not None and begins.month and 12 % number == 0:
        yield from steps(plan, begins, 12 // number)
        return
    if number == len(TERMS):
        yield from (on(day, part.period) for part in plan.stretches(TERMS) if (day := _end(plan, part, ())))
        return
    for month in times_a_year(number):
        for each in plan.months:
            if each.month == month:
                yield on(plan.last_within(plan.first, each.last) or last_day(plan, each), each)


def times_a_year(number: int) -> tuple[int, ...]:
    """The months by whose ends something is done that happens so many times in an academic year."""
    places = (ceil(SCHOOL_MONTHS * part / number) for part in range(1, number + 1))
    return tuple((place + 7) % 12 + 1 for place in places)


_UNITS: dict[str, Callable[[SchoolCalendar], Iterator[TermPart]]] = {
    "week": lambda plan: (TermPart(monday, monday + 6 * DAY, week(monday)) for monday in plan.mondays),
    "month": lambda plan: (TermPart(month.first, month.last, str(month)) for month in plan.months),
    "term": lambda plan: plan.stretches(),
    "halfterm": lambda plan: (half for term in plan.stretches() for half in plan.halves(term)),
}


RULES: dict[str, Rule] = {
    **WEEKS_AND_MONTHS,
    "termly": _of_term(_end),
    "term": _of_term(_end),
    "end of term": _of_term(_end),
    "start of term": _of_term(_start),
    "early in term": _of_term(_early),
    "middle of term": _of_term(_middle),
    "half-termly": _of_half(_end),
    "end of half term": _of_half(_end),
    "start of half term": _of_half(_start),
    "early in half term": _of_half(_early),
    "middle of half term": _of_half(_middle),
    "terms apart": _terms_apart,
    "start of year": _start_of_year,
    "early in year": _early_in_year,
    "yearly": _yearly,
    "years": _years,
    "dates": _dates,
    "once": _once,
    "feast": _feast,
    "holiday": _holiday,
    "times": _times,
}
"""By kind of recurrence; the other kinds have no dates."""
