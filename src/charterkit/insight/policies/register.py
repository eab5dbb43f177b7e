"""The register of policies: who owns each, who approves it, when it was reviewed and when it is due."""

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date
from functools import cached_property

from charterkit.choices import ReviewState
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.adopting import Adopted, Adoptions
from charterkit.insight.policies.deciding import decided_by, undecided
from charterkit.insight.policies.latest import Latest, latest
from charterkit.insight.policies.reviews import (
    WITHIN,
    NextReview,
    in_force,
    last_event,
    last_review,
    next_review,
    public_version,
    state,
    too_late,
    version,
)
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Person
from charterkit.model.policy import Acknowledged, Policy, PolicyEvent
from charterkit.records import dataclass


@dataclass(frozen=True)
class Registered:
    """One policy as the register has it. `applies_to` are the members a trust's policy holds for."""

    folder: SchoolFolder
    document: Document[Policy]
    policy: Policy
    applies_to: tuple[str, ...]
    state: ReviewState
    school_days: SchoolDays | None = None
    latest: Latest | None = None
    """By which day its next review can be kept, where that is due in a month, a term or a year."""
    member: str | None = None
    """The member under which a trust's policy is listed."""
    adopted: Adoptions = field(default_factory=Adoptions, compare=False, repr=False)
    """Those of all members, which the policies of one register share."""

    @property
    def id(self) -> str:
        """Its id; the file's name, which is to be the same, where that one cannot be read."""
        return policy_id(self.document, self.policy)

    @property
    def title(self) -> str:
        """Its title; one made of the file's name where that cannot be read."""
        return policy_title(self.document, self.policy)

    @cached_property
    def next(self) -> NextReview:
        """When its next review is due, and where that comes from."""
        return next_review(self.policy, self.school_days)

    @property
    def last(self) -> PartialDate | None:
        """When it was last reviewed, approved, signed or issued."""
        return last_review(self.policy)

    @property
    def last_by(self) -> str:
        """Who did that, initials in full where the policy says whose they are; empty where it is not said."""
        event = last_event(self.policy)
        return self.policy.people.get(event.by, event.by) if event and event.by else ""

    @property
    def last_kind(self) -> str:
        """What that was: reviewed, approved, ratified, signed or issued; empty where nothing is on record."""
        event = last_event(self.policy)
        return event.event if event else "issued" * bool(self.last)

    @property
    def undecided(self) -> PolicyEvent | None:
        """The draft or review that waits for a decision; None where none does."""
        return undecided(self.policy)

    @property
    def decided_by(self) -> str:
        """The body that decides; empty where no body does."""
        return decided_by(self.policy)

    @property
    def too_late(self) -> PartialDate | None:
        """When it would be reviewed by its interval, where the stated date is far later."""
        return too_late(self.policy)

    @property
    def version(self) -> str | None:
        """The version that holds."""
        return version(self.policy)

    @property
    def public_version(self) -> str | None:
        """The version that families may be told."""
        return public_version(self.policy)

    @property
    def acknowledged(self) -> Acknowledged | None:
        """The latest count of the staff who have read it; None where nobody has counted."""
        return max(self.policy.acknowledged, key=lambda each: each.date.last, default=None)

    @cached_property
    def adoptions(self) -> tuple[Adopted, ...]:
        """What each member that has a folder says of a trust's policy; empty of a school's own."""
        workspace = self.folder.workspace
        members = [workspace.school(slug) for slug in self.applies_to if workspace.has_school(slug)]
        return tuple(
            self.adopted.at(member, self.folder.slug, self.id, self.policy)
            for member in members
            if member.slug != self.folder.slug
        )

    @property
    def adoptions_here(self) -> tuple[Adopted, ...]:
        """Those of the member under which it is listed; all in the trust's own list."""
        return tuple(each for each in self.adoptions if self.member in (None, each.school.slug))

    @property
    def owner(self) -> str | None:
        """Name, else role."""
        return named(self.policy.owner)

    @property
    def is_in_force(self) -> bool:
        """No draft, and neither archived nor withdrawn."""
        return in_force(self.policy)


def policy_id(document: Document[Policy], policy: Policy) -> str:
    """A policy's id; the file's name, which is to be the same, where that one cannot be read."""
    return document.stem if "id" in document.loaded.broken else policy.id


def policy_title(document: Document[Policy], policy: Policy) -> str:
    """A policy's title; one made of the file's name where that cannot be read."""
    is_lost = "title" in document.loaded.broken
    return document.stem.replace("-", " ").capitalize() if is_lost else policy.title


def named(person: Person | None) -> str | None:
    """A person's name, else the role; None where neither is said."""
    return (person.name or person.role or None) if person else None


def within(workspace: Workspace) -> int:
    """How many days ahead count as due here."""
    said = workspace.config.reminders
    return said.within.days if said and said.within else WITHIN


def register(
    workspace: Workspace, today: date, slug: str | None = None, ahead: int | None = None
) -> Iterator[Registered]:
    """The policies of an organisation, or of all, by folder and title. `ahead` is how many days count as due.

    A trust's policy comes once, in its own folder; under a member when that one is asked for.
    """
    organisations = Organisations(workspace)
    days = within(workspace) if ahead is None else ahead
    rows, adopted = [], Adoptions()
    for folder, document, policy in organisations.policies(slug):
        school_days = SchoolDays.at(workspace, slug or folder.slug)
        member = slug if slug not in (None, folder.slug) else None
        found = _registered(folder, document, policy, school_days, today=today, ahead=days, member=member)
        rows.append(replace(found, adopted=adopted))
    yield from sorted(
        rows, key=lambda each: (each.folder.slug != slug, each.folder.slug, each.title.casefold(), each.id)
    )


def own_register(folder: SchoolFolder, today: date) -> list[Registered]:
    """The policies in an organisation's own folder alone, by title; nothing is read of those above it."""
    readable = [(document, document.model) for document in folder.policies if document.model is not None]
    if not readable:
        return []
    days, school_days = within(folder.workspace), SchoolDays.at(folder.workspace, folder.slug)
    rows = [
        _registered(folder, document, policy, school_days, today=today, ahead=days) for document, policy in readable
    ]
    return sorted(rows, key=lambda each: (each.title.casefold(), each.id))


def _registered(
    folder: SchoolFolder,
    document: Document[Policy],
    policy: Policy,
    school_days: SchoolDays,
    *,
    today: date,
    ahead: int,
    member: str | None = None,
) -> Registered:
    """One policy as it stands; `ahead` is how many days count as due."""
    meetings = folder.workspace.config.meetings
    stands = state(policy, today, ahead, school_days, meetings)
    by = latest(policy, next_review(policy, school_days).due, today, school_days, meetings)
    whose = Organisations(folder.workspace).applies_to(folder, policy)
    return Registered(folder, document, policy, whose, stands, school_days, by, member)
