"""What people were told already, in the user's own files: a call that is made twice tells nobody twice.

One file a workspace, by its id, which a copy of it on this computer shares; without an id by the folder it lies in. It
holds marks from which nobody can read who was told, or what. While messages are sent it is locked, so that of two calls
side by side the second sees what the first has done.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import date, timedelta
from pathlib import Path

from charterkit.errors import Conflict
from charterkit.files.lock import BusyError, locked
from charterkit.records import dataclass

WAIT_SECONDS = 60.0
"""How long a call waits for another one that is sending."""
KEPT = timedelta(days=800)
"""How long a mark is kept: no step comes a second time after it."""


@dataclass(slots=True)
class ToldRecord:
    """The marks of what was told, each with the day. `is_spoilt` where the file could not be read."""

    path: Path
    marks: dict[str, str] = field(default_factory=dict)
    is_spoilt: bool = False

    def add(self, marks: Iterable[str], today: date) -> None:
        """Keep more of them on the disk, before anything else is done. Raises OSError."""
        oldest = (today - KEPT).isoformat()
        self.marks = {mark: day for mark, day in self.marks.items() if day >= oldest}
        self.marks |= dict.fromkeys(marks, today.isoformat())
        new = self.path.with_suffix(".tmp")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump({"told": self.marks}, opened)
        new.replace(self.path)


@contextmanager
def told(workspace_id: str | None, root: Path) -> Iterator[ToldRecord]:
    """The record of a workspace, for as long as messages are sent.

    Raises Conflict where another call goes on sending, and OSError for a user who has no such place.
    """
    name = workspace_id or hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    path = _folder() / f"told-{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with locked(path.with_suffix(".lock"), WAIT_SECONDS):
            yield _read(path)
    except BusyError:
        raise Conflict("mail-under-way") from None


def _folder() -> Path:
    from platformdirs import user_state_path  # noqa: PLC0415 - only sending needs it

    try:
        return user_state_path("charterkit") / "reminders"
    except RuntimeError as error:  # what pathlib raises where there is no home
        raise OSError(errno.ENOENT, "there is no home folder") from error


def _read(path: Path) -> ToldRecord:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))["told"]
        return ToldRecord(path, {str(mark): str(day) for mark, day in held.items()})
    except FileNotFoundError:
        return ToldRecord(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ToldRecord(path, is_spoilt=True)
