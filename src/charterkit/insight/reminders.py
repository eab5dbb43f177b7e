"""What is due or overdue: reviews, actions, targets, duties, re-evaluations, visits, certificates and promises."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain

from charterkit.choices import REMINDER_KINDS, ReminderKind
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import open_actions
from charterkit.insight.evaluations.aims import target_words
from charterkit.insight.evaluations.evaluated import in_order, usable
from charterkit.insight.evaluations.newest import newest
from charterkit.insight.evaluations.reached import open_targets
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.latest import Latest, latest
from charterkit.insight.policies.register import named, policy_id, policy_title, within
from charterkit.insight.policies.reviews import in_force, next_review
from charterkit.insight.promises.kinds import PromiseKind
from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.promises.year import Promise, promises
from charterkit.insight.readiness.duties import duties_of
from charterkit.model.dates import Cycle, Interval, PartialDate
from charterkit.model.evaluation import Evaluation, Person
from charterkit.model.policy import Commitment, Policy
from charterkit.model.visit import Visit
from charterkit.text.english import joined

RE_EVALUATE = Interval.parse("1 year")
"""How long after an evaluation the next one is due, where the settings do not say: "later in the year or the following
year" (seed 000_4933e61a53b8f2c3.txt)."""


class DueState(StrEnum):
    """How a reminder stands today. `DUE` is within the window, `UPCOMING` beyond it."""

    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to be done: what, where, by whom and by when.

    `due` is as precise as the file has it. `item` is the id of the policy, action, charter, visit, certificate or
    commitment; `about` tells which policy or charter that belongs to, `path` the file it comes from, and `period`
    which of several dates of the same thing it is.
    """

    kind: ReminderKind
    folder: SchoolFolder
    item: str
    title: str
    owner: Person | None
    due: PartialDate
    path: str
    about: str = ""
    period: str = ""
    audiences: tuple[str, ...] = ()
    """Of a promise, to whom it is made."""

    owners: tuple[Person, ...] = ()
    """Each of several owners, whom `owner` names all together."""
    latest: Latest | None = None
    """Of what is due in a month, a term or a year, and not over: the last meeting or school day."""

    @property
    def due_by(self) -> date:
        """The last day it may happen."""
        return self.latest.day if self.latest else self.due.last

    @property
    def due_words(self) -> str:
        """By when, as people say it: "September 2026, by Wednesday 30 September"."""
        return ", ".join([self.due.spoken, *([self.latest.spoken] if self.latest else [])])

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about, never when: no two have the same."""
        return (self.kind, self.folder.slug, self.about, self.item, self.period)

    @property
    def people(self) -> tuple[Person | None, ...]:
        """Its owners one by one; None alone where nobody is named."""
        return self.owners or (self.owner,)

    @property
    def owner_name(self) -> str | None:
        """Name, else role."""
        return named(self.owner)

    def days(self, today: date) -> int:
        """Days from today to the last one; negative when that is over."""
        return (self.due_by - today).days

    def standing(self, today: date, ahead: int) -> DueState:
        """Overdue, due within so many days, or later. Nobody records that a promise was kept: it is never overdue."""
        days = self.days(today)
        if days < 0:
            return DueState.OVERDUE
        return DueState.DUE if days <= ahead else DueState.UPCOMING


@dataclass(frozen=True)
class _Search:
    """What the reminders of one organisation, or of all, are gathered from."""

    workspace: Workspace
    slug: str | None
    today: date
    organisations: Organisations

    @property
    def folders(self) -> Iterator[SchoolFolder]:
        for slug in self.workspace.own_slugs if self.slug is None else [self.slug]:
            yield self.workspace.school(slug)


def reminders(workspace: Workspace, today: date, slug: str | None = None) -> list[Reminder]:
    """Everything with a date that is still to be done, the earliest first. Under a school its trust's policies too."""
    search = _Search(workspace, slug, today, Organisations(workspace))
    found = _apart(chain.from_iterable(gather(search) for gather in KINDS.values()))
    return sorted(
        found, key=lambda each: (each.due_by, each.folder.slug, REMINDER_KINDS.index(each.kind), each.title, each.item)
    )


def _apart(found: Iterable[Reminder]) -> Iterator[Reminder]:
    """Each with a key of its own: of several things with one id, which is a mistake, the further ones are numbered."""
    seen: Counter[tuple[str, ...]] = Counter()
    for reminder in found:
        seen[reminder.key] += 1
        number = seen[reminder.key]
        yield reminder if number == 1 else replace(reminder, period=f"{reminder.period}-{number}".strip("-"))


def shown_of(found: list[Reminder], today: date, ahead: int, *, every: bool = False) -> list[Reminder]:
    """Those that are overdue or due within so many days; all of them with `every`."""
    return [reminder for reminder in found if every or reminder.standing(today, ahead) is not DueState.UPCOMING]


def window(workspace: Workspace, said: int | None) -> int:
    """How many days ahead are shown: as said, else by the settings, else 60."""
    return within(workspace) if said is None else said


# -- each kind


