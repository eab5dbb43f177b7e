"""When the next review is due by how often a policy is reviewed, and by the month or term in which it keeps its place.

Without a place in the year it is the last review and the interval. With one it is the last time that the month or term
comes round which begins no more than four weeks after that: so a review done up to four weeks before its month leaves
the next one where it was, one that came late brings it back to its place, and none is ever due later than that.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from charterkit.choices import MONTH_WORDS
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import Cycle, Interval, PartialDate, TermDate
from charterkit.model.policy import Review

EARLY = timedelta(weeks=4)
"""So much before its month or term a review may be done and leaves the next one in its place."""
YEARLY = Interval(1, "year")


def interval(review: Review | None) -> Interval | None:
    """How often: as said, and every year where only a month or a term is said."""
    if review is None:
        return None
    return review.every or (YEARLY if review.month or review.term else None)


def worked_out(
    review: Review | None, last: PartialDate | None, school_days: SchoolDays | None = None
) -> PartialDate | None:
    """The next review after the last one; None where nothing says how often, or it has no date."""
    every = interval(review)
    due = every.after(last) if every and last else None
    if review is None or last is None or due is None:
        return due
    slots = [slot for slot in _slots(review, due.last, school_days) if slot.first - EARLY <= due.last]
    found = max(slots, key=lambda slot: slot.first, default=None)
    return found if found is not None and found.first > last.last else due


def in_place(due: PartialDate | None, school_days: SchoolDays | None) -> PartialDate | None:
    """A date; of a term the one that knows the term's first and last school day."""
    if not isinstance(due, TermDate) or school_days is None:
        return due
    first, last = school_days.first_of(due.cycle), school_days.last_of(due.cycle)
    return TermDate(due.year, due.month, None, due.term, first, last)


def _slots(review: Review, about: date, school_days: SchoolDays | None) -> Iterator[PartialDate]:
    """The times about then at which the month or the term comes round."""
    years = range(about.year - 2, about.year + 2)
    if review.month:
        for year in years:
            yield PartialDate(year, MONTH_WORDS.index(review.month) + 1)
    elif review.term:
        for year in years:
            slot = in_place(TermDate.in_term(Cycle(year, review.term)), school_days)
            if slot is not None:
                yield slot
