"""On which days of an academic year a promise is kept, from how often the policy says it is.

A period without a day (a week, a month, a term, a year) falls on its last school day: the last on which the promise can
still be kept. A commitment's `from` gives a weekday or a date where it is precise enough; nothing comes before it.
"""

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from charterkit.insight.promises.school_days import DAY, SATURDAY, SchoolDays, Term, bank_holidays
from charterkit.model.dates import MONTHS, Cycle, Interval, PartialDate
from charterkit.model.policy import Commitment

WEEK = timedelta(days=7)
WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a promise is kept: a day, or of a daily promise the first and last day of a term.

    `period` names the time it stands for ("2026-03", "2025-26-spring", "2026-W11"): it stays when the day moves.
    """

    first: date
    last: date
    period: str


@dataclass(frozen=True)
class YearPlan:
    """One academic year's school days, and what falls on them. Make one and ask it for every promise."""

    year: Cycle
    school_days: SchoolDays

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every school day of the year, in order."""
        return tuple(self.school_days.within(self.year.first, self.year.last))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The year's terms."""
        return self.school_days.terms(self.year)

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """The Monday of each week that has a day in the year."""
        start = self.year.first - self.year.first.weekday() * DAY
        return tuple(start + number * WEEK for number in range((self.year.last - start).days // 7 + 1))

    @property
    def months(self) -> tuple[PartialDate, ...]:
        """September to August."""
        return tuple(PartialDate(self.year.year + (month > 12), (month - 1) % 12 + 1) for month in range(9, 21))  # noqa: PLR2004

    def first_within(self, first: date, last: date) -> date | None:
        """The first school day of a time in the year; None where there is none."""
        place = bisect_left(self.days, first)
        return self.days[place] if place < len(self.days) and self.days[place] <= last else None

    def last_within(self, first: date, last: date) -> date | None:
        """The last school day of a time in the year; None where there is none."""
        place = bisect_right(self.days, last) - 1
        return self.days[place] if place >= 0 and self.days[place] >= first else None

    def is_school_day(self, day: date) -> bool:
        """Whether there is school."""
        return self.last_within(day, day) is not None

    def occurrences(self, commitment: Commitment) -> tuple[Occurrence, ...]:
        """When a commitment is kept in the year, in order; none where that cannot be said."""
        rule = RULES.get(commitment.when.kind) if commitment.when else None
        if rule is None or commitment.when is None or is_undated(commitment):
            return ()
        found = {
            each.first: each
            for each in rule(self, commitment.when.details, commitment.from_)
            if self._counts(each, commitment)
        }
        return tuple(found[day] for day in sorted(found))

    def _counts(self, found: Occurrence, commitment: Commitment) -> bool:
        begins = commitment.from_.first if commitment.from_ else self.year.first
        return max(begins, self.year.first) <= found.first <= self.year.last


def is_undated(commitment: Commitment) -> bool:
    """Whether its recurrence says how often but not from when, so that it has no dates."""
    return commitment.when is not None and commitment.when.kind in NEED_FROM and commitment.from_ is None


Details = tuple[str, ...]
Rule = Callable[[YearPlan, Details, PartialDate | None], Iterator[Occurrence]]
NEED_FROM = frozenset({"fortnightly", "years"})


def _on(day: date, period: object) -> Occurrence:
    return Occurrence(day, day, str(period))


def _daily(plan: YearPlan, _: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    for term in plan.terms:
        start = max(term.first, begins.first) if begins else term.first
        first, last = plan.first_within(start, term.last), plan.last_within(start, term.last)
        if first and last:
            yield Occurrence(first, last, str(term.cycle))


def _weekly(plan: YearPlan, _: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins and begins.day:
        yield from _each_week(plan, begins.first.weekday())
        return
    for monday in plan.mondays:
        if day := plan.last_within(monday, monday + 6 * DAY):
            yield _on(day, _week(monday))


def _weekday(plan: YearPlan, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    yield from _each_week(plan, WEEKDAYS.index(details[0]))


def _fortnightly(plan: YearPlan, _: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins is None:
        return
    start = begins.first if begins.day else _last_day(plan, begins)
    monday = start - start.weekday() * DAY
    mondays = tuple(day for day in plan.mondays if day >= monday and (day - monday).days % 14 == 0)
    yield from _each_week(plan, start.weekday(), mondays)


def _each_week(plan: YearPlan, weekday: int, mondays: tuple[date, ...] | None = None) -> Iterator[Occurrence]:
    for monday in plan.mondays if mondays is None else mondays:
        if day := _in_week(plan, monday + weekday * DAY):
            yield _on(day, _week(monday))


def _in_week(plan: YearPlan, day: date) -> date | None:
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


def _week(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _monthly(plan: YearPlan, _: Details, __: PartialDate | None) -> Iterator[Occurrence]:
    for month in plan.months:
        if day := plan.last_within(month.first, month.last):
            yield _on(day, month)


def _months(plan: YearPlan, details: Details, _: PartialDate | None) -> Iterator[Occurrence]:
    wanted = {_MONTH_NUMBERS[name] for name in details}
    for month in plan.months:
        if month.month in wanted:
            yield _on(_last_day(plan, month), month)


def _termly(plan: YearPlan, _: Details, __: PartialDate | None) -> Iterator[Occurrence]:
    for term in plan.terms:
        if day := plan.last_within(term.first, term.last):
            yield _on(day, term.cycle)


def _term(plan: YearPlan, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    wanted = str(Cycle(plan.year.year, details[0]))
    yield from (occurrence for occurrence in _termly(plan, (), begins) if occurrence.period == wanted)


def _start_of_term(plan: YearPlan, _: Details, __: PartialDate | None) -> Iterator[Occurrence]:
    for term in plan.terms:
        if day := plan.first_within(term.first, term.last):
            yield _on(day, term.cycle)


def _yearly(plan: YearPlan, _: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins is not None:
        yield from _anniversaries(plan, begins, 1)
    elif day := plan.last_within(plan.year.first, plan.year.last):
        yield _on(day, plan.year)


def _years(plan: YearPlan, details: Details, begins: PartialDate | None) -> Iterator[Occurrence]:
    if begins is not None:
        yield from _anniversaries(plan, begins, int(details[0]))


def _anniversaries(plan: YearPlan, begins: PartialDate, step: int) -> Iterator[Occurrence]:
    for year in (plan.year.year, plan.year.year + 1):
        due = anniversary(begins, year)
        if due is not None and (year - begins.year) % step == 0:
            is_as_written = due.day is None or due == begins
            day = _last_day(plan, due) if is_as_written else _near(plan, due.first, begins.first)
            yield _on(day, due.year)


def anniversary(begins: PartialDate, year: int) -> PartialDate | None:
    """The same date in another calendar year, inside the month; None before it began."""
    if year <= begins.year:
        return begins if year == begins.year else None
    return Interval(year - begins.year, "year").after(begins)


def _near(plan: YearPlan, day: date, begins: date) -> date:
    """A date as it recurs by itself, on a weekend too: the school day before it in its week, else the date."""
    monday = day - day.weekday() * DAY
    return plan.last_within(max(monday, begins), day) or day


def _last_day(plan: YearPlan, when: PartialDate) -> date:
    """The last school day of a time, in whatever year; where it has none, its last working day."""
    if when.day:
        return when.first
    found = plan.school_days.last_within(when.first, when.last)
    day = found or when.last
    while found is None and (day.weekday() >= SATURDAY or day in bank_holidays(day.year)):
        day -= DAY
    return day


RULES: dict[str, Rule] = {
    "daily": _daily,
    "weekday": _weekday,
    "weekly": _weekly,
    "fortnightly": _fortnightly,
    "monthly": _monthly,
    "start of term": _start_of_term,
    "termly": _termly,
    "months": _months,
    "term": _term,
    "yearly": _yearly,
    "years": _years,
}
"""By kind of recurrence; the other kinds have no dates."""