def _reviews(search: _Search) -> Iterator[Reminder]:
    """The next review of each policy in force; of one that waits for a body's decision that decision, at once."""
    for folder, document, policy in search.organisations.policies(search.slug):
        school_days = SchoolDays.at(search.workspace, search.slug or folder.slug)
        found = next_review(policy, school_days)
        if found.due is None or not in_force(policy):
            continue
        kind: ReminderKind = "decision" if found.source == "waiting" else "review"
        item, title = policy_id(document, policy), policy_title(document, policy)
        owner = anybody(found.by) or policy.owner
        by = latest(policy, found.due, search.today, school_days, search.workspace.config.meetings)
        yield Reminder(kind, folder, item, title, owner, found.due, document.path, latest=by)


def _actions(search: _Search) -> Iterator[Reminder]:
    """The open actions, whichever evaluation they were last written in."""
    for folder in search.folders:
        for tracked in open_actions(folder):
            action = tracked.action
            if action.due is not None:
                owner, path = anybody(action.owner), tracked.document.path
                yield Reminder("action", folder, tracked.id, action.action, owner, action.due, path, tracked.charter)


def _targets(search: _Search) -> Iterator[Reminder]:
    """The levels to be reached by a date, until a self-evaluation stands there."""
    for folder in search.folders:
        if not any(_aims(document.model) for document in folder.evaluations):  # to read them all takes time
            continue
        known = usable(search.workspace, folder)
        for charter in dict.fromkeys(held.charter.id for held in known):
            for found in open_targets(in_order(known, charter), search.workspace.versions(charter)):
                if found.target.by is None:
                    continue
                title = f"{target_words(replace(found.target, by=None), found.set_in.charter)}: {found.aspect.text}"
                people, path = found.set_in.evaluation.rated_by, found.set_in.document.path
                owner = people[0] if people else None
                yield Reminder("target", folder, found.aspect.id, title, owner, found.target.by, path, charter)


def _aims(evaluation: Evaluation | None) -> bool:
    """Whether a self-evaluation has a target with a date."""
    entries = evaluation.entries if evaluation else ()
    return any(entry.target is not None and entry.target.by is not None for _, entry in entries)


def _duties(search: _Search) -> Iterator[Reminder]:
    """What a school signed up to do and has not done, of each charter that it signed and still uses."""
    for folder in search.folders:
        for signed in folder.school.charters:
            versions = search.workspace.versions(signed.charter)
            if signed.signed is None or not versions:
                continue
            charter = next((each for each in reversed(versions) if each.status == "published"), versions[-1])
            people = Person(name=signed.signed_by, role=None) if signed.signed_by else None
            for duty in duties_of(search.workspace, folder, charter):
                if not duty.is_done and duty.due:
                    item, text = duty.pledge.id, duty.pledge.text
                    yield Reminder("duty", folder, item, text, people, duty.due, folder.document.path, charter.id)


def _evaluations(search: _Search) -> Iterator[Reminder]:
    """When a school is to look again, counted from its newest evaluation of each charter."""
    said = search.workspace.config.reminders
    every = (said.re_evaluate if said else None) or RE_EVALUATE
    for folder in search.folders:
        for document in newest(folder):
            model = document.model
            due = every.after(model.date) if model and model.date else None
            if model is None or due is None:
                continue
            charter = search.workspace.charter_of(model)
            title = charter.title if charter else model.charter
            owner = model.rated_by[0] if model.rated_by else None
            yield Reminder("evaluation", folder, model.charter, title, owner, due, document.path)


def _visits(search: _Search) -> Iterator[Reminder]:
    """Visits to come; and a certification visit that is over while nobody wrote down how it went."""
    for folder, document, visit in _read_visits(search):
        when = visit.date or next(reversed(visit.agreed_dates), None)
        if when is None or visit.outcome is not None or visit.findings:
            continue
        if when.last >= search.today or visit.purpose == "certification":
            title = _VISITS.get(visit.purpose or "", "Visit") + _to_whom(search, folder, visit)
            about = visit.charter or ""
            yield Reminder("visit", folder, document.stem, title, None, when, document.path, about)


_VISITS = {"certification": "Certification visit", "support": "Support visit"}


def _certificates(search: _Search) -> Iterator[Reminder]:
    """The end of the newest certificate of each school and charter; one without an end stands for ever."""
    newest_of: dict[tuple[str, str | None], tuple[date, Reminder | None]] = {}
    for folder, document, visit in _read_visits(search):
        found = visit.certificate
        if found is None or found.revoked:
            continue
        charter = next((charter for charter in reversed(search.workspace.versions(visit.charter or ""))), None)
        labels = {award.id: award.label for award in charter.awards} if charter else {}
        said = ", ".join(filter(None, (charter.title if charter else "", labels.get(visit.award or "", ""))))
        title = f"Certificate {found.number}" + (f": {said}" if said else "")
        title += _to_whom(search, folder, visit)
        ends, about = found.valid_until, visit.charter or ""
        made = Reminder("certificate", folder, found.number, title, None, ends, document.path, about) if ends else None
        dates = [when.last for when in (found.issued, visit.date, ends) if when is not None]
        given, key = dates[0] if dates else date.min, (visit.school or folder.slug, visit.charter)
        if key not in newest_of or newest_of[key][0] <= given:
            newest_of[key] = (given, made)
    yield from (made for _, made in newest_of.values() if made is not None)


