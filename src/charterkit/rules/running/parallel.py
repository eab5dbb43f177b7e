"""Families of a workspace looked at by several processes, which send back what they found, never what they read."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.rules.running.check import Examined, examine
from charterkit.rules.running.families import Family
from charterkit.rules.running.settings import Settings

CHUNK = 64
"""Files that a process is given at a time: enough to be worth the way there and back."""
WORTH_IT = 256
"""With fewer files another process takes longer to start than it saves (45 ms, November 2026)."""
_MOST = 8
MOST_JOBS = 60
"""Windows can wait for no more at a time."""

_Look = Callable[[Family], Examined]
_look: _Look | None = None
"""In a process of ours: how it looks at a family."""


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
    if min(jobs, len(sizes)) > 1 and sum(max(1, size) for size in sizes.values()) >= WORTH_IT:
        for family, part in _by_others(workspace, sizes, chosen, today, jobs):
            waiting.discard(family)
            yield family, part
    for family in sorted(waiting):
        yield family, examine(workspace, family, chosen, today)


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
    chunks = list(_chunks(sizes))
    try:
        pool = ProcessPoolExecutor(min(jobs, len(chunks), MOST_JOBS), get_context(way), initializer=start)
    except (OSError, ImportError, NotImplementedError):  # a system that has none of what processes share
        return
    try:
        for done in as_completed([pool.submit(_look_at, chunk) for chunk in chunks]):
            yield from done.result()
    except (OSError, BrokenProcessPool):  # one was killed, or could not be started: none is waited for
        for started in active_children():
            started.terminate()
    finally:
        pool.shutdown(cancel_futures=True)


def _chunks(sizes: Mapping[Family, int]) -> Iterator[Sequence[Family]]:
    """The largest families first, so that none is begun when the others are done."""
    chunk: list[Family] = []
    held = 0
    for family in sorted(sizes, key=lambda one: (-sizes[one], one)):
        chunk.append(family)
        held += max(1, sizes[family])  # a school without any file is some work too
        if held >= CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


# -- in the other processes


def _copied(workspace: Workspace, chosen: Settings, today: date) -> None:
    global _look  # noqa: PLW0603 - a process has no other place to keep what it was given
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told too, and ends this one
    _look = partial(_examined_here, workspace, chosen, today)


def _examined_here(workspace: Workspace, chosen: Settings, today: date, family: Family) -> Examined:
    return examine(workspace, family, chosen, today)


def _afresh(root: Path, builtin: Path | None, chosen: Settings, today: date) -> None:
    _copied(Workspace(root, builtin), chosen, today)


def _look_at(families: Sequence[Family]) -> list[tuple[Family, Examined]]:
    assert _look is not None
    return [(family, _look(family)) for family in families]
