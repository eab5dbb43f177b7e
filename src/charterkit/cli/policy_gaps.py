"""`charterkit policy gaps`: what a rule pack asks for and a school does not have."""

import json
from typing import Annotated

import typer

from charterkit.cli.compare import chosen_format
from charterkit.cli.listing import deliver_listing
from charterkit.cli.options import (
    AllSchools,
    OutputOption,
    Session,
    TodayOption,
    day,
    deliver,
    refuse_screen,
    refuse_sources,
    session,
)
from charterkit.cli.picking import warn_of_unread_policies, whole_name

FORMATS = ("table", "markdown", "html", "pdf", "csv", "json")


def gaps(
    ctx: typer.Context,
    school: AllSchools = None,
    pack: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A rule pack in place of those in charterkit.yaml; may be repeated."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show what is in order, too.")] = False,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; a table."),
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show which policies a list says there must be and are missing, reviewed too rarely, or not online.

    A rule pack is advice with its source; the built-in one is drawn from the Department for Education's guides.
    """
    from charterkit.insight.policies.gaps import Kind
    from charterkit.insight.policies.gaps import gaps as run
    from charterkit.insight.policies.packs import chosen_packs
    from charterkit.render.listings import listing
    from charterkit.render.listings.gaps import KEYS, gaps_json, gaps_listing

    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, FORMATS, "table")
    refuse_screen(chosen, output, "gaps")
    now, workspace = day(today), call.workspace
    slug = workspace.school(school).slug if school else None
    packs = chosen_packs(workspace, tuple(pack or ()))
    _warn_of_mistakes(call, [one.id for one in packs])
    whole = list(run(workspace, packs, slug))
    found = [one for one in whole if every or one.kind is not Kind.MET]
    if chosen in ("json", "csv"):
        rows = gaps_json(found)
        text = json.dumps(rows, ensure_ascii=False, indent=2) if chosen == "json" else listing.rows_csv(rows, KEYS)
        deliver(call, text, output)
        return
    warn_of_unread_policies(call, slug)
    made = gaps_listing(
        found,
        packs,
        whole_name(call, slug),
        now,
        is_asked=bool(whole or slug is None or workspace.school(slug).is_school),
    )
    deliver_listing(call, made, chosen, output, now)


def _warn_of_mistakes(call: Session, chosen: list[str]) -> None:
    """Say which of the files that decide what is asked for could not be read whole."""
    from charterkit.files.places import SETTINGS
    from charterkit.insight.policies.packs import pack_files
    from charterkit.model.config import Config

    packs = [one for one in pack_files(call.workspace) if one.model and one.model.id in chosen]
    paths = [one.path for one in packs if one.loaded.problems]
    if call.workspace.snapshot.has(SETTINGS):
        settings = call.workspace.read(SETTINGS, Config)
        at = {str(problem.at[0]) for problem in settings.loaded.problems if problem.at}
        paths += [SETTINGS] if settings.model is None or {"packs", "waivers"} & at else []
    for path in paths:
        call.warn(f"{path} has mistakes, and what cannot be read does not count: 'charterkit check' says where.")
