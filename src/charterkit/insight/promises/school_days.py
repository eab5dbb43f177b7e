"""School days: the terms of an academic year, less weekends, bank holidays and the days the school is closed.

Terms stand in a school's file, in its trust's or in the settings; the nearest wins. Where none of them gives the dates
of a term, a usual one is taken (`usual_terms.py`), which `is_stated` tells. A usual term has a usual half term, unless
the files name a time of several days in it when the school is closed.

Stated dates that cannot be a term's count as not stated: the last before the first, or a day outside the academic year.
Some areas begin in August, which is taken for the coming year's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from charterkit.choices import TERMS, Nation
from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.promises.terms_said import LONG_CLOSING, length, years_of
from charterkit.insight.promises.usual_terms import usual_halves, usual_terms
from charterkit.model.config import Config, Days, SchoolYear
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.school import School
from charterkit.records import dataclass

DAY = timedelta(days=1)
SATURDAY = 5
AUGUST, APRIL = 8, 4
LONGEST_HOLIDAY = 120
"""Days; no search for a school day goes further."""
LONG_WEEKEND = 5
"""Days from the last school day before Easter's weekend, a Thursday, to the first one after it, a Tuesday."""
_NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}


@dataclass(frozen=True, slots=True)
class DatedTerm:
    """One term of an academic year by its name in the files; `is_stated` where its dates stand in them."""

    year: Cycle
    key: str
    first: date
    last: date
    is_stated: bool

    @property
    def name(self) -> str:
        """As people say it: "autumn term", "term 1", "autumn term 1"."""
        return term_name(self.key)

    @property
    def period(self) -> str:
        """Its name among all years' terms: "2025-26-autumn"."""
        return f"{self.year}-{self.key}"

    @property
    def season(self) -> str:
        """The one of three terms that it is, or lies in by the day in its middle."""
        named = self.key.partition("-")[0]
        if named in TERMS:
            return named
        middle = self.first + (self.last - self.first) / 2
        if middle.year == self.year.year:
            return TERMS[0]
        return TERMS[1] if middle < date(middle.year, APRIL, 12) else TERMS[2]


def term_name(key: str) -> str:
    """A term's name in the files as people say it: "autumn term", "term 1", "autumn term 1"."""
    season, _, number = key.partition("-")
    return f"{season} {number}" if season == "term" else f"{season} term {number}".rstrip()


