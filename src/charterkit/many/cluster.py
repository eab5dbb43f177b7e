"""The same chunks of work for the workers of a Dask scheduler, through its standard executor.

Every worker has charterkit, the same state of it, and sees the workspace at the same path. That is asked before
anything is handed out: a worker that would find something else is refused by its name.
"""

import socket
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from charterkit import __version__, resources
from charterkit.errors import CharterkitError, Conflict, Missing, NotThere, Refused
from charterkit.files.digests import digest
from charterkit.files.disk import Disk, UnfitError, school_folders
from charterkit.files.places import SETTINGS
from charterkit.many.hands import Look, Work, named

if TYPE_CHECKING:
    from concurrent.futures import Future

    from distributed import Client

PATIENCE = 10
"""Seconds after which a scheduler that does not answer is not there."""
_TOGETHER = 8
"""Chunks in one task: it costs 7.8 ms (November 2026), which is a tenth of what one chunk takes."""
_IN_FLIGHT = 3
"""Tasks a worker that are begun or done and not taken yet."""
_WAYS = ("tcp", "tls")
_CODE = (".py", ".yaml", ".toml", ".json", ".csv")


@dataclass(frozen=True)
class State:
    """What two machines must have in common to find the same: the program's version and its content, and the files."""

    version: str
    program: str
    workspace: str
    """Stands for the folders of the workspace and its settings; empty where it is not seen."""


def state(root: Path) -> State:
    """That of this process."""
    return State(__version__, source(), _seen(root))


@lru_cache(maxsize=1)
def source() -> str:
    """What tells this state of the program from others, on whatever machine: by what its files say."""
    builtin = resources.builtin()
    folders = [resources.PACKAGE, *(builtin / name for name in ("charters", "packs"))]
    files = [
        (path.relative_to(folder).as_posix(), path)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in _CODE and "builtin" not in path.relative_to(folder).parts and path.is_file()
    ]
    found = [str(sys.version_info[:2]), *((name, digest(path.read_bytes())) for name, path in files)]
    return digest(repr(found).encode(errors="surrogateescape"))


def _seen(root: Path) -> str:
    if not root.is_dir():
        return ""
    try:
        settings = Disk(root).read(SETTINGS)
    except UnfitError:
        settings = b""
    return digest(repr((settings, school_folders(root))).encode(errors="surrogateescape"))


# -- here


@dataclass(frozen=True)
class Machines:
    """The workers of a scheduler; as `Hands`."""

    client: "Client"
    address: str

    def handed(
        self,
        work: Work,
        chunks: Sequence[list[str]],
        size: int,  # noqa: ARG002 - whoever has a cluster has decided that it is worth it
    ) -> Iterator[tuple[list[str], list[Any]]]:
        """As in `Hands`. A worker that is gone costs nothing but time: the scheduler gives its tasks to another.

        Raises CharterkitError where there is no scheduler, or no worker, any more.
        """
        groups = [chunks[start : start + _TOGETHER] for start in range(0, len(chunks), _TOGETHER)]
        for group, answers in zip(groups, self._answers(work, groups), strict=True):
            yield from zip(group, answers, strict=True)

    def _answers(self, work: Work, groups: Sequence[Sequence[list[str]]]) -> Iterator[list[list[Any]]]:
        from concurrent.futures import CancelledError  # noqa: PLC0415 - only a cluster needs it

        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as above

        waiting: deque[Future[list[list[Any]]]] = deque()
        most = _IN_FLIGHT * max(1, len(_workers(self.client)))
        executor, token = self.client.get_executor(pure=False), uuid4().hex
        try:
            for group in groups:
                waiting.append(executor.submit(_looked_at, token, source(), work.begin, work.given, group))
                if len(waiting) >= most:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except KilledWorker:
            raise Conflict("cluster-killed", address=self.address) from None
        except CharterkitError:
            raise
        except (CancelledError, OSError) as gone:
            raise Conflict("cluster-gone", address=self.address) from gone
        finally:
            executor.shutdown(wait=False)  # which takes back what waits


