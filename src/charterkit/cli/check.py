"""`charterkit check`: every rule over the workspace."""

import os
from pathlib import Path
from typing import Annotated

import typer

from charterkit.cli.options import Session, TodayOption, day, session
from charterkit.errors import CharterkitError

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Check the files and how they fit together.")
def check(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders; the whole workspace when left out."),
    ] = None,
    output_format: Annotated[str, typer.Option(metavar="text|json", help="For people, or for programs.")] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    today: TodayOption = None,
) -> None:
    """Check the files: can they be read, and do they fit together? Exits with 1 when something is wrong."""
    from charterkit.render.findings import FORMATS
    from charterkit.rules.check import check as run

    call = session(ctx)
    if output_format not in FORMATS:
        raise CharterkitError(f"There is no format '{output_format}'.", f"Write one of: {', '.join(FORMATS)}.")
    result = run(call.workspace, day(today), _relative(call, paths) if paths else None)
    typer.echo(FORMATS[output_format](result))
    fails = result.counts["error"] or (strict and result.counts["warning"])
    if fails and not exit_zero:
        raise typer.Exit(1)


def _relative(call: Session, paths: list[str]) -> list[str]:
    """Paths as the findings name them: below the workspace, with forward slashes."""
    root = call.workspace.root
    relative = []
    for path in paths:
        whole = Path(os.path.normpath(Path(path).absolute()))
        if not whole.exists():
            raise CharterkitError(f"There is no file or folder '{path}'.", "Check its name.")
        inside = _inside(root, whole)
        if inside is None:
            raise CharterkitError(f"'{path}' is not in this workspace.", f"The workspace is {root}.")
        relative.append(inside)
    return relative


def _inside(root: Path, path: Path) -> str | None:
    """A path below the workspace: as it is written, else with the links before its name followed, else with all."""
    real = Path(os.path.realpath(root))
    for one in (path, Path(os.path.realpath(path.parent), path.name), Path(os.path.realpath(path))):
        for folder in (root, real):
            if one.is_relative_to(folder):
                return one.relative_to(folder).as_posix()
    return None
