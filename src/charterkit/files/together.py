"""Several files written as one: all of them, or none."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from charterkit.errors import CharterkitError
from charterkit.files import write
from charterkit.files.notices import note


class NewText(NamedTuple):
    """A file that is to be written: the bytes that were read, None where there is no file yet, and those to come."""

    path: Path
    before: bytes | None
    after: bytes


def save_together(files: Sequence[NewText], root: Path) -> None:
    """Write all files as `write.save` writes each. Where one of them cannot be, those before it are put back.

    Raises what `write.save` raises. Folders that were made for new files are taken away with them. What somebody else
    changed in the meantime is left as it is, and noted.
    """
    done: list[NewText] = []
    made: list[Path] = []
    try:
        for file in files:
            made += _lacking(file.path.parent, root)
            write.save(file.path, file.before, file.after, root)
            done.append(file)
    except BaseException:
        for file in reversed(done):
            _put_back(file, root)
        for folder in reversed(made):
            _take_away(folder)
        raise


def _put_back(file: NewText, root: Path) -> None:
    try:
        if file.before is None:
            write.remove(file.path, file.after, root)
        else:
            write.save(file.path, file.after, file.before, root)
    except CharterkitError as refused:
        note("put back", f"{file.path.name} was written and could not be put back: {refused.message}")


def _lacking(folder: Path, root: Path) -> list[Path]:
    """The folders on the way to a file that are not there yet, from the outside in."""
    lacking = []
    while folder != root and not os.path.lexists(folder):
        lacking.append(folder)
        folder = folder.parent
    return lacking[::-1]


def _take_away(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:  # something of somebody else's, or a lock, lies in it
        return
