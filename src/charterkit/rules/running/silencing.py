"""What two states of a workspace differ in of all that keeps findings from people: settings, waivers and comments."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from charterkit.files.disk import UnfitError
from charterkit.files.workspace import SETTINGS, Workspace
from charterkit.files.yaml.reader import decode, parse
from charterkit.records import dataclass
from charterkit.rules.running.suppression import MOST_COMMENTS, is_mentioned, written
from charterkit.text.safe import shown

_LONGEST = 200
"""Characters that are shown of a setting or a comment."""
_Found = Counter[tuple[str, str]]
"""Files' paths, each with the words of a comment in it."""


@dataclass(frozen=True, slots=True)
class Silencing:
    """A setting, or a comment of one file: its name or the file's path, and its words, empty where it is not there."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SilencingChanges:
    """What is different between two states of a workspace."""

    settings: tuple[Silencing, ...]
    """Of `charterkit.yaml`, waivers among them, as its keys stand in each other: "check, ignore"."""
    comments: tuple[Silencing, ...]
    """Comments that silence a rule, or would if they were right: each in one of the states alone."""


def silencing_changes(before: Workspace, after: Workspace) -> SilencingChanges:
    """What keeps findings from people in one state of a workspace and not, or not so, in the other."""
    olds, news = _settings(before), _settings(after)
    settings = [
        Silencing(what, olds.get(what, ""), news.get(what, ""))
        for what in dict.fromkeys([*olds, *news])
        if olds.get(what) != news.get(what)
    ]
    then, now = _comments(before), _comments(after)
    gone = [Silencing(path, words, "") for path, words in (then - now).elements()]
    new = [Silencing(path, "", words) for path, words in (now - then).elements()]
    return SilencingChanges(tuple(settings), tuple(sorted([*gone, *new], key=lambda each: each.what)))


def _settings(workspace: Workspace) -> dict[str, str]:
    if not workspace.snapshot.has(SETTINGS):
        return {}
    try:
        data = workspace.snapshot.peek(SETTINGS)
    except UnfitError:
        return {"the file": "cannot be read"}
    parsed = parse(data)
    found = {shown(", ".join(way), _LONGEST): shown(words, _LONGEST) for way, words in _flat(parsed.tree)}
    return found if isinstance(parsed.tree, Mapping) else {"the file": "cannot be read"}


def _flat(tree: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401 - YAML's plain data
    """Every value with the keys that lead to it; a waiver is told by its entry, other lists are one value."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _flat(value, (*way, str(key)))
    elif way == ("waivers",) and isinstance(tree, list):
        for entry in tree:
            has_name = isinstance(entry, Mapping) and "entry" in entry
            yield (*way, str(entry["entry"]) if has_name else "?"), _words(entry.get("reason") if has_name else entry)
    else:
        yield way, _words(tree)


def _words(value: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "nothing"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_words(item)}" for key, item in value.items())
    return "nothing" if value is None else str(value)


def _comments(workspace: Workspace) -> _Found:
    found: _Found = Counter()
    for path, _ in workspace.paths():
        try:
            data = workspace.snapshot.peek(path)
        except UnfitError:
            continue
        if is_mentioned(data):
            comments = islice(written(decode(data)[0]), MOST_COMMENTS)
            found.update((path, shown(words, _LONGEST)) for words in comments)
    return found
