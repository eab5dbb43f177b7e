"""The same work on very many things, by several processes, which send back what came of it, never what they read."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from charterkit.files.collector import settled

T = TypeVar("T")
Does = Callable[[str], T]
MOST_JOBS = 60
"""Windows can wait for no more at a time."""
_MOST = 8
_MOST_BREAKS = 3
"""So often processes are started anew after one was killed; the rest is then done in this one."""
_IN_FLIGHT = 8
"""Pieces a process that are handed out and not taken back yet: what is sent back does not pile up."""


def processors() -> int:
    """How many processes to use where nobody says."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


def spread(
    here: Does[T], begin: Callable[[], Does[T]] | None, pieces: Sequence[str], jobs: int | None = None
) -> Iterator[tuple[str, T]]:
    """Each piece with what came of it, in any order, by this process or by several.

    `here` does the work in this process and in copies of it; where a system makes none, `begin`, which is sent to each
    process once, makes the same of nothing; None where nothing does. A process that is killed costs nothing but time.
    """
    jobs = processors() if jobs is None else jobs
    waiting, breaks = dict.fromkeys(pieces), 0
    with settled():
        while min(jobs, len(waiting)) > 1 and breaks < _MOST_BREAKS:
            before = len(waiting)
            for piece, made in _by_others(here, begin, [*waiting], jobs):
                del waiting[piece]
                yield piece, made
            breaks = breaks + 1 if len(waiting) < before else _MOST_BREAKS
        for piece in waiting:
            yield piece, here(piece)


def _by_others(
    here: Does[T], begin: Callable[[], Does[T]] | None, pieces: Sequence[str], jobs: int
) -> Iterator[tuple[str, T]]:
    """What came of each piece, until all are done or a process is gone."""
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait  # noqa: PLC0415 - few need it
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above
    from multiprocessing import active_children, get_context  # noqa: PLC0415 - as above

    if sys.platform == "linux" and threading.active_count() == 1:
        way, start, given = "fork", _copied, here
    elif begin is None or (
        sys.flags.ignore_environment and not sys.flags.safe_path
    ):  # they would take modules from the current folder
        return
    else:
        way, start, given = "spawn", _afresh, begin  # type: ignore[assignment]  # as it takes
    jobs = min(jobs, len(pieces), MOST_JOBS)
    try:
        pool = ProcessPoolExecutor(jobs, get_context(way), start, (given,))
    except (OSError, ImportError, NotImplementedError):  # a system that has none of what processes share
        return
    rest = iter(pieces)
    under_way: dict[Future[Any], str] = {}
    try:
        while True:
            while len(under_way) < _IN_FLIGHT * jobs and (piece := next(rest, None)) is not None:
                with _uninterrupted():
                    under_way[pool.submit(_do, piece)] = piece
            if not under_way:
                break
            for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                yield under_way.pop(done), done.result()
    except (OSError, BrokenProcessPool):  # one was killed, or could not be started: none is waited for
        for started in active_children():
            started.terminate()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """While a process is copied off, where the system can: ^C is for the first one, which hears it after that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# -- in the other processes

_does: Does[Any] | None = None
"""In a process of ours: what it does with a piece."""


def _copied(does: Does[Any]) -> None:
    global _does  # noqa: PLW0603 - a process has no other place to keep what it was given
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told too, and ends this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _does = does


def _afresh(begin: Callable[[], Does[Any]]) -> None:
    _copied(begin())


def _do(piece: str) -> Any:  # noqa: ANN401 - as the work gives
    assert _does is not None
    return _does(piece)


def _end_with_parent() -> None:
    """Whoever is left by a process that was killed waits for nothing any more."""
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - only in a process of ours

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
