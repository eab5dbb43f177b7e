"""Chunks of work handed to several processes, which send back what they found, never what they read."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, Protocol, TypeVar

from charterkit.files.collector import settled
from charterkit.files.undisturbed import undisturbed
from charterkit.records import dataclass

T = TypeVar("T")
WORTH_IT = 256
"""With fewer files another process takes longer to start than it saves (45 ms, November 2026)."""
MOST_JOBS = 60
"""Windows can wait for no more at a time."""
_MOST = 8
_IN_FLIGHT = 4
"""Chunks a process that are begun or done and not taken yet: memory does not grow with the number of chunks."""
_MOST_BREAKS = 3
"""So often processes are started anew after one was killed; the rest is then done in this one."""

Look = Callable[[Sequence[str]], list[Any]]
"""What is found in each piece of a chunk, in its order: plain data."""


@dataclass(frozen=True)
class Work:
    """What is done with each chunk.

    `here` does it in this process, and in copies of it. Elsewhere the function of the name `begin`, "module:function",
    makes the same of `given`, once a process; without a name nothing does. The first of `given` is the workspace's
    folder, which lies elsewhere on another machine.
    """

    here: Look
    begin: str = ""
    given: tuple[Any, ...] = ()


def processors() -> int:
    """How many processes to use where nobody says."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


def named(name: str) -> Callable[..., Any]:
    """The function of a name, "module:function"."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


class Hands(Protocol):
    """Whoever does a work: the processes of this machine, or other machines."""

    def handed(self, work: Work, chunks: Sequence[list[str]], size: int) -> Iterator[tuple[list[str], list[Any]]]:
        """Each chunk with what was found in it, in their order. `size` is how many files there are in all of them."""


@dataclass(frozen=True)
class Processes:
    """The processes of this machine: so many, or as many as are worth it."""

    jobs: int | None = None

    def handed(self, work: Work, chunks: Sequence[list[str]], size: int) -> Iterator[tuple[list[str], list[Any]]]:
        """As in `Hands`, by this process or by several.

        A process that is killed costs nothing but time: what it had not sent is looked at here, and the rest by new
        ones.
        """
        jobs = (self.jobs or processors()) if size >= WORTH_IT else 1
        done, breaks = 0, 0
        with settled():
            while done < len(chunks):
                if breaks < _MOST_BREAKS and min(jobs, len(chunks) - done) > 1:
                    before = done
                    for found in _by_others(work, chunks[done:], jobs):
                        yield chunks[done], found
                        done += 1
                    breaks = breaks + 1 if done > before else _MOST_BREAKS
                if done < len(chunks):
                    yield chunks[done], work.here(chunks[done])
                    done += 1


def spread(
    here: Callable[[str], T],
    pieces: Sequence[str],
    jobs: int | None = None,
    begin: str = "",
    given: tuple[Any, ...] = (),
) -> Iterator[tuple[str, T]]:
    """Each piece with what came of it, in their order: of work that is worth another process however few there are.

    `begin` and `given` are as in `Work`.
    """
    work = Work(lambda some: [here(piece) for piece in some], begin, given)
    for (piece,), (made,) in Processes(jobs).handed(work, [[piece] for piece in pieces], WORTH_IT):
        yield piece, made


def _by_others(work: Work, chunks: Sequence[Sequence[str]], jobs: int) -> Iterator[list[Any]]:
    """What is found in each chunk, in their order, until all are done or a process is gone."""
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415 - small workspaces need none
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above
    from multiprocessing import active_children, get_context  # noqa: PLC0415 - as above

    if sys.platform == "linux" and threading.active_count() == 1:
        way, start, given = "fork", _copied, (work.here,)
    elif (sys.flags.ignore_environment and not sys.flags.safe_path) or not work.begin:  # they would take modules
        # from the current folder
        return
    else:
        way, start, given = "spawn", _afresh, (work.begin, work.given)  # type: ignore[assignment]  # as it takes
    try:
        pool = ProcessPoolExecutor(min(jobs, len(chunks), MOST_JOBS), get_context(way), start, given)
    except (OSError, ImportError, NotImplementedError):  # a system that has none of what processes share
        return
    waiting: deque[Future[list[Any]]] = deque()
    try:
        for chunk in chunks:
            with undisturbed():  # in the middle of making a copy of the process Python would lose ^C
                waiting.append(pool.submit(_look_at, chunk))
            if len(waiting) >= _IN_FLIGHT * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except (OSError, BrokenProcessPool):  # one was killed, or could not be started: none is waited for
        for started in active_children():
            started.terminate()
    finally:
        pool.shutdown(cancel_futures=True)


# -- in the other processes

_look: Look | None = None
"""In a process of ours: how it looks at a chunk."""


def _copied(look: Look) -> None:
    global _look  # noqa: PLW0603 - a process has no other place to keep what it was given
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told too, and ends this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _look = look


def _afresh(begin: str, given: tuple[Any, ...]) -> None:
    _copied(named(begin)(*given))


def _end_with_parent() -> None:
    """Whoever is left by a process that was killed waits for nothing any more."""
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - only in a process of ours

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _look_at(chunk: Sequence[str]) -> list[Any]:
    assert _look is not None
    return _look(chunk)
