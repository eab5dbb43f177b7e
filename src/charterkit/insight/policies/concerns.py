"""Concerns raised under policies: which there are, how long each was or is open, and how many. No story, no names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import median

from charterkit.files.workspace import Workspace
from charterkit.insight.policies.register import Registered, register
from charterkit.model.policy import Concern, Policy
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Raised:
    """A concern and the policy it was raised under. `number` is its place among the file's readable ones."""

    found: Registered
    concern: Concern
    number: int


@dataclass(frozen=True, slots=True)
class ConcernCount:
    """How many are open and closed, and the middle of the days that closed ones took; None where no two dates say."""

    open: int
    closed: int
    median_days: int | None


def is_open(concern: Concern) -> bool:
    """Whether it has neither been closed nor come to an outcome."""
    return concern.closed is None and not concern.outcome


def days_of(concern: Concern, today: date) -> int | None:
    """Days from the one on which it was raised to that on which it was closed, or today; None where no day is said."""
    end = concern.closed.first if concern.closed and concern.closed.day else None
    end = today if is_open(concern) else end
    if concern.raised is None or concern.raised.day is None or end is None:
        return None
    return max((end - concern.raised.first).days, 0)


def counted_concerns(concerns: Iterable[Concern]) -> ConcernCount:
    """How many of them are how far."""
    found = list(concerns)
    closed = [concern for concern in found if not is_open(concern)]
    days = [days for concern in closed if (days := days_of(concern, date.max)) is not None]
    return ConcernCount(len(found) - len(closed), len(closed), round(median(days)) if days else None)


def raised(workspace: Workspace, today: date, slug: str | None = None) -> Iterator[Raised]:
    """All concerns of an organisation, or of all: of a school those under its own policies."""
    for found in register(workspace, today, slug):
        if slug is None or found.folder.slug == slug:
            for number, concern in enumerate(found.policy.concerns):
                yield Raised(found, concern, number)


def next_id(known: Sequence[str]) -> str:
    """The id of another concern in a file: c1, c2 ..., none that was there before."""
    numbers = [int(found[1]) for name in known if (found := re.fullmatch(r"c([0-9]{1,9})", name))]
    return f"c{max(numbers, default=0) + 1}"


def open_of(policy: Policy) -> list[tuple[int, Concern]]:
    """The open concerns of a policy, with their places."""
    return [(number, concern) for number, concern in enumerate(policy.concerns) if is_open(concern)]
