"""A new workspace in a folder: the charter, a made-up school to try things on, and what editors need."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from charterkit.errors import Refused
from charterkit.files.leaving import place
from charterkit.files.load import word
from charterkit.files.schema_line import SCHEMAS, schema_line, with_schema_line
from charterkit.files.workspace import SETTINGS, Workspace
from charterkit.files.write import write_output
from charterkit.model.config import new_workspace_id
from charterkit.resources import builtin
from charterkit.schema.workspace import texts

EXAMPLE = "example-primary"
ABOUT_EXAMPLE = b"# The example school"
"""Where the lines of the settings begin that are about it alone."""

ID_HERE = b"made-by-init"
"""What stands in the template of the settings for the workspace's own id."""


def start(root: Path, tops: Sequence[Path] | None, *, example: bool, extras: Iterable[str] = ()) -> list[Path]:
    """Put a workspace into a folder; the files that were there already, and stay as they are.

    `tops` are the folders whose links may be somebody else's, as `leaving.place` takes them; `extras` are folders of
    templates/with/. An interrupted call can be made again. Raises Refused where nothing can be written.
    """
    source = builtin()
    if root.resolve() == source.resolve():
        raise Refused("holds-charterkit", root=root)
    pairs = [
        (path, _target(path.relative_to(source / "templates" / "workspace")))
        for path in _files(source / "templates" / "workspace")
    ]
    pairs += _extra_files(source, extras)
    pairs += [(path, path.relative_to(source)) for path in _files(source / "charters")]
    if example:
        pairs += [(path, path.relative_to(source)) for path in _files(source / "schools" / EXAMPLE)]
    try:
        _refuse_links(root, [*(target for _, target in pairs), Path("schools/x"), Path(SCHEMAS, "x")], tops)
        (root / "schools").mkdir(parents=True, exist_ok=True)
        pairs.sort(key=lambda pair: pair[1].name == SETTINGS)  # last: with it, it is a workspace
        kept = [target for target, text in _schemas(root, source) if not _write(root / target, text.encode())]
        kinds = _kinds(source)
        for path, target in pairs:
            content = _content(path, root, target, kinds)
            if target.name == SETTINGS:
                content = content.replace(ID_HERE, new_workspace_id().encode())
                content = content if example else content.partition(ABOUT_EXAMPLE)[0]
            kept += [] if _write(root / target, content) else [target]
    except OSError as error:
        raise Refused("not-written", filename=error.filename, reason=error.strerror) from None
    return kept


def add_extras(root: Path, tops: Sequence[Path] | None, extras: Iterable[str]) -> Iterator[tuple[Path, bool]]:
    """Put files into a workspace that is there: each, and whether it is new. Raises as `start` does."""
    pairs = _extra_files(builtin(), extras)
    try:
        _refuse_links(root, [target for _, target in pairs], tops)
        for path, target in pairs:
            yield target, _write(root / target, path.read_bytes())
    except OSError as error:
        raise Refused("not-written", filename=error.filename, reason=error.strerror) from None


def _extra_files(source: Path, extras: Iterable[str]) -> list[tuple[Path, Path]]:
    """What is put in only when it is asked for, each file with its place."""
    names = list(dict.fromkeys(extras))
    folders = [source / "templates" / "with" / name for name in (*names, *(["any"] if names else []))]
    return [(path, _target(path.relative_to(folder))) for folder in folders for path in _files(folder)]


def _refuse_links(root: Path, targets: Iterable[Path], tops: Sequence[Path] | None) -> None:
    """Raises CharterkitError, before anything is written, where a folder that files go to is a link that leads out."""
    for folder in dict.fromkeys(target.parent for target in targets):
        place(root / folder, tops)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _target(inside: Path) -> Path:
    """Names that start with a dot are kept without it, so that packaging and git leave them alone."""
    return Path(*(f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part for part in inside.parts))


def _schemas(root: Path, source: Path) -> list[tuple[Path, str]]:
    """What editors need to know the files, with the aspects of the charters that will be here."""
    return [(Path(path), text) for path, text in texts(Workspace(root, source)).items()]


def _kinds(source: Path) -> dict[str, str]:
    """The word for the kind of each file that is brought along, by its path."""
    return {path: word(kind) for path, kind in Workspace(source).paths() if kind}


def _content(file: Path, root: Path, target: Path, kinds: dict[str, str]) -> bytes:
    """A file as it is copied: one that editors know a schema for says so in its first line."""
    path = target.as_posix()
    if path not in kinds:
        return file.read_bytes()
    line = schema_line(root, path, kinds[path])
    return with_schema_line(file.read_text(encoding="utf-8"), line).encode()


def _write(target: Path, content: bytes) -> bool:
    """Write one file, whole or not at all; False where something stands already."""
    if os.path.lexists(target):
        return False
    write_output(target, content)
    return True
