"""`charterkit best-practice`: which schools do an aspect well, and agreed to share how."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import CharterOption, OutputOption, TodayOption, day, format_option

app = typer.Typer(rich_markup_mode=None)


@app.command("best-practice", short_help="Find schools that do an aspect well, and agreed to share.")
def best_practice(
    ctx: typer.Context,
    aspect: Annotated[
        str, typer.Argument(metavar="ASPECT", help="The aspect: its id, its number, or its own words in quotes.")
    ],
    charter: CharterOption = None,
    output_format: Annotated[str | None, format_option("best practice")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Find the schools at the top of the scale on an aspect that agreed to share (shares_practice in school.yaml): what
    they say goes well, in their own words, and what sorts of evidence they have.
    """
    call = session(ctx)
    to = target(call, "best practice", output_format, output)
    produce(call, "best practice", to, day(today), aspect=aspect, charter=charter)
