"""`charterkit survey`: what a school's surveys say."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import OutputOption, TodayOption, day, format_option, school_option

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Show what a survey's answers say."
)


@app.command(short_help="Show a survey's shares, how sure they are, and what has changed.")
def show(
    ctx: typer.Context,
    survey: Annotated[
        str | None,
        typer.Argument(metavar="[SURVEY]", help="The survey's id, which is its file's name; else the newest."),
    ] = None,
    school: Annotated[
        str | None, school_option("The school, by its name or a part of it; may be left out where there is one.")
    ] = None,
    output_format: Annotated[str | None, format_option("survey")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show a survey: how many agree with each question and how sure that is, what has changed since the last one, what
    it says of which aspect, and what families said and the school did. Small groups are never shown.
    """
    call = session(ctx)
    to = target(call, "survey", output_format, output)
    produce(call, "survey", to, day(today), survey=survey, school=school)


@app.callback()
def surveys() -> None:
    """Show what a survey's answers say."""
