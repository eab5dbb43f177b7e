"""^C that waits for a moment, and ^C of which a library makes something else."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """While it lasts ^C waits, where the system can hold it back: else it is lost, or leaves half of a whole."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def stops() -> Iterator[None]:
    """While it lasts ^C is ^C also where DuckDB is at work, which raises RuntimeError for it (2.0, November 2026)."""
    try:
        yield
    except RuntimeError as error:
        if str(error) != _INTERRUPTED:
            raise
        raise KeyboardInterrupt from None


_INTERRUPTED = "Query interrupted"
