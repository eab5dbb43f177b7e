"""What a worker of a scheduler does with a task: it looks at some chunks, of a workspace that it sees or was sent."""

import shutil
import socket
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charterkit import __version__
from charterkit.errors import Refused
from charterkit.many.hands import Look, named
from charterkit.many.packed import Packed
from charterkit.many.state import seen, source
from charterkit.many.unpacked import unpack


@dataclass(frozen=True, eq=False)
class Parcel:
    """A piece of a packed workspace. Dask brings it, holds it, and lets go of it when nobody wants it any more."""

    data: bytes


@dataclass(frozen=True)
class Errand:
    """One call of one person."""

    token: str
    """Stands for it: a look at the disk is kept as long as it lasts."""
    program: str
    begin: str
    given: tuple[Any, ...]
    seen: str
    """What the workspace has to be at its path; empty where it is sent."""
    packed: Packed | None = None


_LOCK = threading.Lock()
"""A look is no work for several threads: a worker with more than one has them wait for each other."""
_LOOKS: dict[str, Look] = {}
_MOST_LOOKS = 4
"""Calls, perhaps of several people, whose looks at a shared disk are kept."""
_SENT: set[str] = set()
"""Those whose looks are at what was sent: they end with it, and to begin again would be to unpack again."""


def looked_at(asked: Errand, parcels: Sequence[Parcel], chunks: Sequence[list[str]]) -> list[list[Any]]:
    """What is found in some chunks.

    Raises Refused for a worker that came after the others were asked, and has another program or sees something else;
    and where what it was sent is not what was packed, or has no room.
    """
    with _LOCK:
        look = _LOOKS.get(asked.token) or _begun(asked, parcels)
        return [look(chunk) for chunk in chunks]


def _begun(asked: Errand, parcels: Sequence[Parcel]) -> Look:
    root, *others = asked.given
    folder = Path(root)
    if source() != asked.program:
        raise Refused("worker-program", worker=socket.gethostname(), version=__version__)
    if asked.packed:
        folder = _unpacked(asked.token, asked.packed, parcels)
    elif seen(folder) != asked.seen:
        raise Refused("worker-elsewhere", worker=socket.gethostname(), root=folder)
    older = [token for token in [*_LOOKS] if token not in _SENT]
    if len(older) >= _MOST_LOOKS:
        del _LOOKS[older[0]]
    look: Look = named(asked.begin)(folder, *others)
    _LOOKS[asked.token] = look
    return look


def _unpacked(token: str, packed: Packed, parcels: Sequence[Parcel]) -> Path:
    """The folder with what was sent.

    It lasts as long as the first parcel, which Dask lets go of at the end of the call, and when whoever asked is gone.
    It lies in the worker's own folder, which Dask takes away with the worker, or, where that was killed, before the
    next one starts there.
    """
    from distributed import get_worker  # noqa: PLC0415 - only a worker has it for certain

    folder = unpack(packed, [parcel.data for parcel in parcels], Path(get_worker().local_directory))
    _SENT.add(token)
    weakref.finalize(parcels[0], _let_go, token, folder).atexit = False
    return folder


def _let_go(token: str, folder: Path) -> None:
    """Called by whichever thread drops the parcel: it has other things to do than to delete many files."""
    _LOOKS.pop(token, None)
    _SENT.discard(token)
    threading.Thread(target=shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}).start()
