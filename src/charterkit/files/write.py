"""Files put on disk so that no answer is lost: locked, refused when somebody else wrote, atomic, read back."""

import contextlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from charterkit.errors import CharterkitError, Conflict, Refused
from charterkit.files import beside
from charterkit.files.leaving import place, repositories
from charterkit.files.lock import BusyError, Lock, locked
from charterkit.files.notices import note
from charterkit.files.places import leads_inside
from charterkit.files.swap import current, put
from charterkit.files.yaml.reader import BYTE_ORDER_MARK

LOCK_SECONDS = 10.0
"""How long a write waits for another one that is under way."""
REPLACE_SECONDS = 1.0
"""How long Windows is asked again to replace a file that an editor, a virus scanner or OneDrive holds open."""
_REFUSALS = (OSError, RuntimeError, ValueError)
"""What paths raise: a disk's refusal, a loop of links (before Python 3.13), a name that no disk can hold."""


def save(path: Path, before: bytes | None, after: bytes, root: Path) -> None:
    """Put `after` in place of `before`, the bytes that were read (None: the file must not exist yet).

    Raises Conflict when the file is no longer the one that was read, or another program is writing it, and
    CharterkitError when one holds it open (what was to be written is then kept beside it); when it is a link or lies
    behind one that leads out of the workspace, whose folder is `root`; or when the disk or its permissions refuse.
    Notes it when the drive cannot lock.
    """
    made: Sequence[Path] = ()
    try:
        _refuse_links(path, root)
        made = beside.make_folder(path.parent)
        try:
            with _locked(path) as lock:
                _put(path, before, after, lock)
                beside.sweep(path)
        except BusyError:
            raise _busy(path, after) from None
    except _REFUSALS as error:
        beside.take_away(made)
        raise _refused(path, error) from None


def change(path: Path, before: bytes, make: Callable[[str], str], root: Path) -> bytes:
    """Rewrite a file's text through `make`, keeping its byte order mark; the new bytes are also returned."""
    after = remade(path, before, make)
    if after != before:
        save(path, before, after, root)
    return after


def remade(path: Path, before: bytes, make: Callable[[str], str]) -> bytes:
    """A file's bytes with its text put through `make`, its byte order mark kept. Nothing is written."""
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
    try:
        text = before[len(mark) :].decode()
    except UnicodeDecodeError:
        raise Refused("not-utf-8", name=path.name) from None
    return mark + make(text).encode()


def remove(path: Path, before: bytes, root: Path) -> None:
    """Delete a file that still holds `before`. Raises what `save` raises; nothing is kept beside it."""
    try:
        _refuse_links(path, root)
        try:
            with _locked(path):
                if current(path) != before:
                    raise Conflict("changed-meanwhile", name=path.name)
                path.unlink()
                beside.flush_folder(path.parent)
        except BusyError:
            raise Conflict("being-written", name=path.name) from None
    except _REFUSALS as error:
        raise _refused(path, error) from None


def write_output(path: Path, data: bytes, tops: Sequence[Path] | None = None) -> None:
    """A result a person asked for with -o: replaces what stands there, whole or not at all, and makes its folder.

    Of a link, what it leads to is replaced. Pipes, devices and the call's own streams are written to as they are.
    `tops` are the folders whose links may be somebody else's, as `leaving.place` takes them: raises CharterkitError,
    before anything is written, for a link that it refuses.
    """
    try:
        target = place(path, tops)
        if _is_stream(path):
            _pour(path, data)
            return
        beside.make_folder(target.parent)
        _replace(target, data)
    except _REFUSALS as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: Exception) -> CharterkitError:
    reason = getattr(error, "strerror", None) or error
    return Refused("file-not-written", path=path, reason=reason)


def _is_stream(path: Path) -> bool:
    """Whether it is a pipe or a device, or a stream that the shell has opened: what stands in that file stays."""
    try:
        is_plain = stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return not is_plain or any(path.is_relative_to(stream) for stream in _STREAMS)


_STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd", "/proc")


def _pour(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _refuse_links(path: Path, root: Path) -> None:
    """Nothing is written through a link: who put it there could have it lead anywhere."""
    if path.is_symlink():
        raise Refused("is-link", path=path)
    if not leads_inside(root, path.parent):
        raise Refused("leads-out", parent=path.parent)
    place(path.absolute(), repositories(root.absolute()))  # the workspace itself may be such a link in a repository


def _put(path: Path, before: bytes | None, after: bytes, lock: Lock) -> None:
    if current(path) != before:
        raise _moved_on(path, beside.keep(path, after))
    new = beside.written(path, after, before, is_swapped=True)
    try:
        if not lock.is_ours():
            raise BusyError
        if not _took(new, path, before, after):
            raise _moved_on(path, _kept(path, new, after))
    finally:
        if os.path.lexists(new):
            beside.discard(path, new, before, after)
    beside.flush_folder(path.parent)


def _took(new: Path, path: Path, before: bytes | None, after: bytes) -> bool:
    try:
        return put(new, path, before, after, REPLACE_SECONDS)
    except OSError as error:
        try:
            kept = _kept(path, new, after)
        except OSError:
            raise error from None
        raise Conflict("not-replaced", path=path, error=error.strerror or error, kept=kept) from None


def _kept(path: Path, new: Path, after: bytes) -> Path:
    """Keep what could not take its place: the file that was made for it, if that still holds it."""
    if current(new) != after:
        return beside.keep(path, after)
    kept = beside.unsaved(path, after)
    new.replace(kept)
    return kept


def _moved_on(path: Path, kept: Path) -> Conflict:
    return Conflict("changed-meanwhile", name=path.name, kept=kept)


def _busy(path: Path, after: bytes) -> Conflict:
    kept = beside.keep(path, after)
    return Conflict("being-written", name=path.name, kept=kept)


def _replace(path: Path, data: bytes) -> None:
    new = beside.written(path, data)
    try:
        _move(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    beside.flush_folder(path.parent)


def _move(new: Path, path: Path) -> None:
    until = time.monotonic() + REPLACE_SECONDS
    while True:
        try:
            new.replace(path)
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[Lock]:
    """One writer at a time, with a lock that lies with the file, so that everybody finds the same one."""
    with locked(beside.lock_of(path), LOCK_SECONDS) as lock:
        if lock.trouble:
            said = "What somebody else saves at the same time is still never overwritten."
            note("lock", f"{path.name} could not be locked: {lock.trouble}. {said}")
        yield lock
