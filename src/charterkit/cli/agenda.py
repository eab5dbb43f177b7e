"""`charterkit agenda`: what a body has to decide at its next meeting."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import OutputOption, PartialDate, TodayOption, date_option, day, format_option, school_option

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="List what a body has to decide at its meeting.")
def agenda(
    ctx: typer.Context,
    body: Annotated[
        str, typer.Argument(metavar="BODY", help="Whose meeting: the approver's name, or a part of it that fits one.")
    ],
    school: Annotated[
        str | None, school_option("Only its policies, and its trust's; every school's when left out.")
    ] = None,
    on: Annotated[
        PartialDate | None, date_option("--date", "The day of the meeting; its next one when left out.")
    ] = None,
    output_format: Annotated[str | None, format_option("agenda")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """What a body has to decide: what waits for it, what comes for the first time, what is due before it meets again.

    Its meetings stand in charterkit.yaml: meetings: [{body: Resources committee, date: 2026-12-03}].
    """
    call = session(ctx)
    to = target(call, "agenda", output_format, output)
    produce(call, "agenda", to, day(today), body=body, school=school, on=on.first if on else None)
