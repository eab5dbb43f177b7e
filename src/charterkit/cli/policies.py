"""`charterkit policies`: the register."""

from typing import Annotated

import typer

from charterkit.choices import POLICY_STATUSES, REVIEW_STATES
from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    AllSchools,
    OutputOption,
    TodayOption,
    choice_option,
    day,
    format_option,
    within_option,
)

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="List the policies: who owns them and what is due.")
def policies(
    ctx: typer.Context,
    school: AllSchools = None,
    state: Annotated[
        list[str] | None,
        choice_option("--state", REVIEW_STATES, "Only those that stand so with their next review; repeatable."),
    ] = None,
    status: Annotated[
        list[str] | None, choice_option("--status", POLICY_STATUSES, "Only those of this status; repeatable.")
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="TEXT", help="Only those whose owner's name holds this.")] = None,
    approver: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only those that it approves: its name, or a part that fits one.")
    ] = None,
    within: Annotated[int | None, within_option("How far ahead a review counts as due: 60d, 8 weeks.")] = None,
    by_term: Annotated[
        bool, typer.Option("--by-term", help="Count the next reviews by term, where the listing is for people.")
    ] = False,
    output_format: Annotated[str | None, format_option("register")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """The register of policies: owner, approver, version, last and next review, and how each stands."""
    call = session(ctx)
    to = target(call, "register", output_format, output)
    wanted = {"school": school, "states": state or (), "statuses": status or (), "owner": owner, "approver": approver}
    produce(call, "register", to, day(today), **wanted, within=within, by_term=by_term)
