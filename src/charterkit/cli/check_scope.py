"""What a check is to look at: the workspace, the paths that are wanted, and what stands on stdin."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from charterkit.cli.common import standing
from charterkit.cli.options import Session
from charterkit.errors import NotThere, Refused
from charterkit.files.places import SETTINGS
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.records import dataclass
from charterkit.resources import builtin

if TYPE_CHECKING:
    from charterkit.files.workspace import Workspace

STDIN = "-"


@dataclass(frozen=True)
class CheckScope:
    """What to look at: the workspace in a folder, with what stands on stdin in it, and the paths that are wanted."""

    root: Path
    only: tuple[str, ...] | None
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    """The folders of made-up schools: they count only where a path names them."""

    @property
    def workspace(self) -> "Workspace":
        """Read anew each time."""
        from charterkit.files.workspace import Workspace

        return Workspace(self.root, builtin(), self.unsaved)


def scope_of(call: Session, paths: list[str], filename: str | None, *, changes: bool) -> CheckScope:
    """What some paths and a file's name on stdin mean; `changes` is that files are to be mended."""
    if not any(os.path.lexists(call.root / name) for name in (SETTINGS, "charters", "schools")):
        raise NotThere("no-workspace-in", root=call.root)
    if STDIN not in paths:
        if filename is not None:
            raise Refused("stdin-filename-without-stdin")
        only = tuple(_relative(call, path) for path in paths) or None
        return CheckScope(call.root, only, without=_examples(call, only or ()))
    if paths != [STDIN] or filename is None or changes:
        raise Refused("stdin-alone")
    path = _relative(call, filename, must_exist=False)
    if not path.endswith((".yaml", ".yml")):
        raise Refused("no-yaml-name", filename=filename)
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    return CheckScope(call.root, (path,), {path: data})


def _examples(call: Session, only: tuple[str, ...]) -> frozenset[str]:
    """The folders of the made-up schools that no path is about and nobody stands in; none where all are made up."""
    from charterkit.files.disk import Disk, UnfitError, school_folders

    try:
        data = Disk(call.root).read(SETTINGS, is_inside=False)
    except (UnfitError, OSError):
        return frozenset()
    named = _named_in(data)
    if not set(school_folders(call.root)) - set(named):
        return frozenset()
    here = standing(call) if named else None
    folders = {f"schools/{slug}" for slug in named if slug != here}
    return frozenset(folder for folder in folders if not any(f"{path}/".startswith(f"{folder}/") for path in only))


def _named_in(settings: bytes) -> tuple[str, ...]:
    """The made-up schools by the settings: written as usual they are read without loading what reads the rest."""
    said = re.findall(rb"^examples:.*$", settings, re.MULTILINE)
    usual = re.fullmatch(rb"examples: \[([a-z0-9, -]*)\]", said[0].rstrip()) if len(said) == 1 else None
    if usual or not said:
        return tuple(usual[1].decode().replace(" ", "").split(",")) if usual else ()
    from charterkit.files.load import load
    from charterkit.model.config import Config

    config = load(Config, settings).model
    return config.examples if config else ()


def _school(call: Session, words: str) -> str:
    """The folder of the school that is meant; empty where there is none."""
    from charterkit.insight.naming import school_meant

    try:
        return f"schools/{school_meant(call.workspace, words)}"
    except NotThere:
        return ""


def _relative(call: Session, path: str, *, must_exist: bool = True) -> str:
    """A path as the findings name it: below the workspace, with forward slashes."""
    root = call.root
    whole = Path(os.path.normpath(Path(path).absolute()))
    try:
        is_there = whole.exists()
    except (OSError, ValueError):  # a name that no disk can hold
        is_there = False
    if (must_exist and not is_there) or not path:
        if path and not path.startswith("-") and (folder := _school(call, path)):
            return folder
        raise NotThere("option-after-dashes" if path.startswith("-") else "no-path", path=path)
    inside = _inside(root, whole)
    if inside is None:
        raise Refused("outside-workspace", path=path, root=root)
    return inside


def _inside(root: Path, path: Path) -> str | None:
    """A path below the workspace: as it is written, else with the links before its name followed, else with all."""
    real = Path(os.path.realpath(root))
    ways = [path, Path(os.path.realpath(path.parent), path.name), Path(os.path.realpath(path))]
    if path.is_symlink() and path.parent in (root, real):  # it stands beside the folders that are checked
        ways.reverse()
    for file in ways:
        for folder in (root, real):
            if file.is_relative_to(folder):
                return file.relative_to(folder).as_posix()
    return None