@contextmanager
def machines(address: str, root: Path) -> Iterator[Machines]:
    """The workers of the scheduler at an address, such as tcp://10.0.0.1:8786, each of which would find the same.

    Raises CharterkitError where Dask is not installed, no scheduler answers, it has no workers, or one of them has
    another charterkit or does not see the workspace.
    """
    try:
        import dask  # noqa: PLC0415 - only a cluster needs it
        from distributed import Client  # noqa: PLC0415 - as above
    except ImportError:
        raise Missing("no-dask") from None
    with dask.config.set({"distributed.comm.timeouts.connect": f"{PATIENCE}s", "distributed.comm.retry.count": 0}):
        client = Client.__new__(Client)
        try:
            _demand_somebody(address)
            try:
                client.__init__(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[misc]  # see below
            except (OSError, ValueError, RuntimeError) as error:
                raise NotThere("no-scheduler", address=address, seconds=PATIENCE) from error
            _demand_alike(client, address, root)
            yield Machines(client, address)
        finally:  # also of one that was made in part: it would close itself some time, and hold up the next one
            if hasattr(client, "_loop_runner"):
                with suppress(OSError, TimeoutError):
                    client.close(timeout=PATIENCE)


def _demand_somebody(address: str) -> None:
    """Raises CharterkitError where nobody listens: Dask would try again and again, and log each time."""
    try:
        found = urlsplit(address if "://" in address else f"tcp://{address}")
        host, port = (found.hostname, found.port) if found.scheme in _WAYS else (None, None)
    except ValueError:
        host, port = None, None
    if not host or not port:
        raise Refused("no-address-of-scheduler", address=address)
    try:
        socket.create_connection((host, port), PATIENCE).close()
    except (OSError, ValueError) as error:
        raise NotThere("no-scheduler", address=address, seconds=PATIENCE) from error


def _workers(client: "Client") -> list[str]:
    found: Mapping[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return [*found]


def _demand_alike(client: "Client", address: str, root: Path) -> None:
    """Raises CharterkitError for the first worker that would find something else than this process."""
    if not _workers(client):
        raise Missing("no-workers", address=address)
    own, states = state(root), client.run(state, root, on_error="return")
    for worker, its in sorted(states.items()):
        if not isinstance(its, State):
            raise Missing("worker-without", worker=worker, why=f"{type(its).__name__}: {its}")
        if its.version != own.version:
            raise Refused("worker-version", worker=worker, theirs=its.version, ours=own.version)
        if its.program != own.program:
            raise Refused("worker-program", worker=worker, version=own.version)
        if not its.workspace:
            raise NotThere("worker-blind", worker=worker, root=root)
        if its.workspace != own.workspace:
            raise Refused("worker-elsewhere", worker=worker, root=root)


# -- at a worker

_LOCK = threading.Lock()
"""A look is no work for several threads: a worker with more than one has them wait for each other."""
_LOOKS: dict[str, Look] = {}
_MOST_LOOKS = 4
"""Calls, perhaps of several people, whose looks at the disk are kept."""


def _looked_at(
    token: str, program: str, begin: str, given: tuple[Any, ...], chunks: Sequence[list[str]]
) -> list[list[Any]]:
    """What is found in some chunks; `token` stands for one call of one person, whose look at the disk is kept.

    Raises Refused for a worker that came after the others were asked, and has another `program`.
    """
    with _LOCK:
        if token not in _LOOKS:
            if source() != program:
                raise Refused("worker-program", worker=socket.gethostname(), version=__version__)
            if len(_LOOKS) >= _MOST_LOOKS:
                del _LOOKS[next(iter(_LOOKS))]
            _LOOKS[token] = named(begin)(*given)
        return [_LOOKS[token](chunk) for chunk in chunks]
