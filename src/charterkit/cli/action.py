"""`charterkit action add|done|change|drop|carry`: one line of the action plan."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import OPEN_STATUSES, ActionStatus
from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    CharterOption,
    PartialDate,
    TodayOption,
    choice_option,
    date_option,
    day,
    now_read,
    reader,
    school_option,
    tab,
)
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.session.action_plan import ActionPlan, FoundAction, Put

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Add an action to the plan, or say what has become of one.",
)

IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The action's id, as 'charterkit actions' shows it.", autocompletion=tab("actions")
    ),
]
SchoolOption = Annotated[str | None, school_option("The school, where several have such an action.")]
ClosedOption = Annotated[PartialDate | None, date_option("--date", "When; 2026-09 will do. Today when left out.")]
OwnerOption = Annotated[str | None, typer.Option("--owner", metavar="WHO", help="Who sees to it, by role or name.")]
DueOption = Annotated[str | None, typer.Option("--due", metavar="DATE", help="By when: a day, a month or a year.")]
NoteOption = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What became of it, or what stands in its way.")
]
SuccessOption = Annotated[
    str | None, typer.Option("--success", metavar="TEXT", help="How the school will know that it worked.")
]
AspectOption = Annotated[
    str | None,
    typer.Option("--aspect", metavar="ASPECT", help="The aspect it is to improve: its id or number."),
]


def add(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be done, in one sentence.")],
    school: Annotated[
        str | None, school_option("The school, by its name or a part of it; may be left out where there is one.")
    ] = None,
    charter: CharterOption = None,
    aspect: AspectOption = None,
    owner: OwnerOption = None,
    due: DueOption = None,
    success: SuccessOption = None,
    note: NoteOption = None,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; made of its words when left out.")
    ] = None,
    today: TodayOption = None,
) -> None:
    """Add an action to the school's newest self-evaluation, a draft or an agreed one."""
    call, now = session(ctx), day(today)
    facts = _facts(now, call, action=text, aspect=aspect, owner=owner, due=due, success=success, note=note)
    _say(call, _plan(call, now).add(school, charter, _id(name), facts), "is on the action plan")


def done(
    ctx: typer.Context,
    name: IdArgument,
    school: SchoolOption = None,
    charter: CharterOption = None,
    date: ClosedOption = None,
    note: NoteOption = None,
    today: TodayOption = None,
) -> None:
    """Say that an action is done, and when: one line of the file it was last written in."""
    _close(session(ctx), name, (school, charter), "done", date, note, day(today))


def drop(
    ctx: typer.Context,
    name: IdArgument,
    school: SchoolOption = None,
    charter: CharterOption = None,
    date: ClosedOption = None,
    note: NoteOption = None,
    today: TodayOption = None,
) -> None:
    """Say that an action will not be done after all: it is kept, and nobody is reminded of it any more."""
    _close(session(ctx), name, (school, charter), "dropped", date, note, day(today))


def change(
    ctx: typer.Context,
    name: IdArgument,
    school: SchoolOption = None,
    charter: CharterOption = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="What is to be done.")] = None,
    aspect: AspectOption = None,
    owner: OwnerOption = None,
    due: DueOption = None,
    success: SuccessOption = None,
    note: NoteOption = None,
    state: Annotated[
        str | None, choice_option("--state", OPEN_STATUSES, "How far it has got; what was closed is open again.")
    ] = None,
    today: TodayOption = None,
) -> None:
    """Change an action's owner, date or words, where it was last written. An empty text takes the old one out."""
    call, now = session(ctx), day(today)
    said = {"action": text, "aspect": aspect, "owner": owner, "due": due, "success": success, "note": note}
    facts = _facts(now, call, **said, status=state)
    plan = _plan(call, now)
    _say(call, plan.change(plan.find(name, school, charter), facts), "is changed")


def carry(
    ctx: typer.Context,
    name: IdArgument,
    school: SchoolOption = None,
    charter: CharterOption = None,
    owner: OwnerOption = None,
    due: DueOption = None,
    note: NoteOption = None,
    today: TodayOption = None,
) -> None:
    """Carry an open action over into the newest self-evaluation; the earlier line stays as history."""
    call, now = session(ctx), day(today)
    facts = _facts(now, call, owner=owner, due=due, note=note)
    plan = _plan(call, now)
    _say(call, plan.carry(plan.find(name, school, charter), facts), "is carried over")


SHORT: dict[Callable[..., None], str] = {
    add: "Add an action to the plan.",
    done: "Say that one is done.",
    change: "Change its owner, date or words.",
    drop: "Say that one will not be done.",
    carry: "Carry one over into the newest self-evaluation.",
}
"""Each command and its line in the list of them."""
for command, summary in SHORT.items():
    app.command(short_help=summary)(command)


def _plan(call: Session, now: date) -> "ActionPlan":
    from charterkit.session.action_plan import ActionPlan

    return ActionPlan(call.workspace, now)


def _close(
    call: Session,
    name: str,
    where: tuple[str | None, str | None],
    status: ActionStatus,
    on: PartialDate | None,
    note: str | None,
    now: date,
) -> None:
    from charterkit.insight.evaluations.planning import demand_fit

    demand_fit({"note": note})
    plan = _plan(call, now)
    found: FoundAction = plan.find(name, *where)
    _say(call, plan.close(found, status, on, note), f"is {status}")


def _facts(now: date, call: Session, **said: str | None) -> dict[str, Any]:
    """What was said of an action, each text fit to be kept. A date that is over already is warned of."""
    from charterkit.insight.evaluations.planning import demand_fit

    demand_fit(said)
    facts: dict[str, Any] = {key: text for key, text in said.items() if text is not None}
    if facts.get("due"):
        facts["due"] = reader("PartialDate", "--due")(facts["due"])
        for sentence in now_read():
            call.say(sentence)
        if facts["due"].last < now:
            call.warn(f"{facts['due'].spoken} is over already: it counts as overdue.")
    return facts


def _id(name: str | None) -> str | None:
    from charterkit.model.base import slug

    if name is not None and (not name or slug(name) != name):
        raise Refused("bad-id", name=name, meant=slug(name))
    return name


def _say(call: Session, put: "Put", became: str) -> None:
    from charterkit.text.safe import shown

    if not put.is_change:
        call.say(f"“{shown(put.action)}” {became} already: nothing was changed.")
        return
    agreed = ", which is agreed: its ratings, its date and its status stay" if put.is_agreed else ""
    call.say(f"“{shown(put.action)}” {became} ({put.name}). Saved in {put.path}{agreed}.")
