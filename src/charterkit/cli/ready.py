"""`charterkit ready`: what still stands between a school and certification."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterOption,
    CycleOption,
    OutputOption,
    SchoolArgument,
    TodayOption,
    day,
    format_option,
)

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="See what is missing for a certification visit.")
def ready(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    cycle: CycleOption = None,
    award: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The award to look at; the highest that the ratings reach, else the lowest."),
    ] = None,
    output_format: Annotated[str | None, format_option("ready")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Aspect by aspect what is missing for a certification visit, which duties of the sign-up are still to do, and what
    comes next. Ends with 1 while something stops the school from asking for a visit; hints stop nothing.
    """
    call = session(ctx)
    to = target(call, "ready", output_format, output)
    found = produce(call, "ready", to, day(today), school=school, charter=charter, cycle=cycle, award=award)
    if not found.ready.is_ready:
        raise typer.Exit(1)
