"""What lies beside a file while it is written: the new text, whole and on the disk before it takes any place."""

import contextlib
import errno
import hashlib
import os
import re
import stat
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

LEFTOVER_SECONDS = 60.0
"""After that, what a writer left beside the real file is from one that was killed."""
_LONGEST = 40
"""Letters of a file's name that the names beside it begin with: they have to be names that a disk can hold, too."""
_LONGEST_NAME = 230
"""Bytes of a name to which something may be added; most disks take 255."""
_BITS = 0o777
_IS_WINDOWS = sys.platform == "win32"
_OURS = stat.S_IRUSR | stat.S_IWUSR
"""A file that is just being written can be read and written by whoever writes it."""
_CANNOT_FLUSH = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
"""What file systems answer that have no way of saying when something is on the disk."""


def lock_of(path: Path) -> Path:
    """Where the lock of a file lies: in its own folder, where whoever may write the file may make another one.

    Files whose names begin alike, and one name in capitals and small letters, may share it.
    """
    return path.with_name(f"{_start(path)}lock")


def unsaved(path: Path, data: bytes) -> Path:
    """Where to keep what could not be written: a name that is not read as one of the workspace's files."""
    name = path.name if len(os.fsencode(path.name)) <= _LONGEST_NAME else path.name[:_LONGEST]
    return path.with_name(f"{name}.unsaved-{_digest(data)}")


def written(path: Path, data: bytes, before: bytes | None = None, *, is_swapped: bool = False) -> Path:
    """A new file beside `path`, flushed to the disk, read back, and with the permissions that `path` has.

    One that is to change places with `path` has in its name what it will then hold, so that whoever finds it after a
    crash can tell the old text, which may go, from one that somebody else saved in that moment.
    """
    mark = f"{_digest(before or b'')}." if is_swapped else ""
    new = path.with_name(f"{_start(path)}{os.urandom(4).hex()}.{mark}tmp")
    old = _stands(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(new, flags, _OURS | old.st_mode & _BITS if old else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _flush(handle)
            made = os.fstat(handle)
        _verify(new, data)
        if old:
            _make_alike(new, made, old)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    return new


def _stands(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _make_alike(new: Path, made: os.stat_result, old: os.stat_result) -> None:
    """Give a new file the owner, the group and the permissions of the old one, as far as the system lets us.

    Else a file of a group would be its last writer's alone. Some file systems have none of the three.
    """
    if hasattr(os, "chown") and (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
        for owner in (old.st_uid, -1):  # only root may give files away
            with contextlib.suppress(OSError):
                os.chown(new, owner, old.st_gid)
                break
    if made.st_mode & _BITS != old.st_mode & _BITS:
        with contextlib.suppress(OSError):
            new.chmod(old.st_mode & _BITS)


def keep(path: Path, data: bytes) -> Path:
    """Put what could not take a file's place beside it; where that is."""
    kept = unsaved(path, data)
    written(path, data).replace(kept)
    return kept


def discard(path: Path, left: Path, *known: bytes | None) -> None:
    """Delete what a write left beside `path`, if it is one of the `known` texts; else it is kept under another name."""
    with contextlib.suppress(OSError):
        data = left.read_bytes()
        if data in known:
            left.unlink()
        else:
            left.replace(unsaved(path, data))


def sweep(path: Path) -> None:
    """Clear away what killed writers of this file left."""
    start = _start(path)
    with contextlib.suppress(OSError), os.scandir(path.parent) as found:
        for entry in found:
            if entry.name.startswith(start) and entry.name.endswith(".tmp"):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > LEFTOVER_SECONDS:
                        _clear(path, Path(entry.path), entry.name[len(start) :].split("."))


def sweep_folder(folder: Path, names: Iterable[str]) -> None:
    """Clear away what killed writers of very many files of one folder left; files that had no new text beside them."""
    starts = {_start(folder / name) for name in names}
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            match = _LEFT.fullmatch(entry.name)
            if match and match[1] in starts:
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > LEFTOVER_SECONDS:
                        Path(entry.path).unlink()


_LEFT = re.compile(r"(.*\.)[0-9a-f]{8}\.tmp", re.DOTALL)
"""What is new beside a file that it takes the place of without a look at what it held."""


def _clear(path: Path, left: Path, parts: list[str]) -> None:
    """`parts` is the name: a word, in one that was whole what it was to change places with, and the ending."""
    match parts:
        case [_, _]:
            left.unlink()
        case [_, digest, _]:
            data = left.read_bytes()
            discard(path, left, data if _digest(data) == digest else path.read_bytes())


def make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it, and say which are new: each is on the disk only when the one around it is."""
    missing = []
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        flush_folder(path.parent)
    return missing


def take_away(folders: Sequence[Path]) -> None:
    """Take away folders that were made for a file which did not come, as far as they are empty."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def flush_folder(folder: Path) -> None:
    """A rename is on the disk only when its folder is; Windows opens no folder, and needs none opened."""
    if _IS_WINDOWS:
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _verify(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise OSError(0, "the disk gave back something else than was written")


def _flush(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH:
            raise


def _start(path: Path) -> str:
    return f".{path.name[:_LONGEST]}."


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
