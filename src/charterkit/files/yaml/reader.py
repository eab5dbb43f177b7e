"""The strict YAML subset: every scalar is text, and what could mislead (anchors, tags, duplicate keys) is a problem.

PyYAML's events of the C parser are walked with a stack of our own, so depth is limited before libyaml suffers from it
and nothing is resolved: `no`, `1.10`, `12:30` and `007` stay the text they are.
"""

import contextlib
from collections.abc import Callable
from dataclasses import field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from charterkit.files.yaml.quick import quick
from charterkit.files.yaml.subset import MAX_BYTES, MAX_DEPTH, MAX_VALUES, NULL_WORDS
from charterkit.findings import Code, Problem, TreePath
from charterkit.records import dataclass
from charterkit.text.later import later
from charterkit.text.safe import UNFIT_FOR_YAML, shown

Tree = Any
"""Plain text, lists and mappings, as nested as the file. An empty value is None in a list, absent in a mapping."""

_MAY_BE_CROWDED = 128 * 1024
"""Bytes; what a smaller file holds is read quickly, whatever it is."""
MOST_CHARACTERS = 20
"""Control characters that are named one by one; a file with more is no text."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n")
_UNREADABLE = later(rf"{UNFIT_FOR_YAML}|\r(?!\n)")
"""Also a lone carriage return, which libyaml takes for a line break."""


def parser(text: str) -> Any:  # noqa: ANN401 - PyYAML has no type for it
    """PyYAML's parser of a text that `cleaned` has been over: the one in C, or without libyaml the slower in Python."""
    return _make_parser(text)


def _choose_parser() -> Callable[[str], Any]:
    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]  # noqa: PLC0415 - its stub leaves it out
    except ImportError:
        return yaml.SafeLoader
    return CParser


_make_parser = _choose_parser()


@dataclass(slots=True)
class Parsed:
    """A file as plain data, and what was wrong with it as YAML. `empty` are keys that stand there without a value."""

    tree: Tree = None
    problems: list[Problem] = field(default_factory=list)
    empty: set[TreePath] = field(default_factory=set)
    raw: dict[TreePath, dict[str, str]] = field(default_factory=dict)
    """What can be told of entries that a syntax error cost."""


def decode(data: bytes) -> tuple[str, Problem | None]:
    """The file's text without its byte order mark; or what is wrong with its size or encoding."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / MAX_BYTES:.1f} MiB"
        return "", _first(
            Code.TOO_LARGE, f"the file has {size}; 1 MiB is the most", "Split it, or keep long texts elsewhere."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4].count(0) > 1:
        return "", _first(Code.ENCODING, "the file is saved as UTF-16", "Save it again with the encoding UTF-8.")
    data = data.removeprefix(BYTE_ORDER_MARK)
    try:
        text = data.decode()
    except UnicodeDecodeError as bad:
        line, column = place(data[: bad.start].decode(), bad.start)
        message = "the file is not UTF-8; it looks like Windows-1252 (ANSI)"
        return "", Problem(Code.ENCODING, message, "Save it again with the encoding UTF-8.", line=line, column=column)
    if "\r" in text and "\n" not in text:
        remedy = "Save it with line ends LF or CRLF."
        return "", _first(Code.CONTROL_CHARACTER, "the lines of this file end as on very old Macs (CR)", remedy)
    return text, None


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character in a text."""
    index = min(index, len(text))
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _is_plain(data: bytes) -> bool:
    """Whether a file is ASCII without control characters: nearly all are, and this is a twentieth of searching them."""
    return data.isascii() and len(data.translate(None, _CONTROLS)) == len(data)


def cleaned(text: str) -> str:
    """The text with a blank for every character that libyaml cannot read; every other one keeps its place."""
    return _UNREADABLE.sub(" ", text) if _UNREADABLE.search(text) else text


def parse(data: bytes) -> Parsed:
    """Read a file's bytes. Never raises: what cannot be read is among the problems, and the rest is in the tree."""
    text, problem = decode(data)
    if problem:
        return Parsed(problems=[problem])
    crowded = _crowded(text) if len(data) > _MAY_BE_CROWDED else None
    if crowded:
        return Parsed(problems=[crowded])
    characters = [] if _is_plain(data) else _characters(text)
    is_bare = not ("&" in text or "!" in text)
    found = None if characters else quick(parser(text), is_bare=is_bare)
    if found is not None:
        return Parsed(found[0], empty=found[1])
    walk = _Walk()
    walk.parsed.problems += characters
    text = cleaned(text)
    try:
        walk.run(parser(text))
    except _StopError:
        pass
    except yaml.YAMLError as error:
        return _recovered(text, error, characters)
    except RecursionError:  # the parser in Python, on systems without libyaml
        walk.parsed.problems.append(_first(Code.TOO_DEEP, "the file is nested too deeply", "Nest less."))
        walk.parsed.tree = None
    return walk.parsed


