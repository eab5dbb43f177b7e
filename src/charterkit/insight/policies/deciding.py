"""Who decides on a policy, and what waits for that decision.

A body such as a committee decides when it meets. Where somebody else reviews the policy before, the review is no
approval, whatever its outcome: the policy waits for the body.
"""

from collections.abc import Collection, Mapping

from charterkit.choices import DECISIONS, Approver
from charterkit.insight.policies.bodies import BODIES
from charterkit.model.dates import PartialDate
from charterkit.model.policy import ApprovalStep, ApprovedBy, Policy, PolicyEvent

APPROVERS: Mapping[Approver, str] = {
    "full-governing-body": "Full governing body",
    "committee": "Committee of the governing body",
    "individual-governor": "Individual governor",
    "headteacher": "Headteacher",
    "trustees": "Trustees",
    "proprietor": "Proprietor",
    "local-authority": "Local authority",
}
"""Each sort of approver, as people call it."""
_GOVERNORS = ("governing body", "governing board", "governors", "fgb", "local board")
_PARTS = frozenset({"committee", "chair", "panel", "link", "named", "individual", "a", "sub"})
"""Words of names that are those of a part of a body, though they end in its name."""
_BODIES: Mapping[Approver, tuple[str, ...]] = {
    "full-governing-body": _GOVERNORS,
    "committee": ("committee", *_GOVERNORS),
    "trustees": ("trustees", "trust board", "directors"),
    "proprietor": ("proprietor",),
    "local-authority": ("local authority", "council"),
}
"""Those that are bodies and decide when they meet, and the words that histories call them by.

A committee decides for the governing body, which may do so itself.
"""


def approver_name(approver: ApprovedBy | None) -> str:
    """Who approves: by its own name, else what it is; empty where nothing is said."""
    return (approver.name or APPROVERS[approver.body]) if approver else ""


def deciding_step(policy: Policy) -> ApprovalStep | None:
    """The step of the chain that brings the policy into force; None where no chain says so."""
    return next((step for step in reversed(policy.approval_chain) if step.step in DECISIONS), None)


def bodies_of(policy: Policy, stated: Collection[str] = ()) -> list[str]:
    """Who decides on a policy, as it calls them: its approver, and the last deciding step of its chain.

    Where both are one body, it has the name of the chain, which tells whose trustees they are; the approver's word
    where that alone is among the plain names of bodies whose meetings are `stated`.
    """
    step, name = deciding_step(policy), approver_name(policy.approver)
    if step is None or not name:
        return [each for each in (name, step.by if step else "") if each]
    if not _is_one_body(policy.approver, step.by):
        return [name, step.by]
    return [name if plain_body(name) in stated and plain_body(step.by) not in stated else step.by]


def _is_one_body(approver: ApprovedBy | None, said: str) -> bool:
    """Whether a chain names the approver itself: by its name, or as "Academy Trust Board of Trustees" does trustees."""
    words = plain_body(said)
    if approver is None or approver.name or not _PARTS.isdisjoint(words.split()):
        return approver is not None and words == plain_body(approver_name(approver))
    return any(f" {words}".endswith(f" {text}") for text in BODIES[approver.body])


def plain_body(text: str) -> str:
    """A body's name without what people write in different ways."""
    return " ".join(text.casefold().replace("-", " ").removeprefix("the ").split())


def decided_by(policy: Policy) -> str:
    """The body that decides, as the policy calls it: by its chain, else its approver; empty where no body does."""
    step = deciding_step(policy)
    if step is not None:
        return step.by
    approver = policy.approver
    return approver_name(approver) if approver and approver.body in _BODIES else ""


