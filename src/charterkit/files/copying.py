"""A file copied from one place to another without being held in memory, whole or not at all."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from charterkit.errors import Refused
from charterkit.files import beside
from charterkit.files.leaving import place, repositories
from charterkit.files.places import leads_inside

CHUNK = 1024 * 1024


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """What a file holds, piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk


def digest(path: Path) -> str:
    """A file's SHA-256 in small letters. Raises OSError where it cannot be read."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in chunks(file):
            found.update(chunk)
    return found.hexdigest()


def copy_in(source: Path, target: Path, root: Path) -> None:
    """Put a copy of a file into the workspace `root`, where nothing lies yet.

    Raises CharterkitError where something does, where the place is behind a link that leads out, or where the disk
    refuses; nothing is left half copied.
    """
    try:
        if not leads_inside(root, target.parent):
            raise Refused("leads-out", parent=target.parent)
        place(target.absolute(), repositories(root.absolute()))
        beside.make_folder(target.parent)
        new = target.with_name(f".{os.urandom(8).hex()}.tmp")
        try:
            with source.open("rb") as read, new.open("xb") as written:
                for chunk in chunks(read):
                    written.write(chunk)
                written.flush()
                os.fsync(written.fileno())
            if os.path.lexists(target):
                raise FileExistsError(None, "there is a file of this name now", str(target))
            new.rename(target)
        finally:
            with contextlib.suppress(OSError):
                new.unlink()
        beside.flush_folder(target.parent)
    except (OSError, ValueError) as error:
        raise Refused("file-not-written", path=target, reason=getattr(error, "strerror", None) or error) from None
