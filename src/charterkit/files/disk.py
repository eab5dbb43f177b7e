"""A file's bytes as they lie on the disk; only of a plain file, and never from outside the workspace."""

import os
import stat
from pathlib import Path

from charterkit.files.places import leads_inside
from charterkit.files.subset import MAX_BYTES
from charterkit.findings import Problem


class UnfitError(Exception):
    """There is no such file, or it must not or cannot be read; `problem` says why."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = Problem("CK113", message, remedy, line=1, column=1)


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
