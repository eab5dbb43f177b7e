"""`charterkit new`: a new file, filled in as far as can be."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import DECISIONS, PHASES
from charterkit.cli.options import Session, session
from charterkit.cli.output import foreign
from charterkit.cli.params import (
    CharterOption,
    CycleOption,
    DateOption,
    PartialDate,
    SchoolArgument,
    TodayOption,
    choice_option,
    date_option,
    day,
    school_option,
    tab,
)
from charterkit.cli.policy_fields import (
    AppliesOption,
    ApproverOption,
    CommitteeOption,
    EarlyOption,
    EveryOption,
    MonitoredByOption,
    MonitoredOption,
    NextReviewOption,
    OperatedOption,
    OwnerEmailOption,
    OwnerNameOption,
    OwnerOption,
    RelatedOption,
    ReportsToOption,
    RequirementOption,
    StatutoryOption,
    UrlOption,
    VisibilityOption,
    fields_of,
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
    approved: Annotated[
        PartialDate | None, date_option("--approved", "Of a policy in force: when it was approved; 2026-09 will do.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="With --approved: who approved it.")] = None,
    version: Annotated[
        str | None, typer.Option("--version", metavar="VERSION", help='Its version, such as "2.1".')
    ] = None,
    how: Annotated[
        str | None, choice_option("--as", DECISIONS, "With --approved: which decision that was; approved.")
    ] = None,
    owner: OwnerOption = None,
    owner_name: OwnerNameOption = None,
    owner_email: OwnerEmailOption = None,
    approver: ApproverOption = None,
    committee: CommitteeOption = None,
    operated_by: OperatedOption = None,
    monitored_by: MonitoredByOption = None,
    reports_to: ReportsToOption = None,
    monitored: MonitoredOption = None,
    statutory: StatutoryOption = None,
    requirement: RequirementOption = None,
    every: EveryOption = None,
    early_if: EarlyOption = None,
    next_review: NextReviewOption = None,
    applies_to: AppliesOption = None,
    related: RelatedOption = None,
    url: UrlOption = None,
    visibility: VisibilityOption = None,
    today: TodayOption = None,
) -> None:
    """Make a policy: as a draft, with its first line of history; or with --approved one that is in force already.

    A draft is reviewed every year unless --every says otherwise; of a policy in force only what is said is written.
    """
    from charterkit.files.new import write_policy
    from charterkit.insight.policies.titles import id_of_title
    from charterkit.model.base import slug

    call = _writing(ctx)
    folder = call.workspace.school(school) if school else call.workspace.choose_school(None)
    if not title.strip():
        raise Refused("empty-title")
    made = name or id_of_title(title)
    if not made or made != slug(made):
        raise Refused("no-id", title=name or title, example="behaviour")
    for option, value in (("--by", by), ("--next", next_review), ("--as", how)):
        if value is not None and approved is None:
            raise Refused("draft-has-none", option=option)
    from charterkit.insight.policies.fields import entries_meant
    from charterkit.insight.policies.packs import chosen_packs
    from charterkit.model.dates import Interval as ReviewInterval
    from charterkit.model.dates import PartialDate as Given
    from charterkit.session.policy_fields import Beginning, new_facts

    now, answers = day(today), entries_meant(requirement or (), chosen_packs(call.workspace))
    said = fields_of(
        call,
        owner=owner,
        owner_name=owner_name,
        owner_email=owner_email,
        approver=approver,
        committee=committee,
        operated_by=operated_by,
        monitored_by=monitored_by,
        reports_to=reports_to,
        monitored=monitored,
        statutory=statutory,
        requirement=answers or ([found] if (found := _requirement(call, folder, title, made)) else []),
        every=every or (ReviewInterval.parse("1 year") if approved is None else None),
        early_if=early_if,
        next_review=next_review,
        applies_to=applies_to,
        related=related,
        url=url,
        visibility=visibility,
    )
    event = "drafted" if approved is None else how or "approved"
    begun = Beginning(event, approved or Given.of(now), by, version)  # type: ignore[arg-type]  # a word of the option
    path = write_policy(call.workspace, folder.slug, new_facts(made, title.strip(), begun, said, now))
    _say_made(call, path, approved, f"{made} --school {folder.slug}")


def _say_made(call: Session, path: str, approved: PartialDate | None, called: str) -> None:
    """What was made, and what is to be done next."""
    if approved is None:
        call.say(f"{path} is ready to be filled in.")
        call.say(f"Once it is decided: charterkit policy approve {called}")
        return
    from charterkit.insight.policies.reviews import next_review
    from charterkit.model.policy import Policy
    from charterkit.render.listings.register import said_of_next

    policy = call.workspace.read(path, Policy).model
    if policy is not None:
        call.say(f"{path} is ready: in force, {policy.history[-1].event} {approved.spoken}.")
        call.say(said_of_next(next_review(policy), policy))
    if policy is not None and next_review(policy).source == "unknown":
        call.say(f"Nobody will be reminded: say how often or when: charterkit policy set {called} --every '1 year'")


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
