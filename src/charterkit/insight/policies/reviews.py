"""When a policy's next review is due, and where that date comes from."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from charterkit.choices import ReviewState
from charterkit.insight.policies.deciding import (
    approved_versions,
    awaited,
    decided_by,
    deciding_step,
    last_decision,
    undecided,
)
from charterkit.insight.policies.latest import latest
from charterkit.insight.policies.review_cycle import in_place, interval, worked_out
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.config import Meeting
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy, PolicyEvent
from charterkit.records import dataclass

COUNTS_FROM = frozenset({"reviewed", "approved", "ratified", "signed", "issued"})
"""The events from which the interval to the next review runs."""

WITHIN = 60
"""Days ahead that count as due, where the settings do not say."""


def in_force(policy: Policy) -> bool:
    """Whether families may rely on it: no draft, not archived, and not withdrawn by the last line of its history.

    One whose status cannot be read is taken to be in force.
    """
    return policy.status not in ("draft", "archived") and not (
        policy.history and policy.history[-1].event == "withdrawn"
    )


BEFORE_IT_HOLDS = frozenset({"drafted", "consulted"})
"""The events of a version that is still being made."""


def version(policy: Policy) -> str | None:
    """The version that holds: the last event's that names one, a draft of the next one aside.

    Of a policy that has only been drafted, the draft's. While a new version waits for a decision, the one before it.
    """
    named = [event for event in policy.history if event.version]
    if undecided(policy):
        return public_version(policy)
    settled = [event for event in named if event.event not in BEFORE_IT_HOLDS]
    return (settled or named)[-1].version if named else None


def public_version(policy: Policy) -> str | None:
    """The version that families may be told: the last one that was decided on or given out."""
    approved = approved_versions(policy)
    return next((event.version for event in reversed(policy.history) if event.version in approved), None)


ReviewSource = Literal["stated", "derived", "waiting", "live", "as-needed", "unknown"]


@dataclass(frozen=True, slots=True)
class NextReview:
    """The date, if there is one, and whether it is stated, derived, or why there is none."""

    due: PartialDate | None
    source: ReviewSource
    """waiting: a review is done and the body that decides has it before it, from the date of the review on."""
    contradicts: bool = False
    """A stated date that is not after the last review: the derived one won, where there is one.

    A stated month in which the last review fell has been kept, so it is not after it.
    """
    by: str = ""
    """The body whose turn it is, where that is not the owner's."""

    def is_overdue(self, today: date) -> bool:
        """Whether the last day it may mean has passed."""
        return self.due is not None and self.due.last < today


def last_review(policy: Policy) -> PartialDate | None:
    """The latest of the issue date and the events that count."""
    dates = [event.date for event in policy.history if event.event in COUNTS_FROM]
    return max([*dates, *([policy.issued] if policy.issued else [])], default=None)


def last_event(policy: Policy) -> PolicyEvent | None:
    """The latest of the events that count, of two on one date the lower one; None where only the issue date does."""
    when = last_review(policy)
    found = [event for event in policy.history if event.event in COUNTS_FROM and event.date == when]
    return found[-1] if found else None


def too_late(policy: Policy) -> PartialDate | None:
    """When the interval would have it reviewed, where a stated date leaves that far behind; else None.

    A quarter of the interval is allowed for, since boards meet when they meet.
    """
    last, stated = last_review(policy), policy.next_review
    derived = worked_out(policy.review, last)
    if stated is None or last is None or derived is None:
        return None
    return derived if stated.first - derived.last > (derived.last - last.last) / 4 else None


def state(
    policy: Policy,
    today: date,
    within: int = WITHIN,
    school_days: SchoolDays | None = None,
    meetings: Sequence[Meeting] = (),
) -> ReviewState:
    """How it stands today; what is not in force, kept up to date at all times or free of dates is in order."""
    if not in_force(policy):
        return ReviewState.OK
    found = next_review(policy, school_days)
    if found.source == "waiting":
        return ReviewState.WAITING
    if found.due is None:
        return ReviewState.UNKNOWN if found.source == "unknown" else ReviewState.OK
    if found.is_overdue(today):
        return ReviewState.OVERDUE
    by = latest(policy, found.due, today, school_days, meetings)
    return ReviewState.DUE if ((by.day if by else found.due.last) - today).days <= within else ReviewState.OK


def next_review(policy: Policy, school_days: SchoolDays | None = None) -> NextReview:
    """What waits for a decision at once; stated, unless that is not after the last review; else the interval after it.

    Of several intervals, the policy's own and those of its chain, the one that ends first. `school_days` tell when a
    term ends; without them its last month counts.
    """
    waiting = awaited(policy)
    if waiting is not None:
        return NextReview(PartialDate.of(waiting.date.first), "waiting", by=decided_by(policy))
    last, stated = last_review(policy), in_place(policy.next_review, school_days)
    derived, by = _derived(policy, last, school_days)
    if stated is not None:
        stale = last is not None and stated.first <= last.first
        if stale and derived is not None:
            return NextReview(derived, "derived", contradicts=True, by=by)
        return NextReview(stated, "stated", contradicts=stale)
    if derived is not None:
        return NextReview(derived, "derived", by=by)
    every = interval(policy.review)
    return NextReview(None, _ENDLESS.get(every.unit if every else "", "unknown"))


_ENDLESS: dict[str, ReviewSource] = {"live": "live", "as needed": "as-needed"}


def _derived(
    policy: Policy, last: PartialDate | None, school_days: SchoolDays | None
) -> tuple[PartialDate | None, str]:
    """When the first of the intervals ends, and whose turn that is where it is not the owner's."""
    step, decision = deciding_step(policy), last_decision(policy)
    reviewing = [each.every for each in policy.approval_chain if each.step == "reviewed" and each.every]
    own = [worked_out(policy.review, last, school_days), *(every.after(last) for every in reviewing if last)]
    found = [(due, "") for due in own if due]
    if step and step.every and decision and (due := step.every.after(decision.date)):
        found.append((due, step.by))
    return min(found, key=lambda pair: pair[0].last, default=(None, ""))
