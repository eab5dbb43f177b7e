"""One academic year of a school: its days, weeks, months, terms and the halves of those."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from charterkit.insight.promises.school_days import DAY, DatedTerm, SchoolDays
from charterkit.insight.promises.terms_said import LONG_CLOSING, length
from charterkit.model.dates import Cycle, PartialDate
from charterkit.records import dataclass

WEEK = timedelta(days=7)
MANY_TERMS = 4
"""So many terms a year have no halves, unless school is closed for days within them."""


@dataclass(frozen=True, slots=True)
class TermPart:
    """A part of a year: a term, several terms of one season, or half of one."""

    first: date
    last: date
    period: str


@dataclass(frozen=True)
class SchoolCalendar:
    """One academic year's school days, and the parts that it has."""

    year: Cycle
    school_days: SchoolDays

    @cached_property
    def first(self) -> date:
        """The day the year begins: 1 September, or 1 August where its first term begins then."""
        return self.school_days.first_day(self.year)

    @cached_property
    def last(self) -> date:
        """The day before the next year begins."""
        return self.school_days.last_day(self.year)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every school day of the year, in order."""
        return tuple(self.school_days.within(self.first, self.last))

    @property
    def terms(self) -> tuple[DatedTerm, ...]:
        """The year's terms."""
        return self.school_days.terms(self.year)

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """The Monday of each week that has a day in the year."""
        start = self.first - self.first.weekday() * DAY
        return tuple(start + number * WEEK for number in range((self.last - start).days // 7 + 1))

    @cached_property
    def months(self) -> tuple[PartialDate, ...]:
        """September to August; where the first term begins in August, that month too."""
        begins, ends = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return tuple(PartialDate(number // 12, number % 12 + 1) for number in range(begins, ends + 1))

    def first_within(self, first: date, last: date) -> date | None:
        """The first school day of a time in the year; None where there is none."""
        place = bisect_left(self.days, first)
        return self.days[place] if place < len(self.days) and self.days[place] <= last else None

    def last_within(self, first: date, last: date) -> date | None:
        """The last school day of a time in the year; None where there is none."""
        place = bisect_right(self.days, last) - 1
        return self.days[place] if place >= 0 and self.days[place] >= first else None

    def between(self, first: date, last: date) -> Sequence[date]:
        """The school days of a time in the year, in order."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def is_school_day(self, day: date) -> bool:
        """Whether there is school."""
        return self.last_within(day, day) is not None

    def stretches(self, seasons: Sequence[str] = ()) -> Iterator[TermPart]:
        """Each term; of seasons that are named each with all of its terms as one."""
        if not seasons:
            yield from (TermPart(term.first, term.last, term.period) for term in self.terms)
            return
        for season in dict.fromkeys(seasons):
            terms = [term for term in self.terms if term.season == season]
            if terms:
                yield TermPart(terms[0].first, terms[-1].last, f"{self.year}-{season}")

    def halves(self, whole: TermPart) -> tuple[TermPart, ...]:
        """A term before and after its half term; where it has none, by its middle, and of four terms and more whole."""
        days = self.between(whole.first, whole.last)
        gap = _half_term(days)
        if gap is None and (len(days) < 2 or len(self.terms) >= MANY_TERMS):  # noqa: PLR2004 - days to divide
            return (whole,)
        before, after = gap or (days[(len(days) - 1) // 2], days[(len(days) + 1) // 2])
        return (
            TermPart(whole.first, before, f"{whole.period}-1"),
            TermPart(max(after, before + DAY), whole.last, f"{whole.period}-2"),
        )

    def middle(self, whole: TermPart) -> date | None:
        """The last school day before half term, else the one in the middle of all."""
        days = self.between(whole.first, whole.last)
        gap = _half_term(days)
        return gap[0] if gap else days[(len(days) - 1) // 2] if days else None


def _half_term(days: Sequence[date]) -> tuple[date, date] | None:
    """The school days before and after the half term among some: the long closing nearest to their middle."""
    gaps = [(a, b) for a, b in pairwise(days) if (b - a).days > LONG_CLOSING and length(a, b) - 2 >= LONG_CLOSING]
    if not gaps:
        return None
    middle = days[0] + (days[-1] - days[0]) / 2
    return min(gaps, key=lambda gap: abs((gap[0] - middle).days))
