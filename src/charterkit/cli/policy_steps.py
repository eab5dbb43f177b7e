"""`charterkit policy draft|review|approve|publish|archive`: a step is added to a policy's history."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from charterkit.choices import DECISIONS, VISIBILITIES
from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    PartialDate,
    PolicyArgument,
    TodayOption,
    choice_option,
    date_option,
    due_option,
    school_option,
)
from charterkit.cli.policy_several import (
    AllDueOption,
    ApproverOption,
    DryRunOption,
    ExceptOption,
    PoliciesArgument,
    PoliciesMeant,
    SkipOption,
    record_all,
)
from charterkit.errors import Refused

SchoolOption = Annotated[str | None, school_option("The school's folder, where several have such a policy.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who: a name, a body, or initials.")]
WhenOption = Annotated[PartialDate | None, date_option("--date", "When; 2025-09 will do. Today when left out.")]
VersionOption = Annotated[str | None, typer.Option("--version", metavar="VERSION", help='The version, such as "2.1".')]
OutcomeOption = Annotated[str | None, typer.Option(metavar="TEXT", help="What was decided.")]
NoteOption = Annotated[str | None, typer.Option(metavar="TEXT", help="What else is worth knowing.")]
NextOption = Annotated[
    PartialDate | None,
    due_option("--next", "When it is reviewed next, such as autumn 2027; worked out when left out."),
]
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
    names: PoliciesArgument = None,
    school: SchoolOption = None,
    by: ByOption = None,
    date: WhenOption = None,
    version: VersionOption = None,
    outcome: OutcomeOption = None,
    note: NoteOption = None,
    next_review: NextOption = None,
    backdate: BackdateOption = False,
    all_due: AllDueOption = False,
    approver: ApproverOption = None,
    excepted: ExceptOption = None,
    skip: SkipOption = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> None:
    """Record a review of one policy or several, and work out when the next one is due.

    With a new version, or where the policy says who decides after a review, it is then under review until approved.
    """
    facts = {"event": "reviewed", "by": by, "version": version, "outcome": outcome, "note": note}
    wanted = PoliciesMeant(names, school, excepted, skip, dry_run, all_due, approver)
    record_all(session(ctx), wanted, date, today, facts, backdate=backdate, next_review=next_review)


def approve(
    ctx: typer.Context,
    names: PoliciesArgument = None,
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
    all_due: AllDueOption = False,
    approver: ApproverOption = None,
    excepted: ExceptOption = None,
    skip: SkipOption = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> None:
    """Record that one policy or several were approved, ratified or signed: they are live from then on."""
    facts = {"event": how, "by": by, "version": version, "outcome": outcome, "note": note}
    wanted = PoliciesMeant(names, school, excepted, skip, dry_run, all_due, approver)
    record_all(session(ctx), wanted, date, today, facts, backdate=backdate, next_review=next_review)


def publish(
    ctx: typer.Context,
    names: PoliciesArgument = None,
    school: SchoolOption = None,
    url: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where it can be read: https://...")] = None,
    visibility: Annotated[str | None, choice_option("--visibility", VISIBILITIES, "Who may read it there.")] = None,
    by: ByOption = None,
    date: WhenOption = None,
    version: VersionOption = None,
    note: NoteOption = None,
    backdate: BackdateOption = False,
    excepted: ExceptOption = None,
    skip: SkipOption = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> None:
    """Record that one policy or several were published, and where."""
    from charterkit.text.safe import is_page

    if url is not None and not is_page(url):
        raise Refused("no-web-address", url=url)
    facts = {"event": "published", "by": by, "version": version, "note": note}
    more = {"url": url, "visibility": visibility}
    wanted = PoliciesMeant(names, school, excepted, skip, dry_run)
    record_all(session(ctx), wanted, date, today, facts, backdate=backdate, **more)


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
    *,
    backdate: bool,
) -> None:
    record_all(call, PoliciesMeant([name], school), when, today, facts, backdate=backdate)
