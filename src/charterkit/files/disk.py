"""The workspace's folders on disk: which files are there, and their bytes; nothing behind a link that leads out."""

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import chain
from pathlib import Path

from charterkit.files.names import SCHOOL_FOLDERS, right_name
from charterkit.files.places import leads_inside
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.findings import Code, Problem
from charterkit.records import dataclass

Stamp = str
"""A file's times of writing and of change in nanoseconds, its size in bytes, and its number on the disk."""
Entry = tuple[str, Stamp | None]
"""A file as a folder lists it. The stamp tells whether it was written to since; None where that cannot be told."""

SCHOOLS = "schools"
PACKS = "packs"
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


@dataclass(frozen=True)
class Disk:
    """A folder, and `unsaved` texts that count in place of what is there, by path: what an editor has not saved yet.

    It keeps nothing: each question is put to the disk. What was answered once is kept by `snapshot.Snapshot`.
    """

    root: Path
    unsaved: Mapping[str, bytes] = field(default_factory=dict)

    def files(self, folder: str) -> tuple[str, ...]:
        """Every YAML file below a folder, whatever it is, sorted."""
        found = [path for path, _ in entries(self.root, folder)]
        unsaved = [path for path in self.unsaved if path.startswith(f"{folder}/")]
        return tuple(sorted({*found, *unsaved}))

    def schools(self) -> list[str]:
        """The folders below schools/ by name, sorted."""
        unsaved = {path.split("/")[1] for path in self.unsaved if path.startswith("schools/") and path.count("/") > 1}
        return sorted(unsaved.union(school_folders(self.root)))

    def listing(self, until: int | None = None) -> "FolderListing":
        """All that lies below schools/, from one look. Stamped where `until` is given, which `before` gives."""
        texts: dict[str, str] = {}
        loose: dict[str, Stamp | None] = {}
        for entry in self._in_schools(loose):
            path = f"{SCHOOLS}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                texts[entry.name] = packed(below(self.root, path, until), len(path))
            elif _is_listed(path, entry):
                loose[path] = None if until is None else stamp(entry, until)
        for path in self.unsaved:
            if path.startswith(f"{SCHOOLS}/"):
                _, slug, *inside = path.split("/", 2)
                if inside:
                    found = {**unpacked(slug, texts.get(slug, "")), path: None}
                    texts[slug] = packed(found.items(), len(f"{SCHOOLS}/{slug}"))
                else:
                    loose[path] = None
        return FolderListing(SchoolFiles(dict(sorted(texts.items()))), dict(sorted(loose.items())))

    def _in_schools(self, loose: "dict[str, Stamp | None]") -> "list[os.DirEntry[str]]":
        """What is in schools/; that folder itself is put among the loose files where it cannot be looked into."""
        top = self.root / SCHOOLS
        found = _scanned(str(top)) if leads_inside(self.root, top) else None
        if found is None and os.path.lexists(top):
            loose[SCHOOLS] = None
        return found or []

    def has(self, path: str) -> bool:
        """Whether there is a file, or anything else, at a path."""
        return path in self.unsaved or os.path.lexists(self.root / path)

    def read(self, path: str, *, is_inside: bool = False) -> bytes:
        """A file's bytes, one more than the limit at most. Raises UnfitError when it is no plain file of the folder.

        `is_inside` is said of one whose folder was met in a listing: it lies behind no link that leads out.
        """
        return self.read_stamped(path, 0, is_inside=is_inside)[0]

    def read_stamped(self, path: str, until: int, *, is_inside: bool = False) -> tuple[bytes, Stamp | None]:
        """The same, and the file's stamp as it was just before; None where that tells nothing, as in `stamp`."""
        unsaved = self.unsaved.get(path)
        if unsaved is not None:
            return unsaved, None
        return self._quickly(path, until, is_inside=is_inside) or (read_bytes(self.root, path), None)

    def _quickly(self, path: str, until: int, *, is_inside: bool) -> tuple[bytes, Stamp | None] | None:
        """The bytes of a plain file in a folder that lies inside; None where a closer look is needed."""
        if not _NO_LINK:
            return None
        whole = os.path.join(self.root, path)  # noqa: PTH118 - among thousands a Path costs as much as the reading
        if not is_inside and not leads_inside(self.root, Path(whole).parent):
            return None
        try:
            handle = os.open(whole, _FLAGS | _NO_LINK)
        except (OSError, ValueError):
            return None
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return None
            data = os.read(handle, found.st_size + 1)
            return (data, _stamp(found, until)) if len(data) == found.st_size else None
        except OSError:
            return None
        finally:
            os.close(handle)

    def stamp(self, path: str) -> Stamp | None:
        """A plain file's stamp as it is now, however young."""
        return stamp(self.root / path, sys.maxsize)


