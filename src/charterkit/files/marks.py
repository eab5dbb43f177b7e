"""Where each value stands in a file's text. Worked out only when a finding or a write needs it, from the same text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent

from charterkit.files.yaml_text import MAX_DEPTH, CParser, is_end, is_start
from charterkit.findings import Problem, TreePath


@dataclass(frozen=True, slots=True)
class Mark:
    """A value's place in the text without its byte order mark, in characters; `end` is just after its own last one.

    A block mapping or list ends where its last scalar ends, not where libyaml's mark says: that lies past the comment
    of whatever comes next.
    """

    start: int
    end: int
    line: int
    column: int
    kind: str
    """scalar, mapping or sequence"""
    style: str | None = None
    """of a scalar: None (plain), ' or " (quoted), | or > (block)"""
    flow: bool = False
    """written in brackets"""
    in_flow: bool = False
    """stands inside brackets"""
    key: "Mark | None" = None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    path: TreePath
    mark: Mark
    end: int
    count: int = 0
    key: Mark | None = None
    word: str = ""

    def wants_key(self) -> bool:
        return self.mark.kind == "mapping" and self.key is None

    def next_path(self) -> TreePath:
        return (*self.path, self.count if self.mark.kind == "sequence" else self.word)


def marks(text: str) -> dict[TreePath, Mark]:
    """Every value's place, as far as the file can be parsed; of two values under one key, the first."""
    found: dict[TreePath, Mark] = {}
    stack: list[_Open] = []
    try:
        parser = CParser(text)
        while parser.check_event() and len(stack) <= MAX_DEPTH:
            if not _step(text, parser.get_event(), stack, found):
                break
    except yaml.YAMLError:
        pass
    return found


def _step(text: str, event: Any, stack: list[_Open], found: dict[TreePath, Mark]) -> bool:  # noqa: ANN401
    """Take in one event; False where going on makes no sense (a list as a key, which `parse` has complained about)."""
    if isinstance(event, ScalarEvent | AliasEvent):
        mark = _mark(event, "scalar", stack, end=_own_end(text, event))
        if stack and stack[-1].wants_key():
            stack[-1].key, stack[-1].word = mark, getattr(event, "value", "")
            stack[-1].end = mark.end
        else:
            _close(mark, stack, found)
    elif is_start(event):
        if stack and stack[-1].wants_key():
            return False
        kind = "mapping" if isinstance(event, MappingStartEvent) else "sequence"
        path = stack[-1].next_path() if stack else ()
        start = event.start_mark.index
        stack.append(_Open(path, _mark(event, kind, stack, end=start), end=start))
    elif is_end(event):
        done = stack.pop()
        end = event.end_mark.index if done.mark.flow else done.end
        _close(replace(done.mark, end=end), stack, found)
    return True


def _mark(event: Any, kind: str, stack: list[_Open], end: int) -> Mark:  # noqa: ANN401
    at = event.start_mark
    flow = bool(getattr(event, "flow_style", False))
    in_flow = bool(stack) and stack[-1].mark.flow
    return Mark(at.index, end, at.line + 1, at.column + 1, kind, getattr(event, "style", None) or None, flow, in_flow)


def _close(mark: Mark, stack: list[_Open], found: dict[TreePath, Mark]) -> None:
    """Note a value that is complete, under its key's mark, and count it in the container around it."""
    if not stack:
        found.setdefault((), mark)
        return
    around = stack[-1]
    found.setdefault(around.next_path(), replace(mark, key=around.key))
    around.end = mark.end
    around.count += 1
    around.key = None


def _own_end(text: str, event: Any) -> int:  # noqa: ANN401
    """A scalar's end. A block scalar's mark lies past the blank lines behind it: step back, unless they are its own."""
    end: int = event.end_mark.index
    if getattr(event, "style", None) not in ("|", ">"):
        return end
    start: int = event.start_mark.index
    header = text[start:end].partition("\n")[0].partition("#")[0]
    return end if "+" in header else start + len(text[start:end].rstrip())


def locate(text: str, problems: Sequence[Problem]) -> list[tuple[int, int]]:
    """Line and column of each problem, or of the nearest place above it that exists."""
    found = marks(text)
    return [(problem.line, problem.column) if problem.line else _nearest(found, problem) for problem in problems]


def _nearest(found: dict[TreePath, Mark], problem: Problem) -> tuple[int, int]:
    at, on_key = problem.at, problem.on == "key"
    while at and at not in found:
        at, on_key = at[:-1], True
    mark = found.get(at)
    if mark is None or not at:
        return 1, 1
    if on_key and mark.key is not None:
        mark = mark.key
    return mark.line, mark.column
