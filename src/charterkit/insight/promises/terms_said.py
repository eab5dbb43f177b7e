"""What several files say about the terms of one academic year, the nearest first, as one.

Three terms may come each from another file; terms under other names come from one file all together, as their number
matters. Closed days add up, only that a half term further away gives way to one nearby.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from charterkit.choices import TERM_NAMES, TERMS
from charterkit.model.config import Days, SchoolYear

LONG_CLOSING = 3
"""Weekdays without school: a half term and no closed day."""
NEAR = 21
"""Days between two half terms that are the same, told twice."""


def length(first: date, last: date) -> int:
    """How many weekdays a time has; no more than matter."""
    days = min((last - first).days + 1, 14)
    return sum((first + timedelta(days=number)).weekday() < 5 for number in range(days))  # noqa: PLR2004 - Saturday


def years_of(levels: Sequence[Mapping[str, SchoolYear]]) -> dict[str, SchoolYear]:
    """By academic year what the nearest file says of it, completed from those behind it."""
    names = dict.fromkeys(name for level in levels for name in level)
    return {name: _merged([level[name] for level in levels if name in level]) for name in names}


def _merged(said: Sequence[SchoolYear]) -> SchoolYear:
    if len(said) == 1:
        return said[0]
    terms: dict[str, Any] = {}
    for year in said:
        names = year.said
        if not terms or (set(terms) <= set(TERMS) and set(names) <= set(TERMS)):
            terms = {**names, **terms}
    closed: list[Days] = []
    for year in said:
        nearer = tuple(closed)
        closed += [days for days in year.closed if not _is_told(days, nearer)]
    return SchoolYear(**{name.replace("-", "_"): days for name, days in terms.items()}, closed=tuple(closed))


def _is_told(days: Days, nearer: Sequence[Days]) -> bool:
    """Whether a nearer file has the same closed days, or another half term about then."""
    first, last = days[0].first, days[1].last
    return days in nearer or (
        length(first, last) >= LONG_CLOSING
        and any(
            length(other[0].first, other[1].last) >= LONG_CLOSING and abs((other[0].first - first).days) <= NEAR
            for other in nearer
        )
    )


def mixed(year: SchoolYear) -> tuple[str, ...]:
    """The names of its terms where they belong to several ways of naming them; else none."""
    names = tuple(year.said)
    return () if any(set(names) <= set(way) for way in TERM_NAMES) else names
