"""`charterkit visit show`: one visit as a document, beside what the school says itself."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterOption,
    OutputOption,
    PartialDate,
    SchoolArgument,
    TodayOption,
    date_option,
    day,
    format_option,
)

DayOfVisit = Annotated[
    PartialDate | None, date_option("--date", "The day of the visit; the newest that has taken place when left out.")
]


def show(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    date: DayOfVisit = None,
    output_format: Annotated[str | None, format_option("visit")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show what a visitor found beside what the school says itself, how far both agree, and what the school answers."""
    call = session(ctx)
    to = target(call, "visit", output_format, output)
    produce(call, "visit", to, day(today), school=school, charter=charter, when=date)
