"""The strict YAML subset: every scalar is text, and what could mislead (anchors, tags, duplicate keys) is a problem.

PyYAML's events of the C parser are walked with a stack of our own, so depth is limited before libyaml suffers from it
and nothing is resolved: `no`, `1.10`, `12:30` and `007` stay the text they are.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from charterkit.findings import Problem, TreePath

try:
    from yaml.cyaml import CParser
except ImportError:  # PyYAML without libyaml: the same events from Python, slower
    from yaml import SafeLoader as CParser

Tree = Any
"""Plain text, lists and mappings, as nested as the file; an empty value in a list is None, in a mapping it is absent."""

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40
NULL_WORDS = frozenset({"null", "Null", "NULL", "~"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(slots=True)
class Parsed:
    """A file as plain data, and what was wrong with it as YAML. `empty` are keys that stand there without a value."""

    tree: Tree = None
    problems: list[Problem] = field(default_factory=list)
    empty: set[TreePath] = field(default_factory=set)


def decode(data: bytes) -> tuple[str, Problem | None]:
    """The file's text without its byte order mark; or what is wrong with its size, encoding or characters."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / MAX_BYTES:.1f} MiB"
        return "", _first("CK102", f"the file has {size}; 1 MiB is the most", "Split it, or keep long texts elsewhere.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4].count(0) > 1:
        return "", _first("CK101", "the file is saved as UTF-16", "Save it again with the encoding UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        before = data[: bad.start]
        line, column = before.count(b"\n") + 1, bad.start - (before.rfind(b"\n") + 1) + 1
        message = "the file is not UTF-8; it looks like Windows-1252 (ANSI)"
        return "", Problem("CK101", message, "Save it again with the encoding UTF-8.", line=line, column=column)
    found = _UNPRINTABLE.search(text)
    if found:
        line, column = place(text, found.start())
        name = f"U+{ord(found[0]):04X}"
        remedy = f'Delete it, or write it as "\\u{ord(found[0]):04x}" in double quotes.'
        return "", Problem("CK110", f"a control character ({name}) stands here", remedy, line=line, column=column)
    return text, None


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character in a text."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def parse(data: bytes) -> Parsed:
    """Read a file's bytes. Never raises: what cannot be read is among the problems, and the rest is in the tree."""
    text, problem = decode(data)
    if problem:
        return Parsed(problems=[problem])
    walk = _Walk()
    try:
        walk.run(CParser(text))
    except _StopError:
        pass
    except yaml.YAMLError as error:
        walk.parsed.problems.append(_syntax(text, error))
        walk.parsed.tree = None
    except RecursionError:  # the parser in Python, on systems without libyaml
        walk.parsed.problems.append(_first("CK111", "the file is nested too deeply", "Nest less."))
        walk.parsed.tree = None
    return walk.parsed


class _StopError(Exception):
    pass


class _Walk:
    """One pass over the events. `stack` holds the open containers; a mapping waits in `keys` for its value."""

    def __init__(self) -> None:
        self.parsed = Parsed()
        self.stack: list[Tree] = []
        self.keys: list[str | None] = []

    def run(self, parser: Any) -> None:  # noqa: ANN401 - CParser has no type
        documents = 0
        skip = 0  # depth inside something whose value is not kept (a complex key)
        while parser.check_event():
            event = parser.get_event()
            kind = type(event)
            if skip:
                skip += (kind in _STARTS) - (kind in _ENDS)
                if not skip:
                    self.keys[-1] = ""
                continue
            if kind is ScalarEvent:
                self.scalar(event)
            elif kind in _STARTS:
                if self.wants_key():
                    self.problem("CK115", event, "a list or mapping stands where a key belongs", "Write a plain key.")
                    skip = 1
                    continue
                self.open(event, {} if kind is MappingStartEvent else [])
            elif kind in _ENDS:
                self.stack.pop()
                self.keys.pop()
                if self.keys:
                    self.keys[-1] = None
            elif kind is AliasEvent:
                self.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.problem("CK108", event, "a second document starts here", "Keep one document a file: no '---'.")
                    raise _StopError

    def wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1], dict) and self.keys[-1] is None

    def path(self) -> TreePath:
        way: list[str | int] = []
        for depth, (container, key) in enumerate(zip(self.stack, self.keys, strict=True), 1):
            if isinstance(container, list):
                way.append(len(container) - (depth < len(self.stack)))
            elif key is not None:
                way.append(key)
        return tuple(way)

    def problem(self, code: str, event: Event, message: str, remedy: str) -> None:
        mark = event.start_mark
        found = Problem(code, message, remedy, self.path(), line=mark.line + 1, column=mark.column + 1)
        self.parsed.problems.append(found)

    def marks_of_yaml(self, event: Any) -> None:  # noqa: ANN401 - any node event
        if event.anchor is not None:
            self.problem("CK105", event, f"'&{event.anchor}' names this value", "Leave the anchor out.")
        if event.tag is not None:
            self.problem("CK106", event, f"'{event.tag}' is a tag", "Leave it out: every value is text.")

    def alias(self, event: AliasEvent) -> None:
        self.problem("CK105", event, f"'*{event.anchor}' points at another place", "Write the value out here.")
        if self.wants_key():
            self.keys[-1] = ""
        else:
            self.add("")

    def scalar(self, event: ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self.marks_of_yaml(event)
        value: str = event.value
        if self.wants_key():
            self.key(event, value)
            return
        if not event.style and value in NULL_WORDS:
            self.problem("CK112", event, f"'{value}' stands for nothing", "Leave the value empty.")
            value = ""
        self.add(value if value or event.style else None)

    def key(self, event: ScalarEvent, key: str) -> None:
        mapping = self.stack[-1]
        if key == "<<":
            self.problem("CK107", event, "'<<' merges another mapping", "Write the keys out here.")
            self.keys[-1] = ""
            return
        self.keys[-1] = key
        if not key:
            self.problem("CK115", event, "a value without a key stands here", "Write its key before the colon.")
        elif key in mapping or self.path() in self.parsed.empty:
            self.problem("CK104", event, f"'{key}' stands here a second time", "Keep one of the two.")

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

    def open(self, event: Any, container: Tree) -> None:  # noqa: ANN401 - either start event
        if event.anchor is not None or event.tag is not None:
            self.marks_of_yaml(event)
        if len(self.stack) >= MAX_DEPTH:
            self.problem("CK111", event, f"the file is nested more than {MAX_DEPTH} deep", "Nest less.")
            self.parsed.tree = None
            raise _StopError
        waiting = self.keys[-1] if self.keys else None
        self.add(container)
        if self.keys:
            self.keys[-1] = waiting  # until the container closes, so that `path` knows the way
        self.stack.append(container)
        self.keys.append(None)


_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)


