"""What two machines must have in common to find the same: the program, and what they see of a workspace."""

import asyncio
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from charterkit import __version__, resources
from charterkit.files.digests import digest
from charterkit.files.disk import PACKS, SCHOOLS, Disk, UnfitError, school_folders
from charterkit.files.names import NEARLY_SETTINGS
from charterkit.files.places import PUBLISHED, SETTINGS
from charterkit.records import dataclass

_CODE = (".py", ".yaml", ".toml", ".json", ".csv")
_FOLDERS = ("charters", PACKS, SCHOOLS, f"{PUBLISHED}/status")
_SECOND = 1_000_000_000


@dataclass(frozen=True)
class State:
    """The program's version and its content, and the files."""

    version: str
    program: str
    workspace: str
    """Stands for the folders of the workspace, its files and its settings; empty where it is not seen."""


def state(root: Path) -> State:
    """That of this process."""
    return State(__version__, source(), seen(root))


async def state_apart(root: str) -> State:
    """The same, while a worker goes on answering its scheduler: over a network a look takes long."""
    return await asyncio.to_thread(state, Path(root))


@lru_cache(maxsize=1)
def source() -> str:
    """What tells this state of the program from others, on whatever machine: by what its files say."""
    builtin = resources.builtin()
    folders = [resources.PACKAGE, *(builtin / name for name in ("charters", "packs"))]
    files = [
        (path.relative_to(folder).as_posix(), path)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in _CODE and "builtin" not in path.relative_to(folder).parts and path.is_file()
    ]
    found = [str(sys.version_info[:2]), *((name, digest(path.read_bytes())) for name, path in files)]
    return digest(repr(found).encode(errors="surrogateescape"))


def seen(root: Path) -> str:
    """What tells a workspace from another one, and from an older copy of it: every file with its size and its time.

    So evidence too, policies' own texts and the issuer's lists, which a copy out of git may lack.

    Of the time the whole seconds: not every way to a shared disk has more.
    """
    if not root.is_dir():
        return ""
    try:
        settings = Disk(root).read(SETTINGS)
    except UnfitError:
        settings = b""
    nearly = [name for name in NEARLY_SETTINGS if os.path.lexists(root / name)]
    found = sorted(line for folder in _FOLDERS for line in _lines(f"{root}{os.sep}", folder))
    return digest(repr((settings, nearly, school_folders(root), found)).encode(errors="surrogateescape"))


def _lines(top: str, folder: str) -> Iterator[tuple[str, int, int]]:
    """Everything below a folder but folders: its path, its size, and the second in which it was written.

    Nothing hidden: whoever saves a file there has a lock beside it for a moment.
    """
    try:
        with os.scandir(top + folder) as inside:
            found = [entry for entry in inside if entry.name[0] != "."]
    except OSError:  # it is not there, or what is read of it is nothing
        return
    for entry in found:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _lines(top, path)
            continue
        try:
            about = entry.stat()
        except OSError:  # a link that leads nowhere, or gone meanwhile
            yield path, 0, 0
        else:
            yield path, about.st_size, about.st_mtime_ns // _SECOND