def _read_visits(search: _Search) -> Iterator[tuple[SchoolFolder, Document[Visit], Visit]]:
    """Every visit that can be read, with the folder it lies in; of one school those in its trust's folder too."""
    for folder in search.folders:
        yield from _visits_in(folder)
    for slug in search.organisations.above(search.slug) if search.slug is not None else ():
        yield from (each for each in _visits_in(search.workspace.school(slug)) if each[2].school == search.slug)


def _visits_in(folder: SchoolFolder) -> Iterator[tuple[SchoolFolder, Document[Visit], Visit]]:
    yield from ((folder, document, document.model) for document in folder.visits if document.model is not None)


def _to_whom(search: _Search, folder: SchoolFolder, visit: Visit) -> str:
    """The school's name, of a visit that lies in another one's folder."""
    if not visit.school or visit.school == folder.slug:
        return ""
    known = search.workspace.has_school(visit.school)
    return f", {search.workspace.school(visit.school).school.name if known else visit.school}"


def _monitoring(search: _Search) -> Iterator[Reminder]:
    held = (each for each in search.organisations.policies(search.slug) if in_force(each[2]))
    yield from next_reports(search.workspace, search.slug, search.today, held)


def next_reports(
    workspace: Workspace,
    asked: str | None,
    today: date,
    policies: Iterable[tuple[SchoolFolder, Document[Policy], Policy]],
) -> Iterator[Reminder]:
    """The next report of whoever monitors these policies, where how often has dates."""
    plans: dict[str, list[YearPlan]] = {}
    for folder, document, policy in policies:
        slug = asked or folder.slug
        plans[slug] = plans.get(slug) or _two_years(workspace, slug, today)
        for number, line in enumerate(policy.monitored_by, 1):
            report = Commitment(id=f"monitoring-{number}", what="", when=line.every)
            found = _next_of(report, plans[slug], today)
            if found is None:
                continue
            to = f" to {line.reports_to}" if line.reports_to else ""
            title = f"Report on {policy_title(document, policy)}{to}"
            about, owner = policy_id(document, policy), anybody(policy.people.get(line.who, line.who))
            due = PartialDate.of(found.last)
            yield Reminder("monitoring", folder, report.id, title, owner, due, document.path, about, found.period)


def _next_of(commitment: Commitment, plans: Sequence[YearPlan], today: date) -> Occurrence | None:
    """The next time something is to be done that comes again."""
    dates = chain.from_iterable(plan.occurrences(commitment) for plan in plans)
    return next((occurrence for occurrence in dates if occurrence.last >= today), None)


def _commitments(search: _Search) -> Iterator[Reminder]:
    yield from next_promises(search.workspace, search.slug, search.today, promises(search.workspace, search.slug))


def next_promises(workspace: Workspace, slug: str | None, today: date, made: Iterable[Promise]) -> Iterator[Reminder]:
    """The next date of each promise that has one, by the terms of an organisation, or of each one's own.

    What is promised for every day needs no reminder.
    """
    plans: dict[str, list[YearPlan]] = {}
    for promise in made:
        commitment = promise.commitment
        if promise.kind is not PromiseKind.DATED:
            continue
        where = slug or promise.folder.slug
        plans[where] = plans.get(where) or _two_years(workspace, where, today)
        found = _next_of(commitment, plans[where], today)
        if found is None:
            continue
        yield Reminder(
            "commitment",
            promise.folder,
            commitment.id,
            commitment.what,
            anybody(joined(commitment.owner)),
            PartialDate.of(found.last),
            promise.path,
            promise.policy.id,
            found.period,
            commitment.audience,
            tuple(each for name in commitment.owner if (each := anybody(name))),
        )


def _two_years(workspace: Workspace, slug: str, today: date) -> list[YearPlan]:
    school_days = SchoolDays.at(workspace, slug)
    this = school_days.year_of(today)
    return [YearPlan(Cycle(this.year + number), school_days) for number in range(2)]


def anybody(said: str | None) -> Person | None:
    """An owner in one text, which may be a name or a role."""
    return Person(name=said, role=said) if said and said.strip() else None


KINDS: dict[ReminderKind, Callable[[_Search], Iterator[Reminder]]] = {
    "review": lambda search: (each for each in _reviews(search) if each.kind == "review"),
    "decision": lambda search: (each for each in _reviews(search) if each.kind == "decision"),
    "monitoring": _monitoring,
    "action": _actions,
    "target": _targets,
    "duty": _duties,
    "evaluation": _evaluations,
    "visit": _visits,
    "certificate": _certificates,
    "commitment": _commitments,
}
"""What there are reminders of, in the order in which they stand on one day."""