def _recovered(text: str, error: yaml.YAMLError, characters: list[Problem]) -> Parsed:
    """What can be read of a text with a syntax error: all but the entries it stands in, else nothing."""
    from charterkit.files.yaml.recover import recovered  # noqa: PLC0415 - most files have no such mistake
    from charterkit.files.yaml.syntax import explained  # noqa: PLC0415 - as above

    found = recovered(text, error, _tree)
    if found is None:
        return Parsed(problems=[*characters, explained(text, error)])
    walk = _Walk()
    walk.parsed.problems += [*characters, *found.problems]
    walk.parsed.raw = dict(found.raw)
    with contextlib.suppress(_StopError):
        walk.run(parser(found.text))
    return walk.parsed


def _tree(text: str) -> Tree:
    """A text's tree. Raises YAMLError where it is none."""
    walk = _Walk()
    with contextlib.suppress(_StopError):
        walk.run(parser(text))
    return walk.parsed.tree


def readable(text: str) -> str:
    """A text that `cleaned` has been over, with entries that cannot be read made into comments of the same length."""
    try:
        _tree(text)
    except yaml.YAMLError as error:
        from charterkit.files.yaml.recover import recovered  # noqa: PLC0415 - most files have no such mistake

        found = recovered(text, error, _tree)
        return found.text if found else text
    except RecursionError:
        pass
    return text


def _crowded(text: str) -> Problem | None:
    """What is wrong with a file of very many values, of which each takes little room and some time."""
    read = parser(cleaned(text))
    count = depth = 0
    try:
        while depth <= MAX_DEPTH and (event := read.get_event()) is not None:
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            count += isinstance(event, NodeEvent)
            if count > MAX_VALUES:
                line, column = event.start_mark.line + 1, event.start_mark.column + 1
                message = f"the file has more than {MAX_VALUES:,} keys and values"
                return Problem(Code.TOO_LARGE, message, "Split it.", line=line, column=column)
    except (yaml.YAMLError, RecursionError):
        pass
    return None


def copied(tree: Tree) -> Tree:
    """A tree of one's own to change."""
    if isinstance(tree, dict):
        return {key: copied(inner) if isinstance(inner, dict | list) else inner for key, inner in tree.items()}
    return [copied(inner) for inner in tree] if isinstance(tree, list) else tree


def value_at(tree: Tree, at: TreePath) -> Tree:
    """What stands at a place of a tree; None where there is no such place."""
    for key in at:
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _characters(text: str) -> list[Problem]:
    problems: list[Problem] = []
    for found in _UNREADABLE.finditer(text):
        line, column = place(text, found.start())
        if len(problems) == MOST_CHARACTERS:
            message = "more control characters stand from here on"
            problems.append(
                Problem(Code.CONTROL_CHARACTER, message, "Save the file as plain text.", line=line, column=column)
            )
            break
        escape = f'"\\u{ord(found[0]):04x}"'
        remedy = f"Delete it, or write it as {escape} in double quotes."
        message = f"a control character (U+{ord(found[0]):04X}) stands here"
        problems.append(Problem(Code.CONTROL_CHARACTER, message, remedy, line=line, column=column))
    return problems


class _StopError(Exception):
    pass


