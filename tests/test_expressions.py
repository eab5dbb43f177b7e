"""No text makes an expression of the package walk to its end again and again: a small file must not hold us up."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from tests.expressions import LENGTH, WHOLE, Expression, expressions, pumps

PARTS = 6
NO_GOOD = r"\s*\([^()]*\)"
"""The quickest of those that are no good."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="NO TIMER OF A PROCESSOR on this system"),
]


class TooSlowError(Exception):
    """The processor's time is up."""


@cache
def seconds() -> float:
    """Of this processor: a third of what one takes that is no good, and many times what the slowest of ours does."""
    before = time.process_time()
    assert re.search(NO_GOOD, "\n" * LENGTH) is None
    return (time.process_time() - before) / 3


@contextmanager
def limit() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlowError

    allowed = seconds()
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, allowed)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow(expression: Expression) -> Any:
    """The beginning of the first text that takes it too long; None where there is none."""
    return next((text[:40] for text in pumps(expression.pattern) if not in_time(expression, text)), None)


def in_time(expression: Expression, text: Any) -> bool:
    try:
        with limit():
            for way in expression.ways:
                if way in WHOLE:
                    getattr(expression.pattern, way)(text)
                else:
                    for _ in expression.pattern.finditer(text):
                        pass
    except TooSlowError:
        return False
    return True


@cache
def every() -> dict[str, Expression]:
    """By its place."""
    return {expression.place: expression for expression in expressions()}


def test_every_expression_is_found() -> None:
    assert len(every()) > 80
    assert {"charterkit.rules.personal: _EMAIL", "charterkit.insight.policies.stale: _ASIDE"} < set(every())


@pytest.mark.parametrize("part", range(PARTS))
def test_no_text_makes_any_slow(part: int) -> None:
    """One in so many of them, so that other workers have the rest."""
    found = {place: slow(expression) for place, expression in list(every().items())[part::PARTS]}
    assert {place: text for place, text in found.items() if text is not None} == {}


@pytest.mark.parametrize("source", [NO_GOOD, r"a[^\n]*?[ \t]*\r?$(?=b)", r"(?:a|a)*b", r"[ \t]+(?=\Z)"])
def test_what_is_slow_is_found(source: str) -> None:
    """Those that were here once, and one that takes for ever."""
    expression = Expression("here", re.compile(source, re.MULTILINE), frozenset({"search"}))
    assert slow(expression) is not None