def is_by_body(policy: Policy, event: PolicyEvent) -> bool:
    """Whether the body that decides did something itself."""
    said = _words(policy.people.get(event.by or "", event.by or ""))
    step, approver = deciding_step(policy), policy.approver
    names = [step.by] if step else []
    names += [approver.name] if approver and approver.name else []
    if approver and not approver.name:
        names += _BODIES.get(approver.body, ())
        if approver.body in _BODIES and said in map(_words, BODIES[approver.body]):
            return True
    return bool(said) and any(name <= said or said <= name for text in names if (name := _words(text)))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().replace("’", "'").split()) - {"the", "of", "and"}


def settles(policy: Policy, event: PolicyEvent) -> bool:
    """Whether nothing waits any longer after an event: the decision, or a review by the body that decides.

    Of a chain with several decisions it is the last one.
    """
    if event.event == "reviewed":
        return is_by_body(policy, event)
    if event.event not in DECISIONS:
        return False
    steps = [step.step for step in policy.approval_chain if step.step in DECISIONS]
    return len(steps) < 2 or event.event == steps[-1] or is_by_body(policy, event)  # noqa: PLR2004 - two decide


def last_decision(policy: Policy) -> PolicyEvent | None:
    """The last event that settled it."""
    return next((event for event in reversed(policy.history) if settles(policy, event)), None)


def decided_history(policy: Policy) -> tuple[PolicyEvent, ...]:
    """The history without what waits for a decision: up to the last one; all of it where nothing waits."""
    waiting, last = undecided(policy), last_decision(policy)
    if waiting is None:
        return policy.history
    places = [place for place, event in enumerate(policy.history) if event is (last or waiting)]
    return policy.history[: places[0] + bool(last)]


def undecided(policy: Policy) -> PolicyEvent | None:
    """The draft or review on which somebody has yet to decide; None where nothing waits.

    Of a policy under review, whatever is in hand; of a live one, a review by somebody else than the body that decides.
    """
    if policy.history and policy.history[-1].event == "withdrawn":
        return None
    is_in_hand = policy.status == "under-review"
    if not is_in_hand and (policy.status != "live" or not decided_by(policy)):
        return None
    for event in reversed(policy.history):
        if settles(policy, event):
            return None
        if is_in_hand and event.event in ("drafted", "reviewed", "consulted", *DECISIONS):
            return event
        if event.event in DECISIONS or (event.event == "reviewed" and _is_by_another(policy, event)):
            return None if is_covered(policy, event) else event
    return None


def _is_by_another(policy: Policy, event: PolicyEvent) -> bool:
    """Whether a review was somebody else's than the deciding body's, or made a version that it has not decided on."""
    before = last_decision(policy)
    return bool(event.by) or bool(before and before.version and event.version not in (None, before.version))


def awaited(policy: Policy) -> PolicyEvent | None:
    """The review, or the decision of another body, that the body which decides has before it; None where none is."""
    event = undecided(policy) if decided_by(policy) else None
    return event if event and event.event in ("reviewed", *DECISIONS) else None


def approved_versions(policy: Policy) -> frozenset[str]:
    """The versions that hold or held: decided on or given out; where no body decides, also those of reviews."""
    return frozenset(approvals(policy))


def approvals(policy: Policy) -> Mapping[str, PartialDate]:
    """Those versions in the order in which they came to hold, each with the date.

    A decision that names none is on the version named last before it.
    """
    found: dict[str, PartialDate] = {}
    named, waiting = None, undecided(policy)
    for event in policy.history:
        named = event.version or named
        is_given = event.event == "issued" or settles(policy, event)
        is_enough = event.event == "reviewed" and not decided_by(policy) and event is not waiting
        if named and (is_given or is_enough):
            found.setdefault(named, event.date)
    return found


def is_covered(policy: Policy, event: PolicyEvent) -> bool:
    """Whether the chain has the body decide less often than the policy is reviewed, and its last decision still holds.

    A new version has to be decided on all the same.
    """
    step, before = deciding_step(policy), last_decision(policy)
    until = step.every.after(before.date) if step and step.every and before else None
    return until is not None and event.date.last <= until.last and event.version in (None, before and before.version)
