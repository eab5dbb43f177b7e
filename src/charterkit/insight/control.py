"""A step in a policy's life: what is added to its history, and what that makes of its status and next review."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files.edit import Change
from charterkit.files.words import shown
from charterkit.files.workspace import Document
from charterkit.insight.reviews import COUNTS_FROM, NextReview, in_force, last_review, next_review, version
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy, PolicyEvent

DECISIVE = ("approved", "ratified", "signed")
"""The events by which a policy, or a new version of it, comes into force."""
BEGUN = ("drafted", "consulted", "reviewed")
"""The events that show there is a text to decide on."""
LONGEST = 2000
"""Characters of a text that is written into the history."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, as a person says it. `next_review` is stated; worked out where it is None."""

    event: PolicyEvent
    backdate: bool = False
    next_review: PartialDate | None = None
    url: str | None = None
    visibility: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that makes sense: the changes to the file, and how the policy stands after them."""

    changes: tuple[Change, ...]
    policy: Policy
    next: NextReview


def take(document: Document[Policy], step: Step, today: date) -> Taken:
    """The changes that record a step. Raises CharterkitError, with what to do instead, for one that makes no sense."""
    policy = document.model
    if policy is None or document.loaded.problems:
        raise CharterkitError(f"{document.path} has a mistake.", "Run 'charterkit check' and mend it first.")
    event = step.event
    _refuse_dates(policy, step, today)
    _refuse_twice(policy, event)
    _REFUSALS.get(event.event, _refuse_archived)(policy, event)
    place = _place(policy, event)
    status = _status(policy, event) if place == len(policy.history) else policy.status
    history = (*policy.history[:place], event, *policy.history[place:])
    after = policy.model_copy(update={"history": history, "status": status})
    stated = _stated(policy, after, step)
    after = after.model_copy(update={"next_review": stated})
    before = place if place < len(policy.history) else None
    changes = [Change(("history",), _entry(event), append=True, before=before)]
    if status != policy.status:
        changes.append(Change(("status",), status))
    if stated != policy.next_review:
        changes.append(Change(("next_review",), stated))
    if event.event == "published":
        changes += _publication(step)
    return Taken(tuple(changes), after, next_review(after))


# -- what makes no sense


def _refuse_dates(policy: Policy, step: Step, today: date) -> None:
    when = step.event.date
    if when.first > today:
        raise CharterkitError(f"{when.spoken} has not come yet.", "Write the date on which it happened.")
    latest = max((event.date for event in policy.history), default=None)
    if latest is not None and when.last < latest.first and not step.backdate:
        message = f"{when.spoken} is earlier than the last line of the history, {latest.spoken}."
        raise CharterkitError(message, "Add --backdate if it really happened then.")
    if step.next_review is not None and step.next_review.first <= when.first:
        message = f"The next review, {step.next_review.spoken}, is not after {when.spoken}."
        raise CharterkitError(message, "Write a later date after --next.")


def _refuse_twice(policy: Policy, event: PolicyEvent) -> None:
    key = (event.date, event.event, event.version, event.by)
    if any((one.date, one.event, one.version, one.by) == key for one in policy.history):
        raise CharterkitError("This stands in the history already.", "Nothing was changed.")


def _refuse_archived(policy: Policy, event: PolicyEvent) -> None:  # noqa: ARG001 - as the others
    if not in_force(policy) and policy.status != "draft":
        raise CharterkitError(
            "The policy is archived.", f"To take it up again, begin with: charterkit policy draft {policy.id}"
        )


def _refuse_deciding(policy: Policy, event: PolicyEvent) -> None:
    """Approving before drafting: by the history's order, by its dates, or a version that nobody drafted."""
    _refuse_archived(policy, event)
    begin = f"First record it: charterkit policy draft {policy.id}"
    begun = [one for one in policy.history if one.event in BEGUN]
    if policy.status == "draft" and not begun:
        raise CharterkitError("Nothing has been drafted yet that could be approved.", begin)
    versions = {one.version for one in begun if one.version}
    if event.version and versions and event.version not in versions:
        raise CharterkitError(
            f"Version {shown(event.version)} has not been drafted.",
            f"There is: {', '.join(sorted(map(shown, versions)))}. {begin} --version {shown(event.version)}",
        )
    drafted = [one.date for one in begun if one.event == "drafted" and one.version == event.version]
    if drafted and event.date.last < drafted[-1].first:
        raise CharterkitError(
            f"{event.date.spoken} is before it was drafted, {drafted[-1].spoken}.", "Write when it was decided."
        )


