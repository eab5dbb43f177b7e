"""`charterkit migrate`: drafts moved to the charter's next version; a trial run until it is told to write."""

from typing import Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.params import CharterOption, school_argument
from charterkit.cli.progress import counting
from charterkit.cli.telling import lay_out
from charterkit.errors import Refused

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Move drafts to a charter's next version.")
def migrate(
    ctx: typer.Context,
    school: Annotated[
        str | None,
        school_argument("The school, or a trust for all its schools; may be left out where there is one."),
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="VERSION", help="The version to move to.")] = "",
    charter: CharterOption = None,
    every: Annotated[bool, typer.Option("--every", help="Every school of the workspace.")] = False,
    levels: Annotated[
        list[str] | None,
        typer.Option(
            "--level", metavar="OLD=NEW", help="Which level an older one is, where scales differ: amber=developing."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write it; without it this is a trial run.")] = False,
) -> None:
    """Move drafts of a self-evaluation, and what raters said before the meeting, to a later version of the charter.

    Ratings, notes, ideas, evidence, actions and targets go with their aspect through `replaces`: of joined aspects the
    lowest rating counts, and what has no place any more is kept in the file. What was agreed stays as it is. Without
    --yes nothing is written.
    """
    from charterkit.session.moved_words import told, total
    from charterkit.session.moving_on import demand_drafts, plan_moves, write_moves

    call = session(ctx)
    if not to:
        raise Refused("no-version-to")
    if every and school:
        raise Refused("every-and-school")
    slugs, name, chosen = _asked(call, school, charter, every=every)
    ways = dict(_level(text) for text in levels or ())
    with counting(call, "Reading schools", len(slugs)) as tick:
        plan = plan_moves(call.workspace, chosen, to, slugs, ways, tick=tick)
    if not every:  # what goes over all of them may be called again
        demand_drafts(plan, name)
    if lines := told(plan):
        lay_out(lines, call.columns)
    if not plan.files:
        call.say("There is nothing to move.")
        return
    if not yes:
        call.say(f"This was a trial run: nothing is written. Add --yes to move {total(plan)} to version {to}.")
        return
    with counting(call, "Writing drafts", len(plan.files)) as tick:
        is_noted = write_moves(call.workspace, plan, tick)
    back = "'charterkit policy undo' takes it back." if is_noted else "No command takes it back."
    call.say(f"Moved {total(plan)} to version {to}. {back}")


def _asked(call: Session, school: str | None, charter: str | None, *, every: bool) -> tuple[list[str], str, str]:
    """The organisations, what they are called together, and the charter."""
    from charterkit.insight.evaluations.choosing import own_charter
    from charterkit.insight.organisations import Organisations

    workspace = call.workspace
    if every:
        return workspace.own_slugs, "This workspace", workspace.choose_charter(charter).id
    folder = workspace.choose_school(school)
    chosen = workspace.choose_charter(charter or own_charter(workspace, folder)).id
    members = [slug for slug in Organisations(workspace).members(folder.slug) if workspace.has_school(slug)]
    return [folder.slug, *members], folder.school.name, chosen


def _level(text: str) -> tuple[str, str]:
    old, is_way, new = (part.strip() for part in text.partition("="))
    if not (old and is_way and new):
        raise Refused("no-level-way", text=text)
    return old, new
