"""`charterkit said`: what families said, and what the school did about it."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.params import PartialDate, TodayOption, date_option, day, now_read, school_option
from charterkit.errors import Refused

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="You said, we did: add a line."
)


@app.command(short_help="Add what families said and what was done about it.")
def add(
    ctx: typer.Context,
    said: Annotated[str, typer.Option("--said", metavar="TEXT", help="What families said, in a sentence.")],
    did: Annotated[
        str | None, typer.Option("--did", metavar="TEXT", help="What the school did; may be added later.")
    ] = None,
    date: Annotated[
        PartialDate | None, date_option("--date", "When it was done; 2026-09 will do. Today when left out.")
    ] = None,
    survey: Annotated[
        str | None,
        typer.Option("--survey", metavar="ID", help="In which survey; the newest of families when left out."),
    ] = None,
    school: Annotated[
        str | None, school_option("The school, by its name or a part of it; may be left out where there is one.")
    ] = None,
    today: TodayOption = None,
) -> None:
    """Add what families said and what the school did about it to the newest survey; the public page shows it.

    What was said stays inside the school until something has been done. Said again with --did, the same line gets its
    answer.
    """
    from charterkit.session.said import add_said
    from charterkit.text.safe import shown

    call, now = session(ctx), day(today)
    if not said.strip():
        raise Refused("said-empty")
    if date and date.first > now:
        raise Refused("option-not-come", option="--date", found=date.spoken)
    for sentence in now_read():
        call.say(sentence)
    put = add_said(call.workspace, (school, survey), (said.strip(), (did or "").strip()), date, now)
    if not put.is_change:
        call.say(f"That stands in {put.path} already: nothing was changed.")
        return
    call.say(f"“{shown(said.strip())}” is in {put.path}.")
    if not (did or "").strip():
        call.say("It is shown to nobody outside until --did says what was done.")
    elif not put.is_public:
        call.say("The public page does not show it: the survey does not say that families were asked.")


@app.callback()
def said_and_done() -> None:
    """You said, we did: add a line."""
