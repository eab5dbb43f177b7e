"""A packed workspace at a machine that was sent it: unpacked into a folder of its own, in which nothing else lies.

What is in it was made by people whom nobody here knows. A path that leads out, stands twice or cannot be told from
another one on this disk ends it, and so does one byte more or less than was said before.
"""

import contextlib
import gzip
import io
import json
import os
import shutil
import socket
import sys
import tempfile
import zlib
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

from charterkit.errors import Refused
from charterkit.files.history import UNFIT_ON_WINDOWS
from charterkit.many.packed import Packed

_LONGEST_LINE = 64 * 1024
_AT_ONCE = 1024 * 1024
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class WrongError(Exception):
    """What was sent is not what was packed, or nothing that is unpacked."""


def unpack(packed: Packed, pieces: Sequence[bytes], above: Path | None = None) -> Path:
    """A new folder, which only its owner may enter, with what is in the pieces; `above` is where it is made.

    Raises Refused, and leaves nothing, where they are not what was packed, or where the disk refuses.
    """
    try:
        _demand_whole(packed, pieces)
        folder = Path(tempfile.mkdtemp(prefix="charterkit-", dir=above))
        try:
            _fill(folder, packed, pieces)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except (WrongError, EOFError, zlib.error, gzip.BadGzipFile) as wrong:
        raise Refused("packed-changed", worker=socket.gethostname(), why=str(wrong) or "it is cut off") from None
    except OSError as error:
        raise Refused("packed-no-room", worker=socket.gethostname(), reason=error.strerror) from None
    return folder


def _demand_whole(packed: Packed, pieces: Sequence[bytes]) -> None:
    seen = blake2b(digest_size=20)
    for piece in pieces:
        seen.update(piece)
    if seen.hexdigest() != packed.digest or sum(map(len, pieces)) != packed.bytes:
        raise WrongError("its digest is another")


def _fill(folder: Path, packed: Packed, pieces: Sequence[bytes]) -> None:
    folders, entries, size = {""}, 0, 0
    with gzip.GzipFile(fileobj=io.BufferedReader(_Joined(pieces))) as unpacking:
        reading = io.BufferedReader(unpacking)
        while line := reading.readline(_LONGEST_LINE):
            path, length = _entry(line)
            entries, size = entries + 1, size + (length or 0)
            if entries > packed.entries or size > packed.size:
                raise WrongError("there is more in it than was said")
            if path.rpartition("/")[0] not in folders or not all(map(_is_name, path.split("/"))):
                raise WrongError("a path in it leads elsewhere")
            if length is None:
                _new(folder, path, folders)
            else:
                _write(folder / path, reading, length)
    if (entries, size) != (packed.entries, packed.size):
        raise WrongError("there is less in it than was said")


def _entry(line: bytes) -> tuple[str, int | None]:
    """What a line says: a path, and how many bytes a file has; None for a folder."""
    with contextlib.suppress(ValueError, RecursionError):
        match json.loads(line):
            case [str(path), None]:
                return path, None
            case [str(path), int(size)] if size is not True and size >= 0:
                return path, size
    raise WrongError("a line in it says no path and size")


def _is_name(part: str) -> bool:
    """Whether this system takes a text for the name of one thing in one folder."""
    is_odd = sys.platform == "win32" and UNFIT_ON_WINDOWS.search(part) is not None
    return part not in ("", ".", "..") and "\0" not in part and not is_odd


def _new(folder: Path, path: str, folders: set[str]) -> None:
    """Make a folder. Only one that was made here by just this name is gone into: no link, and no other's."""
    try:
        (folder / path).mkdir(mode=0o700)
    except FileExistsError:
        raise WrongError("two names in it are one on this disk") from None
    folders.add(path)


def _write(path: Path, reading: IO[bytes], size: int) -> None:
    try:
        handle = os.open(path, _FLAGS, 0o600)
    except FileExistsError:
        raise WrongError("two names in it are one on this disk") from None
    with os.fdopen(handle, "wb") as file:
        while size:
            data = reading.read(min(size, _AT_ONCE))
            if not data:
                raise WrongError("it is cut off")
            file.write(data)
            size -= len(data)


class _Joined(io.RawIOBase):
    """Pieces, read as one."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - as io has it
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
