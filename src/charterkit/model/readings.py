"""Dates and cycles as England writes them, turned into the one form that files keep. Nothing is guessed.

Day first, as GOV.UK asks for dates (design-system.service.gov.uk/patterns/dates, read November 2026).
"""

import calendar
import re
from datetime import date

from charterkit.choices import TERMS
from charterkit.text.later import later

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TERM = "|".join(TERMS)
_DAY_FIRST = later(r"([0-9]{1,2})([/. -])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = later(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})")
_MONTH_FIRST = later(r"([0-9]{1,2})/([0-9]{4})")
_NAMED = later(rf"(?:([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -])?({_MONTH})[., -]{{1,2}}([0-9]{{4}})")
_YEARS = r"(?P<start>[0-9]{4}) ?[/-] ?(?P<end>[0-9]{4}|[0-9]{2})"
_CYCLES = (
    re.compile(rf"(?:(?:academic|school) year )?{_YEARS}(?:[ -](?P<term>{_TERM})(?: term)?)?"),
    re.compile(rf"(?P<term>{_TERM})(?: term)? {_YEARS}"),
)
_TERM_OF_YEAR = later(rf"({_TERM})(?: term)? ([0-9]{{4}})|([0-9]{{4}}) ({_TERM})(?: term)?")
_TWO_FIGURES = 100


def _plain(text: str) -> str:
    return " ".join(re.sub("[–—−‑]", "-", text).lower().split())


def day_first(text: str) -> date | None:
    """The day of a date in figures, 14/10/2025; None for any other text, and where there is no such day.

    A year of two figures is of this century, for a school's papers.
    """
    found = re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{2}|[0-9]{4})", text)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year + 2000 if year < _TWO_FIGURES else year, month, day)
    except ValueError:
        return None


def centuries(text: str) -> tuple[date, ...]:
    """What a date with a year of two figures may mean, this century first: 31/01/27. Empty for any other text."""
    found = _DAY_FIRST.fullmatch(_plain(text))
    if not found or len(found[4]) != 2:  # noqa: PLR2004 - two figures
        return ()
    days = []
    for century in (2000, 1900):
        try:
            days.append(date(century + int(found[4]), int(found[3]), int(found[1])))
        except ValueError:
            continue
    return tuple(days)


def in_full(text: str) -> str:
    """A date whose year has two figures with a year of this century; empty for any other text."""
    return f"{text.strip()[:-2]}{found[0].year}" if (found := centuries(text)) else ""


def iso_date(text: str) -> str:
    """A date in the files' form: 31/01/2027, 31 January 2027 and Jan 2027; empty for what is none of these.

    Whether the calendar has such a day is not asked.
    """
    said = _plain(text)
    if found := _DAY_FIRST.fullmatch(said):
        year, month, day = found[4], found[3], found[1]
    elif found := _YEAR_FIRST.fullmatch(said):
        year, month, day = found[1], found[3], found[4]
    elif found := _MONTH_FIRST.fullmatch(said):
        year, month, day = found[2], found[1], ""
    elif found := _NAMED.fullmatch(said):
        year, month, day = found[3], str(_MONTHS[found[2]]), found[1] or ""
    else:
        return ""
    return "-".join(part.zfill(2) for part in (year, month, day) if part) if len(year) > 2 else ""  # noqa: PLR2004


def iso_cycle(text: str) -> str:
    """A cycle in the files' form: 2026/27, 2026-2027, school year 2026/27, 2026-27-Autumn, Autumn 2026; else empty.

    A term with one year lies in that calendar year: Spring 2027 is in 2026-27.
    """
    said = _plain(text)
    if found := _TERM_OF_YEAR.fullmatch(said):
        term, year = found[1] or found[4], int(found[2] or found[3])
        return _cycle(year if term == TERMS[0] else year - 1, term)
    for pattern in _CYCLES:
        if found := pattern.fullmatch(said):
            year = int(found["start"])
            is_next = f"{year + 1:04}".endswith(found["end"])
            return _cycle(year, found["term"] or "") if is_next else ""
    return ""


def cycle_of_two_figures(text: str) -> str:
    """The cycle of this century that 26/27 may mean, in the files' form; empty for any other text."""
    found = re.fullmatch(r"([0-9]{2}) ?[/-]? ?([0-9]{2})", _plain(text))
    return _cycle(2000 + int(found[1]), "") if found and int(found[2]) == (int(found[1]) + 1) % _TWO_FIGURES else ""


_INTERVALS = {
    "annually": "1 year",
    "annual": "1 year",
    "yearly": "1 year",
    "every year": "1 year",
    "once a year": "1 year",
    "biennially": "2 years",
    "biennial": "2 years",
    "every other year": "2 years",
    "triennially": "3 years",
    "triennial": "3 years",
    "termly": "4 months",
    "every term": "4 months",
    "half yearly": "6 months",
    "twice a year": "6 months",
    "six monthly": "6 months",
    "quarterly": "3 months",
    "monthly": "1 month",
    "ongoing": "live",
    "as required": "as needed",
    "as and when": "as needed",
    "when needed": "as needed",
}
"""How people say an interval; bi-annual is none of them, as it may be twice a year or every two years."""
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_EVERY = later(r"(?:every )?([0-9]{1,3}|[a-z]{3,6}) ?(year|month|week|day)(?:s|ly)?")


def interval_meant(text: str) -> str:
    """An interval in the files' form: annually, every 2 years, three-yearly; empty for what is none of these."""
    said = " ".join(_plain(text).replace("-", " ").split())
    if said in _INTERVALS:
        return _INTERVALS[said]
    found = _EVERY.fullmatch(said)
    number = str(_NUMBERS.index(found[1]) + 1) if found and found[1] in _NUMBERS else found[1] if found else ""
    if found is None or not number.isdigit() or int(number) == 0:
        return ""
    return f"{int(number)} {found[2]}{'s' * (int(number) > 1)}"


def _cycle(year: int, term: str) -> str:
    return f"{year:04}-{(year + 1) % 100:02}" + (f"-{term}" if term else "")
