"""Pydantic's errors in the words of the people who write the files."""

import re
from typing import Any

from charterkit.files.instead import LONE, instead
from charterkit.files.keys import keys_at
from charterkit.files.yaml.emit import flow
from charterkit.files.yaml.reader import Parsed, Tree, value_at
from charterkit.files.yaml.subset import MOST_SAID
from charterkit.findings import Code, Problem, TreePath
from charterkit.model.base import Model, nearest, slug
from charterkit.text.english import alternatives
from charterkit.text.later import later
from charterkit.text.safe import MOST_SHOWN, shown

OWN = "x-"
"""How keys begin that are kept and ignored, in every mapping of every file."""
Said = tuple[Code, str, str]
"""Code, message and remedy."""

_UNNAMED = ("ratings", "findings")
"""Keys whose entries say enough without them: "gate-greeting", not "ratings: gate-greeting"."""


def explain(kind: type[Model], error: Any, parsed: Parsed) -> Problem:  # noqa: ANN401 - Pydantic's ErrorDetails
    """One validation error of one file kind as a problem at its place."""
    at: TreePath = error["loc"]
    on_key = is_key_error(error)
    at = at[:-1] if on_key else at
    code, message, remedy = _words(kind, error, at, parsed)
    where = label(parsed.tree, at[:-1] if code in (Code.UNKNOWN_KEY, Code.MISSING_KEY) else at)
    whole = f"{where}: {message}" if where else message
    return Problem(code, whole, remedy, at, "key" if on_key or code == Code.UNKNOWN_KEY else "value")


def is_key_error(error: Any) -> bool:  # noqa: ANN401 - Pydantic's ErrorDetails
    """Whether it is the key of an entry that is wrong, not its value: Pydantic appends "[key]" to the place."""
    at: TreePath = error["loc"]
    return len(at) > 1 and at[-1] == "[key]" and error["input"] == at[-2]


def unknown_key_meant(kind: type[Model], error: Any) -> TreePath | None:  # noqa: ANN401 - Pydantic's ErrorDetails
    """The place of the key that an unknown one was most likely meant for."""
    if error["type"] not in _UNKNOWN:
        return None
    at: TreePath = error["loc"]
    meant = nearest(str(at[-1]), keys_at(kind, at[:-1]))
    return (*at[:-1], meant) if meant else None


def word_meant(error: Any) -> str:  # noqa: ANN401 - Pydantic's ErrorDetails
    """The small word that one with capitals or blanks stands for: Agreed for agreed, In progress for in-progress.

    Of a level any such word is taken here; the charter tells whether it has it, as an id or as a label. Empty where
    nothing or something else was meant.
    """
    at, value = error["loc"], error["input"]
    if is_key_error(error) or not isinstance(value, str) or not _WORDS.fullmatch(value[: MOST_SHOWN + 1]):
        return ""
    small = slug(value)
    if error["type"] in ("literal_error", "enum"):
        return small if small in re.findall(r"'([^']*)'", (error.get("ctx") or {}).get("expected", "")) else ""
    return small if error["type"] == "string_pattern_mismatch" and is_level(at) else ""


_WORDS = later(rf"[A-Za-z0-9][A-Za-z0-9 '’_-]{{0,{MOST_SHOWN - 1}}}|[nN]/[aA]")
"""Words of which nothing is lost when they are written small; with other signs nobody knows what is meant."""


def is_level(at: TreePath) -> bool:
    """Whether a level of a charter's scale stands at a place of an evaluation or a visit."""
    rest = at[2:] if at[:1] and at[0] in _RATED else at[1:] if at[:1] == ("overall",) else ()
    return rest in (("rating",), ("target", "level")) or (rest[:1] == ("groups",) and len(rest) == _OF_A_GROUP)


_OF_A_GROUP = 2


def rated_part(at: TreePath) -> str:
    """What a level at a place is given to: the id of an aspect or a key point, or overall."""
    return str(at[1] if at[0] in _RATED else at[0])


_RATED = (*_UNNAMED, "key_points")


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


_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")


def _words(kind: type[Model], error: Any, at: TreePath, parsed: Parsed) -> Said:  # noqa: ANN401
    name = error["type"]
    context = error.get("ctx") or {}
    if name == "bad_value":
        return context["code"], shown(context["message"], 3 * MOST_SHOWN), context["remedy"]
    if name == "missing":
        return _missing(at, parsed)
    if name in _UNKNOWN:
        return _unknown_key(kind, at)
    if name in ("literal_error", "enum"):
        words = re.findall(r"'([^']*)'", context.get("expected", ""))
        meant = nearest(str(error["input"]), words)
        remedy = f"Write {alternatives(words)}." if words else "Write one of those that the manual lists."
        remedy += _in_whole(kind, at, error["input"])
        guess = f" (did you mean {meant}?)" if meant else ""
        value = error["input"]
        what = f"'{shown(value)}'" if isinstance(value, str) else _found(value)
        return Code.NOT_A_CHOICE, f"{what} is not one of the words for this{guess}", remedy
    if name == "string_pattern_mismatch":
        meant = slug(str(error["input"])[: 2 * MOST_SHOWN])
        remedy = (
            f"Write {meant}."
            if 0 < len(meant) <= MOST_SHOWN
            else "Use small letters and digits, joined by hyphens: gate-greeting."
        )
        return Code.NOT_AN_ID, f"'{shown(error['input'])}' is not an id", remedy
    return _shape(kind, name, error["input"], at)


