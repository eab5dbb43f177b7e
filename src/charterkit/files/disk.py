"""The workspace's folders on disk: which files are there, and their bytes; nothing behind a link that leads out."""

import os
import stat
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from charterkit.files.places import leads_inside
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.findings import Code, Problem

Stamp = str
"""A file's times of writing and of change in nanoseconds, its size in bytes, and its number on the disk."""
Entry = tuple[str, Stamp | None]
"""A file as a folder lists it. The stamp tells whether it was written to since; None where that cannot be told."""

SCHOOLS = "schools"
PACKS = "packs"
SCHOOL_FOLDERS = ("evaluations", "policies", "visits", "surveys")
"""The folders of a school in which files are read."""
_ENDINGS = (".yaml", ".yml")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without O_NONBLOCK a pipe that nobody writes to would hold us up."""
_TICK = 2_000_000_000
"""The greatest step of a disk's clock in nanoseconds: FAT counts writing times in two seconds."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class UnfitError(Exception):
    """A file that is not read; `problem` says why."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = Problem(Code.UNFIT_FILE, message, remedy, line=1, column=1)


@dataclass
class Disk:
    """A folder, and `unsaved` texts that count in place of what is there, by path: what an editor has not saved yet."""

    root: Path
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    _listed: list[str] | None = None
    _inside: dict[str, bool] = field(default_factory=dict)

    def files(self, folder: str) -> list[str]:
        """Every YAML file below a folder, whatever it is, sorted. One look at schools/ is enough until `forget`."""
        if folder == SCHOOLS:
            self._listed = self._files(folder)
            return self._listed
        if self._listed is None or not folder.startswith(f"{SCHOOLS}/"):
            return self._files(folder)
        first = bisect_left(self._listed, f"{folder}/")
        last = bisect_left(self._listed, f"{folder}0")  # 0 comes next after the slash
        itself = bisect_left(self._listed, folder)
        closed = [folder] if self._listed[itself : itself + 1] == [folder] else []
        return closed + self._listed[first:last]

    def _files(self, folder: str) -> list[str]:
        found = [path for path, _ in entries(self.root, folder)]
        unsaved = [path for path in self.unsaved if path.startswith(f"{folder}/")]
        return sorted({*found, *unsaved})

    def forget(self) -> None:
        """Something was written: look again."""
        self._listed = None
        self._inside.clear()

    def has(self, path: str) -> bool:
        """Whether there is a file, or anything else, at a path."""
        return path in self.unsaved or os.path.lexists(self.root / path)

    def read(self, path: str) -> bytes:
        """A file's bytes, one more than the limit at most. Raises UnfitError when it is no plain file of the folder."""
        unsaved = self.unsaved.get(path)
        if unsaved is not None:
            return unsaved
        return self._quickly(path) or read_bytes(self.root, path)

    def _quickly(self, path: str) -> bytes:
        """The bytes of a plain file in a folder that is known to lie inside; empty where a closer look is needed."""
        whole = os.path.join(self.root, path)  # noqa: PTH118 - among thousands a Path costs as much as the reading
        folder = os.path.dirname(whole)  # noqa: PTH120 - as above
        if folder not in self._inside:
            self._inside[folder] = leads_inside(self.root, Path(folder))
        if not self._inside[folder] or not _NO_LINK:
            return b""
        try:
            handle = os.open(whole, _FLAGS | _NO_LINK)
        except (OSError, ValueError):
            return b""
        try:
            found = os.fstat(handle)
            is_small = stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES
            data = os.read(handle, found.st_size + 1) if is_small else b""
            return data if len(data) == found.st_size else b""
        except OSError:
            return b""
        finally:
            os.close(handle)

    def schools(self) -> list[str]:
        """The folders below schools/ by name, sorted."""
        unsaved = {path.split("/")[1] for path in self.unsaved if path.startswith("schools/") and path.count("/") > 1}
        return sorted(unsaved.union(school_folders(self.root)))


def school_folders(root: Path) -> list[str]:
    """The folders below schools/ by name, sorted."""
    if not leads_inside(root, root / SCHOOLS):
        return []
    try:
        with os.scandir(root / SCHOOLS) as found:
            return sorted(one.name for one in found if one.is_dir(follow_symlinks=False) and one.name[0] != ".")
    except OSError:
        return []


def entries(root: Path, folder: str, until: int | None = None) -> Iterator[Entry]:
    """Every .yaml and .yml file below a folder of `root`; and every folder that was to be read but cannot be.

    Stamped where `until` is given, which `before` gives.
    Folders behind links are not entered: one that stands where files are read is listed, so that a finding says so.
    """
    top = root / folder
    if not leads_inside(root, top):
        if top.is_symlink():
            yield folder, None
        return
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(os.path.join(root, here)) as found:  # noqa: PTH118 - quicker than a Path
                inside = list(found)
        except FileNotFoundError:
            continue
        except OSError:
            yield here, None
            continue
        for one in inside:
            name = one.name
            if name[0] == ".":
                continue
            path = f"{here}/{name}"
            if one.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif _is_listed(path, one):
                yield path, None if until is None else stamp(one, until)


def _is_listed(path: str, one: "os.DirEntry[str]") -> bool:
    is_named = path.endswith(_ENDINGS) or path[-5:].lower().endswith(_ENDINGS)
    if not one.is_symlink():
        return is_named
    if is_named and not os.path.isdir(one):  # noqa: PTH112 - which never raises, for a loop
        return True
    return _is_read(path) and not os.path.isfile(one)  # noqa: PTH113 - as above


def stamp(file: "os.DirEntry[str] | Path", until: int) -> Stamp | None:
    """What changes when a file is written to; None for all but plain files, and for one younger than `until`.

    A young file may be written to once more without a trace, on a disk whose clock goes in great steps.
    """
    try:
        found = file.stat(follow_symlinks=False)
    except OSError:
        return None
    written, changed = found.st_mtime_ns, found.st_ctime_ns
    if written >= until or changed >= until or not stat.S_ISREG(found.st_mode):
        return None
    return f"{written} {changed} {found.st_size} {found.st_ino}"


def before() -> int:
    """A time so long ago, in nanoseconds, that what was written then has another stamp than what is written now."""
    return time.time_ns() - _TICK


def _is_read(path: str) -> bool:
    """Whether a folder of this place holds files of a workspace."""
    parts = path.split("/")
    return parts[0] == SCHOOLS and (len(parts) == 2 or (len(parts) == 3 and parts[2] in SCHOOL_FOLDERS))  # noqa: PLR2004


def read_bytes(root: Path, path: str) -> bytes:
    """A file's bytes, one more than the limit at most; refused when it is no plain file of this workspace."""
    whole = root / path
    try:
        if not leads_inside(root, whole if whole.is_symlink() else whole.parent):
            raise UnfitError("this is a link that leads out of the workspace", "Put the file itself here.")
        if whole.is_dir():
            raise _unfit_folder(whole)
        handle = os.open(whole, _FLAGS)
        with os.fdopen(handle, "rb") as file:
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
