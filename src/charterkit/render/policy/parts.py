"""The parts of a policy's control page, each as plain data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from charterkit.insight.organisations import is_made_at
from charterkit.insight.policies.concerns import counted_concerns, days_of, is_open
from charterkit.insight.policies.deciding import approved_versions, decided_history
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.reviews import in_force
from charterkit.insight.promises.saying import rhythm_words
from charterkit.insight.public import is_promised_to_families
from charterkit.model.policy import Commitment, Concern, Policy, PolicyEvent
from charterkit.records import dataclass
from charterkit.render.listings.listing import Cell
from charterkit.render.listings.register import standing
from charterkit.render.policy.words import AUDIENCES, EVENTS, VISIBILITY, every, lower, whose
from charterkit.render.shared.unreadable import UnreadableLine
from charterkit.text.english import counted, joined, sentence
from charterkit.text.safe import leads_to


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the document history; of the public one only the first three."""

    date: str
    event: str
    version: str = ""
    by: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One body of the review and approval chain."""

    does: str
    by: str
    every: str = ""


@dataclass(frozen=True, slots=True)
class MonitoringLine:
    """Who watches over the policy, to whom they report and how often."""

    who: str
    reports_to: str = ""
    every: str = ""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """What one role does."""

    who: str
    does: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """One promise."""

    what: str
    when: str
    audience: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ConcernGroup:
    """The concerns of one category: how many, how many of them are open, and how the others ended."""

    category: str
    count: int
    open: int
    outcomes: str


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """One concern: where its file lies and how far it is."""

    reference: str
    category: str
    raised: str
    ended: str


@dataclass(frozen=True, slots=True)
class Concerns:
    """The record of concerns. The lines are for staff only."""

    sentence: str
    groups: tuple[ConcernGroup, ...]
    lines: tuple[ConcernLine, ...]


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """A policy to be read with this one. `state` says how it stands, or that it is not kept here."""

    title: str
    state: Cell | None = None
    href: str = ""
    """On a site, where its page is."""


@dataclass(frozen=True, slots=True)
class PublicationView:
    """Where the policy can be read, and by whom."""

    url: str
    visibility: str
    published: str

    @property
    def leads_to(self) -> str:
        """Where the address leads; empty where following it could do more than open a page or an email."""
        return leads_to(self.url)


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A publication the policy is based on."""

    text: str
    page: str = ""
    url: str = ""

    @property
    def leads_to(self) -> str:
        """Where the address leads; empty where following it could do more than open a page or an email."""
        return leads_to(self.url)


def ordered(history: Sequence[PolicyEvent]) -> list[PolicyEvent]:
    """Oldest first: as the file has it, unless its dates cannot be in that order."""
    is_off = any(after.date.last < before.date.first for before, after in pairwise(history))
    return sorted(history, key=lambda event: event.date.first) if is_off else list(history)


def history_lines(policy: Policy, *, people: bool) -> tuple[EventLine, ...]:
    """The document history. Who did it, what came of it and versions not decided on stand where people may show.

    What waits for a decision, and what came with it, stands there too: to families only what was decided before.
    """
    approved = approved_versions(policy)
    events = policy.history if people else decided_history(policy)
    return tuple(
        EventLine(
            event.date.spoken,
            EVENTS[event.event][0],
            event.version or "" if people or event.version in approved else "",
            whose(event.by, policy.people) if people else "",
            (event.outcome or "") if people else "",
            (event.note or "") if people else "",
        )
        for event in ordered(events)
    )


def chain_lines(policy: Policy) -> tuple[StepLine, ...]:
    """The bodies it passes through, in order."""
    return tuple(
        StepLine(lower(EVENTS[step.step][1]), whose(step.by, policy.people), lower(every(step.every)))
        for step in policy.approval_chain
    )


def monitoring_lines(policy: Policy) -> tuple[MonitoringLine, ...]:
    """Who watches over it and reports to whom."""
    return tuple(
        MonitoringLine(
            whose(monitoring.who, policy.people),
            whose(monitoring.reports_to, policy.people),
            lower(rhythm_words(monitoring.every, None)),
        )
        for monitoring in policy.monitored_by
    )


def duty_lines(pairs: Iterable[tuple[str, str]]) -> tuple[DutyLine, ...]:
    """Who does what, each role once."""
    found: dict[str, list[str]] = {}
    for who, does in pairs:
        found.setdefault(who, []).append(does)
    return tuple(DutyLine(who, tuple(does)) for who, does in found.items())


def commitment_lines(policy: Policy, at: str | None, *, public: bool) -> tuple[CommitmentLine, ...]:
    """The promises, of a trust's those that hold for the member `at`.

    The public reads those to families alone, and not who sees to them.
    """
    return tuple(
        CommitmentLine(
            commitment.what,
            rhythm_words(commitment.when, commitment.from_),
            _to_whom(commitment),
            "" if public else joined([whose(name, policy.people) for name in commitment.owner]),
        )
        for commitment in policy.commitments
        if is_made_at(commitment, at) and (not public or is_promised_to_families(commitment))
    )


