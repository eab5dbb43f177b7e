"""`charterkit compare`: what changed between two cycles, over all of them, or between two git revisions."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from charterkit.cli.gathering import HowToGather
from charterkit.cli.options import session
from charterkit.cli.output import produce, refuse_others, target
from charterkit.cli.overview import deliver_overview, demand_of_each, demand_of_many, is_of_many, reports_in
from charterkit.cli.params import (
    SPOKEN,
    CharterOption,
    ClusterOption,
    Cycle,
    JobsOption,
    NoCacheOption,
    OutputOption,
    SchoolArgument,
    TodayOption,
    choice_option,
    cycle_option,
    day,
    format_option,
    language_option,
)
from charterkit.errors import Refused

app = typer.Typer(rich_markup_mode=None)


def _condition(text: str) -> str:
    if text != "decline":
        raise Refused("no-condition", text=text)
    return text


@app.command(short_help="Show what has moved since last time.")
def compare(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    start: Annotated[Cycle | None, cycle_option("--from", "The earlier cycle; the one before --to.")] = None,
    end: Annotated[Cycle | None, cycle_option("--to", "The later cycle; the newest.")] = None,
    span: Annotated[
        str | None,
        typer.Option("--rev", metavar="A..B", help="What changed between two git revisions, in every school."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every cycle side by side.")] = False,
    lang: Annotated[str | None, language_option(SPOKEN)] = None,
    output_format: Annotated[str | None, format_option("comparison")] = None,
    fail_on: Annotated[
        str | None, choice_option("--fail-on", ("decline",), "Exit with 1 when an aspect fell back.", parser=_condition)
    ] = None,
    output: OutputOption = None,
    no_cache: NoCacheOption = False,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    today: TodayOption = None,
) -> None:
    """Show what has moved since last time: what improved, what fell back, what has been stuck.

    Of a trust or an authority it is the overview of its schools.
    """
    call = session(ctx)
    if span is None and is_of_many(call, school):
        demand_of_many(call, school, all=every, lang=lang)
        to = target(call, "overview", output_format, output)
        wanted: dict[str, Any] = {"school": school, "charter": charter, "cycle": end, "before": start}
        way = HowToGather(jobs, cluster, is_cached=not no_cache)
        found = deliver_overview(call, to, day(today), way, report_of=reports_in(call, None, to), **wanted)
        if fail_on and found.has_declined:
            raise typer.Exit(1)
        return
    demand_of_each(no_cache=no_cache, jobs=jobs, cluster=cluster)
    to = target(call, "comparison", output_format, output)
    if span is not None and (every or start or end or school or charter):
        raise Refused("rev-is-whole")
    if every and (fail_on or start or end):
        raise Refused("all-is-whole")
    options: dict[str, Any] = {"school": school, "charter": charter}
    if span is not None:
        name, options = "revisions", {"span": span, "variables": os.environ, "here": here()}
        refuse_others("--rev", to.format, name)
    elif every:
        name = "every cycle"
    else:
        name = "comparison"
        options |= {"start": start, "end": end}
    content = produce(call, name, to, day(today), lang, **options)
    if fail_on and content.has_declined:
        raise typer.Exit(1)


def here() -> Path | None:
    """The current folder; None where it is gone."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None
