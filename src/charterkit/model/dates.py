"""Dates as schools write them: often no finer than a month; academic years and terms; intervals; recurrences."""

import calendar
from dataclasses import field
from datetime import date, timedelta
from functools import total_ordering
from typing import Annotated, Self

from pydantic import BeforeValidator

from charterkit.choices import TERMS, IntervalUnit
from charterkit.findings import Code
from charterkit.model.base import BadValue, Scalar, reader
from charterkit.model.readings import (
    centuries,
    cycle_of_two_figures,
    day_first,
    in_full,
    interval_meant,
    iso_cycle,
    iso_date,
)
from charterkit.records import dataclass
from charterkit.text.english import alternatives, plural
from charterkit.text.later import later
from charterkit.text.speech import mark, month_name, tr

MONTHS = tuple(calendar.month_name[1:])
DECEMBER = 12
SEPTEMBER = 9  # the academic year starts on 1 September (Education Act 1996, section 579(1), read November 2026)

FIRST_YEAR, LAST_YEAR = 1800, 2999
"""Years a school's papers can hold; `0025-10-14` is a slip of the fingers."""

_DATE = later(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_IN_FIGURES = later(r"[0-9]{1,2}[/. -][0-9]{1,2}[/. -](?:[0-9]{2}|[0-9]{4})")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate(Scalar):
    """A year, a month or a day, as precise as the source was: `2019`, `2019-01`, `2019-01-05`."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ISO text of any precision. A British date is refused with the ISO form to write, never guessed."""
        found = _DATE.fullmatch(text)
        if not found:
            raise BadValue(Code.NOT_A_DATE, f"'{text}' is not a date", _date_remedy(text))
        year, month, day = (int(part) if part else None for part in found.groups())
        made = cls(year or 0, month, day)
        try:
            date(made.year, 1 if month is None else month, 1 if day is None else day)
            if not FIRST_YEAR <= made.year <= LAST_YEAR:
                raise ValueError  # noqa: TRY301 - both refusals read the same
        except ValueError:
            raise BadValue(
                Code.NOT_A_DATE, f"'{text}' is not a day of the calendar", "Write year-month-day, such as 2025-10-14."
            ) from None
        return made

    @classmethod
    def meant(cls, text: str) -> Self:
        """Read what a person types: the files' form, or as England writes dates; never a year of two figures."""
        days = centuries(text)
        if days:
            spoken = alternatives([cls.of(day).spoken for day in days])
            said = f"'{text}' may be {spoken}" if len(days) > 1 else f"'{text}' has a year of two figures"
            raise BadValue(Code.NOT_A_DATE, said, f"Write the year in full, such as {in_full(text)}.")
        return cls.parse(iso_date(text) or text.strip())

    @classmethod
    def of(cls, day: date) -> Self:
        """The full date of one calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The first calendar day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last calendar day it may mean: a month-only due date is overdue when the month is over."""
        month = self.month or DECEMBER
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """ISO text of the same precision."""
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return text

    def __lt__(self, other: "PartialDate") -> bool:
        """Ordered by the last day each may mean; of two with the same last day, the vaguer one is earlier."""
        return (self.last, self.first) < (other.last, other.first)

    @property
    def spoken(self) -> str:
        """As people write it: "14 October 2025", "October 2025", "2025"."""
        words = [
            str(self.day or ""),
            month_name(self.month, MONTHS[self.month - 1]) if self.month else "",
            str(self.year),
        ]
        return " ".join(word for word in words if word)


def _date_remedy(text: str) -> str:
    meant = day_first(text)
    if meant is not None:
        return f"Write {meant.isoformat()} (day first)."
    if iso := _known(PartialDate, iso_date(text), text):
        return f"Write {iso}."
    vaguer = "" if _IN_FIGURES.fullmatch(text) else ", or only 2025-10 or 2025"
    return f"Write year-month-day, such as 2025-10-14{vaguer}."


_TERM_MONTHS = {"autumn": (9, 12), "spring": (1, 4), "summer": (5, 8)}
_TERMS = {
    "autumn": mark("autumn term %(year)s"),
    "spring": mark("spring term %(year)s"),
    "summer": mark("summer term %(year)s"),
}
"""As people say them."""
_CYCLE = later(rf"([0-9]{{4}})-([0-9]{{2}})(?:-({'|'.join(TERMS)}))?")


@dataclass(frozen=True, slots=True)
class Cycle(Scalar):
    """An academic year, `2025-26`, or one of its terms, `2025-26-autumn`. `year` is the one it starts in."""

    year: int
    term: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025-26` or `2025-26-autumn`; anything else is refused with an example."""
        found = _CYCLE.fullmatch(text)
        if not found or not FIRST_YEAR <= int(found[1]) < LAST_YEAR:
            raise BadValue(Code.NOT_A_CYCLE, f"'{text}' is not an academic year or term", _cycle_remedy(text))
        made = cls(int(found[1]), found[3])
        if f"{made.year + 1:04}"[2:] != found[2]:
            raise BadValue(
                Code.NOT_A_CYCLE,
                f"'{text}' is not an academic year: the second part is the year after",
                f"Write {made}.",
            )
        return made

    @classmethod
    def meant(cls, text: str) -> Self:
        """Read what a person types: the files' form, or as England writes academic years and terms."""
        return cls.parse(iso_cycle(text) or text.strip())

    @classmethod
    def containing(cls, day: date) -> Self:
        """The academic year a day lies in."""
        return cls(day.year if day.month >= SEPTEMBER else day.year - 1)

    def __str__(self) -> str:
        """The form that `parse` reads."""
        text = f"{self.year:04}-{(self.year + 1) % 100:02}"
        return f"{text}-{self.term}" if self.term else text

    @property
    def first(self) -> date:
        """Its first day: 1 September for a year, else the first of its term's first month."""
        month = _TERM_MONTHS[self.term][0] if self.term else SEPTEMBER
        return date(self.year if month >= SEPTEMBER else self.year + 1, month, 1)

    @property
    def last(self) -> date:
        """Its last day: 31 August for a year, else the last of its term's last month."""
        month = _TERM_MONTHS[self.term][1] if self.term else SEPTEMBER - 1
        return PartialDate(self.year if month >= SEPTEMBER else self.year + 1, month).last

    def holds(self, when: PartialDate) -> bool:
        """Whether a date can lie in it: some day it may mean is inside."""
        return when.first <= self.last and when.last >= self.first

    @property
    def spoken(self) -> str:
        """As people say it: "autumn term 2025-26" or "2025-26"."""
        year = str(Cycle(self.year))
        return tr(_TERMS[self.term], year=year) if self.term else year


@dataclass(frozen=True, slots=True)
class TermDate(PartialDate):
    """A date that is as precise as a term: `2026-27-autumn`, which is any day of the autumn term.

    `begins` and `ends` are the term's first and last school day, where they are known; else its months count.
    """

    term: str = ""
    begins: date | None = field(default=None, compare=False)
    ends: date | None = field(default=None, compare=False)

    @classmethod
    def in_term(cls, cycle: Cycle) -> Self:
        """A term of an academic year as a date."""
        return cls(cycle.last.year, cycle.last.month, None, cycle.term or "")

    @property
    def cycle(self) -> Cycle:
        """The term of its academic year."""
        return Cycle(self.year if self.term == TERMS[0] else self.year - 1, self.term)

    @property
    def first(self) -> date:
        """The first day it may mean."""
        return self.begins or self.cycle.first

    @property
    def last(self) -> date:
        """The last day it may mean."""
        return self.ends or self.cycle.last

    def __str__(self) -> str:
        """The form that `DueDate.parse` reads."""
        return str(self.cycle)

    @property
    def spoken(self) -> str:
        """As people say it: "autumn term 2026"."""
        return tr(_TERMS[self.term], year=self.year)


class DueDate:
    """How a date is read by which something is due: also a term of a year, which is due by its last school day."""

    @staticmethod
    def parse(text: str) -> PartialDate:
        """Read `2026-10-14`, `2026-10`, `2026` and `2026-27-autumn`; a term also as people write it: autumn 2026."""
        cycle = iso_cycle(text) or text
        if not cycle.endswith(TERMS):
            return PartialDate.parse(text)
        return TermDate.in_term(Cycle.parse(cycle))

    @staticmethod
    def meant(text: str) -> PartialDate:
        """Read what a person types."""
        return DueDate.parse(text.strip()) if iso_cycle(text) else PartialDate.meant(text)


ReviewDate = Annotated[PartialDate, BeforeValidator(reader(DueDate.parse))]
"""A date by which something is due, in a file."""


def _cycle_remedy(text: str) -> str:
    if _YEAR.fullmatch(text):
        year = int(text)
        return f"Write {Cycle(year - 1)} or {Cycle(year)}: an academic year lies in two years."
    iso = _known(Cycle, iso_cycle(text) or cycle_of_two_figures(text), text)
    return f"Write {iso}." if iso else "Write 2025-26, or 2025-26-autumn for one term."


_YEAR = later(r"(?:19|20)[0-9]{2}")


def _known(kind: "type[PartialDate | Cycle]", iso: str, text: str) -> str:
    """What a text comes to in the files' form; empty where that is no other text, or cannot be read."""
    try:
        return str(kind.parse(iso)) if iso and iso != text else ""
    except BadValue:
        return ""


_TWO_WAYS = later(r"bi[ -]?(?:annual|year)")
_INTERVAL = later(r"([0-9]{1,4}) (year|month|week|day)s?")


@dataclass(frozen=True, slots=True)
class Interval(Scalar):
    """`1 year`, `18 months`, `90 days`; or `live` (always kept up to date) or `as needed`, which have no due date."""

    count: int
    unit: IntervalUnit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one interval; nothing and negative counts are refused."""
        if text in ("live", "as needed"):
            return cls(0, text)  # type: ignore[arg-type]  # one of the two words just compared
        found = _INTERVAL.fullmatch(text)
        if not found or int(found[1]) == 0:
            raise BadValue(
                Code.NOT_AN_INTERVAL,
                f"'{text}' is not an interval",
                _interval_remedy(text),
            )
        return cls(int(found[1]), found[2])  # type: ignore[arg-type]  # the pattern allows nothing else

    @classmethod
    def meant(cls, text: str) -> Self:
        """Read what a person types: the files' form, or annually, every 2 years, three-yearly."""
        return cls.parse(interval_meant(text) or text.strip())

    def __str__(self) -> str:
        """The form that `parse` reads."""
        return f"{self.count} {plural(self.count, self.unit)}" if self.count else self.unit

    def after(self, start: PartialDate) -> PartialDate | None:
        """The date one interval later, as precise as the start and inside the month (2024-02-29 + 1 year = 2025-02-28).

        None where there is no such date: `live`, `as needed`, a year-only start with anything but whole years, or
        one past the calendar's end.
        """
        if not self.count:
            return None
        if self.unit in ("day", "week"):
            return self._days_after(start)
        months = self.count * (12 if self.unit == "year" else 1)
        if start.month is None:
            year = start.year + months // 12
            return PartialDate(year) if months % 12 == 0 and year <= LAST_YEAR else None
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        if year > LAST_YEAR:
            return None
        day = min(start.day, calendar.monthrange(year, month + 1)[1]) if start.day else None
        return PartialDate(year, month + 1, day)

    def _days_after(self, start: PartialDate) -> PartialDate | None:
        if start.month is None:
            return None
        try:
            end = start.last + timedelta(days=self.count * (7 if self.unit == "week" else 1))
        except OverflowError:
            return None
        if end.year > LAST_YEAR:
            return None
        return PartialDate(end.year, end.month, end.day if start.day else None)


def _interval_remedy(text: str) -> str:
    if _TWO_WAYS.match(text.lower()):
        return "It may be twice a year or every two years: write 6 months, or 2 years."
    meant = interval_meant(text)
    return (
        f"Write {meant}." if meant and meant != text else "Write 1 year, 18 months or 90 days; or live, or as needed."
    )


def soon(today: date) -> PartialDate:
    """A month that is still to come, for a prompt to suggest."""
    return Interval(3, "month").after(PartialDate(today.year, today.month)) or PartialDate(today.year)


_SPAN = later(r"([0-9]{1,4}) ?(d|days?|w|weeks?|months?)")


@dataclass(frozen=True, slots=True)
class Span(Scalar):
    """How long before a day something happens, in days: `60d`, `60 days`, `8 weeks`; a month stands for 30 days."""

    days: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one span; `0d` is the day itself."""
        found = _SPAN.fullmatch(text)
        if not found:
            raise BadValue(Code.NOT_AN_INTERVAL, f"'{text}' is not a number of days", "Write 60d, 60 days or 8 weeks.")
        return cls(int(found[1]) * {"d": 1, "w": 7, "m": 30}[found[2][0]])

    def __str__(self) -> str:
        """The form that `parse` reads."""
        return f"{self.days}d"
