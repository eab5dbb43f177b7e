"""What there is to say of a step that was put into a policy's history."""

from dataclasses import replace

from charterkit.choices import DECISIONS
from charterkit.insight.policies.control import Step, Taken
from charterkit.insight.policies.deciding import decided_by, is_by_body
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.review_cycle import interval
from charterkit.insight.policies.reviews import too_late
from charterkit.insight.policies.sheet import STATUSES
from charterkit.model.policy import Policy, PolicyEvent
from charterkit.render.listings.register import said_of_next
from charterkit.render.shared.voice import Voice


def said_in_short(found: Registered, step: Step, taken: Taken) -> str:
    """One sentence or two, where several policies are told of. `found` is the policy before."""
    policy, event = taken.policy, step.event
    changed = policy.status != found.policy.status
    now = f" It is now {STATUSES.get(policy.status or '', '').lower()}." if changed else ""
    late = too_late(policy) if step.next_review is not None else None
    warned = f" That is far later than its interval allows, {late.spoken}." if late is not None else ""
    said = f"{policy.title}: {event.event} {event.date.spoken}.{now} {said_of_next(taken.next, policy)}"
    return f"{said}{warned}{_doubt(policy, event)}"


def _doubt(policy: Policy, event: PolicyEvent) -> str:
    """What to look at where somebody else has decided than the policy says; empty where nobody has."""
    body = decided_by(policy)
    if event.event not in DECISIONS or not event.by or not body or is_by_body(policy, event):
        return ""
    return f" By the policy’s own word that is for {body} to decide: was it decided there?"


def said_of_undone(said: str, path: str, *, is_whole: bool, is_gone: bool) -> str:
    """That something was taken back, and how its file stands then."""
    how = "is as it was before" if is_whole else "keeps what else was changed in it since"
    how = "was new, and is gone" if is_gone else how
    return f"Taken back: {said}. {path} {how}."


def say_step(found: Registered, step: Step, taken: Taken, called: str, voice: Voice) -> None:
    """Say it. `found` is the policy before, `called` how a command names it; empty where nobody types commands."""
    policy, event = taken.policy, step.event
    version = f", version {event.version}" if event.version else ""
    voice.say(f"{policy.title}: {event.event} {event.date.spoken}{version}. Saved in {found.document.path}.")
    status = STATUSES.get(policy.status or "", "").lower()
    if policy.status != found.policy.status:
        voice.say(f"Its status is now: {status}.")
    elif policy.history[-1] != event and event.event not in ("consulted", "published"):
        voice.say(f"Its history goes on after that, so its status stays: {status}.")
    is_new = step.next_review is None and policy.next_review != found.policy.next_review
    late = too_late(policy)
    if late is not None and policy.review is not None and step.next_review is not None:
        voice.warn(f"That is far later than every {interval(policy.review)} allows, which would be {late.spoken}.")
    if doubt := _doubt(policy, event):
        voice.warn(doubt.lstrip())
    voice.say(said_of_next(replace(taken.next, source="derived") if is_new else taken.next, policy))
    if taken.next.source == "unknown" and policy.status != "draft":
        add = "add --next DATE, or" if called else "say when the next review is, or write"
        voice.say(f"Nobody will be reminded: {add} 'review: {{every: 1 year}}' to {found.document.path}.")
    if called and policy.status in ("under-review", "draft"):
        voice.say(f"Once it is decided: charterkit policy approve {called}")
