"""Files put on disk so that no answer is lost: locked, refused when somebody else wrote, atomic, read back."""

import contextlib
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from charterkit.errors import CharterkitError, Conflict
from charterkit.files.leaving import place
from charterkit.files.lock import locked
from charterkit.files.places import cache_folder, leads_inside
from charterkit.files.yaml.reader import BYTE_ORDER_MARK
from charterkit.text.safe import shown

LOCK_SECONDS = 10.0
"""How long a write waits for another one that is under way."""
REPLACE_SECONDS = 1.0
"""How long Windows is asked again to replace a file that an editor, a virus scanner or OneDrive holds open."""
LEFTOVER_SECONDS = 60.0
"""After that, a half-written file beside the real one is from a writer that was killed."""
_REFUSALS = (OSError, RuntimeError, ValueError)
"""What paths raise: a disk's refusal, a loop of links (before Python 3.13), a name that no disk can hold."""


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_MODE = 0o666 & ~_umask()
"""A new file's permissions. The umask can only be read by setting it, so it is read before there are threads."""


def save(path: Path, before: bytes | None, after: bytes, root: Path) -> None:
    """Put `after` in place of `before`, the bytes that were read (None: the file must not exist yet).

    Raises Conflict when the file is no longer the one that was read, and CharterkitError when another program holds it
    open (what was to be written is then kept beside it); when it is a link or lies behind one that leads out of the
    workspace, whose folder is `root`; or when the disk or its permissions refuse.
    """
    try:
        _refuse_links(path, root)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            if _current(path) != before:
                raise _moved_on(path, after)
            _replace(path, after, _unsaved(path, after))
            _sweep(path)
    except _REFUSALS as error:
        raise _refused(path, error) from None


def change(path: Path, before: bytes, make: Callable[[str], str], root: Path) -> bytes:
    """Rewrite a file's text through `make`, keeping its byte order mark; the new bytes are also returned."""
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
    try:
        text = before[len(mark) :].decode()
    except UnicodeDecodeError:
        hint = "Save it again with the encoding UTF-8; 'charterkit check' names the place."
        raise CharterkitError(f"{path.name} is not UTF-8.", hint) from None
    after = mark + make(text).encode()
    if after != before:
        save(path, before, after, root)
    return after


def remove(path: Path, before: bytes, root: Path) -> None:
    """Delete a file that still holds `before`. Raises what `save` raises; nothing is kept beside it."""
    try:
        _refuse_links(path, root)
        with _locked(path):
            if _current(path) != before:
                raise Conflict(_MOVED_ON.format(path.name), "Look at it before it is deleted.")
            path.unlink()
            _flush_folder(path.parent)
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
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except _REFUSALS as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: Exception) -> CharterkitError:
    hint = "Nothing was changed. Check that the folder can be written to and the disk has room."
    reason = getattr(error, "strerror", None) or error
    return CharterkitError(f"{shown(path, 200)} cannot be written: {reason}.", hint)


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
    hint = "Put the file or folder itself in its place."
    if path.is_symlink():
        raise CharterkitError(f"{path} is a link, so nothing was written through it.", hint)
    if not leads_inside(root, path.parent):
        raise CharterkitError(f"{path.parent} leads out of the workspace, so nothing was written there.", hint)


def _current(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


_MOVED_ON = "{} was changed by somebody else meanwhile, so it was left as it is."


def _moved_on(path: Path, after: bytes) -> Conflict:
    kept = _unsaved(path, after)
    _replace(kept, after)
    hint = f"What was to be written is in {kept}. Run the command again to work on the newer file."
    return Conflict(_MOVED_ON.format(path.name), hint, kept)


def _unsaved(path: Path, after: bytes) -> Path:
    """Where to keep what could not be written: a name that is not read as one of the workspace's files."""
    return path.with_name(f"{path.name}.unsaved-{hashlib.sha256(after).hexdigest()[:8]}")


def _replace(path: Path, data: bytes, kept: Path | None = None) -> None:
    """Write to a file beside it, flush it to the disk, read it back, and only then take the old one's place.

    What cannot take its place stays under the name `kept`, if one is given.
    """
    handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _verify(temporary, data)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else _MODE)
        _take_place(temporary, path, kept)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _take_place(temporary: Path, path: Path, kept: Path | None) -> None:
    try:
        _move(temporary, path)
    except OSError as error:
        if kept is None:
            raise
        try:
            temporary.replace(kept)
        except OSError:
            raise error from None
        raise CharterkitError(
            f"{shown(path, 200)} cannot be replaced: {error.strerror or error}.",
            f"What was to be written is in {shown(kept, 200)}. Close the program that has the file open, then run the "
            "command again.",
        ) from None


def _move(temporary: Path, path: Path) -> None:
    until = time.monotonic() + REPLACE_SECONDS
    while True:
        try:
            temporary.replace(path)
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _prefix(path: Path) -> str:
    return f".{path.name[:40]}."


def _verify(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise OSError(0, "the disk gave back something else than was written")


def _sweep(path: Path) -> None:
    """Delete what killed writers left of this file."""
    with contextlib.suppress(OSError), os.scandir(path.parent) as found:
        for one in found:
            if one.name.startswith(_prefix(path)) and one.name.endswith(".tmp"):
                with contextlib.suppress(OSError):
                    if time.time() - one.stat(follow_symlinks=False).st_mtime > LEFTOVER_SECONDS:
                        os.unlink(one.path)  # noqa: PTH108 - a name the folder's listing gave


def _flush_folder(folder: Path) -> None:
    """On POSIX a rename is on the disk only when its folder is."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time. The lock lies in the user's cache folder, so the workspace is not littered."""
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
    with contextlib.ExitStack() as held:
        try:
            folder = cache_folder() / "locks"
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(folder / f"{name}.lock", LOCK_SECONDS))
        except TimeoutError:
            raise CharterkitError(f"{path.name} is being written by somebody else.", "Try again in a moment.") from None
        except OSError as error:
            raise _refused(Path(error.filename or "the cache folder"), error) from None
        yield
