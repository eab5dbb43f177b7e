"""How far a long work is, on stderr in a terminal; elsewhere nothing is shown."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from charterkit.cli.options import Session


@contextlib.contextmanager
def counting(call: Session, what: str, total: int) -> Iterator[Callable[[], object]]:
    """A bar that goes on by one with each call of what is given; it is gone when the work is over."""
    if call.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(None), MofNCompleteColumn(), TimeRemainingColumn()
    bar = Progress(
        *columns,
        console=Console(stderr=True, no_color=not call.is_coloured, highlight=False),
        auto_refresh=False,  # by a thread, beside which no process can be copied off
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task(what, total=total)
        bar.refresh()

        def tick() -> None:
            bar.advance(task)
            bar.refresh()

        yield tick
