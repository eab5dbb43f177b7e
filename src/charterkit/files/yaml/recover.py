"""A file with a syntax error, read but for the entries that the error stands in.

Entries begin at one indentation below a key such as `ratings:`, so each can be cut out and read by itself. Those that
cannot be read so are left out, and only then is the whole read again. Nothing is guessed: where an error may reach into
other entries (quotes or brackets that are not closed), where what is left cannot be read, or where any entry of it
means something else than by itself, there is no recovery, and the whole file counts as unreadable.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from itertools import zip_longest
from typing import Any

import yaml

from charterkit.files.yaml.syntax import explained
from charterkit.findings import Code, Problem, TreePath
from charterkit.records import dataclass

Reader = Callable[[str], Any]
"""Reads a text to a tree; raises YAMLError, or RecursionError, where it cannot."""

MAPPINGS = frozenset({"ratings", "findings", "key_points"})
LISTS = frozenset(
    {"actions", "history", "commitments", "concerns", "support_log", "questions", "you_said_we_did"} | {"acknowledged"}
)
"""The keys below which entries are read one by one. A test holds that the models have these, and the next, too."""
FIELDS = frozenset(
    {"rating", "reason", "strengths", "looked_at", "note", "ideas", "groups", "evidence", "target", "value", "carried"}
)
"""The keys inside an entry of `ratings`, `findings` or `key_points`: a line with one of them begins no entry."""
MOST_ENTRIES = 2_000
"""Of one file; reading each by itself takes longer than all at once."""


@dataclass(slots=True)
class Recovered:
    """The text with the entries that cannot be read made into comments, every character in its place; and those."""

    text: str
    problems: list[Problem] = field(default_factory=list)
    raw: dict[TreePath, dict[str, str]] = field(default_factory=dict)
    """What can be told of an entry that was left out: the id that stands in it by itself on a line."""


@dataclass(slots=True)
class _Line:
    """A line with something on it: its number from 0, the blanks it begins with, and the rest."""

    number: int
    blank: str
    words: str


@dataclass(slots=True)
class _Entry:
    """Some lines of a section: one entry, as far as can be told."""

    first: _Line
    indent: int
    """How far in the lines below the first one stand at least."""
    is_stray: bool = False
    """Whether it does not begin as an entry does."""
    is_closed: bool = False
    """Whether it stands on one line in braces, so that no further line can belong to it."""
    size: int = 0
    """How many lines of the file it takes, with blank ones and remarks."""
    written: list[_Line] = field(default_factory=list)
    tree: Any = None
    problem: Problem | None = None


@dataclass(slots=True)
class _Section:
    key: str
    indent: int
    is_list: bool
    entries: list[_Entry] = field(default_factory=list)

    @property
    def bad(self) -> list[_Entry]:
        return [entry for entry in self.entries if entry.problem]


def recovered(text: str, error: yaml.YAMLError, read: Reader) -> Recovered | None:
    """What can be read of a text in spite of a syntax error; None where that cannot be told safely.

    The text is one that `cleaned` has been over: its lines end with LF or CRLF alone.
    """
    lines = text.split("\n")
    sections = list(_sections(lines))
    if not sections or sum(len(section.entries) for section in sections) > MOST_ENTRIES:
        return None
    for section in sections:
        for entry in section.entries:
            _read(section, entry, lines, read)
    found = Recovered(_without(lines, [entry for section in sections for entry in section.bad]))
    if not _is_safe(found.text, lines, sections, read):
        return None
    first = explained(text, error)
    for section in sections:
        for entry in section.bad:
            _note(found, section, entry, first)
    return found


# -- where entries begin


_SECTION = re.compile(r"([a-z_]+):[ \t]*(?:#.*)?\r?")
_KEY = re.compile(r"""(["']?)([^\s#"'{}\[\],&*!|>%@`?:-][^:#"'{}\[\]\r]{0,80}?)\1[ ]{0,3}:(?=[ \t\r]|\Z)[ \t]*""")
_ITEM = re.compile(r"-(?:[ \t\r]+|\Z)")
_PLAIN = r"""[^{}\[\]"'#|>]|(?<=\w)'(?=\w)"""
_QUOTED = r"""(?:(?<=[:,][ ])|(?<=[{\[]))"[^"\\{}\[\]\r]*+"(?=[ ]*[,}\]])"""
_INSIDE = rf"(?:{_PLAIN}|{_QUOTED})*+"
_CLOSED = re.compile(rf"\{{(?:{_PLAIN}|{_QUOTED}|\[{_INSIDE}\]|\{{{_INSIDE}\}})*+\}}[ \t]*(?:#.*)?")
"""In braces, with lists and mappings of one line in them, apostrophes inside words, and quotes where a text begins."""


def _sections(lines: Sequence[str]) -> Iterator[_Section]:
    """The sections of a file and their entries, by the indentation of lines alone."""
    section: _Section | None = None
    waiting = ""
    written = [line for number, words in enumerate(lines) if (line := _line(number, words)).words[:1] not in ("", "#")]
    for line, following in zip_longest(written, written[1:]):
        is_item = _ITEM.match(line.words) is not None
        if not line.blank and not (is_item and (waiting or (section and section.is_list))):
            if section:
                yield _measured(section, line.number)
            section = None
            found = _SECTION.fullmatch(lines[line.number])
            waiting = found[1] if found and found[1] in MAPPINGS | LISTS else ""
            continue
        if waiting:
            section, waiting = _Section(waiting, len(line.blank), is_item), ""
        if section:
            _put(section, line, following)
    if section:
        yield _measured(section, len(lines))


def _line(number: int, text: str) -> _Line:
    words = text.lstrip(" \t")
    return _Line(number, text[: len(text) - len(words)], words.rstrip("\r"))


def _measured(section: _Section, end: int) -> _Section:
    """The section, each entry of it with all lines up to the next one."""
    starts = [entry.first.number for entry in section.entries[1:]]
    for entry, following in zip(section.entries, [*starts, end], strict=True):
        entry.size = following - entry.first.number
    return section


def _put(section: _Section, line: _Line, following: _Line | None) -> None:
    """One more line of a section: it begins an entry, or goes on with the last one."""
    begins = line.blank == " " * section.indent and (_ITEM if section.is_list else _KEY).match(line.words) is not None
    last = section.entries[-1] if section.entries else None
    if last is None or begins or last.is_closed or _begins_badly(section, last, line, following):
        value = (_ITEM if section.is_list else _KEY).sub("", line.words, count=1)
        is_closed = begins and _CLOSED.fullmatch(value) is not None
        last = _Entry(line, max(section.indent, len(line.blank)) + 1, is_stray=not begins, is_closed=is_closed)
        section.entries.append(last)
    elif len(last.written) == 1 and len(line.blank) >= last.indent and "\t" not in line.blank:
        last.indent = len(line.blank)
    last.written.append(line)


def _begins_badly(section: _Section, last: _Entry, line: _Line, following: _Line | None) -> bool:
    """Whether a line in a wrong column can be no part of the entry before it, as far as that is certain."""
    if "\t" not in line.blank and len(line.blank) >= last.indent:
        return False
    if section.is_list:
        item = _ITEM.match(line.words)
        return item is not None and _KEY.match(line.words, item.end()) is not None
    key = _KEY.match(line.words)
    if key is None or key[2] in FIELDS:
        return False
    value = line.words[key.end() :]
    is_inside = following is not None and following.blank == " " * last.indent and not _ITEM.match(following.words)
    return is_inside if not value else _CLOSED.fullmatch(value) is not None


# -- whether each can be read


def _own(entry: _Entry, lines: Sequence[str]) -> Sequence[str]:
    return lines[entry.first.number : entry.first.number + entry.size]


def _read(section: _Section, entry: _Entry, lines: Sequence[str], read: Reader) -> None:
    """Read an entry by itself; note what is wrong with it."""
    number, blank = entry.first.number, entry.first.blank
    text = "\n".join([f"{section.key}:", *_own(entry, lines)])
    text += "\n" if number + entry.size < len(lines) else ""
    try:
        tree = read(text)
    except yaml.YAMLError as error:
        problem = explained(text, error)
        entry.problem = _at_line(problem, number + max(problem.line - 1, 1))
        return
    except RecursionError:
        tree = None
    held = tree.get(section.key) if isinstance(tree, dict) else None
    if not entry.is_stray and isinstance(held, list if section.is_list else dict):
        entry.tree = held
        return
    if "\t" in blank:
        column = blank.index("\t") + 1
        entry.problem = Problem(
            Code.TAB, "a tab stands in the indentation", "Use spaces.", line=number + 1, column=column
        )
        return
    message, remedy = "this does not line up with the entries around it", "Start every entry in the same column."
    entry.problem = Problem(Code.SYNTAX, message, remedy, line=number + 1, column=len(blank) + 1)


def _at_line(problem: Problem, line: int) -> Problem:
    return Problem(problem.code, problem.message, problem.help, line=line, column=problem.column)


_OPENS = re.compile(r"""(?:^|[:\[{,-])[ \t]*'""", re.MULTILINE)


def _may_reach_on(text: str) -> bool:
    """Whether quotes or brackets in an entry that cannot be read may go on in the next one."""
    if text.count('"') % 2 or any(text.count(opening) != text.count(closing) for opening, closing in ("{}", "[]")):
        return True
    return text.count("'") % 2 == 1 and _OPENS.search(text) is not None


# -- what is left


def _without(lines: Sequence[str], entries: Sequence[_Entry]) -> str:
    """The text with the lines of some entries made into comments of the same length."""
    made = list(lines)
    for entry in entries:
        for number in range(entry.first.number, entry.first.number + entry.size):
            line = made[number]
            end = "\r" if line.endswith("\r") else ""
            made[number] = "#" * (len(line) - len(end)) + end
    return "\n".join(made)


def _is_safe(text: str, lines: Sequence[str], sections: Sequence[_Section], read: Reader) -> bool:
    """Whether the errors end within their entries, and what is left means what each part of it means by itself."""
    bad = [entry for section in sections for entry in section.bad]
    keys = [section.key for section in sections]
    if not bad or len(keys) > len({*keys}) or any(_is_mixed(section) for section in sections):
        return False
    if any(_may_reach_on("\n".join(_own(entry, lines))) for entry in bad):
        return False
    head = _without(lines, [entry for section in sections for entry in section.entries])
    return _means_the_same(text, head, sections, read)


def _is_mixed(section: _Section) -> bool:
    """Whether a section does not begin with an entry, or holds a list's entries and others."""
    if section.entries[0].is_stray or section.is_list == (section.key in MAPPINGS):
        return True
    outside = (line for entry in section.entries for line in entry.written if len(line.blank) <= section.indent)
    keys = ((line, _KEY.match(line.words)) for line in outside if section.is_list and not _ITEM.match(line.words))
    return any(key and (key.end() == len(line.words) or line.words[key.end()] == "{") for line, key in keys)


def _means_the_same(text: str, head: str, sections: Sequence[_Section], read: Reader) -> bool:
    """Whether what is left can be read, and every part of it means what it means by itself."""
    try:
        whole, alone = read(text), read(head)
    except (yaml.YAMLError, RecursionError):
        return False
    if not isinstance(whole, dict) or not isinstance(alone, dict):
        return False
    keys = {section.key for section in sections}
    if keys & alone.keys() or {key: whole[key] for key in whole if key not in keys} != alone:
        return False
    return all(_holds(whole.get(key), [section for section in sections if section.key == key]) for key in keys)


def _holds(held: Any, sections: Sequence[_Section]) -> bool:  # noqa: ANN401 - a part of a tree
    """Whether a section holds what its entries hold by themselves, and nothing else."""
    if len({section.is_list for section in sections}) > 1:
        return False
    good = [entry.tree for section in sections for entry in section.entries if not entry.problem and entry.tree]
    if sections[0].is_list:
        return (held or []) == [item for tree in good for item in tree]
    if not isinstance(held or {}, dict):
        return False
    said: dict[str, list[Any]] = {}
    for tree in good:
        for key, value in tree.items():
            said.setdefault(key, []).append(value)
    return (held or {}).keys() == said.keys() and all((held or {})[key] == values[0] for key, values in said.items())


_ID = re.compile(r"(?:-[ \t]+)?id:[ \t]*([a-z0-9-]+)[ \t]*(?:#.*)?")


def _note(found: Recovered, section: _Section, entry: _Entry, first: Problem) -> None:
    """Keep what is wrong with some lines, under the key of the entry, or its line where that cannot be told; and under
    that of any other entry that begins in the wrong place among them.
    """
    problem = entry.problem
    if problem is None:
        return
    if entry.first.number < first.line <= entry.first.number + entry.size:
        problem = first
    for line in entry.written:
        if line is entry.first or _is_another(section, entry, line):
            at: TreePath = (section.key, _name(section, line))
            found.problems.append(replace(problem, at=at))
    ids = [named[1] for line in entry.written if (named := _ID.fullmatch(line.words))]
    if ids and section.is_list:
        found.raw[section.key, f"line {entry.first.number + 1}"] = {"id": ids[0]}


def _name(section: _Section, line: _Line) -> str:
    """What an entry that a line begins is called."""
    key = None if section.is_list else _KEY.match(line.words)
    if key is None and not section.is_list and _LONE.fullmatch(line.words):
        return line.words
    return key[2] if key else f"line {line.number + 1}"


def _is_another(section: _Section, entry: _Entry, line: _Line) -> bool:
    """Whether a further line of an entry may have been meant to begin one."""
    if "\t" not in line.blank and len(line.blank) >= entry.indent:
        return False
    if section.is_list:
        return _ITEM.match(line.words) is not None
    key = _KEY.match(line.words)
    return key[2] not in FIELDS if key else _LONE.fullmatch(line.words) is not None


_LONE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A word that may be a key whose colon is gone."""
