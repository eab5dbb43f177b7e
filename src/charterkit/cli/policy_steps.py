"""`charterkit policy draft|review|approve|publish|archive`: a step is added to a policy's history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import DECISIONS, VISIBILITIES
from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    PartialDate,
    PolicyArgument,
    TodayOption,
    choice_option,
    date_option,
    day,
    school_option,
)
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.insight.policies.control import Step, Taken
    from charterkit.insight.policies.register import Registered

SchoolOption = Annotated[str | None, school_option("The school's folder, where several have such a policy.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who: a name, a body, or initials.")]
WhenOption = Annotated[PartialDate | None, date_option("--date", "When; 2025-09 will do. Today when left out.")]
VersionOption = Annotated[str | None, typer.Option("--version", metavar="VERSION", help='The version, such as "2.1".')]
OutcomeOption = Annotated[str | None, typer.Option(metavar="TEXT", help="What was decided.")]
NoteOption = Annotated[str | None, typer.Option(metavar="TEXT", help="What else is worth knowing.")]
NextOption = Annotated[PartialDate | None, date_option("--next", "When it is reviewed next; worked out when left out.")]
BackdateOption = Annotated[bool, typer.Option("--backdate", help="It happened before what stands last in the history.")]


def draft(
    ctx: typer.Context,
    policy: PolicyArgument,
    school: SchoolOption = None,
    by: ByOption = None,
    date: WhenOption = None,
    version: VersionOption = None,
    note: NoteOption = None,
    backdate: BackdateOption = False,
    today: TodayOption = None,
) -> None:
    """Record that a policy, or a new version of it, has been drafted."""
    facts = {"event": "drafted", "by": by, "version": version, "note": note}
    _record(session(ctx), policy, school, date, today, facts, backdate=backdate)


def review(
    ctx: typer.Context,
    policy: PolicyArgument,
    school: SchoolOption = None,
    by: ByOption = None,
    date: WhenOption = None,
    version: VersionOption = None,
    outcome: OutcomeOption = None,
    note: NoteOption = None,
    next_review: NextOption = None,
    backdate: BackdateOption = False,
    today: TodayOption = None,
) -> None:
    """Record a review, and work out when the next one is due.

    With a new version, or where the policy says who decides after a review, it is then under review until approved.
    """
    facts = {"event": "reviewed", "by": by, "version": version, "outcome": outcome, "note": note}
    _record(session(ctx), policy, school, date, today, facts, backdate=backdate, next_review=next_review)


def approve(
    ctx: typer.Context,
    policy: PolicyArgument,
    school: SchoolOption = None,
    by: ByOption = None,
    date: WhenOption = None,
    version: VersionOption = None,
    how: Annotated[
        str | None, choice_option("--as", DECISIONS, "Which decision; the one the policy's chain ends in.")
    ] = None,
    outcome: OutcomeOption = None,
    note: NoteOption = None,
    next_review: NextOption = None,
    backdate: BackdateOption = False,
    today: TodayOption = None,
) -> None:
    """Record that a policy was approved, ratified or signed: it is live from then on."""
    facts = {"event": how, "by": by, "version": version, "outcome": outcome, "note": note}
    _record(session(ctx), policy, school, date, today, facts, backdate=backdate, next_review=next_review)


def publish(
    ctx: typer.Context,
    policy: PolicyArgument,
    school: SchoolOption = None,
    url: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where it can be read: https://...")] = None,
    visibility: Annotated[str | None, choice_option("--visibility", VISIBILITIES, "Who may read it there.")] = None,
    by: ByOption = None,
    date: WhenOption = None,
    version: VersionOption = None,
    note: NoteOption = None,
    backdate: BackdateOption = False,
    today: TodayOption = None,
) -> None:
    """Record that a policy was published, and where."""
    from charterkit.text.safe import safe_link

    if url is not None and (safe_link(url) is None or url.lower().startswith("mailto")):
        raise Refused("no-web-address", url=url)
    facts = {"event": "published", "by": by, "version": version, "note": note}
    more = {"url": url, "visibility": visibility}
    _record(session(ctx), policy, school, date, today, facts, backdate=backdate, **more)


def archive(
    ctx: typer.Context,
    policy: PolicyArgument,
    school: SchoolOption = None,
    by: ByOption = None,
    date: WhenOption = None,
    note: NoteOption = None,
    backdate: BackdateOption = False,
    today: TodayOption = None,
) -> None:
    """Record that a policy was withdrawn: it is kept, and nobody is reminded of it any more."""
    facts = {"event": "withdrawn", "by": by, "note": note}
    _record(session(ctx), policy, school, date, today, facts, backdate=backdate)


STEPS: dict[Callable[..., None], str] = {
    draft: "Record a draft, or a new version.",
    review: "Record a review.",
    approve: "Record that it was approved, ratified or signed.",
    publish: "Record where it was published.",
    archive: "Record that it was withdrawn.",
}
"""Each command and its line in the list of them."""


def _record(
    call: Session,
    name: str,
    school: str | None,
    when: PartialDate | None,
    today: date | None,
    facts: dict[str, str | None],
    **more: Any,  # noqa: ANN401 - the fields of a step
) -> None:
    from charterkit.files import write
    from charterkit.files.yaml.edit import edited
    from charterkit.insight.policies.choosing import find_policy
    from charterkit.insight.policies.control import take

    now = day(today)
    found = find_policy(call.workspace, name, school, now)
    step = _step(found, facts, when, now, more)
    called = f"{name} --school {school}" if school else name
    taken = take(found.document, step, now, called)
    path, root = found.document.path, call.workspace.root
    write.change(root / path, found.document.data, lambda text: edited(text, taken.changes), root)
    call.workspace.refresh()
    _say(call, found, step, taken, called)


def _step(
    found: "Registered",
    facts: dict[str, str | None],
    when: PartialDate | None,
    now: date,
    more: dict[str, Any],
) -> "Step":
    from charterkit.insight.policies.control import LONGEST, Step, default_decision, with_version
    from charterkit.model import dates
    from charterkit.model.policy import PolicyEvent

    for key, text in facts.items():
        if text is not None and (not text.strip() or len(text) > LONGEST):
            raise Refused("bad-text", key=key, what="empty" if not text.strip() else "too long")
        if text is not None and key in ("by", "version") and len(text.splitlines()) > 1:
            raise Refused("line-break", key=key)
    event = facts.pop("event") or default_decision(found.policy)
    made = PolicyEvent(date=when or dates.PartialDate.of(now), event=event, **facts)  # type: ignore[arg-type]  # one of the words of the commands
    return with_version(Step(made, **more), found.policy)


def _say(call: Session, found: "Registered", step: "Step", taken: "Taken", called: str) -> None:
    from charterkit.insight.policies.reviews import too_late
    from charterkit.render.listings.register import STATUSES, said_of_next

    policy, event = taken.policy, step.event
    version = f", version {event.version}" if event.version else ""
    call.say(f"{policy.title}: {event.event} {event.date.spoken}{version}. Saved in {found.document.path}.")
    status = STATUSES.get(policy.status or "", "").lower()
    if policy.status != found.policy.status:
        call.say(f"Its status is now: {status}.")
    elif policy.history[-1] != event and event.event not in ("consulted", "published"):
        call.say(f"Its history goes on after that, so its status stays: {status}.")
    is_new = step.next_review is None and policy.next_review != found.policy.next_review
    late = too_late(policy)
    if late is not None and policy.review is not None and step.next_review is not None:
        call.warn(f"That is far later than every {policy.review.every} allows, which would be {late.spoken}.")
    call.say(said_of_next(replace(taken.next, source="derived") if is_new else taken.next, policy))
    if taken.next.source == "unknown" and policy.status != "draft":
        call.say(f"Nobody will be reminded: add --next DATE, or 'review: {{every: 1 year}}' to {found.document.path}.")
    if policy.status in ("under-review", "draft"):
        call.say(f"Once it is decided: charterkit policy approve {called}")
