"""`charterkit calendar`: the year of promises to families."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import AUDIENCES, CALENDAR_ORDERS, PAPER_SIZES
from charterkit.cli.options import (
    AllSchools,
    CharterOption,
    OutputOption,
    TodayOption,
    among,
    cycle,
    day,
    session,
)
from charterkit.cli.output import produce, target
from charterkit.cli.params import format_option
from charterkit.documents import DOCUMENTS
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.model.dates import Cycle

app = typer.Typer(rich_markup_mode=None)
ORDERS = dict(zip(CALENDAR_ORDERS, ("promises", "promises by aspect"), strict=True))
"""Each order's document."""


@app.command(short_help="Show the year of promises to families.")
def calendar(
    ctx: typer.Context,
    school: AllSchools = None,
    year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="The academic year, such as 2025-26; today's when left out.")
    ] = None,
    audience: Annotated[
        list[str] | None,
        typer.Option(metavar="|".join(AUDIENCES), help="Only what is promised to them; repeatable."),
    ] = None,
    by: Annotated[
        str,
        typer.Option(metavar="|".join(CALENDAR_ORDERS), help="By date, or by the aspects of the charter they serve."),
    ] = "date",
    charter: CharterOption = None,
    output_format: Annotated[str | None, format_option("promises")] = None,
    size: Annotated[str, typer.Option(metavar="|".join(PAPER_SIZES), help="The planner's paper: html and pdf.")] = "A4",
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """The year of promises: every commitment of every policy in force, with the days on which it is kept."""
    call = session(ctx)
    to = target(call, "promises", output_format, output)
    among("--audience", audience or (), AUDIENCES)
    among("--by", [by], CALENDAR_ORDERS)
    among("--size", [size.upper()], PAPER_SIZES)
    if to.format not in DOCUMENTS[ORDERS[by]].formats:
        raise CharterkitError("A calendar of days has no order by aspect.", "Leave --by aspect out.")
    if charter and by != "aspect":
        raise CharterkitError("--charter goes with --by aspect only.", "Add --by aspect, or leave it out.")
    wanted: dict[str, Any] = {"school": school, "year": academic_year(year), "audiences": audience or ()}
    wanted |= {"charter": charter} if by == "aspect" else {"size": size.upper()}
    produce(call, ORDERS[by], to, day(today), **wanted)


def academic_year(text: str | None) -> "Cycle | None":
    """A whole year. Raises CharterkitError for a term."""
    from charterkit.model.dates import Cycle

    found = cycle(text, "--year")
    if found is not None and found.term:
        raise CharterkitError(f"--year {text}: this is one term.", f"Write the whole year: {Cycle(found.year)}.")
    return found
