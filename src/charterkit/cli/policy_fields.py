"""The options that say what a policy's file says, shared by `new policy` and `policy set`; and `policy set`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import POLICY_FIELDS, VISIBILITIES, PolicyField
from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    Interval,
    PartialDate,
    TodayOption,
    choice_option,
    date_option,
    day,
    reader,
    school_option,
    tab,
)
from charterkit.cli.policy_several import DryRunOption, PoliciesArgument, PoliciesMeant, SkipOption, refuse
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.insight.policies.fields import PolicyFields
    from charterkit.session.policy_fields import FieldsSet

OwnerOption = Annotated[str | None, typer.Option("--owner", metavar="ROLE", help="Who looks after it, by role.")]
OwnerNameOption = Annotated[str | None, typer.Option("--owner-name", metavar="NAME", help="Who that is, by name.")]
OwnerEmailOption = Annotated[
    str | None, typer.Option("--owner-email", metavar="ADDRESS", help="Where reminders reach them: a work address.")
]
ApproverOption = Annotated[
    str | None,
    typer.Option("--approver", metavar="BODY", help="Who approves it: full-governing-body, headteacher, trustees ..."),
]
CommitteeOption = Annotated[
    str | None, typer.Option("--committee", metavar="NAME", help="The committee that approves it, by its name.")
]
OperatedOption = Annotated[str | None, typer.Option("--operated-by", metavar="WHO", help="Who puts it into practice.")]
MonitoredByOption = Annotated[
    str | None, typer.Option("--monitored-by", metavar="WHO", help="Who watches over it, by role.")
]
ReportsToOption = Annotated[
    str | None, typer.Option("--reports-to", metavar="BODY", help="To whom they report, such as the governing body.")
]
MonitoredOption = Annotated[
    str | None, typer.Option("--monitored", metavar="WHEN", help="How often they report, such as each term.")
]
StatutoryOption = Annotated[str | None, choice_option("--statutory", ("yes", "no"), "Whether the law requires it.")]
RequirementOption = Annotated[
    list[str] | None,
    typer.Option("--requirement", metavar="ENTRY", help="What of the rule packs it answers; may be repeated."),
]
EveryOption = Annotated[
    Interval | None,
    typer.Option(
        "--every",
        metavar="INTERVAL",
        help="How often it is reviewed: 1 year, 18 months, live, as needed.",
        parser=reader("Interval", "--every"),
    ),
]
EarlyOption = Annotated[
    str | None, typer.Option("--early-if", metavar="TEXT", help="What would bring the review forward.")
]
NextReviewOption = Annotated[PartialDate | None, date_option("--next", "When it is reviewed next; 2027-09 will do.")]
AppliesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--applies-to",
        metavar="SCHOOL",
        help="Of a trust's policy: a member it holds for; may be repeated.",
        autocompletion=tab("schools"),
    ),
]
RelatedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--related",
        metavar="POLICY",
        help="Another policy to be read with it; may be repeated.",
        autocompletion=tab("policies"),
    ),
]
UrlOption = Annotated[str | None, typer.Option("--url", metavar="ADDRESS", help="Where it can be read: https://...")]
VisibilityOption = Annotated[str | None, choice_option("--visibility", VISIBILITIES, "Who may read it there.")]


def fields_of(call: Session, **said: Any) -> "PolicyFields":  # noqa: ANN401 - what the options hold
    """What is said, fit to be written. Raises CharterkitError for what is not, and says what is not kept here."""
    from charterkit.insight.naming import school_meant
    from charterkit.insight.policies.fields import PolicyFields, demand_readable, related_meant

    said["applies_to"] = tuple(school_meant(call.workspace, name) for name in said.get("applies_to") or ())
    said["requirement"] = tuple(said.get("requirement") or ())
    said["related"], unknown = related_meant(call.workspace, said.get("related") or ())
    for name in unknown:
        call.say(f"No policy '{name}' is kept here yet: it shows as not kept here until it is.")
    found = PolicyFields(**{key: value for key, value in said.items() if value is not None})
    demand_readable(found)
    return found


def set_(
    ctx: typer.Context,
    names: PoliciesArgument = None,
    school: Annotated[str | None, school_option("The school, where several have such a policy.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="Its title, in quotes.")] = None,
    owner: OwnerOption = None,
    owner_name: OwnerNameOption = None,
    owner_email: OwnerEmailOption = None,
    approver: ApproverOption = None,
    committee: CommitteeOption = None,
    operated_by: OperatedOption = None,
    monitored_by: MonitoredByOption = None,
    reports_to: ReportsToOption = None,
    monitored: MonitoredOption = None,
    statutory: StatutoryOption = None,
    requirement: RequirementOption = None,
    every: EveryOption = None,
    early_if: EarlyOption = None,
    next_review: NextReviewOption = None,
    applies_to: AppliesOption = None,
    related: RelatedOption = None,
    url: UrlOption = None,
    visibility: VisibilityOption = None,
    without: Annotated[
        list[str] | None,
        choice_option("--without", POLICY_FIELDS, "What to take out; may be repeated.", metavar="FIELD"),
    ] = None,
    skip: SkipOption = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> None:
    """Say or change what the files of one policy or several say, besides their history: every other line stays.

    What may be said more than once is added to what is there; with --without it takes its place.
    """
    call = session(ctx)
    said = fields_of(
        call,
        title=title,
        owner=owner,
        owner_name=owner_name,
        owner_email=owner_email,
        approver=approver,
        committee=committee,
        operated_by=operated_by,
        monitored_by=monitored_by,
        reports_to=reports_to,
        monitored=monitored,
        statutory=statutory,
        requirement=requirement,
        every=every,
        early_if=early_if,
        next_review=next_review,
        applies_to=applies_to,
        related=related,
        url=url,
        visibility=visibility,
    )
    fields: Sequence[PolicyField] = without or ()  # type: ignore[assignment]  # the option takes no other words
    if said == type(said)() and not fields:
        raise Refused("nothing-to-set")
    from charterkit.session.policy_fields import set_all, write_fields

    found = PoliciesMeant(names, school).found(call, day(today), "")
    if title is not None and len(found) > 1:
        raise Refused("said-of-one-policy", option="--title")
    done, refused = set_all(call.workspace, found, said, fields)
    if refused and (not skip or not done):
        refuse(call, refused, is_alone=len(found) == 1, of=len(found))
    if not dry_run:
        write_fields(call.workspace, done)
    for made in done:
        _say(call, made)
    if not any(made.keys for made in done):
        call.say("Nothing was changed.")
    for left in refused:
        call.warn(f"Left out: {left.found.title}. {left.why.message} {left.why.hint}")
    if dry_run:
        call.say("Nothing was written. Leave --dry-run out to record it.")


def _say(call: Session, made: "FieldsSet") -> None:
    from charterkit.insight.policies.reviews import next_review as next_of
    from charterkit.render.listings.register import said_of_next
    from charterkit.text.english import joined

    title = made.policy.title
    if not made.keys:
        call.say(f"{title} says so already.")
        return
    words = joined([key.replace("_", " ") for key in made.keys])
    when = f" {said_of_next(next_of(made.policy), made.policy)}" if {"review", "next_review"} & {*made.keys} else ""
    call.say(f"{title}: {words} changed in {made.rewrite.path}.{when}")