def _refuse_publishing(policy: Policy, event: PolicyEvent) -> None:
    _refuse_archived(policy, event)
    if policy.status == "draft":
        raise CharterkitError(
            "The policy is a draft, which nobody has approved.", f"First: charterkit policy approve {policy.id}"
        )


def _refuse_nothing(policy: Policy, event: PolicyEvent) -> None:
    """A new version may be drafted at any time."""


_REFUSALS: dict[str, Callable[[Policy, PolicyEvent], None]] = {
    **dict.fromkeys(DECISIVE, _refuse_deciding),
    "published": _refuse_publishing,
    "drafted": _refuse_nothing,
}
"""What each event must not be recorded on; every other one not on what is archived."""


# -- what it comes to


def _place(policy: Policy, event: PolicyEvent) -> int:
    """Where it belongs in a history from the oldest to the newest: after all that is not later."""
    later = (number for number, one in enumerate(policy.history) if one.date.first > event.date.last)
    return next(later, len(policy.history))


def _status(policy: Policy, event: PolicyEvent) -> str | None:
    """The status after the newest event."""
    if event.event == "withdrawn":
        return "archived"
    if event.event == "drafted":
        return "under-review" if in_force(policy) else "draft"
    if event.event in DECISIVE:
        return "live" if event.event == _last_step(policy, event) else "under-review"
    if event.event == "reviewed" and policy.status in ("live", "under-review"):
        return "under-review" if _awaits_decision(policy, event) else "live"
    return policy.status


def _last_step(policy: Policy, event: PolicyEvent) -> str:
    """The step of the chain that brings it into force; whatever decides, where no chain is said."""
    steps = [one.step for one in policy.approval_chain if one.step in DECISIVE]
    return steps[-1] if steps else event.event


def _awaits_decision(policy: Policy, event: PolicyEvent) -> bool:
    """Whether somebody still has to approve what the review came to: by the chain, or as it is a new version."""
    if any(one.step in DECISIVE for one in policy.approval_chain):
        return True
    return policy.approver is not None and event.version is not None and event.version != version(policy)


def _stated(before: Policy, after: Policy, step: Step) -> PartialDate | None:
    """The next review to state: as said, worked out anew where one was stated, else none.

    Raises CharterkitError where it can be neither.
    """
    if step.next_review is not None:
        return step.next_review
    stated, last = before.next_review, last_review(after)
    if stated is None or last is None or last == last_review(before) or step.event.event not in COUNTS_FROM:
        return stated
    every = after.review.every if after.review else None
    derived = every.after(last) if every else None
    if derived is not None:
        return derived
    if stated.first <= last.first:
        raise CharterkitError(
            f"The file says no interval, and the next review it states, {stated.spoken}, is over.",
            "Say when it is reviewed next with --next, such as --next 2027-09.",
        )
    return stated


def _entry(event: PolicyEvent) -> dict[str, Any]:
    keys = ("date", "event", "version", "by", "outcome", "note")
    return {key: getattr(event, key) for key in keys if getattr(event, key) is not None}


def _publication(step: Step) -> list[Change]:
    made = {"url": step.url, "visibility": step.visibility, "published": step.event.date}
    return [Change(("publication", key), value) for key, value in made.items() if value is not None]


def default_decision(policy: Policy) -> str:
    """The decision that the policy's chain ends in; approved, where no chain is said."""
    return next((one.step for one in reversed(policy.approval_chain) if one.step in DECISIVE), "approved")


def with_version(step: Step, policy: Policy) -> Step:
    """The step with the version that it is about, where none is said: a decision is on what was drafted last."""
    if step.event.version is None and step.event.event in (*DECISIVE, "published"):
        return replace(step, event=replace(step.event, version=version(policy)))
    return step
