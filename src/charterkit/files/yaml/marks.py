"""Where each value stands in a file's text. Worked out only when a finding or a write needs it, from the same text."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import yaml
from yaml.events import AliasEvent, DocumentEndEvent, MappingStartEvent, ScalarEvent

from charterkit.files.collector import uncollected
from charterkit.files.yaml.reader import cleaned, is_end, is_start, parser, readable
from charterkit.files.yaml.subset import MAX_DEPTH
from charterkit.findings import Problem, TreePath
from charterkit.records import dataclass


@dataclass(slots=True)
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

    @property
    def is_nowhere(self) -> bool:
        """Whether it is the missing value of a `?` key: its place is that of what comes next, or behind the end."""
        is_missing = self.kind == "scalar" and self.start == self.end
        return is_missing and self.key is not None and self.line != self.key.line


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    path: TreePath
    mark: Mark
    end: int
    is_mapping: bool
    count: int = 0
    key: Mark | None = None
    word: str = ""

    def wants_key(self) -> bool:
        return self.is_mapping and self.key is None

    def next_path(self) -> TreePath:
        return (*self.path, self.word if self.is_mapping else self.count)


@uncollected
def marks(text: str, wanted: Iterable[TreePath] | None = None) -> dict[TreePath, Mark]:
    """Every value's place, as far as the file can be parsed; of two values under one key, the first. Never raises.

    `wanted` are the only ways that matter, where not all do: other values may be left out.
    """
    text = cleaned(text)
    ways = None if wanted is None else frozenset(way[:length] for way in wanted for length in range(len(way) + 1))
    walk = _Walk(text, ways)
    try:
        walk.run(parser(text))
    except yaml.YAMLError:  # `parse` has said so, and has read what can be read all the same
        walk = _Walk(text, ways)
        with suppress(yaml.YAMLError, RecursionError):
            walk.run(parser(readable(text)))
    except RecursionError:  # only without libyaml
        pass
    return walk.found


def locate(
    text: str, problems: Sequence[Problem], known: Mapping[TreePath, Mark] | None = None
) -> list[tuple[int, int]]:
    """Line and column of each problem, or of the nearest place above it that exists. Never raises.

    `known` are the text's marks, where somebody has them already.
    """
    if known is None:
        wanted = [problem.at for problem in problems if problem.at and not problem.line]
        known = marks(text, wanted) if wanted else {}
    return [(problem.line, problem.column) if problem.line else _nearest(known, problem) for problem in problems]


def _nearest(known: Mapping[TreePath, Mark], problem: Problem) -> tuple[int, int]:
    way = problem.at
    while way and way not in known:
        way = way[:-1]
    if not way:
        return 1, 1
    mark = known[way]
    is_on_key = problem.on == "key" or way != problem.at or mark.is_nowhere
    place = mark.key if is_on_key and mark.key is not None else mark
    return place.line, place.column


class _Walk:
    """One pass over the events, in step with the one that builds the tree."""

    def __init__(self, text: str, ways: frozenset[TreePath] | None) -> None:
        self.text = text
        self.ways = ways
        """The values that are wanted, and what is around them; None for all there are."""
        self.found: dict[TreePath, Mark] = {}
        self.stack: list[_Open] = []
        self.counts: dict[TreePath, int] = {}
        self.skipped = 0
        """How deep inside a list or mapping that stands where a key belongs, or that nobody wants."""

    def run(self, parser: Any) -> None:  # noqa: ANN401 - either of PyYAML's parsers
        while (event := parser.get_event()) is not None:
            if len(self.stack) + self.skipped > MAX_DEPTH or isinstance(event, DocumentEndEvent):
                return
            if self.skipped:
                self.skip(event)
            elif isinstance(event, _VALUES):
                self.scalar(event)
            elif is_start(event):
                self.start(event)
            elif is_end(event):
                done = self.stack.pop()
                self.counts[done.path] = done.count
                done.mark.end = event.end_mark.index if done.mark.flow else done.end
                self.close(done.mark)

    def scalar(self, event: Any) -> None:  # noqa: ANN401 - a ScalarEvent or AliasEvent
        if self.ways is not None and self.stack and self.is_passed(event):
            return
        mark = self.mark(event, "scalar", _own_end(self.text, event))
        if self.stack and self.stack[-1].wants_key():
            self.stack[-1].key, self.stack[-1].word = mark, getattr(event, "value", "")
            self.stack[-1].end = mark.end
        else:
            self.close(mark)

    def start(self, event: Any) -> None:  # noqa: ANN401 - either start event
        at = event.start_mark.index
        if self.stack and self.stack[-1].wants_key():
            self.skipped = 1
            self.stack[-1].key, self.stack[-1].word = self.mark(event, "mapping", at), ""
            return
        is_mapping = isinstance(event, MappingStartEvent)
        path = self.stack[-1].next_path() if self.stack else ()
        if self.ways is not None and path not in self.ways:
            self.skipped = 1
            self.passed()
            return
        count = (
            self.counts.get(path, 0) if len(path) == 1 else 0
        )  # as in the tree: a second list goes on from the first
        mark = self.mark(event, "mapping" if is_mapping else "sequence", at)
        self.stack.append(_Open(path, mark, at, is_mapping, count))

    def is_passed(self, event: Any) -> bool:  # noqa: ANN401 - a ScalarEvent or AliasEvent
        """Whether a scalar is none that is wanted, nor the key of such a value; then only that it was there counts."""
        around = self.stack[-1]
        word = getattr(event, "value", "")
        way = (*around.path, word) if around.wants_key() else around.next_path()
        if self.ways is None or way in self.ways:
            return False
        if around.wants_key():
            around.key, around.word = _UNWANTED, word
        else:
            self.passed()
        return True

    def passed(self) -> None:
        """A value that nobody wants is counted in what is around it."""
        self.stack[-1].count += 1
        self.stack[-1].key = None

    def skip(self, event: Any) -> None:  # noqa: ANN401 - any event
        self.skipped += is_start(event) - is_end(event)
        if not self.skipped:
            self.stack[-1].end = event.end_mark.index

    def mark(self, event: Any, kind: str, end: int) -> Mark:  # noqa: ANN401 - any node event
        at = event.start_mark
        flow = bool(getattr(event, "flow_style", False))
        in_flow = bool(self.stack) and self.stack[-1].mark.flow
        style = getattr(event, "style", None) or None
        return Mark(at.index, end, at.line + 1, at.column + 1, kind, style, flow, in_flow)

    def close(self, mark: Mark) -> None:
        """Note a value that is complete, under its key's mark, and count it in the container around it."""
        if not self.stack:
            self.found.setdefault((), mark)
            return
        around = self.stack[-1]
        mark.key = around.key
        self.found.setdefault(around.next_path(), mark)
        around.end = mark.end
        around.count += 1
        around.key = None


_VALUES = (ScalarEvent, AliasEvent)
_UNWANTED = Mark(0, 0, 1, 1, "scalar")
"""In place of the key of a value that nobody wants."""


def _own_end(text: str, event: Any) -> int:  # noqa: ANN401 - a ScalarEvent or AliasEvent
    """A scalar's end. A block scalar's mark lies past the blank lines behind it: step back, unless they are its own."""
    end: int = event.end_mark.index
    if getattr(event, "style", None) not in ("|", ">"):
        return end
    start: int = event.start_mark.index
    header, _, body = text[start:end].partition("\n")
    if "+" in header.partition("#")[0]:
        return end
    indent = next((len(line) - len(line.lstrip(" ")) for line in body.split("\n") if line.strip()), MAX_DEPTH)
    first_end = start + len(header.rstrip("\r"))
    while end > first_end:
        line_start = max(text.rfind("\n", start, end) + 1, start)
        line = text[line_start:end].rstrip("\r")
        if line.strip(" ") or len(line) > indent:
            return line_start + len(line)
        end = line_start - 1
    return first_end
