"""A step in a policy's life: what is added to its history, and what that makes of its status and next review."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from charterkit.choices import DECISIONS
from charterkit.errors import Conflict, Missing, Refused
from charterkit.files.workspace import Document
from charterkit.files.yaml.edit import Change
from charterkit.insight.policies.deciding import awaited, decided_by, is_by_body, is_covered
from charterkit.insight.policies.review_cycle import worked_out
from charterkit.insight.policies.reviews import (
    COUNTS_FROM,
    NextReview,
    in_force,
    last_review,
    next_review,
    version,
)
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy, PolicyEvent, Publication
from charterkit.records import dataclass
from charterkit.text.safe import shown

DECIDED = (*DECISIONS, "issued")
"""Those, and that it was given out, which nobody does with a draft."""
AFTERWARDS = ("published", "issued")
"""The events that follow a decision and take nothing of it back."""
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


def take(document: Document[Policy], step: Step, today: date, called: str = "") -> Taken:
    """The changes that record a step. Raises CharterkitError, with what to do instead, for one that makes no sense.

    `called` is how a command names the policy, where its id is not enough.
    """
    policy = document.model
    if policy is None or document.loaded.problems:
        raise Refused("has-mistake", path=document.path)
    event = step.event
    _refuse_dates(policy, step, today)
    if _stands(policy, event):
        return _published_anew(policy, step)
    _REFUSALS.get(event.event, _refuse_archived)(policy, event, called or policy.id)
    place = _place(policy, event)
    follows = policy.history[place:]
    status = _status(policy, event) if all(event.event in AFTERWARDS for event in follows) else policy.status
    after = policy.model_copy(update={"history": (*policy.history[:place], event, *follows), "status": status})
    stated = _stated(policy, after, step)
    publication = _published(policy, step) if event.event == "published" else {}
    made = replace(policy.publication or Publication(), **publication) if publication else policy.publication
    after = after.model_copy(update={"next_review": stated, "publication": made})
    before = place if follows else None
    changes = [Change(("history",), _entry(event), append=True, before=before)]
    if status != policy.status:
        changes.append(Change(("status",), status))
    if stated != policy.next_review:
        changes.append(Change(("next_review",), stated))
    changes += [Change(("publication", key), value) for key, value in publication.items()]
    return Taken(tuple(changes), after, next_review(after))


# -- what makes no sense


def _refuse_dates(policy: Policy, step: Step, today: date) -> None:
    when = step.event.date
    if when.first > today:
        raise Refused("not-come", when=when.spoken)
    later = [event.date for event in policy.history if event.date.first > when.last]
    if later and not step.backdate:
        raise Refused("earlier-than-history", when=when.spoken, spoken=max(later).spoken)


def _stands(policy: Policy, event: PolicyEvent) -> bool:
    """Whether the history has the event already."""
    key = (event.date, event.event, event.version, event.by)
    return any((step.date, step.event, step.version, step.by) == key for step in policy.history)


def _published_anew(policy: Policy, step: Step) -> Taken:
    """What is said anew of where a policy can be read; the history has the event already.

    Raises CharterkitError where nothing is.
    """
    found = _published(policy, step) if step.event.event == "published" else {}
    known = policy.publication or Publication()
    fresh = {key: value for key, value in found.items() if getattr(known, key) != value}
    if not fresh:
        raise Conflict("in-history-already")
    after = policy.model_copy(update={"publication": replace(known, **fresh)})
    return Taken(tuple(Change(("publication", key), value) for key, value in fresh.items()), after, next_review(after))


def _refuse_archived(policy: Policy, event: PolicyEvent, called: str) -> None:  # noqa: ARG001 - as the others
    if not in_force(policy) and policy.status != "draft":
        raise Refused("policy-archived", called=called)


def _refuse_deciding(policy: Policy, event: PolicyEvent, called: str) -> None:
    """Approving before drafting: by the history's order, by its dates, or a version that nobody drafted."""
    _refuse_archived(policy, event, called)
    begin = f"First record it: charterkit policy draft {called}"
    begun = [step for step in policy.history if step.event in BEGUN]
    if policy.status == "draft" and not begun:
        raise Refused("nothing-drafted", called=called)
    versions = {step.version for step in begun if step.version}
    if event.version and versions and event.version not in versions:
        raise Refused("version-not-drafted", version=event.version, known=sorted(map(shown, versions)), begin=begin)
    drafted = [step.date for step in begun if step.event == "drafted" and step.version == event.version]
    if drafted and event.date.last < min(drafted).first:
        raise Refused("before-drafted", date=event.date.spoken, spoken=min(drafted).spoken)


def _refuse_publishing(policy: Policy, event: PolicyEvent, called: str) -> None:
    _refuse_archived(policy, event, called)
    if policy.status == "draft":
        raise Refused("policy-is-draft", called=called)


def _refuse_nothing(policy: Policy, event: PolicyEvent, called: str) -> None:
    """A new version may be drafted at any time."""


_REFUSALS: dict[str, Callable[[Policy, PolicyEvent, str], None]] = {
    **dict.fromkeys(DECISIONS, _refuse_deciding),
    "published": _refuse_publishing,
    "drafted": _refuse_nothing,
}
"""What each event must not be recorded on; every other one not on what is archived."""


