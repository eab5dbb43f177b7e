"""`charterkit calendar`: the year of promises to families."""

from typing import Annotated, Any

import typer

from charterkit.choices import AUDIENCES, CALENDAR_ORDERS
from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    AllSchools,
    CharterOption,
    Cycle,
    OutputOption,
    TodayOption,
    choice_option,
    day,
    format_option,
    size_option,
    year_option,
)
from charterkit.documents import DOCUMENTS
from charterkit.errors import Refused

app = typer.Typer(rich_markup_mode=None)
ORDERS = dict(zip(CALENDAR_ORDERS, ("promises", "promises by aspect"), strict=True))
"""Each order's document."""


@app.command(short_help="Show the year of promises to families.")
def calendar(
    ctx: typer.Context,
    school: AllSchools = None,
    year: Annotated[Cycle | None, year_option("The academic year, such as 2025-26; today's when left out.")] = None,
    audience: Annotated[
        list[str] | None, choice_option("--audience", AUDIENCES, "Only what is promised to them; repeatable.")
    ] = None,
    by: Annotated[
        str, choice_option("--by", CALENDAR_ORDERS, "By date, or by the aspects of the charter they serve.")
    ] = "date",
    charter: CharterOption = None,
    output_format: Annotated[str | None, format_option("promises")] = None,
    size: Annotated[str, size_option("The planner's paper: html and pdf.")] = "A4",
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """The year of promises: every commitment of every policy in force, with the days on which it is kept."""
    call = session(ctx)
    to = target(call, "promises", output_format, output)
    if to.format not in DOCUMENTS[ORDERS[by]].formats:
        raise Refused("no-order-by-aspect")
    if charter and by != "aspect":
        raise Refused("charter-needs-by-aspect")
    wanted: dict[str, Any] = {"school": school, "year": year, "audiences": audience or ()}
    wanted |= {"charter": charter} if by == "aspect" else {"size": size}
    produce(call, ORDERS[by], to, day(today), **wanted)
