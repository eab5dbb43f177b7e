"""`charterkit compare`: what changed between two cycles, or over all of them."""

import io
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import (
    CharterOption,
    OutputOption,
    SchoolArgument,
    Session,
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

if TYPE_CHECKING:
    from charterkit.files.workspace import SchoolFolder
    from charterkit.insight.evaluations.evaluated import Evaluated

app = typer.Typer(rich_markup_mode=None)
FORMATS = ("table", "markdown", "html", "pdf", "json", "csv")
FILE_WIDTH = 100
"""Columns of a table that goes into a file."""


@app.command(short_help="Show what has moved since last time.")
def compare(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="CYCLE", help="The earlier cycle; the one before --to.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="CYCLE", help="The later cycle; the newest.")] = None,
    span: Annotated[
        str | None,
        typer.Option("--rev", metavar="A..B", help="What changed between two git revisions, in every school."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every cycle side by side.")] = False,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; a table."),
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", metavar="decline", help="Exit with 1 when an aspect fell back.")
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show what has moved since last time: what improved, what fell back, what has been stuck."""
    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, FORMATS, "table")
    refuse_screen(chosen, output, "comparison")
    if fail_on not in (None, "decline"):
        raise CharterkitError(f"--fail-on {fail_on}: there is no such condition.", "Write --fail-on decline.")
    if span is not None:
        if every or start or end or school or charter:
            raise CharterkitError("--rev looks at the whole workspace.", "Leave the other choices out.")
        declined = _show_revisions(call, span, chosen, output)
        if fail_on and declined:
            raise typer.Exit(1)
        return
    folder = call.workspace.choose_school(school)
    evaluations = evaluations_of(call, folder, charter)
    problems_beside(call, evaluations)
    if every:
        if fail_on or start or end:
            raise CharterkitError("--all goes with neither --from, --to nor --fail-on.", "Leave one of them out.")
        demand_levels(evaluations)
        _show_all(call, folder, evaluations, chosen, output, day(today))
        return
    before, after = _pair(evaluations, start, end)
    demand_levels([before, after])
    declined = _show(call, folder, evaluations, before, after, chosen, output, day(today))
    if fail_on and declined:
        raise typer.Exit(1)


def chosen_format(wanted: str | None, output: str | None, formats: tuple[str, ...], default: str) -> str:
    """The format asked for, else the one the file's name tells, else the default."""
    endings = {
        ".md": "markdown",
        ".html": "html",
        ".htm": "html",
        ".json": "json",
        ".csv": "csv",
        ".txt": "table",
        ".ics": "ics",
        ".pdf": "pdf",
        ".png": "png",
        ".xlsx": "xlsx",
    }
    ending = Path(output or "").suffix.lower()
    if wanted is None:
        told = endings.get(ending, default)
        if ending and (ending not in endings or told not in formats):
            known = ", ".join(one for one, name in endings.items() if name in formats)
            raise CharterkitError(f"No document ending in {ending} can be made.", f"End the name in one of: {known}.")
        return told
    if wanted not in formats:
        raise CharterkitError(f"There is no format '{wanted}'.", f"Write one of: {', '.join(formats)}.")
    return wanted


def _pair(evaluations: "list[Evaluated]", start: str | None, end: str | None) -> "tuple[Evaluated, Evaluated]":
    after = pick(evaluations, end, "--to")
    if start is not None:
        before = pick(evaluations, start, "--from")
        if before.cycle == after.cycle:
            raise CharterkitError(f"--from and --to name the same cycle, {after.cycle}.", "Name two different ones.")
        return before, after
    place = evaluations.index(after)
    if place == 0:
        raise CharterkitError(
            f"There is no cycle before {after.cycle} to compare with.",
            "A comparison needs two self-evaluations; come back after the next one.",
        )
    return evaluations[place - 1], after


def _show(
    call: Session,
    folder: "SchoolFolder",
    evaluations: "list[Evaluated]",
    before: "Evaluated",
    after: "Evaluated",
    chosen: str,
    output: str | None,
    today: date,
) -> bool:
    """Print the comparison; whether an aspect fell back."""
    from charterkit.insight.evaluations.compare import Kind
    from charterkit.insight.evaluations.compare import compare as run
    from charterkit.render.comparison.data import compare_csv, compare_json
    from charterkit.render.comparison.view import compare_view

    workspace = call.workspace
    result = run(before, after, workspace.versions(after.charter.id), evaluations)
    if chosen == "json":
        deliver(call, json.dumps(compare_json(result, folder.slug), ensure_ascii=False, indent=2), output)
    else:
        view = compare_view(folder, result, today=today)
        if chosen == "csv":
            deliver(call, compare_csv(view), output)
        elif chosen == "table":
            from charterkit.render.comparison.terminal import compare_renderable

            print_table(call, compare_renderable(view), output)
        elif chosen == "pdf":
            from charterkit.render.comparison.view import compare_paper

            deliver_paper(call, compare_paper(view, today), output)
        else:
            from charterkit.render.engine.environment import render

            name = {"markdown": "compare.md.j2", "html": "compare.html.j2"}[chosen]
            deliver(call, render(name, view, workspace.root), output)
    return bool(result.of(Kind.DECLINED))


def _show_all(
    call: Session,
    folder: "SchoolFolder",
    evaluations: "list[Evaluated]",
    chosen: str,
    output: str | None,
    today: date,
) -> None:
    from charterkit.render.comparison import all_cycles

    workspace = call.workspace
    versions = workspace.versions(evaluations[-1].charter.id)
    view = all_cycles.all_cycles_view(folder, evaluations, versions)
    if chosen == "json":
        deliver(call, json.dumps(all_cycles.all_cycles_json(view), ensure_ascii=False, indent=2), output)
    elif chosen == "csv":
        deliver(call, all_cycles.all_cycles_csv(view), output)
    elif chosen == "table":
        from charterkit.render.comparison.terminal import all_cycles_renderable

        print_table(call, all_cycles_renderable(view), output)
    elif chosen == "pdf":
        deliver_paper(call, all_cycles.all_cycles_paper(view, today), output)
    else:
        from charterkit.render.engine.environment import render

        name = {"markdown": "compare-all.md.j2", "html": "compare-all.html.j2"}[chosen]
        deliver(call, render(name, view, workspace.root), output)


def _show_revisions(call: Session, span: str, chosen: str, output: str | None) -> bool:
    """Print what a pull request changes, by built-in templates: it may be anybody's. Whether a rating fell back."""
    from charterkit.files.history import between
    from charterkit.insight.changes import changes
    from charterkit.insight.evaluations.compare import Kind
    from charterkit.render.comparison.revisions import as_markdown, as_text, changes_view
    from charterkit.render.comparison.revisions_data import changes_json

    if chosen not in ("table", "markdown", "json"):
        raise CharterkitError(f"--rev has no format '{chosen}'.", "Write one of: table, markdown, json.")
    with between(call.workspace, span, os.environ, _here()) as (before, after):
        result = changes(before.workspace, after.workspace)
        view = changes_view(result, before.name, after.name)
        if chosen == "json":
            text = json.dumps(changes_json(result, before.name, after.name), ensure_ascii=False, indent=2)
        elif chosen == "markdown":
            text = as_markdown(view)
        else:
            from charterkit.text.safe import visible

            text = visible(as_text(view))
        comparisons = [each.comparison for one in result for each in one.evaluations if each.comparison]
        deliver(call, text, output)
        return any(one.of(Kind.DECLINED) for one in comparisons)


def _here() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def print_table(call: Session, renderable: object, output: str | None) -> None:
    """A table to the terminal, or its plain text into a file."""
    if output is None:
        call.console.print(renderable)
        return
    from rich.console import Console

    console = Console(width=FILE_WIDTH, no_color=True, highlight=False, record=True, file=io.StringIO())
    console.print(renderable)
    deliver(call, console.export_text(), output)
