"""The promises of the policies in force, expanded over an academic year; and which of them nobody can keep."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations, is_made_at
from charterkit.insight.policies.reviews import in_force
from charterkit.insight.promises.occurrences import NEED_FROM, RULES, Occurrence, YearPlan, anniversary, is_undated
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.policy import Commitment, Policy

NOBODY = "nobody"
"""Stands for the audience where the policy names none."""
AUDIENCE_WORDS = {
    "parents": "Parents and carers",
    "pupils": "Pupils",
    "staff": "Staff",
    "community": "Community",
    "governors": "Governors",
    NOBODY: "Nobody named",
}
"""By audience, in the order in which they are shown."""

_OCCASION = re.compile(
    r"(?:when|whenever|once|after|before|following|upon|if|at the (?:start|end) of|"
    r"on (?:entry|arrival|admission|joining|starting|leaving|request|return|transfer))\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""Words that name an occasion: "on entry to the school" can be kept, although nobody knows the day yet."""


class PromiseKind(StrEnum):
    """What can be said of when a promise is kept."""

    DATED = "dated"
    DAILY = "daily"
    EVENT = "event"
    UNDATED = "undated"
    """It says how often, but `from` is missing."""
    VAGUE = "vague"
    NONE = "none"


IMPOSSIBLE = (PromiseKind.VAGUE, PromiseKind.NONE)
"""Promises nobody can keep, because nobody can tell whether they were kept."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of a policy in force, with the folder the policy lies in."""

    folder: SchoolFolder
    policy: Policy
    commitment: Commitment
    path: str = ""
    """The policy's file."""

    @property
    def audience(self) -> str:
        """To whom it is made; NOBODY where that is not said."""
        return self.commitment.audience or NOBODY

    @property
    def kind(self) -> PromiseKind:
        """What can be said of when it is kept."""
        when = self.commitment.when
        if when is None:
            return PromiseKind.NONE
        if when.kind == "event" or (when.kind == "other" and _OCCASION.fullmatch(when.text)):
            return PromiseKind.EVENT
        if when.kind not in RULES:
            return PromiseKind.VAGUE
        if is_undated(self.commitment):
            return PromiseKind.UNDATED
        return PromiseKind.DAILY if when.kind == "daily" else PromiseKind.DATED


@dataclass(frozen=True, slots=True)
class Planned:
    """A promise with its dates in one academic year."""

    promise: Promise
    kind: PromiseKind
    occurrences: tuple[Occurrence, ...] = ()
    next: PartialDate | None = None
    """Of one that is not due in the year, when it is first due after it, as far as that can be said."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A commitment that cannot be read: the policy's file, and the commitment's id or its number in the file."""

    path: str
    name: str


def promises(workspace: Workspace, slug: str | None = None, audiences: Collection[str] = ()) -> list[Promise]:
    """The commitments of all policies in force, by folder and policy title, in each file's order.

    Of one organisation its own and those from above that hold for it; without a slug every one once. `audiences`
    keeps only what is promised to one of them.
    """
    return [
        Promise(folder, policy, commitment, document.path)
        for folder, document, policy in _in_force(workspace, slug)
        for commitment in policy.commitments
        if (not audiences or commitment.audience in audiences)
        and is_made_at(commitment, None if slug == folder.slug else slug)
    ]


def unread(workspace: Workspace, slug: str | None = None) -> list[Unread]:
    """The commitments of those policies that cannot be read; "" as name where none of a file's can."""
    found: list[Unread] = []
    for _, document, _ in _in_force(workspace, slug):
        entries = document.loaded.unreadable_in("commitments")
        found += [Unread(document.path, _name(entry.raw, place)) for place, entry in entries.items()]
        if any(problem.at == ("commitments",) for problem in document.loaded.problems):
            found.append(Unread(document.path, ""))
    return found


def _in_force(workspace: Workspace, slug: str | None) -> Iterator[tuple[SchoolFolder, Document[Policy], Policy]]:
    found = [policy for policy in Organisations(workspace).policies(slug) if in_force(policy[2])]
    yield from sorted(
        found, key=lambda each: (each[0].slug != slug, each[0].slug, each[2].title.casefold(), each[2].id)
    )


def _name(raw: object, place: str | int) -> str:
    said = raw.get("id") if isinstance(raw, dict) else None
    number = place + 1 if isinstance(place, int) else place
    return said if isinstance(said, str) and said else f"number {number}"


def occurrences(promise: Promise, year: Cycle, school_days: SchoolDays) -> list[Occurrence]:
    """When one promise is kept in an academic year. For many promises, ask one YearPlan."""
    return list(YearPlan(year, school_days).occurrences(promise.commitment))


def planned(found: Collection[Promise], plan: YearPlan) -> list[Planned]:
    """The promises with their dates in the plan's year."""
    return [_planned(promise, plan) for promise in found]


def _planned(promise: Promise, plan: YearPlan) -> Planned:
    dates = plan.occurrences(promise.commitment)
    return Planned(promise, promise.kind, dates, None if dates else _next(promise.commitment, plan.year))


def _next(commitment: Commitment, year: Cycle) -> PartialDate | None:
    if commitment.when is None or commitment.from_ is None or commitment.when.kind not in RULES:
        return None
    if commitment.from_.first > year.last:
        return commitment.from_
    if commitment.when.kind not in NEED_FROM or commitment.when.kind == "fortnightly":
        return None
    step = int(commitment.when.details[0])
    after = (anniversary(commitment.from_, commitment.from_.year + step * number) for number in range(1, 3000))
    return next((due for due in after if due is None or due.first > year.last), None)
