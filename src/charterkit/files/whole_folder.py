"""A folder of results that is made beside its place and takes it whole: there is the old one or the new one, no half.

A file in it lists what was written. A folder that holds anything else is somebody's, and is left alone. Whoever is
killed leaves something hidden beside the place, which the next one takes away.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from charterkit.errors import CharterkitError, Conflict, Refused
from charterkit.files import beside, leaving
from charterkit.files.lock import BusyError, locked
from charterkit.files.own_places import refuse_own
from charterkit.files.swap import exchange

LIST = ".charterkit-export"
"""The file in the folder that lists what was written."""
TITLE = "# Written by charterkit export: it replaces this folder as long as nothing else lies in it."
_OF_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems leave in folders that somebody looks into."""
_WAIT = 1.0
"""Seconds for which another one that is writing is waited for: it may be about to end."""
_LONGEST = 40


@contextmanager
def whole_folder(out: Path, root: Path, tops: Sequence[Path]) -> Iterator[Path]:
    """A new folder to fill; it becomes `out` where the block ends well, and else nothing has happened.

    `root` is the workspace, `tops` are the folders whose links may be somebody else's. Raises CharterkitError, before
    anything is made, for a place that is not to be written to, or while somebody else writes there; and where the disk
    refuses.
    """
    try:
        real = Path(os.path.realpath(leaving.place(out.absolute(), tops)))
        top = Path(os.path.realpath(root))
        _demand_free(real, top, out)
        with _parents(real), locked(real.with_name(f"{_hidden(real)}.lock"), _WAIT):
            _take_away(real)
            new = real.with_name(f"{_hidden(real)}.tmp")
            try:
                new.mkdir()
                yield new
                _list(new)
                _demand_free(real, top, out)
                _put(new, real, real.with_name(f"{_hidden(real)}.old.tmp"))
            finally:
                with contextlib.suppress(OSError):  # what is left goes at the next call
                    _take_away(real)
    except BusyError:
        raise Conflict("export-busy", out=out) from None
    except CharterkitError:
        raise
    except (OSError, ValueError) as error:  # a name that no disk can hold is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise Refused("export-not-written", out=out, reason=reason) from None


@contextmanager
def _parents(real: Path) -> Iterator[None]:
    """The folders above one, made where they are not there, and taken away again where nothing comes of it."""
    made = beside.make_folder(real.parent)
    try:
        yield
    except BaseException:
        beside.take_away(made)
        raise


def _hidden(real: Path) -> str:
    """What the names beside it begin with: of no other folder's, also where both are too long for it."""
    name = real.name
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}.{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"
    return f".{name}.export"


def _demand_free(real: Path, root: Path, out: Path) -> None:
    """Raises CharterkitError for a place of the workspace's own, and for a folder that holds what no export wrote."""
    refuse_own(real, root, out)
    if not real.is_dir():
        return
    ours = _listed(real)
    for path in _files(real):
        if path not in ours and path.rpartition("/")[2] not in _OF_SYSTEMS:
            raise Conflict("export-not-ours", out=out, name=path)


def _files(folder: Path) -> Iterator[str]:
    """What lies in a folder and is no folder itself, links too, as paths from there."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]  # noqa: PTH114, PTH118 - many
        for name in sorted([*names, *links]):
            yield Path(place, name).relative_to(folder).as_posix()


def _listed(folder: Path) -> frozenset[str]:
    """What an export wrote there; nothing where there is no list of one."""
    file = folder / LIST
    if file.is_symlink() or not file.is_file():
        return frozenset()
    title, *paths = file.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    return frozenset([LIST, *paths]) if title == TITLE else frozenset()


def _list(folder: Path) -> None:
    """Write the list, once everything is on the disk."""
    paths = sorted(_files(folder))
    for path in paths:
        _flush(folder / path)
    (folder / LIST).write_text("\n".join([TITLE, *paths, ""]), encoding="utf-8", newline="\n")
    _flush(folder / LIST)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _put(new: Path, real: Path, old: Path) -> None:
    """Give the new folder its place. Where two names cannot be exchanged at once, the old one steps aside first."""
    if not os.path.lexists(real):
        new.rename(real)
    elif not exchange(new, real):
        real.rename(old)
        try:
            new.rename(real)
        except BaseException:
            old.rename(real)
            raise
    beside.flush_folder(real.parent)


def _take_away(real: Path) -> None:
    """What was being made, and what stepped aside; that comes back where whoever moved it was killed before the end."""
    old = real.with_name(f"{_hidden(real)}.old.tmp")
    if os.path.lexists(old) and not os.path.lexists(real):
        old.rename(real)
    for path in (old, real.with_name(f"{_hidden(real)}.tmp")):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            shutil.rmtree(path)
