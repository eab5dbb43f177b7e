"""`charterkit actions`: the action plan across cycles."""

from typing import Annotated

import typer

from charterkit.choices import ACTION_ORDERS, ACTION_STATES
from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    AllSchools,
    CharterOption,
    OutputOption,
    TodayOption,
    choice_option,
    day,
    format_option,
)

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="List the action plan: who does what by when.")
def actions(
    ctx: typer.Context,
    school: AllSchools = None,
    charter: CharterOption = None,
    order: Annotated[str, choice_option("--by", ACTION_ORDERS, "What the headings are.")] = "due",
    state: Annotated[
        list[str] | None,
        choice_option("--state", ACTION_STATES, "Only those; repeatable. Those that are open when left out."),
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="TEXT", help="Only those whose owner's name holds this.")] = None,
    output_format: Annotated[str | None, format_option("actions")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """The action plan across cycles: an action is open until 'charterkit action done' or 'drop' closes it.

    Below each action stands the id that 'charterkit action' calls it by.
    """
    call = session(ctx)
    to = target(call, "actions", output_format, output)
    wanted = {"school": school, "charter": charter, "order": order, "states": state or (), "owner": owner}
    produce(call, "actions", to, day(today), **wanted)
