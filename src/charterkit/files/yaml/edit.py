"""Changes to a file that leave every other character of it alone.

The new text is spliced in at the marks of the old, so comments, order, quoting and blank lines stay byte for byte; then
it is read back and compared with what was meant. Nothing is written here: text in, text out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from charterkit.errors import CharterkitError, Missing, Refused
from charterkit.files.yaml.emit import block, flow, inline, is_literal, literal, plain_tree
from charterkit.files.yaml.marks import Mark, marks
from charterkit.files.yaml.reader import Tree, copied, parse, value_at
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.findings import TreePath
from charterkit.records import dataclass
from charterkit.text.safe import shown

WIDEST = 200
"""Characters of a line that is written in braces."""


@dataclass(frozen=True, slots=True)
class Change:
    """Set the value at a place, or (with `append`) add it to the end of the list there. Missing keys are made.

    With `append` and `before` it is put in before the list's entry of that number, which must be there. With `remove`
    the key, or the entry of a list, at the place is taken out with what it holds, after all other changes. What held
    it must hold something else too: nothing at all stands for no list and no mapping.
    """

    at: TreePath
    value: Any = None
    append: bool = False
    before: int | None = None
    remove: bool = False


def edited(text: str, changes: Sequence[Change]) -> str:
    """The file's text (without byte order mark) with the changes made, read back and compared with what was meant.

    A value that stands there already is left as it is written. Raises CharterkitError when the file cannot be read
    as YAML, or when a change cannot be made safely.
    """
    before = parse(text.encode())
    if not isinstance(before.tree, dict):
        raise Missing("file-unreadable")
    meant = copied(before.tree)
    needed = _made(meant, changes)
    if not needed:
        return text
    for literals in (True, False):  # lines of blanks nearby may spoil a `|` block: quotes stand anywhere
        made = _spliced_all(text, needed, literals=literals)
        after = parse(made.encode())
        if after.tree == meant and len(after.problems) <= len(before.problems):
            return made
        if len(made.encode()) > MAX_BYTES:
            raise Refused("file-too-large")
    if not text.endswith("\n"):  # what follows a block text needs its last line to end
        return edited(text + _newline(text), changes)
    raise Refused("change-disturbs")


def _made(tree: Tree, changes: Sequence[Change]) -> list[Change]:
    """Make the changes in the tree; those are returned that were needed."""
    needed: list[Change] = []
    for change in sorted(changes, key=lambda each: each.remove):
        if change.remove:
            if _taken_out(value_at(tree, change.at[:-1]), change.at[-1]):
                needed.append(change)
            continue
        change = replace(change, value=_given(change.value))  # noqa: PLW2901 - from here on only this form is meant
        value = plain_tree(change.value)
        if change.append or value_at(tree, change.at) != value:
            _apply(tree, change.at, value, append=change.append, before=change.before)
            needed.append(change)
    return needed


def _taken_out(holder: Tree, key: str | int) -> bool:
    """Take a key out of a mapping, or an entry out of a list; False where there is no such thing."""
    if isinstance(holder, dict):
        return holder.pop(key, None) is not None
    if isinstance(holder, list) and isinstance(key, int) and 0 <= key < len(holder):
        del holder[key]
        return True
    return False


def _given(value: Any) -> Any:  # noqa: ANN401 - plain data
    """The value without what is None in it: an absent value is left out, never written as a word."""
    if isinstance(value, dict):
        return {key: _given(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_given(inner) for inner in value if inner is not None]
    if value is None:
        raise TypeError("nothing cannot be set: leave the change out")
    return value


def _apply(tree: Tree, at: TreePath, value: Any, *, append: bool, before: int | None = None) -> None:  # noqa: ANN401 - plain data
    """Put a value into a tree; what is empty on the way becomes the list or mapping that is needed."""
    steps = (*at, 0) if append else at
    for key, following in pairwise(steps):
        inner = value_at(tree, (key,))
        if inner is None or inner in ([], {}):
            inner = [] if isinstance(following, int) else {}
            _set(tree, key, inner)
        tree = inner
    if append and isinstance(tree, list):
        tree.insert(len(tree) if before is None else before, copied(value))
    elif append or not steps:
        raise _unfit(at)
    else:
        _set(tree, at[-1], copied(value))


def _set(tree: Tree, key: str | int, value: Tree) -> None:
    if isinstance(tree, dict):
        fits = isinstance(key, str)
    else:
        fits = isinstance(tree, list) and isinstance(key, int) and 0 <= key < len(tree)
    if not fits:
        raise _unfit((key,))
    tree[key] = value


def _unfit(at: TreePath) -> CharterkitError:
    where = shown(at[-1]) if at else "The file"
    return Refused("value-in-the-way", where=where)


# -- splices: what is written, and where


class _Splice(NamedTuple):
    """Text between two places and what comes there instead. Sorted, an inner list or mapping grows before an outer."""

    start: int
    is_insert: bool
    depth: int
    end: int
    new: str


def _spliced_all(text: str, changes: Sequence[Change], *, literals: bool) -> str:
    """All changes, as many in one pass as have nothing to do with each other."""
    together: list[Change] = []
    for change in changes:
        if change.remove:
            continue
        if any(_clash(change, other) for other in together):
            text = _spliced(text, together, literals=literals)
            together = []
        together.append(change)
    text = _spliced(text, together, literals=literals)
    return _without(text, [change.at for change in changes if change.remove])


def _clash(change: Change, other: Change) -> bool:
    """Whether one lies inside what the other writes."""
    shorter = min(len(change.at), len(other.at))
    is_growth = change.append and other.append and change.at == other.at and change.before is other.before is None
    return change.at[:shorter] == other.at[:shorter] and not is_growth


def _spliced(text: str, changes: Sequence[Change], *, literals: bool) -> str:
    found = marks(text)
    page = _Page(text, found, _newline(text), literals)
    plan: dict[tuple[TreePath, str | int | None, bool], dict[str, Any]] = {}
    for change in changes:
        base, head, append = _target(text, found, change)
        rest = change.at[len(base) + (head is not None) :]
        values = plan.setdefault((base, head, append), {})
        _apply(values, ("", *rest), change.value, append=change.append)
    pieces: list[str] = []
    done = 0
    for splice in sorted(page.splice(*target, value[""]) for target, value in plan.items()):
        pieces += (text[done : splice.start], splice.new)
        done = splice.end
    return "".join([*pieces, text[done:]])


def _without(text: str, places: Sequence[TreePath]) -> str:
    """The text without the keys at these places, and without their lines where they have lines of their own."""
    found = marks(text) if places else {}
    spans = sorted(((_extent(text, found, at), at) for at in places), key=lambda each: each[0], reverse=True)
    cut = len(text)
    for span, at in spans:
        if span[1] > cut:  # both take the comma between them: this one is looked for anew
            span = _extent(text, marks(text), at)  # noqa: PLW2901 - from here on only this is meant
        cut, end = span
        text = text[:cut] + text[end:]
    return text


def _extent(text: str, found: dict[TreePath, Mark], at: TreePath) -> tuple[int, int]:
    """From where to where a key and its value reach, with the comma or the line break that parts them from the next."""
    mark = found.get(at)
    is_entry = isinstance(at[-1], int)
    if mark is None or (mark.key is None and not is_entry):
        raise _unfit(at)
    begin = (mark.key or mark).start
    if mark.in_flow:
        inside = [mark for way, mark in found.items() if len(way) == len(at) and way[:-1] == at[:-1]]
        beside = sorted(((mark.key or mark).start, mark.end) for mark in inside)
        place = beside.index((begin, mark.end))
        if place + 1 < len(beside):
            return begin, beside[place + 1][0]
        return (beside[place - 1][1] if place else begin), mark.end
    start = text.rfind("\n", 0, begin) + 1
    if text[start:begin].strip() != ("-" if is_entry else ""):
        raise _unfit(at)
    if text[mark.end - 1] == "\n":
        return start, mark.end
    end = text.find("\n", mark.end)
    return start, len(text) if end < 0 else end + 1


def _target(text: str, found: dict[TreePath, Mark], change: Change) -> tuple[TreePath, str | int | None, bool]:
    """The nearest place that is there, the new key to make in it (None: the place itself), and whether it grows."""
    base = change.at
    while base not in found and base:
        base = base[:-1]
    mark = found.get(base)
    if mark is None:
        raise _unfit(change.at)
    if base == change.at and change.append and mark.kind == "sequence" and (*base, change.before or 0) in found:
        return base, change.before, True
    if (base == change.at and not change.append) or _is_empty(text, mark):
        return base, None, False
    if mark.kind != "mapping" or base == change.at:
        raise _unfit(change.at[: len(base) + 1])
    return base, change.at[len(base)], False


def _is_empty(text: str, mark: Mark) -> bool:
    """Nothing stands there: no value at all, or a pair of brackets with nothing inside."""
    if mark.start == mark.end:
        return True
    return mark.flow and not text[mark.start + 1 : mark.end - 1].strip()


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its marks, and how its lines end."""

    text: str
    found: dict[TreePath, Mark]
    newline: str
    literals: bool

    def splice(self, base: TreePath, head: str | int | None, append: bool, value: Any) -> _Splice:  # noqa: ANN401
        """What one place's change comes to."""
        mark = self.found[base]
        if append and isinstance(head, int):
            return self.between(mark, base, head, value)
        if append:
            return self.grow(mark, base, value, [flow(each) for each in value])
        if head is not None:
            return self.grow(mark, base, {head: value}, [f"{inline(head, in_flow=True)}: {flow(value)}"])
        start, end, new = self.replacement(mark, base, value)
        return _Splice(start, False, 0, end, new)

    def grow(self, mark: Mark, base: TreePath, value: Any, entries: list[str]) -> _Splice:  # noqa: ANN401
        """New entries at the end of a list or mapping that has some."""
        if mark.flow:
            size = len(base) + 1
            ends = [inner.end for way, inner in self.found.items() if len(way) == size and way[:-1] == base]
            at = max(ends, default=mark.start + 1)
            new = ", ".join(entries)
            return _Splice(at, True, -len(base), at, f", {new}" if ends else new)
        count = sum(len(way) == len(base) + 1 and way[:-1] == base for way in self.found)
        return self.below(mark.end, base, self.entries(mark, (*base, count - 1), value))

    def entries(self, mark: Mark, sibling: TreePath, value: Any) -> list[str]:  # noqa: ANN401
        """The lines of new entries: each on one, in braces, where the one beside it is and it has room."""
        indent = mark.column - 1
        beside = self.found.get(sibling)
        if isinstance(value, list) and beside and beside.flow and beside.kind == "mapping":
            made = [f"{' ' * indent}- {flow(each)}" for each in value]
            if all(isinstance(each, dict) for each in value) and max(map(len, made)) <= WIDEST:
                return made
        return block(value, indent, literals=self.literals)

    def below(self, end: int, base: TreePath, lines: list[str]) -> _Splice:
        """Lines after the one on which something ends."""
        if self.text[end - 1 : end] == "\n":  # a block scalar that keeps its last line breaks
            return _Splice(end, True, -len(base), end, "".join(line + self.newline for line in lines))
        at = self.line_end(end)
        return _Splice(at, True, -len(base), at, "".join(self.newline + line for line in lines))

    def between(self, mark: Mark, base: TreePath, number: int, value: list[Any]) -> _Splice:
        """New entries before one that a list has; a comment above that one stays with it."""
        following = self.found[*base, number]
        if mark.flow:
            new = "".join(f"{flow(each)}, " for each in value)
            return _Splice(following.start, True, -len(base), following.start, new)
        lines = self.entries(mark, (*base, number), value)
        if number:
            return self.below(self.found[*base, number - 1].end, base, lines)
        if mark.key:  # comments between the key and the first entry are about that one
            return self.below(mark.key.end, base, lines)
        at = self.text.rfind("\n", 0, self.text.rfind("-", 0, following.start)) + 1
        return _Splice(at, True, -len(base), at, "".join(line + self.newline for line in lines))

    def replacement(self, mark: Mark, at: TreePath, value: Any) -> tuple[int, int, str]:  # noqa: ANN401
        """What to put in place of a value, and from where to where."""
        if not isinstance(value, dict | list):
            return self.scalar(mark, at, value)
        gap = self.text[mark.key.end : mark.start] if mark.key else ""
        if not value and gap.strip() == ":" and "\n" in gap:  # a pair of brackets stands on the key's own line
            end = mark.start + len(self.text[mark.start : mark.end].rstrip("\r\n"))
            return mark.start - len(gap), end, f": {flow(value)}"
        if not value or mark.in_flow or not at:
            return self.with_gap(mark, mark.end, flow(value))
        if _is_empty(self.text, mark):
            end = self.line_end(mark.end)
            start = len(self.text[: mark.start].rstrip(" ")) if mark.flow else mark.start
            lines = block(value, self.indent(at) + 2, literals=self.literals)
            return start, end, self.text[mark.end : end] + "".join(self.newline + line for line in lines)
        if mark.kind == "scalar" or mark.flow:
            return self.with_gap(mark, mark.end, flow(value))
        lines = block(value, mark.column - 1, literals=self.literals)
        return mark.start, mark.end, self.newline.join(lines).lstrip(" ")

    def scalar(self, mark: Mark, at: TreePath, value: Any) -> tuple[int, int, str]:  # noqa: ANN401
        old = self.text[mark.start : mark.end]
        end, tail = mark.end, ""
        if mark.style in ("|", ">"):
            comment = re.search(r"[ \t]#[^\r\n]*", old.partition("\n")[0])
            tail = comment[0] if comment else ""
            end = mark.start + len(old.rstrip("\r\n"))
        rest = self.line_end(end)
        may_be_literal = self.literals and not mark.in_flow and not tail and mark.style != '"'
        if may_be_literal and is_literal(str(value)) and not self.text[end:rest].strip():
            lines = literal(str(value), self.indent(at) + 2)
            return self.with_gap(mark, rest, self.newline.join(lines))
        return self.with_gap(mark, end, inline(value, in_flow=mark.in_flow, style=mark.style) + tail)

    def with_gap(self, mark: Mark, end: int, new: str) -> tuple[int, int, str]:
        """A value where there was none needs a blank between it and its colon or dash."""
        needs = mark.start == mark.end and self.text[mark.start - 1 : mark.start] not in (" ", "\n", "")
        return mark.start, end, f" {new}" if needs else new

    def line_end(self, index: int) -> int:
        """Where the line ends that a place stands on, before its line break."""
        end = self.text.find("\n", index)
        if end < 0:
            return len(self.text)
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def indent(self, at: TreePath) -> int:
        """The column, from 0, of the key or dash that a value stands behind."""
        mark = self.found[at]
        return (mark.key or self.found[at[:-1]]).column - 1
