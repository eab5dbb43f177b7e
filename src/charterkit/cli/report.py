"""`charterkit report`: one self-evaluation as a document."""

from typing import Annotated

import typer

from charterkit.choices import REPORT_AUDIENCES
from charterkit.cli.compare import chosen_format
from charterkit.cli.options import (
    CharterOption,
    CycleOption,
    OutputOption,
    SchoolArgument,
    TodayOption,
    day,
    deliver,
    deliver_paper,
    refuse_screen,
    refuse_sources,
    session,
)
from charterkit.cli.picking import demand_levels, evaluations_of, pick, problems_beside
from charterkit.errors import CharterkitError

app = typer.Typer(rich_markup_mode=None)
FORMATS = {"markdown": "report.md.j2", "html": "report.html.j2", "pdf": "report.typ"}


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
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; markdown."),
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Print the newest self-evaluation as a document for leaders, governors or the public."""
    from charterkit.insight.evaluations.compare import compare
    from charterkit.render.engine.environment import render
    from charterkit.render.report.view import AUDIENCES, report_paper, report_view

    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, tuple(FORMATS), "markdown")
    refuse_screen(chosen, output, "report")
    if audience not in AUDIENCES:
        raise CharterkitError(f"There is no audience '{audience}'.", f"Write one of: {', '.join(AUDIENCES)}.")
    folder = call.workspace.choose_school(school)
    evaluations = evaluations_of(call, folder, charter)
    one = pick(evaluations, cycle, "--cycle")
    place = evaluations.index(one)
    before = evaluations[place - 1] if place else None
    problems_beside(call, [one])
    demand_levels([one, before] if before else [one])
    versions = call.workspace.versions(one.charter.id)
    comparison = compare(before, one, versions, evaluations) if before else None
    now = day(today)
    view = report_view(call.workspace, folder, one, before=before, comparison=comparison, audience=audience, today=now)
    if chosen == "pdf":
        deliver_paper(call, report_paper(view, now), output)
        return
    deliver(call, render(FORMATS[chosen], view, call.workspace.root), output)