class _Walk:
    """One pass over the events. `stack` holds the open containers; a mapping waits in `keys` for its value."""

    def __init__(self) -> None:
        self.parsed = Parsed()
        self.stack: list[Tree] = []
        self.keys: list[str | None] = []
        self.ways: list[TreePath] = []
        """The way to each open container."""
        self.skipped = 0
        """How deep inside something that is not kept: a list or mapping as a key, or behind a key that cannot be."""
        self.key_after: str | None = None
        """What `keys` holds when that has ended."""

    def run(self, parser: Any) -> None:  # noqa: ANN401 - either of PyYAML's parsers
        documents = 0
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if self.skipped:
                self.skip(event)
            elif kind is ScalarEvent:
                self.scalar(event)
            elif kind in _STARTS:
                self.start(event)
            elif kind in _ENDS:
                self.stack.pop()
                self.keys.pop()
                self.ways.pop()
                if self.keys:
                    self.keys[-1] = None
            elif kind is AliasEvent:
                self.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    remedy = "Keep one document a file: no '---'."
                    self.problem(Code.SEVERAL_DOCUMENTS, event, "a second document starts here", remedy)
                    raise _StopError

    def wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1], dict) and self.keys[-1] is None

    def path(self) -> TreePath:
        if not self.stack:
            return ()
        container, key = self.stack[-1], self.keys[-1]
        if isinstance(container, list):
            return (*self.ways[-1], len(container))
        return self.ways[-1] if key is None else (*self.ways[-1], key)

    def problem(self, code: Code, event: Any, message: str, remedy: str) -> None:  # noqa: ANN401 - any event
        mark = event.start_mark
        found = Problem(code, message, remedy, self.path(), line=mark.line + 1, column=mark.column + 1)
        self.parsed.problems.append(found)

    def marks_of_yaml(self, event: Any) -> None:  # noqa: ANN401 - any node event
        if event.anchor is not None:
            self.problem(
                Code.ANCHOR_OR_ALIAS, event, f"'&{shown(event.anchor)}' names this value", "Leave the anchor out."
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)  # as it was written
            self.problem(Code.TAG, event, f"'{shown(tag)}' is a tag", "Leave it out: every value is text.")

    def alias(self, event: Any) -> None:  # noqa: ANN401 - an AliasEvent, whose stub lacks the anchor
        if self.stack and self.keys[-1] == "":  # what a merge key merges: one mistake, said at the key
            self.keys[-1] = None
            return
        message = f"'*{shown(event.anchor)}' points at another place"
        self.problem(Code.ANCHOR_OR_ALIAS, event, message, "Write the value out here.")
        if self.wants_key():
            self.keys[-1] = ""
        else:
            self.add(None)

    def scalar(self, event: ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self.marks_of_yaml(event)
        value: str = event.value
        if self.wants_key():
            self.key(event, value)
            return
        if not event.style and value in NULL_WORDS:
            self.problem(Code.NULL_WORD, event, f"'{value}' stands for nothing", "Leave the value empty.")
            value = ""
        self.add(value if value or event.style else None)

    def key(self, event: ScalarEvent, key: str) -> None:
        if key == "<<" and not event.style:
            self.problem(Code.MERGE_KEY, event, "'<<' merges another mapping", "Write the keys out here.")
            self.keys[-1] = ""
            return
        if not key:
            self.problem(Code.BAD_KEY, event, "a value without a key stands here", "Write its key before the colon.")
        self.keys[-1] = key
        if key in self.stack[-1] or (self.parsed.empty and self.path() in self.parsed.empty):
            self.problem(Code.DUPLICATE_KEY, event, f"'{shown(key)}' stands here a second time", "Keep one of the two.")

    def add(self, value: Tree) -> None:
        if not self.stack:
            self.parsed.tree = value
            return
        container = self.stack[-1]
        if isinstance(container, list):
            container.append(value)
            return
        key = self.keys[-1]
        if value is None:
            self.parsed.empty.add(self.path())
        elif key:  # an empty key stands for one that was complained about
            container.setdefault(key, value)
        self.keys[-1] = None

    def start(self, event: Any) -> None:  # noqa: ANN401 - either start event
        if len(self.stack) >= MAX_DEPTH:
            self.too_deep(event)
        if self.wants_key():
            self.problem(Code.BAD_KEY, event, "a list or mapping stands where a key belongs", "Write a plain key.")
            self.skipped, self.key_after = 1, ""
            return
        if self.stack and self.keys[-1] == "":
            self.skipped, self.key_after = 1, None
            return
        if event.anchor is not None or event.tag is not None:
            self.marks_of_yaml(event)
        container: Tree = {} if isinstance(event, MappingStartEvent) else []
        waiting = self.keys[-1] if self.keys else None
        if waiting and len(self.stack) == 1 and isinstance(self.stack[0], dict):
            first = self.stack[0].get(waiting)
            if type(first) is type(container):  # a second `ratings:` at the top: the entries of both are read
                container = first
        way = self.path()
        self.add(container)
        if self.keys:
            self.keys[-1] = waiting  # until the container closes, so that `path` knows the way
        self.stack.append(container)
        self.keys.append(None)
        self.ways.append(way)

    def skip(self, event: Event) -> None:
        self.skipped += is_start(event) - is_end(event)
        if self.skipped > MAX_DEPTH:
            self.too_deep(event)
        if not self.skipped:
            self.keys[-1] = self.key_after

    def too_deep(self, event: Event) -> None:
        self.problem(Code.TOO_DEEP, event, f"the file is nested more than {MAX_DEPTH} deep", "Nest less.")
        self.parsed.tree = None
        raise _StopError


_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)


def is_start(event: Event) -> bool:
    """Whether a list or mapping opens here."""
    return isinstance(event, _STARTS)


def is_end(event: Event) -> bool:
    """Whether a list or mapping closes here."""
    return isinstance(event, _ENDS)


def _first(code: Code, message: str, remedy: str) -> Problem:
    return Problem(code, message, remedy, line=1, column=1)
