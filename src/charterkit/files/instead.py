"""What to write in place of a value of a wrong shape, spelled out with the words that stand there."""

from collections.abc import Iterable
from typing import Any

from charterkit.choices import PHASES, TYPES
from charterkit.files.keys import expected_at, fields_of, inside, is_list, is_named, required_of
from charterkit.files.yaml.emit import flow, inline
from charterkit.files.yaml.reader import Tree
from charterkit.findings import TreePath
from charterkit.model.base import Model, slug
from charterkit.text.safe import shown

LONE = (
    "rating",
    "level",
    "action",
    "event",
    "what",
    "role",
    "every",
    "text",
    "kind",
    "title",
    "charter",
    "who",
    "name",
)
"""The key that a lone word was most likely meant for, where keys with values should stand."""
_HEADINGS = ("label", *LONE)
_BLOCKS = {"key_points": ("title", " and its 'aspects:'"), "aspects": ("text", "")}
"""Lists whose entries are too long for one line: what names an entry, and what else it needs."""
_LINES: dict[str, tuple[Tree, str]] = {
    "levels": ({"amber": "what amber looks like here"}, "level"),
    "next": ({"amber": "what takes a school from amber to the level above"}, "level"),
    "ratings": ({"gate-greeting": {"rating": "amber"}}, "aspect"),
    "key_points": ({"welcome": {"rating": "amber"}}, "key point"),
    "findings": ({"gate-greeting": {"rating": "amber"}}, "aspect"),
    "groups": ({"boys": "amber"}, "group"),
    "pledges": ({"staff-launch": "2025-09-02"}, "duty"),
    "labels": ({"form-note": "the word in the other language"}, "label"),
}
"""Keys under which people write ids of their own: a line of each, and what each line is about."""
_TEXTS = ("levels", "next")
"""Those whose values are people's sentences."""
_NOTHING = ("none", "nothing", "nil", "na", "n-a")
_LONGEST_ID = 40


def instead(kind: type[Model], at: TreePath, value: Tree) -> str:
    """What to write at a place of a file of a kind; empty where only something general can be said."""
    expected, key, words = expected_at(kind, at), at[-1], _words(value)
    said = ""
    if isinstance(key, int):
        said = _entry(str(at[-2]), expected, value) if fields_of(expected) else ""
    elif key == "applies_to":
        said = _schools(words)
    elif is_list(expected):
        said = _list(key, inside(expected, 0), value)
    elif is_named(expected):
        said = _line(key, words)
    elif fields_of(expected):
        is_lone = isinstance(value, str) and _lone(expected)
        said = "" if is_lone else f"Write '{key}: {_flow(_example(expected, '', words[0] if words else ''))}'."
    elif isinstance(value, list):
        text, *more = words or [""]
        said = f"Write '{key}: {inline(shown(text))}'." if text and not more else "Write one text, not a list."
    return said


def _line(key: str, words: list[str]) -> str:
    """Keys of the author's own, each with a value."""
    if key not in _LINES:
        return ""
    line, about = _LINES[key]
    if words and key in _TEXTS:
        line = {"amber": shown(words[0])}
    return f"Write '{_flow(line)[1:-1]}' below it, indented, and so for each {about}."


def _flow(value: Tree) -> str:
    return flow(value).replace('"..."', "...")


def _words(value: Tree) -> list[str]:
    """The words that stand there, where nothing else does."""
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    plain = [word for word in words if isinstance(word, str) and slug(word)]
    return plain if len(plain) == len(words) else []


def _list(key: str, each: Any, value: Tree) -> str:  # noqa: ANN401 - any annotation
    """One thing, or keys, where a list of them should stand."""
    words = _words(value)
    if not fields_of(each):
        if words and slug(words[0]) in _NOTHING:
            return "Leave it empty."
        return f"Write '{key}: {flow([shown(words[0])])}'." if words else ""
    if isinstance(value, dict) and value.keys() & fields_of(each).keys():
        return f"Put '- ' before its first key, and indent the others as far: below '{key}:' stands a list."
    name, said = next(iter(value.items()), ("", "")) if isinstance(value, dict) else ("", "")
    if isinstance(said, str) and _words(said):  # {red: Red}
        return _written(key, each, str(name), said)
    return _entry(key, each, value)


def _entry(key: str, each: Any, value: Tree) -> str:  # noqa: ANN401 - any annotation
    """One entry of a list, whose keys are known."""
    words = _words(value)
    return _written(key, each, words[0] if words else "", words[0] if words else "")


def _written(key: str, each: Any, name: str, said: str) -> str:  # noqa: ANN401 - as above
    if key in _BLOCKS:
        heading, more = _BLOCKS[key]
        text = inline(shown(said)) if said else "..."
        return f"Write '- id: {_id(name)}', and below it, as far in as 'id', '{heading}: {text}'{more}."
    made = _example(each, name, said)
    return f"Write '- {_flow(made) if len(made) > 1 else _flow(made)[1:-1]}' on a line of its own below '{key}:'."


def _example(kind: Any, name: str, said: str) -> dict[str, str]:  # noqa: ANN401 - any annotation
    """What an entry needs at the least, with the words where they were probably meant to stand."""
    needed = required_of(kind) or [_lone(kind) or next(iter(fields_of(kind)))]
    heading = next((name for name in _HEADINGS if name in needed), "")
    texts = {"id": _id(name), heading: shown(said) if said else "..."}
    return {name: texts.get(name, "...") for name in needed}


def _lone(kind: Any) -> str:  # noqa: ANN401 - any annotation
    return next((name for name in LONE if name in fields_of(kind)), "")


def _id(name: str) -> str:
    return slug(name)[:_LONGEST_ID].strip("-") or "..."


def _schools(words: list[str]) -> str:
    known = [name for name, choices in (("phases", PHASES), ("types", TYPES)) if {*map(slug, words)} <= {*choices}]
    listed: Iterable[str] = map(slug, words)
    return f"Write 'applies_to: {{{known[0]}: [{', '.join(listed)}]}}'." if known and words else _NO_SCHOOLS


_NO_SCHOOLS = (
    "Write 'applies_to: {phases: [primary]}' or 'applies_to: {types: [academy]}', with the phases or types meant."
)
