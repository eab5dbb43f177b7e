"""Pydantic's errors in the words of the people who write the files."""

import dataclasses
import re
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from charterkit.files.yaml_text import Parsed, Tree
from charterkit.findings import Problem, TreePath, alternatives
from charterkit.model.base import Model, nearest, slug

MOST_SHOWN = 60
_UNNAMED = ("ratings", "findings")
"""Keys whose entries say enough without them: "gate-greeting", not "ratings: gate-greeting"."""


def explain(kind: type[Model], error: Any, parsed: Parsed) -> Problem:  # noqa: ANN401 - Pydantic's ErrorDetails
    """One validation error of one file kind as a problem at its place."""
    at: TreePath = error["loc"]
    on_key = bool(at) and at[-1] == "[key]"
    at = at[:-1] if on_key else at
    code, message, remedy = _words(kind, error, at, parsed)
    where = label(parsed.tree, at[:-1] if code in ("CK201", "CK202") else at)
    whole = f"{where}: {message}" if where else message
    return Problem(code, whole, remedy, at, "key" if on_key or code == "CK201" else "value")


def label(tree: Tree, at: TreePath) -> str:
    """The way to a value in a person's words: "gate-greeting: evidence 2: date"."""
    words: list[str] = []
    for key in at:
        if isinstance(tree, dict):
            words.append(str(key))
            tree = tree.get(key)
        elif isinstance(tree, list) and isinstance(key, int):
            tree = tree[key] if key < len(tree) else None
            name = tree.get("id") if isinstance(tree, dict) else None
            number = f"{words.pop() if words else ''} {key + 1}".strip()
            words.append(shown(name) if isinstance(name, str) and name else number)
        else:
            words.append(str(key))
    if len(words) > 1 and words[0] in _UNNAMED:
        words = words[1:]
    if len(words) > 1 and words[-1] == "rating":
        words.pop()
    return ": ".join(shown(word) for word in words)


def shown(value: Tree, most: int = MOST_SHOWN) -> str:
    """A person's word inside a message: one line, and not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _words(kind: type[Model], error: Any, at: TreePath, parsed: Parsed) -> tuple[str, str, str]:  # noqa: ANN401
    """Code, message and remedy."""
    name = error["type"]
    context = error.get("ctx") or {}
    if name == "bad_value":
        return context["code"], shown(context["message"], 3 * MOST_SHOWN), context["remedy"]
    if name == "missing":
        return _missing(at, parsed)
    if name in ("extra_forbidden", "unexpected_keyword_argument"):
        return _unknown_key(kind, at)
    if name == "literal_error":
        words = re.findall(r"'([^']*)'", context.get("expected", ""))
        meant = nearest(str(error["input"]), words)
        remedy = f"Write {alternatives(words)}." if words else ""
        guess = f" (did you mean {meant}?)" if meant else ""
        value = error["input"]
        what = f"'{shown(value)}'" if isinstance(value, str) else _found(value)
        return "CK208", f"{what} is not one of the words for this{guess}", remedy
    if name == "string_pattern_mismatch":
        meant = slug(str(error["input"]))
        remedy = f"Write {meant}." if meant else "Use small letters and digits, joined by hyphens: gate-greeting."
        return "CK204", f"'{shown(error['input'])}' is not an id", remedy
    return _shape(name, error["input"])


def _missing(at: TreePath, parsed: Parsed) -> tuple[str, str, str]:
    if at in parsed.empty:
        return "CK202", f"'{at[-1]}' is empty", "Write its value after the colon."
    return "CK202", f"'{at[-1]}' is missing", f"Add a line '{at[-1]}: ...'."


def _unknown_key(kind: type[Model], at: TreePath) -> tuple[str, str, str]:
    known = keys_at(kind, at[:-1])
    meant = nearest(str(at[-1]), known)
    remedy = f"Did you mean '{meant}'?" if meant else f"Known here: {', '.join(known)}."
    return "CK201", f"'{shown(at[-1])}' is not a key that belongs here", remedy


_SHAPES = {
    "tuple_type": ("a list", "Put each entry on a line of its own that starts with '- '."),
    "dict_type": ("keys with values", "Write 'key: value' lines below it, indented."),
    "model_type": ("keys with values", "Write 'key: value' lines below it, indented."),
    "dataclass_type": ("keys with values", "Write 'key: value' lines below it, indented."),
    "string_type": ("text", "Write one text; put it in quotes if it holds a colon."),
}


def _shape(name: str, value: Tree) -> tuple[str, str, str]:
    expected, remedy = _SHAPES.get(name, ("something else", ""))
    return "CK203", f"{expected} should stand here, not {_found(value)}", remedy


def _found(value: Tree) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list) else f"'{shown(value)}'"


def keys_at(kind: Any, at: TreePath) -> list[str]:  # noqa: ANN401 - any annotation
    """The keys that may stand at a place of a file kind."""
    for key in at:
        kind = _inside(_fields(kind).get(str(key), kind) if _fields(kind) else kind)
    return list(_fields(kind))


def _fields(kind: Any) -> dict[str, Any]:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, Model):
        return {found.alias or name: found.annotation for name, found in kind.model_fields.items()}
    if dataclasses.is_dataclass(kind):
        return {_alias(found): found.type for found in dataclasses.fields(kind)}
    return {}


def _alias(found: "dataclasses.Field[Any]") -> str:
    for extra in getattr(found.type, "__metadata__", ()):
        if getattr(extra, "alias", None):
            return str(extra.alias)
    return found.name


def _inside(annotation: Any) -> Any:  # noqa: ANN401
    """The model in an annotation: `tuple[Aspect, ...] | None` becomes Aspect."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _inside(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _inside(next(arg for arg in get_args(annotation) if arg is not type(None)))
    if origin is tuple:
        return _inside(get_args(annotation)[0])
    if origin is dict:
        return _inside(get_args(annotation)[1])
    return annotation
