"""The promises of the policies in force, expanded over an academic year; and which of them nobody can keep."""

from collections.abc import Collection, Iterator
from dataclasses import field
from datetime import date

from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations, is_made_at
from charterkit.insight.policies.reviews import in_force
from charterkit.insight.promises.kinds import PromiseKind, kind_of
from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.rhythms import RULES, anniversary
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.policy import Commitment, Policy
from charterkit.records import dataclass
from charterkit.text.english import joined, plain

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


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of a policy in force, with the folder the policy lies in."""

    folder: SchoolFolder
    policy: Policy
    commitment: Commitment
    path: str = ""
    """The policy's file."""

    @property
    def audiences(self) -> tuple[str, ...]:
        """To whom it is made, in the order in which they are shown; NOBODY where that is not said."""
        return tuple(name for name in AUDIENCE_WORDS if name in self.commitment.audience) or (NOBODY,)

    @property
    def whom(self) -> str:
        """The same in words: "Parents and carers, governors"."""
        words = [AUDIENCE_WORDS[name] for name in self.audiences]
        return ", ".join([words[0], *(plain(word) for word in words[1:])])

    @property
    def owner(self) -> str:
        """Who sees to it: "Headteacher and school office"; empty where nobody is named."""
        return joined(self.commitment.owner)

    @property
    def kind(self) -> PromiseKind:
        """What can be said of when it is kept."""
        return kind_of(self.commitment.when, self.commitment.from_)


@dataclass(frozen=True, slots=True)
class Planned:
    """A promise with its dates in one academic year."""

    promise: Promise
    kind: PromiseKind
    occurrences: tuple[Occurrence, ...] = ()
    next: PartialDate | None = None
    """Of one that is not due in the year, when it is first due after it, as far as that can be said."""
    plan: YearPlan | None = field(default=None, compare=False, repr=False)
    """The school days that its dates were found on."""


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
        if (not audiences or set(commitment.audience) & set(audiences))
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


def planned_where_made(
    workspace: Workspace, found: Collection[Promise], plan: YearPlan, slug: str | None = None
) -> list[Planned]:
    """The same, of several organisations each on its own school days."""
    plans = {
        promise.folder.slug: plan if slug else YearPlan(plan.year, SchoolDays.at(workspace, promise.folder.slug))
        for promise in found
    }
    return [_planned(promise, plans[promise.folder.slug]) for promise in found]


def plan_of(workspace: Workspace, slug: str | None, today: date, year: Cycle | None = None) -> YearPlan:
    """An academic year, today's when left out, of an organisation or the whole workspace."""
    school_days = SchoolDays.at(workspace, slug)
    return YearPlan(year or school_days.year_of(today), school_days)


def _planned(promise: Promise, plan: YearPlan) -> Planned:
    dates = plan.occurrences(promise.commitment)
    return Planned(promise, promise.kind, dates, None if dates else _next(promise.commitment, plan.year), plan)


def _next(commitment: Commitment, year: Cycle) -> PartialDate | None:
    when = commitment.when
    if when is None:
        return None
    if when.kind == "once" and when.details[0][-1].isdigit():
        due = PartialDate.parse(when.details[0])
        return due if due.first > year.last else None
    if commitment.from_ is None or when.kind not in RULES:
        return None
    if commitment.from_.first > year.last:
        return commitment.from_
    if when.kind != "years":
        return None
    step = int(when.details[0])
    after = (anniversary(commitment.from_, commitment.from_.year + step * number) for number in range(1, 3000))
    return next((due for due in after if due is None or due.first > year.last), None)
