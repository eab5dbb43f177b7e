"""`charterkit import gias`: the register of schools in England, made into schools and trusts; shown first."""

from pathlib import Path
from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import deliver
from charterkit.cli.params import choice_option
from charterkit.cli.telling import lay_out
from charterkit.errors import Refused

_FORMATS = ("text", "json")


def gias(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The extract of establishments: a .csv of GIAS.")],
    links: Annotated[
        str | None,
        typer.Option("--links", metavar="FILE", help="The links file beside it: what came after a closed school."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="COLUMN=TEXT",
            help='Only the schools with that, such as "LA (name)=Camden"; repeatable: any of one column, all columns.',
        ),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Take the register's words also where a person wrote others.")
    ] = False,
    output_format: Annotated[str, choice_option("--format", _FORMATS, "How it is said.")] = "text",
    yes: Annotated[bool, typer.Option("--yes", help="Write it; without it this is a trial run.")] = False,
) -> None:
    """Make schools and trusts out of an extract of Get Information about Schools, or take in what changed there.

    Without --yes it says for every school what would be made or changed, and which are closed, merged or split.
    A school that is there already keeps its folder, also when it becomes an academy. What a person wrote in a file
    stays, and nothing is ever deleted. Exits with 2 where something has to be mended first, without --yes too.
    """
    from charterkit.exchange.gias.data import gias_json
    from charterkit.exchange.gias.files import files_of
    from charterkit.exchange.gias.memory import PATH
    from charterkit.exchange.gias.read import GiasWishes, read_gias
    from charterkit.exchange.gias.told import told
    from charterkit.files.together import save_all
    from charterkit.text.english import counted

    call = session(ctx)
    wishes = GiasWishes(where or (), update)
    read = read_gias(Path(file), Path(links) if links else None, wishes, call.workspace)
    if output_format == "json":
        deliver(call, gias_json(read), None)
    else:
        lay_out(told(read), call.columns)
    if read.plans.blocks:
        raise Refused("gias-not-told", things=counted(len(read.plans.blocks), "thing has", "things have").capitalize())
    if not yes:
        changes = read.plans.of("made") + read.plans.of("changed")
        call.say("This was a trial run: nothing is written. Add --yes to write it." if changes else _NOTHING)
        return
    files = files_of(read.plans, call.workspace, read.memory)
    save_all(call.workspace.root, files)
    call.workspace.refresh()
    if not any(each.path != PATH for each in files):
        call.say(_NOTHING)
        return
    call.say("Saved. Look at it with: charterkit check")


_NOTHING = "There is nothing to change."
