"""Files put on disk so that no answer is lost: locked, refused when somebody else wrote meanwhile, atomic, read back."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from charterkit.errors import CharterkitError

LOCK_SECONDS = 10.0
"""How long a write waits for another one that is under way."""


def save(path: Path, before: bytes | None, after: bytes) -> None:
    """Put `after` in place of `before`, the bytes that were read (None: the file must not exist yet).

    Raises CharterkitError when the file is no longer the one that was read (what was to be written is then kept
    beside it), or when the disk or its permissions refuse.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            if _current(path) != before:
                raise _moved_on(path, after)
            _replace(path, after)
    except OSError as error:
        raise _refused(path, error) from None


def change(path: Path, before: bytes, make: Callable[[str], str]) -> bytes:
    """Rewrite a file's text through `make`, keeping its byte order mark; the new bytes are also returned."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    after = mark + make(before[len(mark) :].decode()).encode()
    if after != before:
        save(path, before, after)
    return after


def write_output(path: Path, data: bytes) -> None:
    """A result a person asked for with -o: replaces what stands there, whole or not at all, and makes its folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> CharterkitError:
    hint = "Nothing was changed. Check that the folder can be written to and the disk has room."
    return CharterkitError(f"{path} cannot be written: {error.strerror or error}.", hint)


def _current(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _moved_on(path: Path, after: bytes) -> CharterkitError:
    """Keep what was to be written, under a name that is not read as one of the workspace's files."""
    kept = path.with_name(f"{path.name}.unsaved-{hashlib.sha256(after).hexdigest()[:8]}")
    _replace(kept, after)
    return CharterkitError(
        f"{path.name} was changed by somebody else meanwhile, so it was left as it is.",
        f"What was to be written is in {kept}. Run the command again to work on the newer file.",
    )


def _replace(path: Path, data: bytes) -> None:
    """Write to a file beside it, flush it to the disk, read it back, and only then take the old one's place."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(0, "the disk gave back something else than was written")
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
    from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to import, and only writing needs them
    from platformdirs import user_cache_path  # noqa: PLC0415

    folder = user_cache_path("charterkit") / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
    try:
        with FileLock(folder / f"{name}.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise CharterkitError(f"{path.name} is being written by somebody else.", "Try again in a moment.") from None
