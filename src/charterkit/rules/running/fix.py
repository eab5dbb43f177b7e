"""What can be mended without asking: only where one reading is possible, and the file means the same afterwards.

Dates whose day cannot be a month, dates with the month's name, academic years and terms, intervals in words, capitals
in ids and in words of a choice, words for nothing, blanks at line ends, no last line end, no schema line where the
workspace keeps schemas, no id of the workspace.
Every other character stays. Each change is read back and compared; one that would change anything else is left out.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from charterkit.files.load import load, word
from charterkit.files.schema_line import has_schema_line, schema_line
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.marks import Mark, locate, marks
from charterkit.files.yaml.reader import BYTE_ORDER_MARK, Tree, copied, decode, parse
from charterkit.files.yaml.subset import NULL_WORDS
from charterkit.findings import Code, Problem, TreePath
from charterkit.insight.meant import charter_of, words_meant
from charterkit.model.base import BadValue, slug
from charterkit.model.charter import Charter
from charterkit.model.config import Config, new_workspace_id
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.readings import day_first, interval_meant, iso_cycle, iso_date
from charterkit.rules.registry import RULES
from charterkit.rules.running.narrowing import under
from charterkit.rules.running.settings import Settings, settings
from charterkit.rules.running.suppression import is_mentioned, suppressed
from charterkit.rules.workspace_id import lacks_id

_DAY_FIRST = re.compile(r"([0-9]{1,2})([/. -])([0-9]{1,2})\2([0-9]{4})")
_IN_FIGURES = re.compile(r"[0-9]{1,2}[/. -][0-9]{1,2}(?:[/. -][0-9]{2,4})?")
_MONTHS = 12
_BLANKS = re.compile(r"(?<![ \t])[ \t]++(?=\r?\n|\Z)")


class _Edit(NamedTuple):
    """What stands between two places of a text gives way to something else."""

    start: int
    end: int
    new: str
    at: TreePath = ()
    """The value, or with `on_key` the key, that becomes `new` in the tree; () where the tree stays as it is."""
    on_key: bool = False


def fixes(workspace: Workspace, only: Collection[str] | None = None) -> dict[str, tuple[bytes, bytes]]:
    """By path the bytes of a file as they are and as they should be; files with nothing to mend are left out.

    `only` names files or folders, as in `check`. What a comment or the settings silence stays as it is. Nothing is
    written.
    """
    chosen = settings(workspace.config.check)
    only = None if only is None else frozenset(only)
    found: dict[str, tuple[bytes, bytes]] = {}
    for document in workspace.documents():
        if document.kind is not None and (only is None or under(document.path, only)):
            charter = charter_of(workspace, document)
            after = with_id(document, _under_schema_line(workspace, document, fixed(document, chosen, charter)), chosen)
            if after != document.data:
                found[document.path] = (document.data, after)
    return found


def _under_schema_line(workspace: Workspace, document: Document[Any], data: bytes) -> bytes:
    """A file that can be read, with the line by which editors find its schema, where the workspace keeps one."""
    line = schema_line(workspace.root, document.path, word(document.kind)) if document.model and document.kind else ""
    text, unfit = decode(data)
    if not line or unfit or has_schema_line(text):
        return data
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    line = line.replace("\n", "\r\n") if "\r\n" in text else line
    made = mark + line.encode() + data.removeprefix(mark)
    return made if parse(made).tree == parse(data).tree else data


def with_id(document: Document[Any], data: bytes, chosen: Settings) -> bytes:
    """The settings with an id of the workspace, before the first key, where they have none and that is not silenced."""
    text, unfit = decode(data)
    held = parse(data).tree or {}
    lacks = isinstance(document.model, Config) and lacks_id(document.model) and "id" not in held
    if unfit or not lacks or not _wanted(document, [Problem(Code.NO_WORKSPACE_ID, "")], text, chosen):
        return data
    end = "\r\n" if "\r\n" in text else "\n"
    before = re.match(r"(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)*", text)
    place = before.end() if before else 0
    new = new_workspace_id()
    made = f"{text[:place]}id: {new}{end}{text[place:]}"
    tree = parse(made.encode()).tree
    is_same = tree == {**copied(held), "id": new}
    return (BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b"") + made.encode() if is_same else data


def fixed(document: Document[Any], chosen: Settings, charter: Charter | None = None) -> bytes:
    """One file's bytes after all safe changes; the same bytes where there are none, or it cannot be read as YAML.

    `charter` is the one whose levels the file gives, where it gives some.
    """
    data = document.data
    words = {word.at: word.meant for word in words_meant(document, charter)}
    said = (*document.loaded.problems, *(Problem(Code.NEARLY_THE_WORD, "", at=at) for at in words))
    may_mend = any(problem.code in _MENDED for problem in said)
    if not (may_mend or _BLANK_ENDS.search(data) or not data.endswith(b"\n")):
        return data
    text, unfit = decode(data)
    tree = None if unfit else parse(data).tree
    if not isinstance(tree, dict) or any(problem.code in _SYNTAX for problem in document.loaded.problems):
        return data
    found = marks(text)
    wanted = _wanted(document, said, text, chosen)
    edits = [edit for problem in wanted for edit in _mending(text, found, problem, words)]
    text = _applied(text, _apart(_without_required(document, text, edits)))
    text = _applied(text, _blank_ends(text, marks(text)))  # after the words, since one that is gone leaves a blank
    if text and not text.endswith("\n"):
        text = _applied(text, [_Edit(len(text), len(text), "\r\n" if "\r\n" in text else "\n")])
    return (BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b"") + text.encode()


_SYNTAX = (Code.SYNTAX, Code.TAB)
"""Mistakes that cost an entry or all of a file: nobody knows what the characters of it are meant for."""
_BLANK_ENDS = re.compile(rb"[ \t]\r?\n")


def _wanted(document: Document[Any], said: Sequence[Problem], text: str, chosen: Settings) -> list[Problem]:
    """The file's problems that can be mended, but for those that are silenced."""
    wanted = chosen.at(document.path)
    problems = [problem for problem in said if problem.code in _MENDED and problem.code in wanted]
    if problems and is_mentioned(document.data):
        placed = [
            (problem, line, column) for problem, (line, column) in zip(problems, locate(text, problems), strict=True)
        ]
        left = suppressed(text, placed, RULES, lambda _: False)
        return [problem for problem, _, _ in left if problem in problems]
    return problems


