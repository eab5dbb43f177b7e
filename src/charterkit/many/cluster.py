"""The same chunks of work for the workers of a Dask scheduler, through its standard executor.

Every worker has charterkit, and the same state of it: one that would find something else is refused by its name before
anything is handed out. Where all of them see the workspace at the same path with the same content they read it there.
Else it is packed, and Dask brings the pieces to each worker that is given a task, as it does with all that tasks need:
once, also to one that comes later, and for as long as whoever asked is there (`at_worker.py`).
"""

import socket
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from charterkit.errors import Conflict, Missing, NotThere, Refused
from charterkit.files.disk import Disk
from charterkit.many.at_worker import Errand, Parcel, looked_at
from charterkit.many.hands import Hands, Processes, Work
from charterkit.many.packed import Packed, pack
from charterkit.many.state import State, source, state, state_apart
from charterkit.records import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Future

    from distributed import Client
    from distributed import Future as DaskFuture

PATIENCE = 10
"""Seconds after which a scheduler that does not answer is not there."""
_TOGETHER = 8
"""Chunks in one task: it costs 7.8 ms (November 2026), which is a tenth of what one chunk takes."""
_IN_FLIGHT = 3
"""Tasks a worker that are begun or done and not taken yet."""
_WORTH_SENDING = 10
"""With fewer than one of so many files to look at, packing all of them takes longer than to look."""
_MOST_LOSSES = 3
"""So often a workspace is sent anew after all workers that held it are gone."""
_WAIT = 30
"""Seconds for which workers are waited for where there are none: one that was killed may be about to start again."""
_WAIT_PAUSED = 120
"""Seconds for which workers are waited for that have all paused: they may be about to let go of something."""
_LOOK_ROUND = 5
_WAYS = ("tcp", "tls")


@dataclass(frozen=True)
class Machines:
    """The workers of a scheduler; as `Hands`."""

    client: "Client"
    address: str
    root: Path
    seen: str
    """What all workers see at the workspace's path; empty where some do not, so that it is sent to all."""
    here: Hands = Processes()
    """Whose work it is where that is quicker than to send it."""

    def handed(self, work: Work, chunks: Sequence[list[str]], size: int) -> Iterator[tuple[list[str], list[Any]]]:
        """As in `Hands`. A worker that is gone costs nothing but time: the scheduler gives its tasks to another.

        Raises CharterkitError where there is no scheduler, or no worker, any more; and for a workspace that cannot be
        sent.
        """
        if not self.seen and size * _WORTH_SENDING < len(Disk(self.root).listing().files):
            yield from self.here.handed(work, chunks, size)
            return
        groups = [chunks[start : start + _TOGETHER] for start in range(0, len(chunks), _TOGETHER)]
        for group, answers in zip(groups, self._answers(work, groups), strict=True):
            yield from zip(group, answers, strict=True)

    def _answers(self, work: Work, groups: Sequence[Sequence[list[str]]]) -> Iterator[list[list[Any]]]:
        from concurrent.futures import CancelledError  # noqa: PLC0415 - only a cluster needs it

        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as above

        done, losses = 0, 0
        while done < len(groups):
            try:
                for answers in self._round(work, groups[done:]):
                    yield answers
                    done += 1
            except KilledWorker:
                raise Conflict("cluster-killed", address=self.address) from None
            except OSError as gone:
                raise Conflict("cluster-gone", address=self.address) from gone
            except CancelledError as gone:
                losses += 1  # what was sent is lost with the last worker that held it: it is sent anew to who is left
                if self.seen or losses > _MOST_LOSSES or self.client.status != "running":
                    raise Conflict("cluster-gone", address=self.address) from gone

    def _round(self, work: Work, groups: Sequence[Sequence[list[str]]]) -> Iterator[list[list[Any]]]:
        waiting: deque[Future[list[list[Any]]]] = deque()
        packed, parcels = (None, []) if self.seen else self._sent()
        folder, *others = work.given
        given = (str(folder), *others)  # a path of Windows cannot be read anywhere else
        asked = Errand(uuid4().hex, source(), work.begin, given, self.seen, packed)
        most = _IN_FLIGHT * max(1, len(_workers(self.client)))
        executor = self.client.get_executor(pure=False)
        try:
            for group in groups:
                waiting.append(executor.submit(looked_at, asked, parcels, group))
                if len(waiting) >= most:
                    yield self._result(waiting.popleft())
            while waiting:
                yield self._result(waiting.popleft())
        finally:
            executor.shutdown(wait=False)  # which takes back what waits

    def _sent(self) -> "tuple[Packed, list[DaskFuture[Parcel]]]":
        """The workspace as it is now.

        That is after its files were listed, so that what is kept of what is found is no older than their stamps.
        """
        parcels: list[DaskFuture[Parcel]] = []

        def send(piece: bytes) -> None:
            parcels.append(self.client.scatter(Parcel(piece), broadcast=True, hash=False, timeout=_WAIT))

        return pack(self.root, send), parcels

    def _result(self, future: "Future[list[list[Any]]]") -> list[list[Any]]:
        """Raises TimeoutError where there has been no worker for long, and Conflict where all have paused for long: a
        scheduler waits for them for ever.
        """
        from concurrent.futures import wait  # noqa: PLC0415 - only a cluster needs it

        alone = 0
        while not wait([future], _LOOK_ROUND).done:
            states = _workers(self.client).values()
            alone = 0 if "running" in states else alone + _LOOK_ROUND
            if alone >= _WAIT and not states:
                raise TimeoutError
            if alone >= _WAIT_PAUSED:
                raise Conflict("cluster-full", address=self.address)
        return future.result()


@contextmanager
def machines(address: str, root: Path, jobs: int | None = None) -> Iterator[Machines]:
    """The workers of the scheduler at an address, such as tcp://10.0.0.1:8786, each of which would find the same.

    `jobs` is by how many processes of this machine what is too little to be sent is done.

    Raises CharterkitError where Dask is not installed, no scheduler answers, it has no workers, or one of them has
    another charterkit.
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
            yield Machines(client, address, root, _seen_by_all(client, address, root), Processes(jobs))
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


def _workers(client: "Client") -> Mapping[str, str]:
    """The workers by their address, each with its state: it is "paused" while it has too little memory."""
    found: Mapping[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return {address: str(known.get("status")) for address, known in found.items()}


def _seen_by_all(client: "Client", address: str, root: Path) -> str:
    """What every worker sees of the workspace, as this process does; empty where one of them does not.

    Raises CharterkitError for the first worker whose program would find something else.
    """
    if not _workers(client):
        raise Missing("no-workers", address=address)
    own, states = state(root), client.run(state_apart, str(root), on_error="return")
    for worker, its in sorted(states.items()):
        if not isinstance(its, State):
            raise Missing("worker-without", worker=worker, why=f"{type(its).__name__}: {its}")
        if its.version != own.version:
            raise Refused("worker-version", worker=worker, theirs=its.version, ours=own.version)
        if its.program != own.program:
            raise Refused("worker-program", worker=worker, version=own.version)
    return own.workspace if all(its.workspace == own.workspace for its in states.values()) else ""
