"""`charterkit concern add|close|list`: the record of concerns raised under policies, without names."""

from collections.abc import Callable
from typing import Annotated

import typer

from charterkit.choices import CONCERN_ORDERS, CONCERN_STATES
from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    AllSchools,
    OutputOption,
    PartialDate,
    PolicyArgument,
    TodayOption,
    choice_option,
    date_option,
    day,
    format_option,
    school_option,
    tab,
)

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Record a concern that was raised under a policy and how it ended, or list them. No story and no names.",
)
SchoolOption = Annotated[str | None, school_option("The school's folder, where several have such a policy.")]
NoNameOption = Annotated[
    bool, typer.Option("--no-name", help="What looks like somebody's name is none: write it all the same.")
]


def add(
    ctx: typer.Context,
    policy: PolicyArgument,
    category: Annotated[
        str, typer.Option("--category", metavar="WORDS", help="What sort of concern it is, in a word or two.")
    ],
    school: SchoolOption = None,
    date: Annotated[PartialDate | None, date_option("--date", "When it was raised. Today when left out.")] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="NUMBER", help="The number of the file in the school's safe.")
    ] = None,
    no_name: NoNameOption = False,
    today: TodayOption = None,
) -> None:
    """Record that a concern was raised under a policy. Its id is made for it; the story stays in the school's safe."""
    from charterkit.insight.policies.choosing import find_policy
    from charterkit.model.dates import PartialDate as Given
    from charterkit.rules.impersonal import demand_impersonal
    from charterkit.session.concern_record import add_concern

    call, now = session(ctx), day(today)
    found = find_policy(call.workspace, policy, school, now)
    said = {"category": category, "reference": reference}
    demand_impersonal(call.workspace, found, said, now, sure=no_name)
    when = date or Given.of(now)
    name = add_concern(call.workspace, found, when, said, now)
    called = f"{found.id} {name} --school {school}" if school else f"{found.id} {name}"
    call.say(f"{found.title}: a concern raised {when.spoken} is on record as {name}. Saved in {found.document.path}.")
    call.say(f"Once it is settled: charterkit concern close {called} --outcome 'resolved informally'")


def close(
    ctx: typer.Context,
    policy: PolicyArgument,
    outcome: Annotated[str, typer.Option("--outcome", metavar="WORDS", help="How it ended, without names.")],
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The concern's id or its file's number, where several are open."),
    ] = None,
    school: SchoolOption = None,
    date: Annotated[PartialDate | None, date_option("--date", "When it was settled. Today when left out.")] = None,
    no_name: NoNameOption = False,
    today: TodayOption = None,
) -> None:
    """Record that a concern was settled, when and how."""
    from charterkit.insight.policies.choosing import find_policy
    from charterkit.model.dates import PartialDate as Given
    from charterkit.rules.impersonal import demand_impersonal
    from charterkit.session.concern_record import close_concern

    call, now = session(ctx), day(today)
    found = find_policy(call.workspace, policy, school, now)
    demand_impersonal(call.workspace, found, {"outcome": outcome}, now, sure=no_name)
    when = date or Given.of(now)
    closed = close_concern(call.workspace, found, name, when, outcome, today=now)
    call.say(f"{found.title}: concern {closed.id} is closed, {when.spoken}. Saved in {found.document.path}.")


def list_(
    ctx: typer.Context,
    school: AllSchools = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", metavar="POLICY", help="Only those under it.", autocompletion=tab("policies")),
    ] = None,
    state: Annotated[str, choice_option("--state", CONCERN_STATES, "Which are listed.")] = "all",
    order: Annotated[str, choice_option("--by", CONCERN_ORDERS, "What the headings are.")] = "state",
    output_format: Annotated[str | None, format_option("concerns")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """List concerns: the open ones first, with the days that each was or is open, and how many there are of what."""
    call = session(ctx)
    to = target(call, "concerns", output_format, output)
    produce(call, "concerns", to, day(today), school=school, policy=policy, state=state, order=order)


SHORT: dict[Callable[..., None], str] = {
    add: "Record a concern.",
    close: "Record how it ended.",
    list_: "List them, the open ones first.",
}
"""Each command and its line in the list of them."""
for command, summary in SHORT.items():
    app.command(command.__name__.rstrip("_"), short_help=summary)(command)
