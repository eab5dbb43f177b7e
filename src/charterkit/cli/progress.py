"""A bar on stderr for what takes long: where a person looks at a terminal, and nowhere else."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

from charterkit.cli.options import Session

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds after which something is shown: less is over before it is read."""

Told = Callable[[int, int], None]
"""Is told how many of how many are done."""


@contextmanager
def progress(call: Session, what: str) -> Iterator[Told | None]:
    """What takes steps of a long work and draws them; None where nobody would see it: --quiet, a pipe, a CI's log."""
    is_seen = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if call.quiet or not is_seen or os.environ.get("CI"):
        yield None
        return
    bar = _Bar(what, is_coloured=call.is_coloured)
    try:
        yield bar.told
    finally:
        bar.stop()


@contextmanager
def counting(call: Session, what: str, total: int) -> Iterator[Callable[[], object]]:
    """The same for what is done one by one: a step of it with each call of what is given."""
    done = count(1)
    with progress(call, what) as told:
        yield lambda: told(next(done), total) if told else None


class _Bar:
    def __init__(self, what: str, *, is_coloured: bool) -> None:
        self.what, self.is_coloured = what, is_coloured
        self.begun = time.monotonic()
        self.shown: Progress | None = None
        self.task: Any = None

    def told(self, done: int, total: int) -> None:
        if self.shown is None and time.monotonic() - self.begun < PATIENCE:
            return
        if self.shown is None:
            self.shown = _drawn(is_coloured=self.is_coloured)
            self.task = self.shown.add_task(self.what, total=total)
            self.shown.start()
        self.shown.update(self.task, completed=done, total=total, refresh=True)

    def stop(self) -> None:
        if self.shown is not None:
            self.shown.stop()


def _drawn(*, is_coloured: bool) -> "Progress":
    """It draws when it is told something, and never by a thread of its own: those keep processes from being copied."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True, no_color=not is_coloured, markup=False, highlight=False)
    return Progress(*columns, console=console, transient=True, auto_refresh=False)
