"""`charterkit init`: a new workspace."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import foreign
from charterkit.cli.params import choice_option
from charterkit.cli.typed import as_command
from charterkit.errors import Conflict

app = typer.Typer(rich_markup_mode=None)
EXAMPLE = "example-primary"
EXTRAS = ("git", "reminders")
"""What `--with` adds: the folders of templates/with/, where `any` holds what all workflows need."""


@app.command(short_help="Start a workspace with the charter and an example.")
def init(
    ctx: typer.Context,
    directory: Annotated[str, typer.Argument(metavar="[DIR]", help="The folder; the current one when left out.")] = ".",
    example: Annotated[bool, typer.Option(help="Put the made-up example school in, to try things on.")] = True,
    extras: Annotated[
        list[str] | None,
        choice_option(
            "--with",
            EXTRAS,
            "git: settings for editors, pre-commit and GitHub; reminders: a workflow that says what is due.",
        ),
    ] = None,
) -> None:
    """Start a workspace: the charter, a made-up example school, and a READ ME FIRST.txt.

    Files that are there already are left as they are. An interrupted call can be run again, and --with adds to a
    workspace that is there.
    """
    from charterkit.files.workspace import SETTINGS
    from charterkit.session.starting import add_extras, start

    root = Path(directory).absolute()
    if (root / SETTINGS).exists():
        if not extras:
            raise Conflict("workspace-already", root=root)
        for target, is_new in add_extras(root, foreign(root), extras):
            state = "is ready" if is_new else "was there already and stays as it is"
            session(ctx).say(f"{target.as_posix()} {state}.")
        return
    kept = start(root, foreign(root), example=example, extras=extras or ())
    call = session(ctx)
    for target in kept:
        call.say(f"{target.as_posix()} was there already and stays as it is.")
    call.say(f"A workspace is ready in {root}.")
    for sentence in _next(directory, example=example):
        call.say(sentence)


def _next(directory: str, *, example: bool) -> Iterator[str]:
    """What to do in a new workspace."""
    if directory != ".":
        yield f"Go there first: {as_command('cd', directory)}"
    yield 'Add your own school with: charterkit new school "Name of the school"'
    if example:
        yield f"Or try things on the made-up one: charterkit report {EXAMPLE}"
