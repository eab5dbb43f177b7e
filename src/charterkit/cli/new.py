"""`charterkit new`: a new file, filled in as far as can be."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import PHASES
from charterkit.cli.options import Session, session
from charterkit.cli.output import foreign
from charterkit.cli.params import (
    CharterOption,
    CycleOption,
    DateOption,
    Interval,
    SchoolArgument,
    TodayOption,
    choice_option,
    day,
    reader,
    school_option,
    tab,
)
from charterkit.errors import Conflict, NotThere, Refused

if TYPE_CHECKING:
    from charterkit.files.workspace import SchoolFolder

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Make a new school, trust, policy, charter or evaluation."
)

Slug = Annotated[str | None, typer.Option(metavar="SLUG", help="The folder's name; made from the name when left out.")]


def _phase(text: str) -> str:
    if text not in PHASES:
        raise NotThere("no-phase", text=text, phases=PHASES)
    return text


@app.command()
def school(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The school's name, in quotes.")],
    slug: Slug = None,
    phase: Annotated[
        str | None, choice_option("--phase", PHASES, f"One of: {', '.join(PHASES)}.", metavar="PHASE", parser=_phase)
    ] = None,
    trust: Annotated[
        str | None,
        typer.Option(metavar="SLUG", help="The trust, by its name or a part of it.", autocompletion=tab("schools")),
    ] = None,
) -> None:
    """Make the folder and school.yaml of a school."""
    from charterkit.insight.naming import school_meant

    facts = {"name": name, "phase": phase, "trust": school_meant(_writing(ctx).workspace, trust) if trust else None}
    _organisation(ctx, facts, slug)


@app.command()
def trust(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The trust's name, in quotes.")],
    slug: Slug = None,
    members: Annotated[
        list[str] | None,
        typer.Option(
            "--member",
            metavar="SLUG",
            help="A member school, by its name; may be repeated.",
            autocompletion=tab("schools"),
        ),
    ] = None,
) -> None:
    """Make the folder and school.yaml of a trust."""
    from charterkit.insight.naming import school_meant

    workspace = _writing(ctx).workspace
    facts = {"name": name, "kind": "trust", "members": [school_meant(workspace, member) for member in members or []]}
    _organisation(ctx, facts, slug)


def _writing(ctx: typer.Context) -> Session:
    """The call's session. Raises CharterkitError for a workspace behind a link that leads out of its repository."""
    from charterkit.files.leaving import place

    call = session(ctx)
    place(call.root, foreign(call.root))
    return call


def _organisation(ctx: typer.Context, facts: dict[str, Any], wanted: str | None) -> None:
    from charterkit.files.new import new_slug, write_school

    call = _writing(ctx)
    if not facts["name"].strip():
        raise Refused("empty-name")
    folder = new_slug(call.workspace, facts["name"], wanted)
    path = write_school(call.workspace, folder, {key: value for key, value in facts.items() if value})
    call.say(f"{path} is ready.")
    if facts.get("kind") != "trust":
        call.say(f"Sign the charter with: charterkit sign --school {folder}")
        call.say(f"Start with: charterkit evaluate {folder}")


@app.command()
def policy(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The policy's title, in quotes.")],
    school: Annotated[str | None, school_option("Whose policy: the school's or trust's name, or a part of it.")] = None,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; made from the title when left out.")
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="ROLE", help="Who looks after it, by role.")] = None,
    every: Annotated[
        Interval,
        typer.Option(
            "--every",
            metavar="INTERVAL",
            help="How often it is reviewed: 1 year, 18 months, live, as needed.",
            parser=reader("Interval", "--every"),
        ),
    ] = "1 year",  # type: ignore[assignment]  # typer reads it as it reads what is given
    today: TodayOption = None,
) -> None:
    """Make a policy as a draft, with its first line of history."""
    from charterkit.files.new import write_policy
    from charterkit.model.base import slug
    from charterkit.model.dates import PartialDate

    call = _writing(ctx)
    folder = call.workspace.school(school) if school else call.workspace.choose_school(None)
    if not title.strip():
        raise Refused("empty-title")
    made = name or slug(title.removesuffix(" policy").removesuffix(" Policy"))[:_LONGEST_ID].rstrip("-")
    if not made or made != slug(made):
        raise Refused("no-id", title=name or title, example="behaviour")
    facts: dict[str, Any] = {"id": made, "title": title.strip(), "status": "draft"}
    facts |= {"owner": {"role": owner}} if owner else {}
    facts |= {"requirement": found} if (found := _requirement(call, folder, title, made)) else {}
    facts |= {"review": {"every": every}, "history": [{"date": PartialDate.of(day(today)), "event": "drafted"}]}
    path = write_policy(call.workspace, folder.slug, facts)
    call.say(f"{path} is ready to be filled in.")
    call.say(f"Once it is decided: charterkit policy approve {made} --school {folder.slug}")


