"""What is over: reminders that a calendar may still hold, though nothing is to be done any more.

A calendar keeps what it was given until it is told otherwise, so whatever left the files for a known reason is told
once more: policies that are archived or withdrawn with their promises and reports, reviews that wait for a decision
and decisions that were made, actions that are done or dropped, targets that were reached, duties that are done, and
certificates that another one took the place of. What was deleted from its file leaves nothing to tell it by. After
LONG_AGO days nothing is said of it any more, where the file says when it ended.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from charterkit.choices import ReminderKind
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import all_actions
from charterkit.insight.evaluations.aims import has_dated_target, target_words
from charterkit.insight.evaluations.evaluated import in_order, usable
from charterkit.insight.organisations import Organisations, is_made_at
from charterkit.insight.policies.deciding import decided_by, last_decision, undecided
from charterkit.insight.policies.register import policy_id, policy_title
from charterkit.insight.policies.reviews import in_force, next_review
from charterkit.insight.promises.year import Promise
from charterkit.insight.reminder import Reminder, anybody
from charterkit.insight.reminders import dated_duties, next_promises, next_reports, read_visits
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy

LONG_AGO = 400
"""Days: whoever takes a calendar in once a year has heard of it by then."""
_LAST = 2
"""Of how many self-evaluations the targets are looked at."""


def over(workspace: Workspace, today: date, slug: str | None, left: Collection[Reminder]) -> list[Reminder]:
    """What is over, of one organisation or of all, by date; nothing that is among those `left` to be done."""
    folders = [workspace.school(each) for each in (workspace.own_slugs if slug is None else [slug])]
    found = [*_policies(workspace, today, slug), *_certificates(workspace, today, slug)]
    for folder in folders:
        found += (*_actions(folder, today), *_targets(folder))
        found += duties_over(folder, today)
    there = {reminder.key for reminder in left}
    fresh = {reminder.key: reminder for reminder in found if reminder.key not in there}
    return sorted(fresh.values(), key=lambda each: (each.due_by, each.key))


def over_promises(
    workspace: Workspace, today: date, slug: str | None = None, audiences: Collection[str] = ()
) -> list[Promise]:
    """The commitments of policies that are archived or withdrawn."""
    return [
        Promise(folder, policy, commitment, document.path)
        for folder, document, policy in ended_policies(workspace, today, slug)
        for commitment in policy.commitments
        if (not audiences or set(commitment.audience) & set(audiences))
        and is_made_at(commitment, None if slug == folder.slug else slug)
    ]


def ended_policies(
    workspace: Workspace, today: date, slug: str | None
) -> Iterator[tuple[SchoolFolder, Document[Policy], Policy]]:
    """The policies that once held and do not any more, but for those withdrawn long ago."""
    for folder, document, policy in Organisations(workspace).policies(slug):
        withdrawn = next((event.date for event in reversed(policy.history) if event.event == "withdrawn"), None)
        if policy.status != "draft" and not in_force(policy) and _is_recent(withdrawn, today):
            yield folder, document, policy


def _is_recent(ended: PartialDate | None, today: date) -> bool:
    """Also where nobody wrote down when it ended."""
    return ended is None or ended.last >= today - timedelta(days=LONG_AGO)


def _policies(workspace: Workspace, today: date, slug: str | None) -> Iterator[Reminder]:
    for folder, document, policy in ended_policies(workspace, today, slug):
        due = next_review(policy).due
        if due is not None:
            item, title = policy_id(document, policy), policy_title(document, policy)
            yield Reminder("review", folder, item, title, policy.owner, due, document.path)
    yield from next_reports(workspace, slug, today, ended_policies(workspace, today, slug))
    yield from _turned(workspace, today, slug)
    yield from next_promises(workspace, slug, today, over_promises(workspace, today, slug))


def _turned(workspace: Workspace, today: date, slug: str | None) -> Iterator[Reminder]:
    """Of policies in force: the review that was done and waits for a decision, and the decision that was made."""
    for folder, document, policy in Organisations(workspace).policies(slug):
        waiting = undecided(policy)
        event = waiting or last_decision(policy)
        if event is None or not in_force(policy) or not decided_by(policy) or not _is_recent(event.date, today):
            continue
        kind: ReminderKind = "review" if waiting else "decision"
        item, title = policy_id(document, policy), policy_title(document, policy)
        yield Reminder(kind, folder, item, title, policy.owner, event.date, document.path)


def _actions(folder: SchoolFolder, today: date) -> Iterator[Reminder]:
    for tracked in all_actions(folder):
        action, said = tracked.action, tracked.document.model
        ended = action.closed or (said.date if said else None)
        if not tracked.is_open and action.due is not None and _is_recent(ended, today):
            owner, path = anybody(action.owner), tracked.document.path
            yield Reminder("action", folder, tracked.id, action.action, owner, action.due, path, tracked.charter)


def _targets(folder: SchoolFolder) -> Iterator[Reminder]:
    """Every target of the last self-evaluations: those that still stand are told apart by whoever asks."""
    known = usable(folder.workspace, folder) if has_dated_target(folder) else []
    for charter in dict.fromkeys(held.charter.id for held in known):
        for held in in_order(known, charter)[-_LAST:]:
            for key, aspect in held.charter.aspects.items():
                entry = held.standings[key].entry
                if entry is None or entry.target is None or entry.target.by is None:
                    continue
                title = f"{target_words(entry.target, held.charter)}: {aspect.text}"
                people, path = held.evaluation.rated_by, held.document.path
                yield Reminder(
                    "target", folder, key, title, people[0] if people else None, entry.target.by, path, charter
                )


def duties_over(folder: SchoolFolder, today: date) -> Iterator[Reminder]:
    """The duties of a sign-up that are done."""
    yield from (each for each, duty in dated_duties(folder) if duty.is_done and _is_recent(duty.done, today))


def _certificates(workspace: Workspace, today: date, slug: str | None) -> Iterator[Reminder]:
    """Every certificate whose end is still to come; the newest, which holds, is told apart by whoever asks."""
    for folder, document, visit in read_visits(workspace, slug):
        for made in (visit.certificate, *visit.earlier_certificates):
            if made and made.valid_until and made.valid_until.last >= today:
                title, about = f"Certificate {made.number}", visit.charter or ""
                yield Reminder("certificate", folder, made.number, title, None, made.valid_until, document.path, about)
