"""A policy's data in people's words: events, intervals, who may read it, and where the next review comes from."""

from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.review_cycle import interval as how_often
from charterkit.insight.policies.review_cycle import worked_out
from charterkit.model.dates import Interval, PartialDate
from charterkit.model.policy import Policy, Review
from charterkit.text.english import counted, number, plural

EVENTS = {
    "drafted": ("Drafted", "Drafts it"),
    "consulted": ("Consulted on", "Consults on it"),
    "reviewed": ("Reviewed", "Reviews it"),
    "approved": ("Approved", "Approves it"),
    "ratified": ("Ratified", "Ratifies it"),
    "issued": ("Issued", "Issues it"),
    "published": ("Published", "Publishes it"),
    "signed": ("Signed", "Signs it"),
    "withdrawn": ("Withdrawn", "Withdraws it"),
}
"""What happened to a policy, and what somebody does to it."""
VISIBILITY = {
    "public": "Everybody may read it",
    "parents": "Parents and carers may read it",
    "staff": "Staff may read it",
    "governors": "Governors may read it",
}
AUDIENCES = {
    "parents": "Parents and carers",
    "pupils": "Pupils",
    "staff": "Staff",
    "community": "The community",
    "governors": "Governors",
}
_ENDLESS = {"live": "Kept up to date at all times", "as needed": "As needed"}


def every(interval: Interval | None) -> str:
    """An interval as people say it: "Every year", "Every 18 months"; empty for none."""
    if interval is None:
        return ""
    if not interval.count:
        return _ENDLESS[interval.unit]
    return f"Every {plural(interval.count, interval.unit, f'{number(interval.count)} {interval.unit}s')}"


def place_words(review: Review | None) -> str:
    """The month or term in which a review keeps its place: ", kept in September"; empty for none."""
    if review is None or not (review.month or review.term):
        return ""
    return f", kept in {review.month.capitalize() if review.month else f'the {review.term} term'}"


def span(interval: Interval) -> str:
    """How long an interval is: "one year"."""
    return counted(interval.count, interval.unit)


def whose(by: str | None, people: dict[str, str]) -> str:
    """Who did something, initials explained where the policy says whose they are: "TR (Tim Rogers)"."""
    if not by:
        return ""
    return f"{by} ({people[by]})" if people.get(by) else by


_AFTER = {
    "approved": "it was approved",
    "ratified": "it was ratified",
    "signed": "it was signed",
    "issued": "it was issued",
}
"""What the interval counts from, where that was no review."""


def next_review_why(registered: Registered) -> str:
    """Where the date of the next review comes from, or why there is none; which of two wins, and why."""
    policy, found, last = registered.policy, registered.next, registered.last
    if not registered.is_in_force:
        return "no review is due while the policy is not in force"
    if found.source == "waiting":
        return "it counts from the decision"
    interval = how_often(policy.review)
    derived = worked_out(policy.review, last, registered.school_days)
    since = _AFTER.get(registered.last_kind, "the last review")
    sum_ = f"{span(interval)} after {since}, {last.spoken}" if interval and last and interval.count else ""
    sum_ += place_words(policy.review) if sum_ else ""
    if found.contradicts and policy.next_review:
        stale = f"the file says {policy.next_review.spoken}, which is not after the last review"
        if found.source == "derived":
            return f"{stale}: so the date worked out wins, {sum_}"
        return (
            f"{stale}, {last.spoken if last else ''}. Nothing says how often it is reviewed, so the stated date stays"
        )
    if found.source == "stated":
        return _stated(found.due, derived, sum_)
    return _unstated(policy, found.source, sum_, last)


def _stated(due: PartialDate | None, derived: PartialDate | None, sum_: str) -> str:
    is_apart = derived and due and (due.first > derived.last or due.last < derived.first)
    if is_apart and derived:
        worked_out = f"{sum_[:1].upper()}{sum_[1:]}, it would be {derived.spoken}"
        return f"stated. {worked_out}; the stated date wins, as somebody chose it"
    return "stated"


def _unstated(policy: Policy, source: str, sum_: str, last: PartialDate | None) -> str:
    if source == "derived":
        return f"worked out: {sum_}"
    if source in ("live", "as-needed"):
        return "no date is set"
    if policy.review is None or policy.review.every is None:
        return "neither a date nor how often is stated"
    if last is None:
        return "there is no review on record to count from"
    return f"it cannot be worked out: {sum_} has no date"


def lower(words: str) -> str:
    """In the middle of a sentence: "Every Friday" becomes "every Friday"."""
    return words[:1].lower() + words[1:]
