"""`charterkit sign`: the sign-up to a charter, and which of its duties are done."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    PartialDate,
    TodayOption,
    charter_argument,
    date_option,
    day,
    now_read,
    reader,
    school_option,
)

if TYPE_CHECKING:
    from charterkit.files.workspace import SchoolFolder
    from charterkit.model.charter import Charter

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Sign up to the charter and tick off its duties.")
def sign(
    ctx: typer.Context,
    charter: Annotated[str | None, charter_argument("The charter's id, where there are several.")] = None,
    school: Annotated[
        str | None, school_option("The school, by its name or a part of it; may be left out where there is one.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who signed for the school.")] = None,
    on: Annotated[PartialDate | None, date_option("--on", "When; 2025-09 will do. Today when left out.")] = None,
    done: Annotated[
        list[str] | None, typer.Option("--done", metavar="DUTY[=DATE]", help="A duty that is done; may be repeated.")
    ] = None,
    today: TodayOption = None,
) -> None:
    """Sign the school up to a charter, tick off its duties, and show which are still to do."""
    from charterkit.insight.evaluations.choosing import own_charter
    from charterkit.session.signing import demand_past, demand_whole, sign_up_changes, write_sign_up

    call, now = session(ctx), day(today)
    folder = call.workspace.choose_school(school)
    chosen = call.workspace.choose_charter(charter or own_charter(call.workspace, folder))
    when = demand_past(on, "--on", now) if on else None
    made = sign_up_changes(folder, chosen, by, when, dict(_duty(text, chosen, now) for text in done or []), now)
    if made:
        demand_whole(folder)
        for sentence in now_read():
            call.say(sentence)
        call.say(f"Saved in {write_sign_up(call.workspace, folder, made)}.")
    _show(call, folder, chosen)


def _duty(said: str, charter: "Charter", today: date) -> "tuple[str, PartialDate]":
    from charterkit.model import dates
    from charterkit.session.signing import demand_duty, demand_past

    name, equals, when = said.partition("=")
    demand_duty(name, charter)
    option = f"--done {name}"
    return name, demand_past(reader("PartialDate", option)(when), option, today) if equals else dates.PartialDate.of(
        today
    )


def _show(call: Session, folder: "SchoolFolder", charter: "Charter") -> None:
    from charterkit.insight.readiness.duties import signed_up
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    folder = call.workspace.school(folder.slug)
    signed = signed_up(folder.school, charter.id)
    lines = [f"{folder.school.name} and the charter: {charter.title}"]
    if signed and signed.signed:
        lines.append(f"Signed {signed.signed.spoken}{f' by {signed.signed_by}' if signed.signed_by else ''}.")
    for pledge in charter.pledge:
        when = signed.pledges.get(pledge.id) if signed else None
        state = f"done, {when.spoken}" if when else f"still to do (--done {pledge.id})"
        lines.append(f"  {'[x]' if when else '[ ]'} {pledge.text}: {state}")
    typer.echo("\n".join(part for line in lines for part in broken(visible(line), call.columns)))
