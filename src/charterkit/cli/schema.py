"""`charterkit schema`: JSON Schemas of the files, for editors."""

from pathlib import Path
from typing import Annotated

import typer

from charterkit.choices import FILE_KINDS
from charterkit.cli.options import Session, session
from charterkit.cli.output import deliver, foreign
from charterkit.cli.params import OutputOption, charter_option, tab
from charterkit.errors import NotThere, Refused

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Show the JSON Schema of a file kind, for editors.")
def schema(
    ctx: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar=f"[{'|'.join(FILE_KINDS)}]", help="The kind of file.", autocompletion=tab("words", FILE_KINDS)
        ),
    ] = None,
    charter: Annotated[
        str | None,
        charter_option("Of an evaluation or visit: with this charter's own aspects, levels and focus groups."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Renew all the schemas in .charterkit/schemas of the workspace.")
    ] = False,
    output: OutputOption = None,
) -> None:
    """Show the JSON Schema (draft 7) of a kind of file. An editor that has it helps while you write and marks mistakes.

    A workspace made with init keeps its own in .charterkit/schemas, with the aspects of its charters in them. Run
    schema --update after a charter was changed or charterkit was upgraded.
    """
    call = session(ctx)
    if update:
        if kind or charter or output:
            raise Refused("update-is-whole")
        _update(call)
        return
    text = _text(call, kind, charter)
    if _has_workspace(call):
        deliver(call, text, output)
    elif output is None:
        typer.echo(text, nl=False)
    else:
        from charterkit.files.write import write_output

        write_output(Path(output).absolute(), text.encode(), foreign(None))
        call.say(f"Written to {output}.")


def _text(call: Session, kind: str | None, charter: str | None) -> str:
    from charterkit.schema.shipped import as_text, shipped_text

    if kind is None:
        raise Refused("no-kind-said", known=FILE_KINDS)
    if kind not in FILE_KINDS:
        from charterkit.model.base import nearest

        meant = nearest(kind, FILE_KINDS)
        f"Did you mean '{meant}'?" if meant else f"Write one of: {', '.join(FILE_KINDS)}."
        raise NotThere("no-kind", kind=kind, meant=meant, known=FILE_KINDS)
    if charter is None:
        return shipped_text(kind)
    from charterkit.schema.own import RATED, of_charter

    if kind not in RATED:
        raise Refused("charter-not-fit", kind=kind, rated=" or ".join(RATED))
    return as_text(of_charter(kind, call.workspace.choose_charter(charter)))


def _update(call: Session) -> None:
    from charterkit.files.schema_line import SCHEMAS
    from charterkit.schema.workspace import update

    written = update(call.workspace)
    number = f"{len(written)} {'schema was' if len(written) == 1 else 'schemas were'}"
    call.say(f"{number} renewed in {SCHEMAS}." if written else f"All schemas in {SCHEMAS} are right already.")


def _has_workspace(call: Session) -> bool:
    from charterkit.files.places import find

    return call.directory is not None or find(Path.cwd()) is not None
