"""Line and column of a file's problems, in one pass that looks only where there is a problem."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from charterkit.files.collector import uncollected
from charterkit.files.yaml.reader import cleaned, parser
from charterkit.files.yaml.subset import MAX_DEPTH
from charterkit.findings import Problem, TreePath


@dataclass(slots=True)
class _Spot:
    """A place of the tree that is asked for, or leads to one. A line of 0 means: not met yet."""

    inner: dict[str | int, "_Spot"] = field(default_factory=dict)
    line: int = 0
    column: int = 0
    key: tuple[int, int] | None = None
    """Where its key stands."""
    count: int = 0
    """Of a list: its entries so far, since a second list under one key goes on from the first."""


@uncollected
def locate(text: str, problems: Sequence[Problem]) -> list[tuple[int, int]]:
    """Line and column of each problem, or of the nearest place above it that exists. Never raises."""
    asked = _asked(problem.at for problem in problems if not problem.line)
    if asked.inner:
        text = cleaned(text)
        with suppress(yaml.YAMLError, RecursionError):  # `parse` has said so; RecursionError only without libyaml
            _walk(parser(text), asked)
    return [(problem.line, problem.column) if problem.line else _nearest(asked, problem) for problem in problems]


def _asked(places: Iterable[TreePath]) -> _Spot:
    top = _Spot()
    for at in places:
        spot = top
        for key in at:
            found = spot.inner.get(key)
            if found is None:
                found = spot.inner[key] = _Spot()
            spot = found
    return top


def _nearest(top: _Spot, problem: Problem) -> tuple[int, int]:
    spot, last = top, top
    on_key = problem.on == "key"
    for key in problem.at:
        spot = spot.inner[key]
        if not spot.line:
            on_key = True
            break
        last = spot
    if last is top:
        return 1, 1
    return last.key if on_key and last.key is not None else (last.line, last.column)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is looked into."""

    spot: _Spot
    is_mapping: bool
    word: str | None = None
    """The key whose value is next."""
    key: tuple[int, int] | None = None


def _walk(parser: Any, top: _Spot) -> None:  # noqa: ANN401 - either of PyYAML's parsers
    get = parser.get_event
    stack: list[_Open] = []
    while True:
        event = get()
        kind = type(event)
        if kind is ScalarEvent or kind is AliasEvent:
            around = stack[-1] if stack else None
            if around is not None and around.is_mapping and around.word is None:
                mark = event.start_mark
                around.word = event.value if kind is ScalarEvent else ""
                around.key = (mark.line + 1, mark.column + 1)
            else:
                _meet(around, event)
        elif kind in _STARTS:
            if not _enter(stack, event, top, get):
                return
        elif kind in _ENDS:
            stack.pop()
        elif kind is DocumentEndEvent or kind is StreamEndEvent:
            return


def _enter(stack: list[_Open], event: Any, top: _Spot, get: Any) -> bool:  # noqa: ANN401 - an event, a method
    """Look into a list or mapping where something in it is asked for, else pass over it. False where it is too deep."""
    around = stack[-1] if stack else None
    is_key = around is not None and around.is_mapping and around.word is None
    spot = None if is_key else (_meet(around, event) if around else top)
    if spot is not None and (spot.inner or not stack):
        spot.count = spot.count if len(stack) == 1 else 0
        stack.append(_Open(spot, type(event) is MappingStartEvent))
        return len(stack) <= MAX_DEPTH
    if is_key and around is not None:
        around.word, around.key = "", (event.start_mark.line + 1, event.start_mark.column + 1)
    return _skip(get)


def _meet(around: _Open | None, event: Any) -> _Spot | None:  # noqa: ANN401 - any node event
    """Note a value that is asked for, and that the container around it has one more. Of two of one key, the first."""
    if around is None:
        return None
    if around.is_mapping:
        spot = around.spot.inner.get(around.word or "")
    else:
        spot = around.spot.inner.get(around.spot.count)
        around.spot.count += 1
    if spot is not None and not spot.line:
        mark = event.start_mark
        spot.line, spot.column, spot.key = mark.line + 1, mark.column + 1, around.key
    around.word = around.key = None
    return spot


_STARTS = frozenset((MappingStartEvent, SequenceStartEvent))
_ENDS = frozenset((MappingEndEvent, SequenceEndEvent))


def _skip(get: Any) -> bool:  # noqa: ANN401 - a parser's method
    """Read on to the end of the list or mapping that has just begun; False where it is too deep."""
    depth = 1
    while depth:
        kind = type(get())
        if kind in _STARTS:
            depth += 1
            if depth > MAX_DEPTH:
                return False
        elif kind in _ENDS:
            depth -= 1
    return True