class SchoolFiles(Mapping[str, Mapping[str, Stamp | None]]):
    """By school its files with their stamps: a text a school, as a quarter of a million paths would fill the memory."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        """What `packed` made, by school."""
        self._last: tuple[str, Mapping[str, Stamp | None]] = "", {}

    def __getitem__(self, slug: str) -> Mapping[str, Stamp | None]:
        last = self._last
        if last[0] != slug:
            self._last = last = slug, unpacked(slug, self.texts[slug])
        return last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def __contains__(self, slug: object) -> bool:
        return slug in self.texts

    def is_settled(self, slug: str) -> bool:
        """Whether each of a school's files has a stamp that tells whether it is written to."""
        return _UNTOLD not in self.texts[slug]


_UNTOLD = "\0\0"


def packed(files: Iterable[Entry], above: int) -> str:
    """Files with their stamps as a text, sorted; `above` is how many letters of their paths are those of the folder."""
    return "".join(sorted([f"{path[above:]}\0{when or ''}\0" for path, when in files]))


def unpacked(slug: str, text: str) -> dict[str, Stamp | None]:
    """What `packed` made one of: a school's files by path."""
    parts, top = text.split("\0"), f"{SCHOOLS}/{slug}"
    return {top + path: when or None for path, when in zip(parts[:-1:2], parts[1::2], strict=True)}


@dataclass(frozen=True, slots=True)
class FolderListing:
    """What lies below schools/: the folders there by name, each with its files; and what lies in none of them.

    A file has its stamp, or None where none was wanted or it tells nothing.
    """

    schools: SchoolFiles
    loose: Mapping[str, Stamp | None]

    @property
    def files(self) -> tuple[str, ...]:
        """All of them, sorted."""
        return tuple(sorted([*self.loose, *chain.from_iterable(self.schools.values())]))


def school_folders(root: Path) -> list[str]:
    """The folders below schools/ by name, sorted."""
    if not leads_inside(root, root / SCHOOLS):
        return []
    try:
        with os.scandir(root / SCHOOLS) as found:
            return sorted(entry.name for entry in found if entry.is_dir(follow_symlinks=False) and entry.name[0] != ".")
    except OSError:
        return []


def entries(root: Path, folder: str, until: int | None = None) -> Iterator[Entry]:
    """Every .yaml and .yml file below a folder of `root`, and what nearly has such a name; and every folder that was to
    be read but cannot be.

    Stamped where `until` is given, which `before` gives.
    Folders behind links are not entered: one that stands where files are read is listed, so that a finding says so.
    """
    top = root / folder
    if leads_inside(root, top):
        yield from below(root, folder, until)
    elif top.is_symlink():
        yield folder, None


def below(root: Path, folder: str, until: int | None = None) -> Iterator[Entry]:
    """The same of a folder that is known to lie behind no link."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        inside = _scanned(os.path.join(root, here))  # noqa: PTH118 - quicker than a Path
        if inside is None:
            yield here, None
            continue
        for entry in inside:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{here}/{entry.name}")
            elif _is_listed(path := f"{here}/{entry.name}", entry):
                yield path, None if until is None else stamp(entry, until)


def _scanned(folder: str) -> "list[os.DirEntry[str]] | None":
    """What is in a folder, but for hidden files; nothing where it has just gone, None where it may not be read."""
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if entry.name[0] != "."]
    except FileNotFoundError:
        return []
    except OSError:
        return None


def _is_listed(path: str, entry: "os.DirEntry[str]") -> bool:
    is_named = path.endswith(_ENDINGS) or path[-5:].lower().endswith(_ENDINGS)
    if not entry.is_symlink():
        return is_named or bool(right_name(path))
    if is_named and not os.path.isdir(entry):  # noqa: PTH112 - which never raises, for a loop
        return True
    return _is_read(path) and not os.path.isfile(entry)  # noqa: PTH113 - as above


def stamp(file: "os.DirEntry[str] | Path", until: int) -> Stamp | None:
    """What changes when a file is written to; None for all but plain files, and for one younger than `until`.

    A young file may be written to once more without a trace, on a disk whose clock goes in great steps.
    """
    try:
        found = file.stat(follow_symlinks=False)
    except OSError:
        return None
    return _stamp(found, until)


def _stamp(found: os.stat_result, until: int) -> Stamp | None:
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