def is_start(event: Event) -> bool:
    """Whether a list or mapping opens here."""
    return isinstance(event, _STARTS)


def is_end(event: Event) -> bool:
    """Whether a list or mapping closes here."""
    return isinstance(event, _ENDS)


def _first(code: str, message: str, remedy: str) -> Problem:
    return Problem(code, message, remedy, line=1, column=1)


_SYNTAX = (
    ("found character that cannot start any token", "a character stands here that cannot start a value", "Put the value in double quotes."),
    ("mapping values are not allowed", "a colon stands where none is expected", "Put the text in quotes if it holds a colon, or mend the indentation."),
    ("could not find expected ':'", "a key without a colon", "Write 'key: value', or put the text in quotes."),
    ("found unexpected end of stream", "quotes are opened and never closed", "Close the quotes."),
    ("did not find expected key", "the indentation or the quotes are not right here", "Line the keys up, and put text that holds quotes or a colon in quotes."),
    ("did not find expected ',' or", "a list or mapping in brackets is not closed", "Close the bracket, with commas between the entries."),
    ("did not find expected '-' indicator", "the entries of this list do not line up", "Start every entry with '- ' in the same column."),
    ("did not find expected <document start>", "something follows the end of the data", "Mend the indentation."),
    ("block sequence entries are not allowed", "a list entry stands where none is expected", "Put the '-' on a line of its own below the key."),
    ("found undefined tag handle", "a '!' starts a tag here", "Put the text in quotes."),
    ("control characters are not allowed", "a control character stands here", "Delete it, or write it as an escape in double quotes."),
    ("found unknown escape character", "a backslash in double quotes starts no escape here", "Use single quotes, or write two backslashes."),
)  # fmt: skip


def _syntax(text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or error)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    current = lines[line - 1] if line <= len(lines) else ""
    tab = _tab_in_indentation(lines, line)
    if tab:
        return Problem("CK109", "a tab stands in the indentation", "Use spaces.", line=tab[0], column=tab[1])
    for start, message, remedy in _SYNTAX:
        if said.startswith(start) or start in said:
            return Problem("CK103", message, remedy, line=line, column=min(column, len(current) + 1))
    return Problem("CK103", f"this is not YAML: {said}", "", line=line, column=column)


def _tab_in_indentation(lines: list[str], line: int) -> tuple[int, int] | None:
    """The tab that made the parser stop: on its line or the one before, where people's editors put it."""
    for number in (line, line - 1):
        if not 0 < number <= len(lines):
            continue
        current = lines[number - 1]
        blank = current[: len(current) - len(current.lstrip())]
        if "\t" in blank:
            return number, blank.index("\t") + 1
    return None
