"""What is due or overdue: reviews, actions, targets, duties, re-evaluations, visits, certificates and promises."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from charterkit.choices import REMINDER_KINDS, ReminderKind
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import open_actions
from charterkit.insight.evaluations.aims import has_dated_target, target_words
from charterkit.insight.evaluations.evaluated import in_order, usable
from charterkit.insight.evaluations.newest import newest
from charterkit.insight.evaluations.reached import open_targets
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.latest import latest
from charterkit.insight.policies.register import policy_id, policy_title, within
from charterkit.insight.policies.reviews import in_force, next_review
from charterkit.insight.promises.kinds import PromiseKind
from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.promises.year import Promise, promises
from charterkit.insight.readiness.duties import PledgedDuty, duties_of, signed_version
from charterkit.insight.reminder import DueState, Reminder, anybody
from charterkit.model.dates import Cycle, Interval, PartialDate
from charterkit.model.evaluation import Person
from charterkit.model.policy import Commitment, Monitoring, Policy
from charterkit.model.visit import Visit
from charterkit.records import dataclass
from charterkit.text.english import joined

RE_EVALUATE = Interval.parse("1 year")
"""How long after an evaluation the next one is due, where the settings do not say: "later in the year or the following
year" (seed 000_4933e61a53b8f2c3.txt)."""


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
        if not has_dated_target(folder):  # to read them all takes time
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


def _duties(search: _Search) -> Iterator[Reminder]:
    """What a school signed up to do and has not done."""
    yield from (each for folder in search.folders for each, duty in dated_duties(folder) if not duty.is_done)


def dated_duties(folder: SchoolFolder) -> Iterator[tuple[Reminder, PledgedDuty]]:
    """Every duty with a last day, done or not, of each charter that a school signed and still uses."""
    for signed in folder.school.charters:
        charter = signed_version(folder.workspace.versions(signed.charter))
        if signed.signed is None or charter is None:
            continue
        people = Person(name=signed.signed_by, role=None) if signed.signed_by else None
        for duty in duties_of(folder.workspace, folder, charter):
            if duty.due:
                item, text, path = duty.pledge.id, duty.pledge.text, folder.document.path
                yield Reminder("duty", folder, item, text, people, duty.due, path, charter.id), duty


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
    for folder, document, visit in read_visits(search.workspace, search.slug):
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
    for folder, document, visit in read_visits(search.workspace, search.slug):
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


def read_visits(workspace: Workspace, slug: str | None) -> Iterator[tuple[SchoolFolder, Document[Visit], Visit]]:
    """Every visit that can be read, with the folder it lies in; of one school those in its trust's folder too."""
    for own in workspace.own_slugs if slug is None else [slug]:
        yield from _visits_in(workspace.school(own))
    for above in Organisations(workspace).above(slug) if slug is not None else ():
        yield from (each for each in _visits_in(workspace.school(above)) if each[2].school == slug)


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


@dataclass(frozen=True, slots=True)
class Monitored:
    """A line of `monitored_by`: whoever reports on a policy, to whom and how often; `slug` says by whose terms."""

    slug: str
    folder: SchoolFolder
    document: Document[Policy]
    policy: Policy
    number: int

    @property
    def line(self) -> Monitoring:
        """As the file has it."""
        return self.policy.monitored_by[self.number - 1]

    @property
    def dated(self) -> Commitment:
        """What a calendar counts its days by."""
        return Commitment(id=f"monitoring-{self.number}", what="", when=self.line.every)

    def report(self, found: Occurrence) -> Reminder:
        """One time that the report is due."""
        to = f" to {self.line.reports_to}" if self.line.reports_to else ""
        title = f"Report on {policy_title(self.document, self.policy)}{to}"
        about, owner = policy_id(self.document, self.policy), self.policy.people.get(self.line.who, self.line.who)
        item, due, path = self.dated.id, PartialDate.of(found.last), self.document.path
        return Reminder("monitoring", self.folder, item, title, anybody(owner), due, path, about, found.period)


def monitored(
    asked: str | None, policies: Iterable[tuple[SchoolFolder, Document[Policy], Policy]]
) -> Iterator[Monitored]:
    """Every line of these policies that says who watches over one."""
    for folder, document, policy in policies:
        for number in range(1, len(policy.monitored_by) + 1):
            yield Monitored(asked or folder.slug, folder, document, policy, number)


def next_reports(
    workspace: Workspace,
    asked: str | None,
    today: date,
    policies: Iterable[tuple[SchoolFolder, Document[Policy], Policy]],
) -> Iterator[Reminder]:
    """The next report of whoever monitors these policies, where how often has dates."""
    plans: dict[str, list[YearPlan]] = {}
    for line in monitored(asked, policies):
        plans[line.slug] = plans.get(line.slug) or _two_years(workspace, line.slug, today)
        found = _next_of(line.dated, plans[line.slug], today)
        if found is not None:
            yield line.report(found)


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
