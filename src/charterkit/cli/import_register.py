"""`charterkit import register`: the sheet that every school office keeps, made into policies; shown first."""

from pathlib import Path
from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.params import TodayOption, day, school_option
from charterkit.cli.telling import lay_out
from charterkit.errors import Refused


def register(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The register: .xlsx or .csv.")],
    school: Annotated[
        str | None,
        school_option("Whose policies, by its name or a part of it; may be left out where there is one school."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=WHAT",
            help='What a column is, by its heading or letter: "Next due=next_review"; repeatable. WHAT is title, '
            "owner, role, email, approver, committee, statutory, every, last_review, approved, ratified, issued, by, "
            "next_review, version, address, status, archived, note, school, id, or - to leave it out.",
        ),
    ] = None,
    sheet: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Which sheet of a workbook; repeatable.")
    ] = None,
    archived: Annotated[bool, typer.Option("--archived", help="Take in what is out of use too, as archived.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write it; without it this is a trial run.")] = False,
    today: TodayOption = None,
) -> None:
    """Make policies out of the register that the office keeps as a spreadsheet, or take in what changed there.

    Without --yes it says for every row what would be made or changed, and by its cell what it does not understand.
    A policy that there is already is changed where the sheet says otherwise, and never made twice; an empty cell
    takes nothing away. Exits with 2 where something has to be mended first, without --yes too.
    """
    from charterkit.exchange.register.read import TRIED, RegisterWishes, files_of, read_register
    from charterkit.exchange.register.told import told
    from charterkit.files.undo_notes import save_noted
    from charterkit.text.english import counted

    call = session(ctx)
    slug = call.workspace.choose_school(school).slug if school or len(call.workspace.own_slugs) == 1 else None
    wishes = RegisterWishes(columns or (), sheet or (), archived)
    read = read_register(Path(file), wishes, call.workspace, day(today), slug)
    lay_out(told(read, is_many=slug is None), call.columns)
    if read.plan.blocks:
        raise Refused(
            "register-not-told", things=counted(len(read.plan.blocks), "thing has", "things have").capitalize()
        )
    files = files_of(read.plan, call.workspace, None if yes else TRIED)
    if not files:
        call.say("There is nothing to change.")
        return
    if not yes:
        call.say("This was a trial run: nothing is written. Add --yes to write it.")
        return
    save_noted(call.workspace.root, files)
    call.workspace.refresh()
    call.say("Saved. Look at it with: charterkit policies" + (f" {slug}" if slug else ""))
