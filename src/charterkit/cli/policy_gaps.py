"""`charterkit policy gaps`: what a rule pack asks for and a school does not have."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import AllSchools, OutputOption, TodayOption, day, format_option


def gaps(
    ctx: typer.Context,
    school: AllSchools = None,
    pack: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A rule pack in place of those in charterkit.yaml; may be repeated."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show what is in order, too.")] = False,
    output_format: Annotated[str | None, format_option("gaps")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show which policies a list says there must be and are missing, reviewed too rarely, or not online.

    A rule pack is advice with its source; the built-in one is drawn from the Department for Education's guides.
    """
    call = session(ctx)
    to = target(call, "gaps", output_format, output)
    produce(call, "gaps", to, day(today), school=school, packs=pack or (), every=every)
