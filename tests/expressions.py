"""Every regular expression of the package, with how it is used; and texts that make one slow if anything does."""

import ast
import importlib
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # how Python reads an expression: nothing else does exactly
from typing import Any

import charterkit
from charterkit.text.later import Later
from tests.sources import nodes

PACKAGE = Path(charterkit.__file__).parent
WHOLE = {"match", "fullmatch"}
"""Ways that begin at the text's start only."""
SEARCHES = WHOLE | {"search", "findall", "finditer", "split", "sub", "subn"}
ALWAYS = " \na0.-("
"""Characters to repeat in any case."""
MOST_SIGNS = 6
LENGTH = 20_000
"""Where each character costs a walk to the end, this takes seconds; where it does not, some milliseconds."""


@dataclass(frozen=True)
class Expression:
    """An expression, where it stands, and whether it is looked for at every place of a text."""

    place: str
    pattern: "re.Pattern[Any]"
    ways: frozenset[str]


def expressions() -> Iterator[Expression]:
    """Those that modules keep by name, and those that are written where they are used."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "__main__.py":
            continue
        name = ".".join(("charterkit", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        module = importlib.import_module(name)
        calls = [node for node in nodes(path) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
        for kept, found in vars(module).items():
            value: Any = re.compile(found.pattern, found.flags) if isinstance(found, Later) else found
            if isinstance(value, re.Pattern):
                used = {_method(call) for call in calls if _receiver(call) == kept}
                yield Expression(f"{name}: {kept}", value, frozenset(used or {"search"}))
            elif isinstance(value, dict):
                for key, listed in value.items():
                    if isinstance(listed, re.Pattern):
                        yield Expression(f"{name}: {kept}[{key!r}]", listed, _ways_of_listed(calls, module))
        for call in calls:
            if _receiver(call) == "re" and _method(call) in SEARCHES and isinstance(call.args[0], ast.Constant):
                written: Any = call.args[0].value
                yield Expression(f"{name}, line {call.lineno}", re.compile(written), frozenset({_method(call)}))


def _ways_of_listed(calls: list[ast.Call], module: Any) -> frozenset[str]:
    """How a module may use the expressions of its lists: as it uses what it keeps by no name of its own."""
    used = {_method(call) for call in calls if not hasattr(module, _receiver(call) or " ")}
    return frozenset(used & {*WHOLE, "search", "finditer"} or {"search"})


def _method(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr


def _receiver(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    value = call.func.value
    return value.id if isinstance(value, ast.Name) else ""


def pumps(pattern: "re.Pattern[Any]") -> Iterator[Any]:
    """Long texts of one or two of its characters again and again, behind what it begins with, before what ends it."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = _parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    own = list(dict.fromkeys(_signs(parsed)))[:MOST_SIGNS]
    begun = _least(parsed)
    repeated = dict.fromkeys([*own, *ALWAYS, *map("".join, product(own, repeat=2)), begun, *_repeated(parsed)])
    for unit in filter(None, repeated):
        for start in dict.fromkeys(["", begun]):
            text = start + unit * (LENGTH // len(unit)) + "\x7f\u20ac!"
            yield text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text


def _walk(parsed: Any) -> Iterator[tuple[Any, Any]]:
    for op, value in parsed:
        yield op, value
        for part in value if isinstance(value, tuple | list) else [value]:
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, _parser.SubPattern):
                    yield from _walk(inner)


def _signs(parsed: Any) -> Iterator[str]:
    for op, value in _walk(parsed):
        yield from _sign(op, value)


def _sign(op: Any, value: Any) -> str:
    """A character that fits, or none."""
    if op is _parser.LITERAL:
        return chr(value)
    if op is _parser.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if op is _parser.ANY:
        return "a"
    return _one_of(value) if op is _parser.IN else ""


def _one_of(items: Any) -> str:
    if items[0][0] is _parser.NEGATE:
        return next((sign for sign in "a ;0(" if not any(_holds(item, sign) for item in items[1:])), "")
    kind, first = items[0]
    if kind is _parser.RANGE:
        return chr(first[0])
    return _CATEGORIES.get(first, "") if kind is _parser.CATEGORY else chr(first)


_CATEGORIES = {
    _parser.CATEGORY_SPACE: " ",
    _parser.CATEGORY_DIGIT: "0",
    _parser.CATEGORY_WORD: "a",
    _parser.CATEGORY_NOT_SPACE: "a",
    _parser.CATEGORY_NOT_DIGIT: "a",
    _parser.CATEGORY_NOT_WORD: "-",
}


def _holds(item: Any, sign: str) -> bool:
    kind, value = item
    if kind is _parser.LITERAL:
        return chr(value) == sign
    if kind is _parser.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    return kind is _parser.CATEGORY and _CATEGORIES.get(value) == sign


def _least(parsed: Any) -> str:
    """A short text that fits, as nearly as it can be told without looking around."""
    made = ""
    for op, value in parsed:
        if op in _REPEATS:
            made += _least(value[2]) * max(value[0], 1 if value[1] else 0)
        elif op is _parser.SUBPATTERN:
            made += _least(value[3])
        elif op is _parser.ATOMIC_GROUP:
            made += _least(value)
        elif op is _parser.BRANCH:
            made += _least(value[1][0])
        else:
            made += _sign(op, value)
    return made


_REPEATS = (_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT)


def _repeated(parsed: Any) -> Iterator[str]:
    """What stands under each repetition, once."""
    for op, value in _walk(parsed):
        if op in _REPEATS:
            yield _least(value[2])
