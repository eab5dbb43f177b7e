"""A new file takes an old one's place only while that still is what was read, down to the moment itself.

Linux and macOS can exchange two files at once. What came out is looked at afterwards: if somebody saved in the last
moment, it goes back, and nobody's text is gone. Elsewhere (Windows, most network drives) the file is read again
immediately before it is replaced.
"""

import errno
import os
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from charterkit.files.beside import flush_folder

_HERE = -100
"""Linux's AT_FDCWD: paths count from the current folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux (renameat2(2), since 3.15) and RENAME_SWAP of macOS (renamex_np(2), since 10.12)."""
_PAUSE = 0.05
_PLATFORM = sys.platform

Call = Callable[[bytes, bytes], int]
"""Exchanges two paths; 0 when it did, else -1 and, once the system was asked why, the error's number."""


def put(new: Path, path: Path, before: bytes | None, after: bytes, seconds: float) -> bool:
    """Put the file `new`, which holds `after`, in the place of `path`, which held `before` (None: there was none).

    False when `path` is no longer so. Then `path` holds what somebody else saved, and `new` either the new text or, if
    somebody saved twice in that moment, the first of both. Windows is asked again for so many seconds to replace what
    is held open. Raises OSError when the disk refuses.
    """
    if before is None:
        return _begin(new, path)
    if current(path) != before:
        return False
    try:
        if not exchange(new, path):
            return _replaced(new, path, before, seconds)
    except FileNotFoundError:
        return False
    if _holds(new, before):
        flush_folder(path.parent)
        if _holds(new, before):  # an editor that had it open already may have written since
            new.unlink(missing_ok=True)
            return True
    exchange(new, path)
    if not _holds(new, after):
        exchange(new, path)  # saved once more, after ours: the newest stays
    return False


def current(path: Path) -> bytes | None:
    """A file's bytes; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def exchange(path: Path, other: Path) -> bool:
    """Give each of two files the other's name, at once; False where the system or the file system cannot.

    Raises FileNotFoundError when one of them is not there.
    """
    call = _call(_PLATFORM)
    refusal = errno.ENOSYS if call is None else call(os.fsencode(path), os.fsencode(other))
    if refusal == errno.ENOENT:
        raise FileNotFoundError(refusal, os.strerror(refusal), str(other))
    return refusal == 0  # whatever else it was, the plain way that is tried next says it in its own words


@lru_cache(maxsize=4)
def _call(platform: str) -> Call | None:
    if platform not in _CALLS:
        return None
    import ctypes  # noqa: PLC0415 - takes 3 ms, and only those who write need it

    try:
        call = _CALLS[platform](ctypes.CDLL(None, use_errno=True))
    except (OSError, AttributeError):  # an older system's library
        return None
    return lambda each, other: 0 if call(each, other) == 0 else ctypes.get_errno()


def _on_linux(library: Any) -> Call:  # noqa: ANN401 - the system's own library
    call = library.renameat2
    return lambda each, other: int(call(_HERE, each, _HERE, other, _EXCHANGE))


def _on_macos(library: Any) -> Call:  # noqa: ANN401 - as above
    call = library.renamex_np
    return lambda each, other: int(call(each, other, _EXCHANGE))


_CALLS: dict[str, Callable[[Any], Call]] = {"linux": _on_linux, "darwin": _on_macos}


def _begin(new: Path, path: Path) -> bool:
    """A second name for the new file, which is given only where there is none yet; then its first one goes."""
    try:
        path.hardlink_to(new)
    except FileExistsError:
        return False
    except OSError:  # a file system without second names
        return _renamed(new, path)
    new.unlink(missing_ok=True)
    return True


def _renamed(new: Path, path: Path) -> bool:
    if os.path.lexists(path):
        return False
    try:
        new.rename(path)
    except FileExistsError:  # Windows never replaces here
        return False
    return True


def _replaced(new: Path, path: Path, before: bytes, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while True:
        try:
            if current(path) != before:
                return False
            new.replace(path)
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
