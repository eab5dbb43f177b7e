"""`charterkit charter diff`: what differs between two versions of a charter, and what that means for ratings."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import CharterOption, OutputOption, TodayOption, day, format_option


def diff(
    ctx: typer.Context,
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="[OLD]", help="The earlier version: its number, ID@VERSION, or a file. Else the one before NEW."
        ),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="The later version, in the same way; else the newest.")
    ] = None,
    charter: CharterOption = None,
    output_format: Annotated[str | None, format_option("charter versions")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Say in words what differs between two versions of a charter, and first what it means for a school's ratings.

    Aspects that are new, gone, joined, split or in other words; the scale, evidence and examples; the sign-up.
    """
    call = session(ctx)
    to = target(call, "charter versions", output_format, output)
    produce(call, "charter versions", to, day(today), old=old, new=new, charter=charter)
