"""`charterkit report`: one self-evaluation as a document."""

from typing import Annotated

import typer

from charterkit.choices import REPORT_AUDIENCES
from charterkit.cli.options import (
    CharterOption,
    CycleOption,
    OutputOption,
    SchoolArgument,
    TodayOption,
    day,
    session,
)
from charterkit.cli.options import cycle as read_cycle
from charterkit.cli.output import produce, target
from charterkit.cli.params import format_option
from charterkit.errors import CharterkitError

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Print a self-evaluation as a document.")
def report(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    cycle: CycleOption = None,
    audience: Annotated[
        str,
        typer.Option(
            metavar="|".join(REPORT_AUDIENCES), help="Who reads it; the public one leaves out names and notes."
        ),
    ] = "leaders",
    output_format: Annotated[str | None, format_option("report")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Print the newest self-evaluation as a document for leaders, governors or the public."""
    call = session(ctx)
    to = target(call, "report", output_format, output)
    if audience not in REPORT_AUDIENCES:
        raise CharterkitError(f"There is no audience '{audience}'.", f"Write one of: {', '.join(REPORT_AUDIENCES)}.")
    wanted = {"school": school, "charter": charter, "cycle": read_cycle(cycle), "audience": audience}
    produce(call, "report", to, day(today), **wanted)
