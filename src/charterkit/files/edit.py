"""Changes to a file that leave every other character of it alone.

The new text is spliced in at the marks of the old, so comments, order, quoting and blank lines stay byte for byte; then
it is read back and compared with what was meant. Nothing is written here: text in, text out.
"""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files.emit import block, flow, inline, is_literal, literal, plain_tree
from charterkit.files.marks import Mark, marks
from charterkit.files.yaml_text import Tree, parse
from charterkit.findings import TreePath


@dataclass(frozen=True, slots=True)
class Change:
    """Set the value at a place, or (with `append`) add it to the end of the list there. Missing keys are made."""

    at: TreePath
    value: Any
    append: bool = False


def edited(text: str, changes: Sequence[Change]) -> str:
    """The file's text (without byte order mark) with the changes made, read back and compared with what was meant.

    Raises CharterkitError when the file cannot be read as YAML, or when a change cannot be made safely.
    """
    before = parse(text.encode())
    if not isinstance(before.tree, dict):
        raise CharterkitError("The file cannot be read.", "Run 'charterkit check' and mend what it names first.")
    meant = copy.deepcopy(before.tree)
    for change in changes:
        text = _spliced(text, change, meant)
        _apply(meant, change)
    after = parse(text.encode())
    if after.tree != meant or len(after.problems) > len(before.problems):
        raise CharterkitError(
            "The change would disturb something else in the file.",
            "Make it in an editor: something unusual stands near that place.",
        )
    return text


def _apply(tree: Tree, change: Change) -> None:
    for number, key in enumerate(change.at[:-1]):
        following = change.at[number + 1]
        tree = tree[key] if isinstance(key, int) else tree.setdefault(key, [] if isinstance(following, int) else {})
    value = plain_tree(change.value)
    if change.append:
        tree.setdefault(change.at[-1], []).append(value)
    else:
        tree[change.at[-1]] = value


def _spliced(text: str, change: Change, tree: Tree) -> str:
    found = marks(text)
    at, value = change.at, [change.value] if change.append else change.value
    if change.append and (mark := found.get(at)) and mark.kind == "sequence" and _filled(tree, at):
        return _append(text, mark, at, found, change.value)
    while at not in found:
        at, value = at[:-1], {at[-1]: value}
    mark = found[at]
    if at == change.at or _is_empty(text, mark):
        return _replace(text, mark, found, at, value)
    if mark.kind != "mapping":
        raise CharterkitError(f"'{at[-1] if at else ''}' does not hold keys with values.", "Mend it in an editor.")
    ((key, inner),) = value.items()
    return _insert(text, mark, at, found, key, inner)


def _filled(tree: Tree, at: TreePath) -> bool:
    for key in at:
        tree = tree[key]
    return bool(tree)


def _is_empty(text: str, mark: Mark) -> bool:
    """Nothing stands there: no value at all, or a pair of brackets with nothing inside."""
    return mark.start == mark.end or (mark.flow and re.fullmatch(r"[\[{]\s*[\]}]", text[mark.start : mark.end]) is not None)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _line_end(text: str, index: int) -> int:
    """Where the line ends that a place stands on, before its line break."""
    end = text.find("\n", index)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1 : end] == "\r" and end - 1 >= index else end


def _indent(found: dict[TreePath, Mark], at: TreePath) -> int:
    """The column, from 0, of the keys beside a value."""
    key = found[at].key
    return key.column - 1 if key else 0


def _replace(text: str, mark: Mark, found: dict[TreePath, Mark], at: TreePath, value: Any) -> str:  # noqa: ANN401
    end = _line_end(text, mark.end)
    if isinstance(value, dict | list) and _is_empty(text, mark) and not mark.in_flow and at:
        lines = block(value, _indent(found, at) + 2)
        head = text[: mark.start].rstrip(" ") if mark.end > mark.start else text[: mark.start]
        return head + text[mark.end : end] + "".join(_newline(text) + line for line in lines) + text[end:]
    header = text[mark.start : mark.end].partition("\n")[0] if mark.style in ("|", ">") else ""
    comment = re.search(r"[ \t]#.*", header.rstrip("\r"))
    tail = comment[0] if comment else ""
    if isinstance(value, dict | list):
        new = flow(value)
    elif not mark.in_flow and not tail and not text[mark.end : end].strip() and is_literal(str(value)):
        new = _newline(text).join(literal(str(value), _indent(found, at) + 2))
    else:
        new = inline(value, in_flow=mark.in_flow, style=mark.style)
    gap = " " if mark.start == mark.end and text[mark.start - 1 : mark.start] not in (" ", "\n", "") else ""
    return text[: mark.start] + gap + new + tail + text[mark.end :]


def _insert(text: str, mark: Mark, at: TreePath, found: dict[TreePath, Mark], key: Any, value: Any) -> str:  # noqa: ANN401
    """A new key at the end of a mapping that has some."""
    if mark.flow:
        return _insert_in_flow(text, at, found, f"{inline(key, in_flow=True)}: {flow(value)}")
    return _insert_lines(text, mark.end, block({key: value}, mark.column - 1))


def _append(text: str, mark: Mark, at: TreePath, found: dict[TreePath, Mark], value: Any) -> str:  # noqa: ANN401
    """A new entry at the end of a list that has some."""
    if mark.flow:
        return _insert_in_flow(text, at, found, flow(value))
    return _insert_lines(text, mark.end, block([value], mark.column - 1))


def _insert_in_flow(text: str, at: TreePath, found: dict[TreePath, Mark], new: str) -> str:
    inside = [mark.end for way, mark in found.items() if len(way) == len(at) + 1 and way[: len(at)] == at]
    last = max(inside)
    return f"{text[:last]}, {new}{text[last:]}"


def _insert_lines(text: str, after: int, lines: list[str]) -> str:
    newline = _newline(text)
    if after and text[after - 1] == "\n":  # a block scalar that keeps its last line breaks
        return text[:after] + "".join(line + newline for line in lines) + text[after:]
    end = _line_end(text, after)
    return text[:end] + "".join(newline + line for line in lines) + text[end:]
