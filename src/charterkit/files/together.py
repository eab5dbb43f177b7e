"""Several files written as one: all of them, or none."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from charterkit.errors import CharterkitError
from charterkit.files import write
from charterkit.files.undisturbed import undisturbed


class Rewrite(NamedTuple):
    """A file by its path in the workspace, the bytes that were read, those that take their place, and what that is."""

    path: str
    before: bytes
    after: bytes
    said: str = ""


class NewFile(NamedTuple):
    """A file that must not be there yet, by its path in the workspace, and what it is to hold."""

    path: str
    after: bytes
    said: str = ""

    @property
    def as_rewrite(self) -> Rewrite:
        """As the notes keep it, from which it can be taken back: a file that held nothing."""
        return Rewrite(self.path, b"", self.after, self.said)


def save_all(root: Path, rewrites: Iterable[Rewrite | NewFile], then: Callable[[], object] = lambda: None) -> None:
    """Write each file that changes. Where one cannot be written, the others get back what they held.

    Files and folders that were made for it are taken away again. `then` is called once all are written, and belongs to
    them: ^C comes before its end, and all is taken back, or waits until after it. Raises what `write.save` raises for
    the first that cannot, and what `then` raises.
    """
    done: list[Rewrite | NewFile] = []
    folders: list[Path] = []
    is_over = False
    try:
        for rewrite in rewrites:
            before = rewrite.before if isinstance(rewrite, Rewrite) else None
            if before != rewrite.after:
                folders += _lacking((root / rewrite.path).parent, root)
                done.append(rewrite)  # before it is there: ^C may come between
                _save(root, rewrite, before, done)
        with undisturbed():
            then()
            is_over = True
    except BaseException:
        if not is_over:
            with undisturbed():
                _take_back(root, done, folders)
        raise


def _save(root: Path, rewrite: Rewrite | NewFile, before: bytes | None, done: list[Rewrite | NewFile]) -> None:
    try:
        with undisturbed():  # in the middle of it ^C would leave its lock
            write.save(root / rewrite.path, before, rewrite.after, root)
    except Exception:
        done.pop()  # it was not written, and what lies there is somebody else's
        raise


def _take_back(root: Path, done: Sequence[Rewrite | NewFile], folders: Sequence[Path]) -> None:
    for rewrite in reversed(done):
        with suppress(CharterkitError):  # somebody has changed it in that moment: theirs stands
            _put_back(root, rewrite)
    for folder in reversed(folders):
        with suppress(OSError):  # something of somebody else's lies in it
            folder.rmdir()


def _put_back(root: Path, rewrite: Rewrite | NewFile) -> None:
    if isinstance(rewrite, NewFile):
        write.remove(root / rewrite.path, rewrite.after, root)
    else:
        write.save(root / rewrite.path, rewrite.after, rewrite.before, root)


def _lacking(folder: Path, root: Path) -> list[Path]:
    """The folders on the way to a file that are not there yet, from the outside in."""
    lacking = []
    while folder != root and not os.path.lexists(folder):
        lacking.append(folder)
        folder = folder.parent
    return lacking[::-1]
