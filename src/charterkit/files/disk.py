"""The workspace's folders on disk: which files are there, and their bytes; nothing behind a link that leads out."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from charterkit.files.places import leads_inside
from charterkit.files.subset import MAX_BYTES
from charterkit.findings import Problem

SCHOOL_FOLDERS = ("evaluations", "policies", "visits", "surveys")
"""The folders of a school in which files are read."""


class UnfitError(Exception):
    """A file that is not read; `problem` says why."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = Problem("CK113", message, remedy, line=1, column=1)


@dataclass(frozen=True)
class Disk:
    """A folder, and `unsaved` texts that count in place of what is there, by path: what an editor has not saved yet."""

    root: Path
    unsaved: Mapping[str, bytes] = field(default_factory=dict)

    def files(self, folder: str) -> list[str]:
        """Every YAML file below a folder, whatever it is, sorted."""
        found = yaml_files(self.root, folder)
        unsaved = [path for path in self.unsaved if path.startswith(f"{folder}/")]
        return sorted({*found, *unsaved}) if unsaved else found

    def has(self, path: str) -> bool:
        """Whether there is a file, or anything else, at a path."""
        return path in self.unsaved or os.path.lexists(self.root / path)

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises UnfitError."""
        unsaved = self.unsaved.get(path)
        return read_bytes(self.root, path) if unsaved is None else unsaved

    def schools(self) -> list[str]:
        """The folders below schools/ by name, sorted."""
        unsaved = {path.split("/")[1] for path in self.unsaved if path.startswith("schools/") and path.count("/") > 1}
        if not leads_inside(self.root, self.root / "schools"):
            return sorted(unsaved)
        try:
            with os.scandir(self.root / "schools") as found:
                on_disk = {one.name for one in found if one.is_dir(follow_symlinks=False) and one.name[0] != "."}
        except OSError:
            return sorted(unsaved)
        return sorted(on_disk | unsaved)


def yaml_files(root: Path, folder: str) -> list[str]:
    """Every .yaml and .yml file below a folder, relative, sorted; and every folder that was to be read but cannot be.

    Folders behind links are not entered: one that stands where files are read is listed, so that a finding says so.
    """
    top = root / folder
    if not leads_inside(root, top):
        return [folder] if top.is_symlink() else []
    found: list[str] = []
    closed: list[OSError] = []
    for here, folders, names in os.walk(top, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        way = _relative(root, here)
        links = (name for name in (*folders, *names) if _is_read(f"{way}/{name}") and Path(here, name).is_symlink())
        found += [f"{way}/{name}" for name in links]
        found += [
            f"{way}/{name}" for name in names if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")
        ]
    found += [_relative(root, error.filename) for error in closed if not isinstance(error, FileNotFoundError)]
    return sorted(found)


def _relative(root: Path, path: str) -> str:
    return Path(path).relative_to(root).as_posix()


def _is_read(path: str) -> bool:
    """Whether a folder of this place holds files of a workspace."""
    parts = path.split("/")
    return parts[0] == "schools" and (len(parts) == 2 or (len(parts) == 3 and parts[2] in SCHOOL_FOLDERS))  # noqa: PLR2004


def read_bytes(root: Path, path: str) -> bytes:
    """A file's bytes, one more than the limit at most; refused when it is no plain file of this workspace."""
    whole = root / path
    try:
        if not leads_inside(root, whole if whole.is_symlink() else whole.parent):
            raise UnfitError("this is a link that leads out of the workspace", "Put the file itself here.")
        if whole.is_dir():
            raise _unfit_folder(whole)
        handle = os.open(whole, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:  # a pipe without a writer would hold us up without O_NONBLOCK
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise UnfitError("this is no plain file", "Put a plain file here.")
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnfitError("there is no such file", "Restore it, or delete what points at it.") from None
    except (OSError, RuntimeError, ValueError) as error:  # a symlink loop is a RuntimeError before Python 3.13
        reason = getattr(error, "strerror", None) or "a loop of links, or a name that no disk can hold"
        raise UnfitError(f"the file cannot be read: {reason}", "Check its permissions.") from None


def _unfit_folder(path: Path) -> UnfitError:
    if path.is_symlink():
        return UnfitError("folders behind a link are not read", "Put the folder itself here.")
    return UnfitError("the folder cannot be read", "Check its permissions.")