def _in_whole(kind: type[Model], at: TreePath, value: Tree) -> str:
    """How to say it where one word may stand for keys with values, and another one stands there."""
    keys = keys_at(kind, at)
    if not keys or not isinstance(value, str):
        return ""
    own = {"name": shown(value)} if "name" in keys else {}
    return f" Or write both: {flow({keys[0]: '...'} | own)}.".replace('"..."', "...")


_TWO_DATES: Said = (
    Code.WRONG_SHAPE,
    "two dates should stand here",
    "Write the first and the last day: [2025-09-01, 2025-12-19].",
)


def _missing(at: TreePath, parsed: Parsed) -> Said:
    if isinstance(at[-1], int):
        return _TWO_DATES
    if at in parsed.empty:
        return Code.MISSING_KEY, f"'{at[-1]}' is empty", "Write its value after the colon."
    return Code.MISSING_KEY, f"'{at[-1]}' is missing", f"Add a line '{at[-1]}: {_id_of(at, parsed)}'."


def _id_of(at: TreePath, parsed: Parsed) -> str:
    """The id that what stands beside it would have; three dots for anything else, and where nothing does."""
    beside = value_at(parsed.tree, at[:-1])
    if at[-1] != "id" or not isinstance(beside, dict):
        return "..."
    said = next(
        (text for key in ("title", "label", "text", "name", "what") if isinstance(text := beside.get(key), str)), ""
    )
    return slug(said)[:_LONGEST_ID].strip("-") or "..."


_LONGEST_ID = 40


def _unknown_key(kind: type[Model], at: TreePath) -> Said:
    known = keys_at(kind, at[:-1])
    meant = nearest(str(at[-1]), known)
    remedy = f"Did you mean '{meant}'?" if meant else f"Known here: {', '.join(known)}."
    return Code.UNKNOWN_KEY, f"'{shown(at[-1])}' is not a key that belongs here", remedy


_SHAPES = {
    "tuple_type": ("a list", "Put each entry on a line of its own that starts with '- '."),
    "dict_type": ("keys with values", "Write 'key: value' lines below it, indented."),
    "model_type": ("keys with values", "Write 'key: value' lines below it, indented."),
    "dataclass_type": ("keys with values", "Write 'key: value' lines below it, indented."),
    "string_type": ("text", "Write one text; put it in quotes if it holds a colon."),
}


def _shape(kind: type[Model], name: str, value: Tree, at: TreePath) -> Said:
    if name in ("too_long", "too_short"):
        return _TWO_DATES
    expected, general = _SHAPES.get(name, ("something else", "Compare the lines around it with those of another file."))
    remedy = instead(kind, at, value) if name in _SHAPES else ""
    keys = () if name == "string_type" else keys_at(kind, at)
    meant = next((key for key in LONE if key in keys), "")
    if name in ("dataclass_type", "model_type") and isinstance(value, str) and meant:
        what = f"'{shown(value)}' stands here alone, where keys with values should stand"
        return Code.WRONG_SHAPE, what, remedy or f"Write '{meant}: {shown(value)}' below it, indented."
    return Code.WRONG_SHAPE, f"{expected} should stand here, not {_found(value)}", remedy or general


def _found(value: Tree) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list) else f"'{shown(value)}'"


def unknown_and_empty(kind: type[Model], parsed: Parsed) -> list[Problem]:
    """Keys without a value that do not belong where they stand: the model never sees them, for they are not given."""
    found: list[Problem] = []
    known: dict[TreePath, list[str]] = {}
    for at in sorted(parsed.empty, key=str):
        if any(str(key).startswith(OWN) for key in at):
            continue
        way = at[:-1]
        if way not in known:
            known[way] = keys_at(kind, way)
        if not known[way] or at[-1] in known[way]:
            continue
        if len(found) > MOST_SAID:  # only counted
            found.append(Problem(Code.UNKNOWN_KEY, "this key does not belong here", at=at, on="key"))
            continue
        code, message, remedy = _unknown_key(kind, at)
        if " " in str(at[-1]).strip():  # {meaning: It is there, and families know}
            remedy = "A comma parts what stands in braces: if the text before it goes on, put all of it in quotes."
        where = label(parsed.tree, way)
        found.append(Problem(code, f"{where}: {message}" if where else message, remedy, at, "key"))
    return found