def _without_required(document: Document[Any], text: str, edits: list[_Edit]) -> list[_Edit]:
    """The changes but for words for nothing where a value must stand: without them the key would be empty instead."""
    emptied = [edit for edit in edits if not edit.new]
    if not emptied or document.kind is None:
        return edits
    after = load(document.kind, _spliced(text, _apart(emptied)).encode())
    missing = {problem.at for problem in after.problems if problem.code == Code.MISSING_KEY}
    return [edit for edit in edits if edit.new or edit.at not in missing]


# -- what to write instead


def _mending(text: str, found: dict[TreePath, Mark], problem: Problem, words: Mapping[TreePath, str]) -> list[_Edit]:
    value = found.get(problem.at)
    mark = value.key if value is not None and problem.on == "key" else value
    if not problem.at or mark is None or mark.kind != "scalar" or mark.style in ("|", ">"):
        return []
    quotes = 1 if mark.style in ("'", '"') else 0
    start, end = mark.start + quotes, mark.end - quotes
    mend = _MENDED[problem.code]
    new = words.get(problem.at) if mend is None else mend(text[start:end], problem)
    if new is None or (problem.code == Code.NULL_WORD and not isinstance(problem.at[-1], str)):
        return []
    return [_Edit(start, end, new, problem.at, problem.on == "key")]


def _date(word: str, _problem: Problem) -> str | None:
    """14/10/2025, of which 14 can be no month, and 14 October 2025; not 1/05/2017, which others read otherwise."""
    if _IN_FIGURES.fullmatch(word):
        meant = day_first(word) if _DAY_FIRST.fullmatch(word) else None
        return meant.isoformat() if meant and meant.day > _MONTHS else None
    return _read_as(PartialDate, iso_date(word))


def _cycle(word: str, _problem: Problem) -> str | None:
    """2026/27, 2026-2027, Autumn 2026."""
    return _read_as(Cycle, iso_cycle(word))


