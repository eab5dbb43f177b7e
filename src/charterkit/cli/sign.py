"""`charterkit sign`: the sign-up to a charter, and which of its duties are done."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

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
from charterkit.errors import NotThere, Refused

if TYPE_CHECKING:
    from charterkit.files.workspace import SchoolFolder
    from charterkit.files.yaml.edit import Change
    from charterkit.model.charter import Charter
    from charterkit.model.school import SignedCharter

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

    call = session(ctx)
    folder = call.workspace.choose_school(school)
    chosen = call.workspace.choose_charter(charter or own_charter(call.workspace, folder))
    _write(call, folder, _changes(folder, chosen, by, on, done or [], day(today)))
    _show(call, folder, chosen)


def _signed(folder: "SchoolFolder", charter: str) -> "tuple[int | None, SignedCharter | None]":
    """The entry for a charter and its place in school.yaml."""
    for number, signed in enumerate(folder.school.charters):
        if signed.charter == charter:
            return number, signed
    return None, None


def _changes(
    folder: "SchoolFolder", charter: "Charter", by: str | None, on: "PartialDate | None", done: list[str], today: date
) -> "list[Change]":
    from charterkit.files.yaml.edit import Change
    from charterkit.model import dates

    when = _past(on, "--on", today) if on else dates.PartialDate.of(today)
    duties = dict(_duty(text, charter, today) for text in done)
    number, signed = _signed(folder, charter.id)
    if number is None or signed is None:
        fresh: dict[str, Any] = {"charter": charter.id, "signed": when}
        fresh |= {"signed_by": by} if by else {}
        fresh |= {"pledges": duties} if duties else {}
        return [Change(("charters",), fresh, append=True)]
    at = ("charters", number)
    made = [Change((*at, "pledges", duty), date) for duty, date in duties.items()]
    made += [Change((*at, "signed_by"), by)] if by else []
    made += [Change((*at, "signed"), when)] if on else []
    return made


def _duty(said: str, charter: "Charter", today: date) -> "tuple[str, PartialDate]":
    from charterkit.model import dates
    from charterkit.model.base import nearest

    name, equals, when = said.partition("=")
    known = [pledge.id for pledge in charter.pledge]
    if name not in known:
        meant = nearest(name, known)
        f"Did you mean {meant}?" if meant else f"The duties are: {', '.join(known)}."
        raise NotThere("no-duty", name=name, meant=meant, known=known)
    option = f"--done {name}"
    return name, _past(reader("PartialDate", option)(when), option, today) if equals else dates.PartialDate.of(today)


def _past(found: "PartialDate", option: str, today: date) -> "PartialDate":
    if found.first > today:
        raise Refused("option-not-come", option=option, found=found.spoken)
    return found


def _write(call: Session, folder: "SchoolFolder", made: "list[Change]") -> None:
    from charterkit.files import write
    from charterkit.files.yaml.edit import edited

    if not made:
        return
    if folder.document.model is None or folder.document.loaded.problems:
        raise Refused("has-mistake", path=folder.document.path)
    for sentence in now_read():
        call.say(sentence)
    root = call.workspace.root
    write.change(root / folder.document.path, folder.document.data, lambda text: edited(text, made), root)
    call.workspace.refresh()
    call.say(f"Saved in {folder.document.path}.")


def _show(call: Session, folder: "SchoolFolder", charter: "Charter") -> None:
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    folder = call.workspace.school(folder.slug)
    _, signed = _signed(folder, charter.id)
    lines = [f"{folder.school.name} and the charter: {charter.title}"]
    if signed and signed.signed:
        lines.append(f"Signed {signed.signed.spoken}{f' by {signed.signed_by}' if signed.signed_by else ''}.")
    for pledge in charter.pledge:
        when = signed.pledges.get(pledge.id) if signed else None
        state = f"done, {when.spoken}" if when else f"still to do (--done {pledge.id})"
        lines.append(f"  {'[x]' if when else '[ ]'} {pledge.text}: {state}")
    typer.echo("\n".join(part for line in lines for part in broken(visible(line), call.columns)))