# -- what it comes to


def _place(policy: Policy, event: PolicyEvent) -> int:
    """Where it belongs in a history from the oldest to the newest: after all that is not later."""
    later = (number for number, step in enumerate(policy.history) if step.date.first > event.date.last)
    return next(later, len(policy.history))


def _status(policy: Policy, event: PolicyEvent) -> str | None:
    """The status after the newest event."""
    if event.event == "withdrawn":
        return "archived"
    if event.event == "drafted":
        return "under-review" if in_force(policy) else "draft"
    if event.event in DECISIONS:
        return "live" if event.event == _last_step(policy, event) else "under-review"
    if event.event == "reviewed" and policy.status in ("live", "under-review"):
        return "under-review" if _awaits_decision(policy, event) else "live"
    return policy.status


def _last_step(policy: Policy, event: PolicyEvent) -> str:
    """The step of the chain that brings it into force; whatever decides, where no chain is said."""
    steps = [step.step for step in policy.approval_chain if step.step in DECISIONS]
    return steps[-1] if steps else event.event


def _awaits_decision(policy: Policy, event: PolicyEvent) -> bool:
    """Whether somebody still has to decide on what the review came to.

    By the chain or as a body approves it, as a draft has not been decided on yet, or as it is a new version.
    """
    if decided_by(policy):
        return not is_by_body(policy, event) and not is_covered(policy, event)
    settling = [step for step in policy.history if step.event in ("drafted", *DECIDED)]
    if policy.status == "under-review" and settling and settling[-1].event == "drafted":
        return True
    return policy.approver is not None and event.version is not None and event.version != _holding(policy)


def _holding(policy: Policy) -> str | None:
    """The version that families may rely on: while the next one is under review, the last that was decided on."""
    if policy.status == "live":
        return version(policy)
    decided = [event.version for event in policy.history if event.version and event.event in DECIDED]
    return decided[-1] if decided else None


def _stated(before: Policy, after: Policy, step: Step) -> PartialDate | None:
    """The next review to state: as said, worked out anew where one was stated, else none.

    Raises CharterkitError where it can be neither.
    """
    stated, last = before.next_review, last_review(after)
    said, when = step.next_review, max(last or step.event.date, step.event.date)
    if said is not None and said.first <= when.first:
        raise Refused("next-review-too-early", said=said.spoken, when=when.spoken)
    if said is not None or awaited(after) is not None:
        return said or stated
    if stated is None or last is None or last == last_review(before) or step.event.event not in COUNTS_FROM:
        return stated
    derived = worked_out(after.review, last)
    if derived is not None:
        return derived
    if stated.first <= last.first:
        raise Missing("no-next-review", stated=stated.spoken)
    return stated


def _entry(event: PolicyEvent) -> dict[str, Any]:
    keys = ("date", "event", "version", "by", "outcome", "note")
    return {key: getattr(event, key) for key in keys if getattr(event, key) is not None}


def _published(policy: Policy, step: Step) -> dict[str, Any]:
    """What the policy says anew about where it can be read; a date earlier than the one it gives is not the newest."""
    known, when = policy.publication.published if policy.publication else None, step.event.date
    made = {"url": step.url, "visibility": step.visibility}
    made_on = {"published": when} if known is None or known.first <= when.last else {}
    return {key: value for key, value in made.items() if value is not None} | made_on


def default_decision(policy: Policy) -> str:
    """The decision that the policy's chain ends in; approved, where no chain is said."""
    return next((step.step for step in reversed(policy.approval_chain) if step.step in DECISIONS), "approved")


def with_version(step: Step, policy: Policy) -> Step:
    """The step with the version that it is about, where none is said.

    A decision is on what was drafted last until then; what is published is the version that holds.
    """
    event = step.event
    if event.version is not None:
        return step
    if event.event in DECISIONS:
        named = [each.version for each in policy.history[: _place(policy, event)] if each.version]
        found = named[-1] if named else None
    else:
        found = version(policy) if event.event == "published" else None
    return replace(step, event=replace(event, version=found)) if found else step


def step_of(
    policy: Policy,
    facts: Mapping[str, str | None],
    when: PartialDate | None,
    today: date,
    **more: Any,  # noqa: ANN401 - the fields of a step
) -> Step:
    """A step as it is said; `facts` are those of the event, which is the decision the chain ends in where none is said.

    Raises Refused for a text that is empty, too long or, where it is a name, has several lines.
    """
    for key, text in facts.items():
        if text is not None and (not text.strip() or len(text) > LONGEST):
            raise Refused("bad-text", key=key, what="empty" if not text.strip() else "too long")
        if text is not None and key in ("by", "version") and len(text.splitlines()) > 1:
            raise Refused("line-break", key=key)
    event = facts["event"] or default_decision(policy)
    said = {key: text for key, text in facts.items() if key != "event"}
    made = PolicyEvent(date=when or PartialDate.of(today), event=event, **said)  # type: ignore[arg-type]  # one of the words of the commands
    return with_version(Step(made, **more), policy)
