"""Families of a workspace looked at by several processes, which send back what they found, never what they read."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from charterkit.files.collector import settled
from charterkit.files.workspace import Workspace
from charterkit.rules.running.check import Examined, examine
from charterkit.rules.running.families import Family, chunks
from charterkit.rules.running.settings import Settings

WORTH_IT = 256
"""With fewer files another process takes longer to start than it saves (45 ms, November 2026)."""
_MOST = 8
MOST_JOBS = 60
"""Windows can wait for no more at a time."""

_Look = Callable[[Sequence[Family]], list[Examined]]
_look: _Look | None = None
"""In a process of ours: how it looks at families."""


def processors() -> int:
    """How many processes to use where nobody says."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


def examined(
    workspace: Workspace, sizes: Mapping[Family, int], chosen: Settings, today: date, jobs: int
) -> Iterator[tuple[Family, Examined]]:
    """What is found in families, given with the number of their files; in any order, in this process or in several.

    A process that is killed costs nothing but time: what it had not sent is looked at here.
    """
    waiting = set(sizes)
    with settled():
        if min(jobs, len(sizes)) > 1 and sum(max(1, size) for size in sizes.values()) >= WORTH_IT:
            for family, part in _by_others(workspace, sizes, chosen, today, jobs):
                waiting.discard(family)
                yield family, part
        for chunk in chunks({family: sizes[family] for family in waiting}):
            yield from zip(chunk, examine(workspace, chunk, chosen, today), strict=True)


def _by_others(
    workspace: Workspace, sizes: Mapping[Family, int], chosen: Settings, today: date, jobs: int
) -> Iterator[tuple[Family, Examined]]:
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415 - small workspaces need none
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above
    from multiprocessing import active_children, get_context  # noqa: PLC0415 - as above

    may_fork = sys.platform == "linux" and threading.active_count() == 1
    if may_fork:
        way, start = "fork", partial(_copied, workspace, chosen, today)
    elif sys.flags.ignore_environment and not sys.flags.safe_path:  # they would take modules from the current folder
        return
    else:
        way, start = "spawn", partial(_afresh, workspace.root, workspace.builtin, chosen, today)
    work = list(chunks(sizes))
    try:
        pool = ProcessPoolExecutor(min(jobs, len(work), MOST_JOBS), get_context(way), initializer=start)
    except (OSError, ImportError, NotImplementedError):  # a system that has none of what processes share
        return
    try:
        for done in as_completed([pool.submit(_look_at, chunk) for chunk in work]):
            yield from done.result()
    except (OSError, BrokenProcessPool):  # one was killed, or could not be started: none is waited for
        for started in active_children():
            started.terminate()
    finally:
        pool.shutdown(cancel_futures=True)


# -- in the other processes


def _copied(workspace: Workspace, chosen: Settings, today: date) -> None:
    global _look  # noqa: PLW0603 - a process has no other place to keep what it was given
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told too, and ends this one
    _look = partial(_examined_here, workspace, chosen, today)


def _examined_here(workspace: Workspace, chosen: Settings, today: date, families: Sequence[Family]) -> list[Examined]:
    return examine(workspace, families, chosen, today)


def _afresh(root: Path, builtin: Path | None, chosen: Settings, today: date) -> None:
    _copied(Workspace(root, builtin), chosen, today)


def _look_at(families: Sequence[Family]) -> list[tuple[Family, Examined]]:
    assert _look is not None
    return list(zip(families, _look(families), strict=True))
