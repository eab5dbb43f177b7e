"""Whose work a long command is: this machine's, or that of the workers of a scheduler."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from charterkit.cli.options import Session

if TYPE_CHECKING:
    from charterkit.many.hands import Hands


@contextmanager
def hands_of(call: Session, address: str | None, jobs: int | None) -> "Iterator[Hands | None]":
    """The workers of the scheduler at an address; None for the processes of this machine, where there is no address.
    `jobs` is how many of those do what is too little to be sent.

    Raises CharterkitError where there is no such scheduler, or its workers would not find the same.
    """
    if address is None:
        yield None
        return
    from charterkit.many.cluster import machines

    with machines(address, call.root, jobs) as found:
        _quieten()
        if not found.seen:
            call.say("Not every worker sees this folder as it is here: each is sent a packed copy.")
        yield found


def _quieten() -> None:
    """Have Dask log nothing, in whichever thread: what goes wrong is said in a sentence of ours."""
    import logging

    for name in ("asyncio", "distributed", "tornado", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("asyncio", "distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
