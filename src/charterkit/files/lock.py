"""One writer of a file at a time, whoever and wherever they are: a small file beside it that only one can make.

Whether a file that must not be there yet was made is decided by the drive itself, so this holds between users, homes,
containers and computers, also where the operating system's locks are not passed on. The holder locks the small file
with the operating system as well, which lets go by itself when a holder dies: what is not locked, and was made on this
very computer since it was started, is a dead writer's, and the next one takes it over at once. Where that cannot be
told (another computer, a drive that cannot lock) a lock that stays the same for STALE_SECONDS is broken; nobody's clock
is asked, only how long it was watched. Its holder, if alive after all, finds out before the file's place is taken.

A kept library would do part of it, but what it imports makes every answer slower: filelock 47 ms (asyncio),
portalocker 26 ms, this 0 ms, on top of what an answer needs anyway, beside a bare interpreter's 20 ms (November 2026).
"""

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import Any

STALE_SECONDS = 5.0
"""How long a lock stays the same before it counts as a dead writer's, where nothing better is known."""
_PROBE_SECONDS = 1.0
"""How long a lock that was just made is asked for again: somebody may be looking whether its holder lives."""
_PAUSE = 0.01
_LOCKED_BYTE = 1 << 30
"""Where Windows locks a byte, far behind the end: what it locks, nobody else can read."""
_LONGEST = 200
"""Bytes of a lock that are looked at."""
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_IS_WINDOWS = sys.platform == "win32"


class BusyError(Exception):
    """Somebody else is writing, and goes on doing so."""


class _Answer(Enum):
    """What the operating system says to a wish for its lock."""

    OURS = auto()
    HELD = auto()
    UNKNOWN = auto()


def _with_fcntl(handle: int) -> None:
    """Lock the whole file, for this handle alone. On Linux this reaches over NFS and SMB."""
    import fcntl  # noqa: PLC0415 - not on Windows

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _with_msvcrt(handle: int) -> None:
    """Lock one byte, for this handle alone."""
    import msvcrt  # noqa: PLC0415 - on Windows alone

    windows: Any = msvcrt
    os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
    windows.locking(handle, windows.LK_NBLCK, 1)


def _ask(handle: int) -> tuple[_Answer, str]:
    """Try to lock, without waiting; where that cannot be done, also why.

    Windows refuses what somebody holds with EACCES; elsewhere that may also be a system that forbids all locks.
    """
    try:
        (_with_msvcrt if _IS_WINDOWS else _with_fcntl)(handle)
    except BlockingIOError:
        return _Answer.HELD, ""
    except OSError as error:
        if _IS_WINDOWS and isinstance(error, PermissionError):
            return _Answer.HELD, ""
        return _Answer.UNKNOWN, error.strerror or str(error)
    return _Answer.OURS, ""


class Lock:
    """A lock that is held. `trouble` says why the operating system could not lock it too; empty where it could."""

    def __init__(self, path: Path, handle: int, trouble: str) -> None:
        self.path = path
        self.trouble = trouble
        self._handle = handle
        self._facts = _introduce(handle, is_locked=not trouble)

    def is_ours(self) -> bool:
        """Whether it still lies there: from another computer it may have looked as if its holder were dead."""
        try:
            return _facts(self.path) == self._facts
        except FileNotFoundError:
            return False
        except OSError:  # some network drives let nobody read what is locked, not even by another handle of ours
            return True

    def release(self) -> None:
        """Take it away, if it is ours; Windows takes away nothing that is open."""
        is_ours = self.is_ours()
        if _IS_WINDOWS:
            os.close(self._handle)
        if is_ours:
            with contextlib.suppress(OSError):
                self.path.unlink()
        if not _IS_WINDOWS:  # first gone, then let go: whoever gets hold of it then sees that it is gone
            os.close(self._handle)


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[Lock]:
    """Hold the lock that lies at `path`. Raises BusyError when others hold on to it, OSError when none can be made."""
    lock = _taken(path, seconds)
    try:
        yield lock
    finally:
        lock.release()


def _taken(path: Path, seconds: float) -> Lock:
    start = time.monotonic()
    seen, since = b"", start
    _computer()  # asked before, since what is killed between making a lock and signing it holds up the next one
    while True:
        lock = _made(path, is_first_moment=time.monotonic() - start < _PROBE_SECONDS)
        if lock is not None:
            return lock
        found = _looked_at(path)
        if isinstance(found, Lock):
            return found
        answer, facts = found
        now = time.monotonic()
        if facts is not None and facts != seen:
            seen, since = facts, now
        elif answer is not _Answer.HELD and now - since > STALE_SECONDS:
            _break(path, seen)
        if now - start > seconds:
            raise BusyError
        time.sleep(_PAUSE)


def _made(path: Path, *, is_first_moment: bool) -> Lock | None:
    """A new lock; None where there is one. Other people may look at it, and take it over when we are dead."""
    try:
        handle = os.open(path, os.O_RDWR | _FLAGS | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return None
    except PermissionError:  # of Windows also about a file that is just being taken away
        if _IS_WINDOWS and is_first_moment:
            return None
        raise
    until = time.monotonic() + _PROBE_SECONDS
    answer, trouble = _ask(handle)
    while answer is _Answer.HELD and time.monotonic() < until:
        time.sleep(_PAUSE / 10)
        answer, trouble = _ask(handle)
    lock = Lock(path, handle, "somebody else holds it" if answer is _Answer.HELD else trouble)
    if hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):
            os.fchmod(handle, 0o666)
    return lock


def _looked_at(path: Path) -> Lock | tuple[_Answer, bytes | None]:
    """The lock, taken over from a dead writer of this computer; else what can be told of its holder."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return _Answer.UNKNOWN, b""
        handle = os.open(path, os.O_RDWR | _FLAGS)
    except OSError:  # gone, or not ours to open
        return _Answer.UNKNOWN, b""
    is_kept = False
    try:
        answer, _ = _ask(handle)
        facts = _facts(path)
        if answer is _Answer.OURS and facts == _read(handle) and _is_of_this_computer(facts):
            is_kept = True
            return Lock(path, handle, "")
    except OSError:
        return answer, None
    finally:
        if not is_kept:
            os.close(handle)
    return answer, facts


def _break(path: Path, judged: bytes) -> None:
    """Take away a dead writer's lock; one that somebody else made in the meantime is put back."""
    aside = path.with_name(f"{path.name.removesuffix('lock')}{os.urandom(4).hex()}.tmp")
    with contextlib.suppress(OSError):
        path.rename(aside)
        if aside.is_file() and _facts(aside) != judged:
            path.hardlink_to(aside)
        aside.unlink()


def _introduce(handle: int, *, is_locked: bool) -> bytes:
    """Write down who holds a lock: a word that nobody else has, and the computer, if the system's lock can be asked."""
    # Always of one length: ext4 flushes to the disk what was cut and written again, which takes longer than all else.
    facts = f"{os.urandom(8).hex()} {_computer() if is_locked else '':36}\n".encode()
    with contextlib.suppress(OSError):  # the disk is full
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, facts)
    return _read(handle)


def _is_of_this_computer(facts: bytes) -> bool:
    named = facts.decode("ascii", "replace").strip().partition(" ")[2]
    return bool(named) and named == _computer()


@lru_cache(maxsize=1)
def _computer() -> str:
    """What all containers of a computer share until it is started again, and no other has; empty where unknown."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _facts(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | _FLAGS)
    try:
        return _read(handle)
    finally:
        os.close(handle)


def _read(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, _LONGEST)
