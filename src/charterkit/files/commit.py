"""The git commit that the files of a workspace are those of, so that a document can say what it was made from."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from charterkit.errors import Refused
from charterkit.files.history import PARTS, commit_at, is_read
from charterkit.files.objects import Objects
from charterkit.files.repository import borrowed
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.text.safe import shown


def commit_of(workspace: Workspace, variables: Mapping[str, str], here: Path | None) -> str:
    """The id of the commit that is checked out, if every YAML file of the workspace is as it holds it.

    Line ends may differ, as git itself changes them on Windows. `variables` and `here` are the environment and the
    current folder of the call. Raises CharterkitError with the files that differ, and where there is no git, no
    repository, or one that cannot be read.
    """
    with borrowed(workspace.root, variables, here, reflogs=False) as (git, place):
        commit = commit_at(git, "HEAD")
        objects = Objects(git, "HEAD", commit)
        entries = [file for file in objects.files([os.fsencode(part) for part in place.way], PARTS) if is_read(file)]
        held = {
            os.fsdecode(b"/".join(entry.path)): data.replace(b"\r\n", b"\n")
            for entry, data in objects.contents(entries, MAX_BYTES)
        }
    there = dict(_on_disk(workspace.root))
    changed = sorted(path for path in held.keys() | there.keys() if held.get(path) != there.get(path))
    if changed:
        raise Refused("tree-not-clean", paths=[shown(path, 100) for path in changed])
    return commit


def _on_disk(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every YAML file that a workspace may be read from, by its path; one that cannot be read is empty."""
    for part in sorted(PARTS):
        start = root / os.fsdecode(part)
        found = [start] if start.is_file() else [Path(at, name) for at, _, names in os.walk(start) for name in names]
        for path in found:
            if path.suffix in (".yaml", ".yml") and not path.is_symlink():
                yield path.relative_to(root).as_posix(), _plain(path)


def _plain(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1).replace(b"\r\n", b"\n")
    except OSError:
        return b""
