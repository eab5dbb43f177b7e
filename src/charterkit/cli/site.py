"""`charterkit site`: the pages a school publishes, as a static site."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import foreign
from charterkit.cli.params import (
    SPOKEN,
    Cycle,
    JobsOption,
    TodayOption,
    charter_option,
    day,
    language_option,
    school_argument,
    year_option,
)
from charterkit.cli.progress import counting

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(rich_markup_mode=None)
FOLDER = "site"
"""Where the site goes in the workspace, when the call does not say."""


@app.command(short_help="Make the pages a school publishes.")
def site(
    ctx: typer.Context,
    school: Annotated[
        str | None, school_argument("The school's, or a trust's with its schools; all of them when left out.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help="The folder; site/ in the workspace when left out."),
    ] = None,
    charter: Annotated[str | None, charter_option("Only this charter, where a school has signed several.")] = None,
    year: Annotated[Cycle | None, year_option("The planner's academic year; today's when left out.")] = None,
    lang: Annotated[str | None, language_option(SPOKEN)] = None,
    jobs: JobsOption = None,
    today: TodayOption = None,
) -> None:
    """Make a static site of what is public: poster, pledge, report, policies, year planner, you said we did.

    The folder must be new, empty, or one that this command made: then its own pages are replaced and nothing else.
    """
    from charterkit.files.papers import Papers
    from charterkit.files.publish import Scope, publish
    from charterkit.insight.organisations import Organisations
    from charterkit.many.hands import processors
    from charterkit.model import dates
    from charterkit.render.shared.spoken import in_language
    from charterkit.render.site.view import site as made_site
    from charterkit.text.english import counted, number

    call = session(ctx)
    now = day(today)
    shown = year or dates.Cycle.containing(now)
    root = call.workspace.root
    folder = Path(output).absolute() if output is not None else root / FOLDER
    papers = Papers.of(folder)
    whole = len(call.workspace.own_slugs) if school is None else len(Organisations(call.workspace).below(school)) + 1
    with in_language(call.workspace, call, lang), counting(call, "Organisations", whole) as tick:
        made = made_site(
            call.workspace,
            school,
            year=shown,
            today=now,
            charter=charter,
            jobs=jobs or processors(),
            papers=papers.known,
            tick=tick,
        )
    for notice in made.notices:
        call.warn(notice)
    found = publish(folder, made.pages, root, Scope(made.about, made.organisations), foreign(root))
    papers.keep(made.papers, found.hashes)
    for path, kept in found.changed:
        done = "it is taken away, as it is no longer public" if path in found.removed else "it is made anew"
        call.warn(f"{path} had been changed by hand; {done}. What it was is in {kept}.")
    whose = counted(len(made.organisations), "organisation")
    few = number(found.written) if found.written else "none"
    anew = "" if found.written == found.pages else f", {few} of them written anew"
    call.say(f"{counted(found.pages, 'file').capitalize()} for {whose}{anew}: open {folder.resolve() / 'index.html'}")
    if found.removed:
        call.say(f"Removed: {_listed(found.removed)}.")
    if made.stopped:
        left = counted(made.stopped, "school is", "schools are").capitalize()
        call.warn(f"{left} left off until what is said above is mended.")
        raise typer.Exit(2)


_MOST = 5
"""Paths that are named before they are counted."""


def _listed(paths: "Sequence[str]") -> str:
    """A few paths by name, more of them by number: "34 pages of seven organisations"."""
    from charterkit.text.english import counted

    if len(paths) <= _MOST:
        return ", ".join(paths)
    owners = {path.split("/")[1] if path.startswith("schools/") else "" for path in paths}
    return counted(len(paths), "page") + (f" of {counted(len(owners), 'organisation')}" if len(owners) > 1 else "")
