"""When a policy's next review is due, and where that date comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy

COUNTS_FROM = frozenset({"reviewed", "approved", "ratified", "signed", "issued"})
"""The events from which the interval to the next review runs."""


@dataclass(frozen=True, slots=True)
class NextReview:
    """The date, if there is one, and whether it is stated, derived, or why there is none."""

    due: PartialDate | None
    source: Literal["stated", "derived", "live", "as-needed", "unknown"]
    contradicts: bool = False
    """A stated date that is not after the last review: the derived one won, where there is one.

    A stated month in which the last review fell has been kept, so it is not after it.
    """

    def is_overdue(self, today: date) -> bool:
        """Whether the last day it may mean has passed."""
        return self.due is not None and self.due.last < today


def last_review(policy: Policy) -> PartialDate | None:
    """The latest of the issue date and the events that count."""
    dates = [event.date for event in policy.history if event.event in COUNTS_FROM]
    return max([*dates, *([policy.issued] if policy.issued else [])], default=None)


def next_review(policy: Policy) -> NextReview:
    """Stated, unless that is not after the last review; else the last review plus the interval."""
    last = last_review(policy)
    every = policy.review.every if policy.review else None
    derived = every.after(last) if every and last else None
    if policy.next_review is not None:
        stale = last is not None and policy.next_review.first <= last.first
        if stale and derived is not None:
            return NextReview(derived, "derived", contradicts=True)
        return NextReview(policy.next_review, "stated", contradicts=stale)
    if derived is not None:
        return NextReview(derived, "derived")
    if every is not None and every.unit == "live":
        return NextReview(None, "live")
    if every is not None and every.unit == "as needed":
        return NextReview(None, "as-needed")
    return NextReview(None, "unknown")