def _to_whom(commitment: Commitment) -> str:
    """To whom it is promised: "Parents and carers, governors"; empty where that is not said."""
    words = [words for name, words in AUDIENCES.items() if name in commitment.audience]
    return ", ".join([*words[:1], *map(lower, words[1:])])


def concerns(policy: Policy, today: date) -> Concerns | None:
    """Counted by category and outcome; None where none is on record."""
    if not policy.concerns:
        return None
    groups: dict[str, list[Concern]] = {}
    for concern in policy.concerns:
        groups.setdefault(concern.category or "No category", []).append(concern)
    count = counted_concerns(policy.concerns)
    took = f"; the middle one of the closed took {counted(count.median_days, 'day')}" if count.median_days else ""
    return Concerns(
        sentence(f"{counted(len(policy.concerns), 'concern')} on record, {_open(count.open)}{took}"),
        tuple(ConcernGroup(name, len(all_), sum(map(is_open, all_)), _outcomes(all_)) for name, all_ in groups.items()),
        tuple(_concern(concern, today) for concern in policy.concerns),
    )


def _open(left: int) -> str:
    return f"{counted(left, 'of them', 'of them')} still open" if left else "none of them open"


def _outcomes(found: Sequence[Concern]) -> str:
    counts = Counter(concern.outcome or "outcome not said" for concern in found if not is_open(concern))
    return "; ".join(f"{words} ({count})" for words, count in counts.items())


def _concern(concern: Concern, today: date) -> ConcernLine:
    closed = f"Closed {concern.closed.spoken}" if concern.closed else ""
    days = days_of(concern, today)
    long = f" for {counted(days, 'day')}" if days is not None else ""
    ended = ": ".join(part for part in (closed, concern.outcome or "") if part) or f"Open{long}"
    raised = concern.raised.spoken if concern.raised else "Date not said"
    return ConcernLine(concern.reference or "No file number", concern.category or "No category", raised, ended)


def related_lines(policy: Policy, others: Sequence[Registered], *, public: bool) -> tuple[RelatedLine, ...]:
    """The policies to be read with it. Families are not told of one that is not in force or not for them."""
    known: dict[str, Registered] = {}
    for registered in others:
        known.setdefault(registered.id, registered)
    found = []
    for name in policy.related:
        other = known.get(name)
        if other is None:
            found.append(RelatedLine(titled(name), None if public else Cell("Not kept here")))
        elif not public:
            found.append(RelatedLine(other.title, standing(other)))
        elif is_for_families(other.policy):
            found.append(RelatedLine(other.title))
    return tuple(found)


def is_for_families(policy: Policy) -> bool:
    """Whether its title may be told: it is in force, and not for staff or governors alone."""
    said = policy.publication.visibility if policy.publication else None
    return in_force(policy) and said not in ("staff", "governors")


def titled(name: str) -> str:
    """An id as a title, for what has no other: "equal-opportunities" becomes "Equal opportunities"."""
    return name.replace("-", " ").capitalize()


def publication(policy: Policy) -> PublicationView | None:
    """Where it can be read; None where nothing is said."""
    said = policy.publication
    if said is None:
        return None
    published = said.published.spoken if said.published else ""
    return PublicationView(said.url or "", VISIBILITY.get(said.visibility or "", ""), published)


def reference_lines(policy: Policy) -> tuple[ReferenceLine, ...]:
    """What it is based on."""
    return tuple(
        ReferenceLine(reference.text, _page(reference.page), reference.url or "") for reference in policy.references
    )


def _page(page: str | None) -> str:
    if not page:
        return ""
    return f"page {page}" if page.strip().isdigit() else f"pages {page}"


def unreadable_lines(registered: Registered) -> tuple[UnreadableLine, ...]:
    """What of the file could not be read, and why."""
    loaded = registered.document.loaded
    entries = tuple(UnreadableLine(_entry(entry.at, entry.raw), entry.problem.message) for entry in loaded.unreadable)
    places = [entry.at for entry in loaded.unreadable]
    elsewhere = tuple(
        UnreadableLine(_place(problem.at), problem.message)
        for problem in loaded.problems
        if not any(problem.at[: len(at)] == at for at in places)
    )
    return entries + elsewhere


def _entry(at: tuple[str | int, ...], raw: object) -> str:
    said = [value for value in raw.values() if isinstance(value, str)] if isinstance(raw, dict) else []
    return f"{_place(at)} ({', '.join(said)})" if said else _place(at)


def _place(at: tuple[str | int, ...]) -> str:
    words = [f"entry {key + 1}" if isinstance(key, int) else str(key).replace("_", " ") for key in at]
    return ", ".join(words).capitalize() if words else "The file"


def for_schools(registered: Registered) -> str:
    """The members a trust's policy holds for, by name; empty for a school's own."""
    workspace = registered.folder.workspace
    return joined(
        [
            workspace.school(slug).school.name if workspace.has_school(slug) else titled(slug)
            for slug in registered.applies_to
        ]
    )
