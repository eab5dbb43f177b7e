"""`charterkit init`: a new workspace."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.output import foreign
from charterkit.cli.params import choice_option
from charterkit.cli.typed import as_command
from charterkit.errors import Conflict, Refused

app = typer.Typer(rich_markup_mode=None)
EXAMPLE = "example-primary"
EXTRAS = ("git", "reminders")
"""What `--with` adds: the folders of templates/with/."""
ABOUT_EXAMPLE = b"# The example school"
"""Where the lines of the settings begin that are about it alone."""


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
    from charterkit.files.schema_line import SCHEMAS
    from charterkit.files.workspace import SETTINGS
    from charterkit.resources import builtin

    root, source = Path(directory).absolute(), builtin()
    if (root / SETTINGS).exists():
        if not extras:
            raise Conflict("workspace-already", root=root)
        _add(session(ctx), root, _extra_files(source, extras))
        return
    if root.resolve() == source.resolve():
        raise Refused("holds-charterkit", root=root)
    pairs = [
        (path, _target(path.relative_to(source / "templates" / "workspace")))
        for path in _files(source / "templates" / "workspace")
    ]
    pairs += _extra_files(source, extras or ())
    pairs += [(path, path.relative_to(source)) for path in _files(source / "charters")]
    if example:
        pairs += [(path, path.relative_to(source)) for path in _files(source / "schools" / EXAMPLE)]
    try:
        _refuse_links(root, [*(target for _, target in pairs), Path("schools/x"), Path(SCHEMAS, "x")])
        (root / "schools").mkdir(parents=True, exist_ok=True)
        pairs.sort(key=lambda pair: pair[1].name == SETTINGS)  # last: with it, it is a workspace
        kept = [target for target, text in _schemas(root, source) if not _write(root / target, text.encode())]
        kinds = _kinds(source)
        for path, target in pairs:
            content = _content(path, root, target, kinds)
            if not example and target.name == SETTINGS:
                content = content.partition(ABOUT_EXAMPLE)[0]
            kept += [] if _write(root / target, content) else [target]
    except OSError as error:
        raise Refused("not-written", filename=error.filename, reason=error.strerror) from None
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


def _extra_files(source: Path, extras: Iterable[str]) -> list[tuple[Path, Path]]:
    """What is put in only when it is asked for, each file with its place."""
    folders = [source / "templates" / "with" / name for name in dict.fromkeys(extras)]
    return [(path, _target(path.relative_to(folder))) for folder in folders for path in _files(folder)]


def _add(call: Session, root: Path, pairs: list[tuple[Path, Path]]) -> None:
    """Put files into a workspace that is there."""
    try:
        _refuse_links(root, [target for _, target in pairs])
        for path, target in pairs:
            is_new = _write(root / target, path.read_bytes())
            call.say(f"{target.as_posix()} {'is ready' if is_new else 'was there already and stays as it is'}.")
    except OSError as error:
        raise Refused("not-written", filename=error.filename, reason=error.strerror) from None


def _refuse_links(root: Path, targets: Iterable[Path]) -> None:
    """Raises CharterkitError, before anything is written, where a folder that files go to is a link that leads out."""
    from charterkit.files.leaving import place

    tops = foreign(root)
    for folder in dict.fromkeys(target.parent for target in targets):
        place(root / folder, tops)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _target(inside: Path) -> Path:
    """Names that start with a dot are kept without it, so that packaging and git leave them alone."""
    return Path(*(f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part for part in inside.parts))


def _schemas(root: Path, source: Path) -> list[tuple[Path, str]]:
    """What editors need to know the files, with the aspects of the charters that will be here."""
    from charterkit.files.workspace import Workspace
    from charterkit.schema.workspace import texts

    return [(Path(path), text) for path, text in texts(Workspace(root, source)).items()]


def _kinds(source: Path) -> dict[str, str]:
    """The word for the kind of each file that is brought along, by its path."""
    from charterkit.files.load import word
    from charterkit.files.workspace import Workspace

    return {path: word(kind) for path, kind in Workspace(source).paths() if kind}


def _content(file: Path, root: Path, target: Path, kinds: dict[str, str]) -> bytes:
    """A file as it is copied: one that editors know a schema for says so in its first line."""
    from charterkit.files.schema_line import schema_line, with_schema_line

    path = target.as_posix()
    if path not in kinds:
        return file.read_bytes()
    line = schema_line(root, path, kinds[path])
    return with_schema_line(file.read_text(encoding="utf-8"), line).encode()


def _write(target: Path, content: bytes) -> bool:
    """Write one file, whole or not at all; False where something stands already."""
    from charterkit.files.write import write_output

    if os.path.lexists(target):
        return False
    write_output(target, content)
    return True
