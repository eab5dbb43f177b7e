"""Python's garbage collector, kept out of the way where one file makes many objects and none of them form a circle."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def uncollected(function: Callable[P, T]) -> Callable[P, T]:
    """The function, run without the collector: on a file of 1 MiB that walks all objects again and again, it doubles
    the time.
    """

    @wraps(function)
    def run(*args: P.args, **named: P.kwargs) -> T:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return function(*args, **named)
        finally:
            if was_on:
                gc.enable()

    return run


@contextmanager
def settled() -> Iterator[None]:
    """While it lasts the collector leaves alone what is there already: the program itself, which outlives the work.

    Among thousands of files it would walk over all of that hundreds of times. A process that is copied off meanwhile
    shares those pages for as long as it lives.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
