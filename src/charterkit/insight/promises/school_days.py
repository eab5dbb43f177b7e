"""School days: the terms of an academic year, less weekends, bank holidays and the days the school is closed.

Where the settings give no dates of a term, a usual one is taken, which `is_stated` tells. It is a stand-in and no fact
about any school: the autumn term runs from the first weekday of September to the last Friday before 22 December, the
spring term from the first Monday after 2 January to the Thursday before Easter, and the summer term from the Monday a
fortnight after Easter Monday to the last Wednesday before 24 July; where the first day is a bank holiday, the next one.
Half term is then the week of the last Monday in October, that of the first Monday from 12 February on, and that of the
last Monday in May. A year whose settings say when the school is closed has no other half terms.

Stated dates that cannot be a term's count as not stated: the last before the first, or a day outside the academic year.
Some areas begin in August, which is taken for the coming year's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from charterkit.choices import TERMS
from charterkit.model.config import Config, Days, SchoolYear
from charterkit.model.dates import DECEMBER, SEPTEMBER, Cycle

DAY = timedelta(days=1)
MONDAY, WEDNESDAY, FRIDAY, SATURDAY = 0, 2, 4, 5
AUGUST = 8
LONGEST_HOLIDAY = 120
"""Days; no search for a school day goes further."""
LONG_WEEKEND = 5
"""Days from the last school day before Easter's weekend, a Thursday, to the first one after it, a Tuesday."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term; `is_stated` where its dates stand in the settings."""

    cycle: Cycle
    first: date
    last: date
    is_stated: bool

    @property
    def name(self) -> str:
        """As people say it: "autumn term"."""
        return f"{self.cycle.term} term"


@dataclass(frozen=True)
class SchoolDays:
    """When there is school, by the workspace's settings."""

    stated: Mapping[str, SchoolYear]

    @classmethod
    def of(cls, config: Config) -> "SchoolDays":
        """Those of a workspace."""
        return cls(config.terms)

    @cached_property
    def _terms(self) -> dict[int, tuple[Term, ...]]:
        return {}

    @cached_property
    def _closed(self) -> dict[int, tuple[tuple[date, date], ...]]:
        return {}

    def terms(self, year: Cycle) -> tuple[Term, ...]:
        """The three terms of an academic year."""
        if year.year not in self._terms:
            said = self.stated.get(str(Cycle(year.year)))
            usual = _usual_terms(year.year)
            self._terms[year.year] = tuple(
                _term(Cycle(year.year, name), said, days) for name, days in zip(TERMS, usual, strict=True)
            )
        return self._terms[year.year]

    def term_of(self, day: date) -> Term | None:
        """The term a day lies in; None in the holidays."""
        year = Cycle.containing(day)
        near = self.terms(year)
        if day.month == AUGUST:
            near = (*near, *self.terms(Cycle(year.year + 1)))
        return next((term for term in near if term.first <= day <= term.last), None)

    def is_school_day(self, day: date) -> bool:
        """Whether there is school on a day."""
        term = self.term_of(day)
        if term is None or day.weekday() >= SATURDAY or day in bank_holidays(day.year):
            return False
        return not any(first <= day <= last for first, last in self.closed(term.cycle))

    def closed(self, year: Cycle) -> tuple[tuple[date, date], ...]:
        """The half terms and other days of an academic year without school, first and last day of each."""
        if year.year not in self._closed:
            said = self.stated.get(str(Cycle(year.year)))
            stated = tuple((first.first, last.last) for first, last in (said.closed if said else ()))
            halves = zip(self.terms(year), _usual_halves(year.year), strict=True)
            self._closed[year.year] = stated or tuple(week for term, week in halves if not term.is_stated)
        return self._closed[year.year]

    def within(self, first: date, last: date) -> Iterator[date]:
        """The school days of a time, in order."""
        for number in range((last - first).days + 1):
            day = first + number * DAY
            if self.is_school_day(day):
                yield day

    def last_within(self, first: date, last: date) -> date | None:
        """The last school day of a time; None where there is none."""
        return next((day for day in _back(last, first) if self.is_school_day(day)), None)

    def first_within(self, first: date, last: date) -> date | None:
        """The first school day of a time; None where there is none."""
        return next(self.within(first, last), None)

    def holiday_until(self, day: date) -> date | None:
        """Of a day in the holidays, half term among them, when school begins again.

        None on a school day, on a weekend or a single closed day, between terms that are not stated, and where there is
        no school for months.
        """
        if self.is_school_day(day):
            return None
        term = self.term_of(day)
        if not all(each.is_stated for each in ([term] if term else self.terms(Cycle.containing(day)))):
            return None
        back = self.first_within(day, day + LONGEST_HOLIDAY * DAY)
        return back if back and (back - self.on_or_before(day)).days > LONG_WEEKEND else None

    def on_or_before(self, day: date) -> date:
        """The last school day up to a day; the day itself where there is none for months."""
        return self.last_within(day - LONGEST_HOLIDAY * DAY, day) or day

    def after(self, day: date) -> date:
        """The next school day after a day; the next day where there is none for months."""
        return self.first_within(day + DAY, day + LONGEST_HOLIDAY * DAY) or day + DAY


def _back(last: date, first: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield last - number * DAY


def _term(cycle: Cycle, said: SchoolYear | None, usual: tuple[date, date]) -> Term:
    days: Days | None = getattr(said, cycle.term or "", None)
    if days is None or not can_be_term(cycle, days):
        return Term(cycle, *usual, is_stated=False)
    return Term(cycle, days[0].first, days[1].last, is_stated=True)


def can_be_term(cycle: Cycle, days: Days) -> bool:
    """Whether days can be a term's first and last: in order, and in its academic year or the August before."""
    year = Cycle(cycle.year)
    return date(year.year, AUGUST, 1) <= days[0].first <= days[1].last <= year.last


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of a calendar year, as the package `holidays` has them, substitute days among them."""
    from holidays import country_holidays  # noqa: PLC0415 - takes longer to import than most commands to run

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


@lru_cache(maxsize=64)
def _usual_terms(year: int) -> tuple[tuple[date, date], ...]:
    """First and last day of each term of the academic year that starts in `year`; see the module."""
    from dateutil.easter import easter  # noqa: PLC0415 - as above

    sunday = easter(year + 1)
    september = date(year, SEPTEMBER, 1)
    weekend = 7 - september.weekday() if september.weekday() >= SATURDAY else 0
    january, april = _from(date(year + 1, 1, 3), MONDAY), sunday + 15 * DAY
    free = bank_holidays(year + 1)
    return (
        (september + weekend * DAY, _up_to(date(year, DECEMBER, 21), FRIDAY)),
        (january + (january in free) * DAY, sunday - 3 * DAY),
        (april + (april in free) * DAY, _up_to(date(year + 1, 7, 23), WEDNESDAY)),
    )


def _usual_halves(year: int) -> tuple[tuple[date, date], ...]:
    """Half term in each term of the academic year that starts in `year`, Monday to Friday; see the module."""
    mondays = (
        _up_to(date(year, 10, 31), MONDAY),
        _from(date(year + 1, 2, 12), MONDAY),
        _up_to(date(year + 1, 5, 31), MONDAY),
    )
    return tuple((monday, monday + FRIDAY * DAY) for monday in mondays)


def _up_to(day: date, weekday: int) -> date:
    return day - ((day.weekday() - weekday) % 7) * DAY


def _from(day: date, weekday: int) -> date:
    return day + ((weekday - day.weekday()) % 7) * DAY
