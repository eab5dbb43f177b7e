"""`charterkit calendar`: the year of promises to families."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import AUDIENCES, CALENDAR_ORDERS, PAPER_SIZES
from charterkit.cli.compare import chosen_format
from charterkit.cli.listing import deliver_listing
from charterkit.cli.options import (
    AllSchools,
    CharterOption,
    OutputOption,
    Session,
    TodayOption,
    among,
    cycle,
    day,
    deliver,
    deliver_bytes,
    deliver_paper,
    refuse_screen,
    refuse_sources,
    session,
)
from charterkit.cli.picking import warn_of_unread_policies, whole_name
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.insight.promises.serving import Serving
    from charterkit.model.dates import Cycle
    from charterkit.render.promises.words import Year

app = typer.Typer(rich_markup_mode=None)
FORMATS = ("table", "markdown", "html", "pdf", "json", "csv", "ics")


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
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; a table."),
    ] = None,
    size: Annotated[str, typer.Option(metavar="|".join(PAPER_SIZES), help="The planner's paper: html and pdf.")] = "A4",
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """The year of promises: every commitment of every policy in force, with the days on which it is kept."""
    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, FORMATS, "table")
    refuse_screen(chosen, output, "planner")
    among("--audience", audience or (), AUDIENCES)
    among("--by", [by], CALENDAR_ORDERS)
    among("--size", [size.upper()], PAPER_SIZES)
    if by == "aspect" and chosen == "ics":
        raise CharterkitError("A calendar of days has no order by aspect.", "Leave --by aspect out.")
    if charter and by != "aspect":
        raise CharterkitError("--charter goes with --by aspect only.", "Add --by aspect, or leave it out.")
    now, workspace = day(today), call.workspace
    slug = workspace.school(school).slug if school else None
    shown = _year(call, slug, _academic_year(year, now), audience or [], now)
    if by == "aspect":
        from charterkit.insight.promises.serving import serving

        _show_by_aspect(call, shown, serving(workspace.choose_charter(charter), shown.found), slug, chosen, output)
    else:
        _show(call, shown, slug, chosen, size.upper(), output)


def _academic_year(text: str | None, now: date) -> "Cycle":
    from charterkit.model.dates import Cycle

    found = cycle(text, "--year")
    if found is not None and found.term:
        raise CharterkitError(f"--year {text}: this is one term.", f"Write the whole year: {Cycle(found.year)}.")
    return found or Cycle.containing(now)


def _year(call: Session, slug: str | None, year: "Cycle", audiences: list[str], now: date) -> "Year":
    """The promises of the year that are asked for; what cannot be read is said aloud too."""
    from charterkit.insight.promises.occurrences import YearPlan
    from charterkit.insight.promises.school_days import SchoolDays
    from charterkit.insight.promises.year import planned, promises, unread
    from charterkit.render.promises.words import Year, unread_words
    from charterkit.text.english import counted

    workspace = call.workspace
    plan = YearPlan(year, SchoolDays.of(workspace.config))
    every = promises(workspace, slug)
    found = [one for one in every if not audiences or one.audience in audiences]
    to_nobody = sum(one.commitment.audience is None for one in every)
    if audiences and to_nobody:
        call.say(f"Left out: {counted(to_nobody, 'promise that names', 'promises that name')} no audience.")
    folders = {one.folder.slug for one in found}
    bad = unread(workspace, slug)
    for words in unread_words(bad):
        call.warn(f"{words} 'charterkit check' says why.")
    return Year(
        whole_name(call, slug),
        plan,
        planned(found, plan),
        now,
        tuple(audiences),
        bad,
        warn_of_unread_policies(call, slug),
        is_many=slug is None and len(folders) > 1,
    )


def _show(call: Session, year: "Year", slug: str | None, chosen: str, size: str, output: str | None) -> None:
    from charterkit.render.listings import listing

    if chosen == "ics":
        _show_calendar(call, year, output)
    elif chosen in ("json", "csv"):
        from charterkit.render.promises.data import KEYS, promises_json

        made = promises_json(year, slug)
        rows = listing.rows_csv(made["promises"], KEYS)
        deliver(call, rows if chosen == "csv" else json.dumps(made, ensure_ascii=False, indent=2), output)
    elif chosen == "html":
        from charterkit.render.engine.environment import render
        from charterkit.render.promises.planner import TEMPLATE, planner_view

        deliver(call, render(TEMPLATE, planner_view(year, size), call.workspace.root), output)
    elif chosen == "pdf":
        from charterkit.render.promises.planner import planner_paper

        deliver_paper(call, planner_paper(year, size), output)
    else:
        from charterkit.render.promises.listing import promises_listing

        deliver_listing(call, promises_listing(year), chosen, output, year.today)


def _show_calendar(call: Session, year: "Year", output: str | None) -> None:
    from charterkit.exchange.calendar import promises_calendar

    if not any(one.occurrences for one in year.found):
        call.warn(f"No promise has a date in {year.plan.year}: the calendar is empty.")
    name = f"{year.title}: promises to families, {year.plan.year}"
    deliver_bytes(call, promises_calendar(name, year.found, year.plan, year.today, is_many=year.is_many), output)


def _show_by_aspect(
    call: Session, year: "Year", serving: "Serving", slug: str | None, chosen: str, output: str | None
) -> None:
    from charterkit.render.listings import listing
    from charterkit.render.promises.by_aspect import KEYS, serving_json, serving_listing, serving_rows

    if chosen == "csv":
        deliver(call, listing.rows_csv(serving_rows(serving), KEYS), output)
    elif chosen == "json":
        deliver(call, json.dumps(serving_json(year, serving, slug), ensure_ascii=False, indent=2), output)
    else:
        deliver_listing(call, serving_listing(year, serving), chosen, output, year.today)