def _read_as(kind: type[PartialDate | Cycle], iso: str) -> str | None:
    try:
        return str(kind.parse(iso))
    except BadValue:
        return None


def _id(word: str, _problem: Problem) -> str | None:
    """Red, where only the capitals are wrong."""
    return word.lower() if word.isascii() and slug(word) == word.lower() else None


def _nothing(word: str, _problem: Problem) -> str | None:
    return "" if word in NULL_WORDS else None


_MENDED: Mapping[Code, Callable[[str, Problem], str | None] | None] = {
    Code.NULL_WORD: _nothing,
    Code.NOT_AN_ID: _id,
    Code.NOT_A_DATE: _date,
    Code.NOT_A_CYCLE: _cycle,
    Code.NOT_AN_INTERVAL: lambda word, _: interval_meant(word) or None,
    Code.NEARLY_THE_WORD: None,
    Code.NO_WORKSPACE_ID: None,
}
"""Codes of which some can be mended, and what gives the new word, or None; a word that was meant is known already."""


def _blank_ends(text: str, found: dict[TreePath, Mark]) -> list[_Edit]:
    """Blanks and tabs at line ends, but within quotes and block texts."""
    spans = sorted((mark.start, mark.end) for mark in _scalars(found) if mark.style)
    edits: list[_Edit] = []
    for blank in _BLANKS.finditer(text):
        number = bisect_right(spans, (blank.start(), len(text))) - 1
        if number < 0 or spans[number][1] <= blank.start():
            edits.append(_Edit(blank.start(), blank.end(), ""))
    return edits


def _scalars(found: dict[TreePath, Mark]) -> list[Mark]:
    keys = [mark.key for mark in found.values() if mark.key is not None]
    return [mark for mark in (*found.values(), *keys) if mark.kind == "scalar"]


def _apart(edits: list[_Edit]) -> list[_Edit]:
    """From front to back, each place once."""
    kept: list[_Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


# -- made and read back


MOST_TRIES = 40
"""How often a file is read again to tell which of its changes do harm; those not told by then are left."""


def _applied(text: str, edits: Sequence[_Edit], tries: Iterator[int] | None = None) -> str:
    """All edits that leave everything else as it was; of a pair where one does not, the other is still made."""
    if tries is None:
        tries, edits = iter(range(MOST_TRIES)), _possible(text, edits)
    if not edits or next(tries, None) is None:
        return text
    made = _spliced(text, edits)
    if _means(text, made, edits):
        return made
    if len(edits) == 1:
        return text
    half = len(edits) // 2
    back = _applied(text, edits[half:], tries)  # the later ones first: places before them stay where they are
    return _applied(back, edits[:half], tries)


def _possible(text: str, edits: Sequence[_Edit]) -> list[_Edit]:
    """The edits but for those that would give a key a name that another one has."""
    if not any(edit.on_key for edit in edits):
        return list(edits)
    tree = copied(parse(text.encode()).tree)
    return sorted(edit for edit in _inner_first(edits) if not (edit.at and edit.new) or _set(tree, edit))


def _inner_first(edits: Iterable[_Edit]) -> list[_Edit]:
    """What is within before the keys around it: a changed key is another way to what is in it."""
    return sorted(edits, key=lambda edit: (-len(edit.at), edit.on_key))


def _spliced(text: str, edits: Sequence[_Edit]) -> str:
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.new)
        done = edit.end
    return "".join([*pieces, text[done:]])


def _means(before: str, after: str, edits: Sequence[_Edit]) -> bool:
    old, new = parse(before.encode()), parse(after.encode())
    meant = copied(old.tree)
    for edit in _inner_first(edits):
        if edit.at and edit.new and not _set(meant, edit):
            return False
    return bool(new.tree == meant and len(new.problems) <= len(old.problems))


def _set(tree: Tree, edit: _Edit) -> bool:
    """Whether the change could be made in the tree."""
    *way, last = edit.at
    for key in way:
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return False
    if not edit.on_key:
        is_there = last < len(tree) if isinstance(tree, list) and isinstance(last, int) else last in tree
        if is_there:
            tree[last] = edit.new
        return is_there
    if last in tree and edit.new not in tree:
        tree[edit.new] = tree.pop(last)
        return True
    return False