_LONGEST_ID = 80


def _requirement(call: Session, folder: "SchoolFolder", title: str, name: str) -> str | None:
    """The entry of the workspace's rule packs that a policy of this title answers.

    None where there is no such entry, or several: then its title answers them all.
    """
    from charterkit.insight.organisations import Organisations
    from charterkit.insight.policies.gaps import holds_for
    from charterkit.insight.policies.packs import chosen_packs
    from charterkit.insight.policies.titles import TitleNames, words_of
    from charterkit.model.policy import Policy

    made = Policy(id=name, title=title, status="draft")
    school = folder.school
    ties = Organisations(call.workspace)
    found: set[str] = set()
    for pack in chosen_packs(call.workspace):
        entries = [
            requirement
            for requirement in pack.entries
            if school.kind != "school" or holds_for(folder, requirement, ties) is not None
        ]
        found |= {*TitleNames(entries).meant(made, words_of(school.name)).answers}
    return found.pop() if len(found) == 1 else None


@app.command()
def charter(
    ctx: typer.Context,
    title: Annotated[str | None, typer.Argument(metavar="[TITLE]", help="The new charter's title, in quotes.")] = None,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; made from the title when left out.")
    ] = None,
    next_of: Annotated[
        str | None,
        typer.Option(
            "--next-version-of",
            metavar="ID",
            help="Go on from this charter's newest version.",
            autocompletion=tab("charters"),
        ),
    ] = None,
    sheet_file: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Make it out of a sheet (XLSX or CSV): shows it first."),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="With --from: which sheet of the workbook.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="WHAT=COLUMN", help='With --from: what a column is, such as "Detail=Our view"; repeatable.'
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --from: write it, without asking.")] = False,
) -> None:
    """Make a charter to fill in, or the next version of one there is, or one out of a sheet."""
    from charterkit.files.new import write_charter, write_next_version
    from charterkit.model.base import slug
    from charterkit.schema.workspace import refresh

    call = _writing(ctx)
    if sheet_file is not None and next_of is None:
        from charterkit.cli.new_from import Wanted, charter_from

        charter_from(call, Wanted(sheet_file, sheet, tuple(columns or ()), title, name, yes))
        return
    for option, is_given in (("--sheet", sheet), ("--map", columns), ("--yes", yes)):
        if is_given and sheet_file is None:
            raise Refused("sheet-without-file", option=option)
    if (title is None) == (next_of is None) or sheet_file is not None:
        raise Refused("title-or-next-version")
    if next_of is not None:
        path = write_next_version(call.workspace, call.workspace.choose_charter(next_of))
        refresh(call.workspace)
        call.say(f"{path} is ready: an aspect that renames, merges or splits old ones names them under 'replaces'.")
        call.say(f"Once it is changed, run: charterkit check {path}")
        return
    made = name or slug(title or "")
    if not made or made != slug(made):
        raise Refused("no-id", title=made or title, example="our-charter")
    if made in call.workspace.charter_ids:
        raise Conflict("charter-already", charter=made)
    path = write_charter(call.workspace, title or made, made)
    refresh(call.workspace)
    call.say(f"{path} is ready to be filled in.")
    call.say(f"Write your key points and aspects over its own, then run: charterkit check {path}")


@app.command()
def evaluation(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    cycle: CycleOption = None,
    date: DateOption = None,
    today: TodayOption = None,
) -> None:
    """Make an empty self-evaluation, to be filled in with an editor or with evaluate."""
    from charterkit.insight.evaluations.choosing import own_charter
    from charterkit.model.dates import Cycle
    from charterkit.session.evaluation_file import EvaluationFile

    call = _writing(ctx)
    folder = call.workspace.choose_school(school)
    chosen = call.workspace.choose_charter(charter or own_charter(call.workspace, folder))
    wanted = cycle or Cycle.containing(day(today))
    made = EvaluationFile(call.workspace, folder, chosen, wanted, day(today), when=date)
    if made.existing is not None:
        raise Conflict("evaluation-already", wanted=wanted, path=made.path)
    made.begin()
    call.say(f"{made.path} is ready.")