@dataclass(frozen=True)
class SchoolDays:
    """When there is school, by what the files say."""

    stated: Mapping[str, SchoolYear]
    nation: Nation = "england"

    @classmethod
    def of(cls, config: Config, *schools: School) -> "SchoolDays":
        """Those of a school and those above it, the nearest first; of the workspace where none is named."""
        nation: Nation = next((school.nation for school in schools if school.nation), "england")
        return cls(years_of([school.terms for school in schools] + [config.terms]), nation)

    @classmethod
    def at(cls, workspace: Workspace, slug: str | None = None) -> "SchoolDays":
        """Those of one of a workspace's schools; without a name of the only one, or where there are several, of all."""
        return _calendars(workspace).of(slug)

    @cached_property
    def _terms(self) -> dict[int, tuple[DatedTerm, ...]]:
        return {}

    @cached_property
    def _closed(self) -> dict[int, tuple[tuple[date, date], ...]]:
        return {}

    def terms(self, year: Cycle) -> tuple[DatedTerm, ...]:
        """The terms of an academic year, in order: three, or as many as are stated under other names."""
        if year.year not in self._terms:
            self._terms[year.year] = tuple(self._of_year(Cycle(year.year)))
        return self._terms[year.year]

    def _of_year(self, year: Cycle) -> Iterator[DatedTerm]:
        said = self.stated.get(str(year))
        fit = {name: days for name, days in (said.said if said else {}).items() if can_be_term(year, days)}
        found = [DatedTerm(year, name, days[0].first, days[1].last, is_stated=True) for name, days in fit.items()]
        usual = zip(TERMS, usual_terms(year.year, self.free), strict=True)
        others = [DatedTerm(year, name, *days, is_stated=False) for name, days in usual if name not in fit]
        if any(name not in TERMS for name in fit):
            begins, ends = min(term.first for term in found), max(term.last for term in found)
            others = [term for term in others if term.first > ends or term.last < begins]
        return iter(sorted([*found, *others], key=lambda term: _place(term, found, others)))

    def free(self, day: date) -> bool:
        """Whether it is a bank holiday here."""
        return day in bank_holidays(day.year, self.nation)

    def first_day(self, year: Cycle) -> date:
        """The day an academic year begins: 1 September, or 1 August where its first term is said to begin then."""
        begins = min((term.first for term in self.terms(year) if term.is_stated), default=year.first)
        return min(year.first, begins.replace(day=1))

    def last_day(self, year: Cycle) -> date:
        """The day before the next one begins."""
        return self.first_day(Cycle(year.year + 1)) - DAY

    def year_of(self, day: date) -> Cycle:
        """The academic year a day lies in, here."""
        year = Cycle.containing(day)
        following = Cycle(year.year + 1)
        return following if day >= self.first_day(following) else year

    def term_of(self, day: date) -> DatedTerm | None:
        """The term a day lies in; None in the holidays."""
        year = Cycle.containing(day)
        near = self.terms(year)
        if day.month == AUGUST:
            near = (*near, *self.terms(Cycle(year.year + 1)))
        return next((term for term in near if term.first <= day <= term.last), None)

    def last_of(self, cycle: Cycle) -> date:
        """The last school day of a term, of an academic year where no term is said."""
        terms = [term for term in self.terms(cycle) if cycle.term in (None, term.season)]
        if not terms:
            return cycle.last
        return self.last_within(terms[0].first, terms[-1].last) or terms[-1].last

    def first_of(self, cycle: Cycle) -> date:
        """The first school day of a term."""
        terms = [term for term in self.terms(cycle) if cycle.term in (None, term.season)]
        if not terms:
            return cycle.first
        return self.first_within(terms[0].first, terms[-1].last) or terms[0].first

    def is_school_day(self, day: date) -> bool:
        """Whether there is school on a day."""
        term = self.term_of(day)
        if term is None or day.weekday() >= SATURDAY or self.free(day):
            return False
        return not any(first <= day <= last for first, last in self.closed(term.year))

    def closed(self, year: Cycle) -> tuple[tuple[date, date], ...]:
        """The half terms and other days of an academic year without school, first and last day of each, in order."""
        if year.year not in self._closed:
            said = self.stated.get(str(Cycle(year.year)))
            stated = [(first.first, last.last) for first, last in (said.closed if said else ())]
            long = [each for each in stated if length(*each) >= LONG_CLOSING]
            halves: dict[str, tuple[date, date]] = dict(zip(TERMS, usual_halves(year.year), strict=True))
            usual = [
                halves[term.key]
                for term in self.terms(year)
                if not term.is_stated and not any(term.first <= first <= term.last for first, _ in long)
            ]
            self._closed[year.year] = tuple(sorted([*stated, *usual]))
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

    def last_in(self, when: PartialDate) -> date:
        """The last school day of a time; where it has none, its last working day; a day itself."""
        if when.day:
            return when.first
        found = self.last_within(when.first, when.last)
        day = found or when.last
        while found is None and (day.weekday() >= SATURDAY or self.free(day)):
            day -= DAY
        return day

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


def _place(term: DatedTerm, found: list[DatedTerm], others: list[DatedTerm]) -> tuple[int, date]:
    """Where a term stands in its year: three go by their names, whatever dates they were given."""
    is_three = len(found) + len(others) == len(TERMS) and {term.key for term in [*found, *others]} == set(TERMS)
    return (TERMS.index(term.key) if is_three else 0), term.first


def _calendars(workspace: Workspace) -> "_Calendars":
    """Those of this very workspace: one that looks at a single school keeps none of the others' in the whole."""
    memo = workspace.snapshot.memo
    found: _Calendars = memo.setdefault(_Calendars, _Calendars(workspace))
    return found


@dataclass(frozen=True)
class _Calendars:
    """The school days of a workspace's organisations; each is made once."""

    workspace: Workspace
    made: dict[str | None, SchoolDays] = field(default_factory=dict)

    def of(self, slug: str | None) -> SchoolDays:
        own = self.workspace.own_slugs
        name = own[0] if slug is None and len(own) == 1 else slug
        if name not in self.made:
            self.made[name] = SchoolDays.of(self.workspace.config, *self._schools(name))
        return self.made[name]

    def _schools(self, slug: str | None) -> Iterator[School]:
        """The school, its trust, then whoever else is above."""
        if slug is None or not self.workspace.has_school(slug):
            return
        school = self.workspace.school(slug).school
        yield school
        above = Organisations(self.workspace).above(slug)
        yield from (self.workspace.school(text).school for text in sorted(above, key=lambda text: text != school.trust))


def _back(last: date, first: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield last - number * DAY


def can_be_term(cycle: Cycle, days: Days) -> bool:
    """Whether days can be a term's first and last: in order, and in its academic year or the August before."""
    year = Cycle(cycle.year)
    return date(year.year, AUGUST, 1) <= days[0].first <= days[1].last <= year.last


@lru_cache(maxsize=256)
def bank_holidays(year: int, nation: Nation = "england") -> frozenset[date]:
    """A nation's bank holidays of a calendar year, as the package `holidays` has them, substitute days among them."""
    from holidays import country_holidays  # noqa: PLC0415 - takes longer to import than most commands to run

    return frozenset(country_holidays("GB", subdiv=_NATIONS[nation], years=year))
