"""Plain data as YAML text that every reader, of version 1.1 or 1.2, takes for the text it is."""

import re
from typing import Any

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from charterkit.files.yaml.reader import Tree
from charterkit.files.yaml.subset import NULL_WORDS
from charterkit.model.dates import Cycle, PartialDate
from charterkit.text.later import later
from charterkit.text.safe import UNFIT_FOR_A_PLAIN_SCALAR, whole

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ODD = later(UNFIT_FOR_A_PLAIN_SCALAR)
_SPECIAL = later(rf'{UNFIT_FOR_A_PLAIN_SCALAR}|[\\"\n]')
_NOT_PLAIN = later(r": |:$| #|^-|^\?|[\t\n]")
_YES_NO = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false"})
_NUMBER_LIKE = later(r"[-+.]?[0-9][0-9_xob.,:eE+-]*|[-+]?\.(inf|nan)", re.IGNORECASE)
_resolver = Resolver()


def plain_tree(value: Any) -> Tree:  # noqa: ANN401 - text, our scalars, lists and mappings of them
    """What reading the emitted text gives back: every scalar as text, without the halves of broken characters."""
    if isinstance(value, dict):
        return {str(key): plain_tree(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_tree(inner) for inner in value]
    return whole(_said(value))


def _said(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def inline(value: Any, *, in_flow: bool = False, style: str | None = None) -> str:  # noqa: ANN401
    """One scalar on one line, in the quotes it had if that can be, else plain where nothing can mistake it."""
    text = whole(_said(value))
    if style == "'" and not _ODD.search(text) and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style == '"':
        return _quoted(text)
    if isinstance(value, PartialDate | Cycle | int) or _is_plain(text, in_flow=in_flow):
        return text
    return _quoted(text)


def _is_plain(text: str, *, in_flow: bool) -> bool:
    if not text or not text[0].isalnum() or text != text.strip() or _ODD.search(text) or _NOT_PLAIN.search(text):
        return False
    if in_flow and re.search(r"[,?\[\]{}]", text):
        return False
    if text.lower() in _YES_NO or text in NULL_WORDS or text.lower() == "null" or _NUMBER_LIKE.fullmatch(text):
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}(-(autumn|spring|summer))?", text))
    resolved: str = _resolver.resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # not in its stub
    return resolved == "tag:yaml.org,2002:str"


def _quoted(text: str) -> str:
    return '"' + _SPECIAL.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def is_literal(text: str) -> bool:
    """Whether the text can stand as a `|` block: several lines, and nothing an editor would strip."""
    lines = text.split("\n")
    if len(lines) < 2 or not lines[0] or text.endswith("\n\n") or _ODD.search(text):  # noqa: PLR2004 - two lines
        return False
    return lines[0][0] != " " and all(line == line.rstrip() for line in lines)


def literal(text: str, indent: int) -> list[str]:
    """The lines of a `|` block; the first is its header."""
    body = text.removesuffix("\n")
    head = "|" if text.endswith("\n") else "|-"
    return [head, *((" " * indent + line).rstrip() for line in body.split("\n"))]


def flow(value: Any) -> str:  # noqa: ANN401 - plain data
    """Data in brackets on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(key, in_flow=True)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return inline(value, in_flow=True)


def block(value: Any, indent: int, *, literals: bool = True) -> list[str]:  # noqa: ANN401 - plain data
    """Data as indented lines: a key or a '- ' a line; texts of several lines as `|` blocks if `literals`."""
    pad = " " * indent
    lines: list[str] = []
    pairs = value.items() if isinstance(value, dict) else ((None, inner) for inner in value)
    for key, inner in pairs:
        head = f"{pad}-" if key is None else f"{pad}{inline(key)}:"
        lines += _under(head, inner, indent + 2, literals=literals)
    return lines


def _under(head: str, value: Any, indent: int, *, literals: bool) -> list[str]:  # noqa: ANN401 - plain data
    if isinstance(value, dict | list | tuple):
        if not value:
            return [f"{head} {flow(value)}"]
        lines = block(value, indent, literals=literals)
        if head.endswith("-"):  # the first key stands beside the dash
            return [f"{head} {lines[0].lstrip()}", *lines[1:]]
        return [head, *lines]
    if literals and is_literal(str(value)):
        first, *rest = literal(str(value), indent)
        return [f"{head} {first}", *rest]
    return [f"{head} {inline(value)}"]


def document(value: dict[str, Any]) -> str:
    """A whole file's text."""
    return "\n".join(block(value, 0)) + "\n"
