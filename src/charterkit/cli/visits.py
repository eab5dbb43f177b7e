"""`charterkit visits`: what was asked for, what took place, and what it ended in."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import AllSchools, OutputOption, TodayOption, day, format_option

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="List visits: asked for, held, and what they ended in.")
def visits(
    ctx: typer.Context,
    school: AllSchools = None,
    output_format: Annotated[str | None, format_option("visits")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """List the visits to a school, or to all: those asked for and to come, those held, and their certificates."""
    call = session(ctx)
    produce(call, "visits", target(call, "visits", output_format, output), day(today), school=school)
