"""A good file's tree in one tight loop. Whatever needs explaining is left to the careful reader in `yaml_text`.

Of a check's time most goes into PyYAML's events; this adds a tenth to them, where the careful reader doubles it.
"""

from typing import Any

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from charterkit.files.yaml.subset import MAX_DEPTH, NULL_WORDS
from charterkit.findings import TreePath

_NOTHING = frozenset({"", *NULL_WORDS})


def quick(parser: Any, *, is_bare: bool = False) -> tuple[dict[str, Any], set[TreePath]] | None:  # noqa: ANN401, C901, PLR0911, PLR0912, PLR0915 - one loop, for speed
    """The mapping a file holds, and its keys without a value; None for any other file, and for one with anything that
    must be said.

    `parser` is one of PyYAML's. A word for nothing, an anchor, a tag, a second key of one name: all of them give None.
    `is_bare` promises that the text has no character that an anchor or a tag begins with, so that none is looked for.
    """
    get = parser.get_event
    try:
        if type(get()) is not StreamStartEvent or type(get()) is not DocumentStartEvent:
            return None
        first = get()
        if type(first) is not MappingStartEvent or first.anchor is not None or first.tag is not None:
            return None
        root: dict[str, Any] = {}
        empty: set[TreePath] = set()
        container: Any = root
        key: str | None = None
        in_mapping = True
        stack: list[tuple[Any, str | None, bool]] = []
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                if not is_bare and (event.anchor is not None or event.tag is not None):
                    return None
                value = event.value
                if not in_mapping:
                    if value in _NOTHING and not event.style:
                        return None
                    container.append(value)
                elif key is None:
                    if not value or value == "<<" or value in container or (empty and (*_way(stack), value) in empty):
                        return None
                    key = value
                elif value in _NOTHING and not event.style:
                    if value:
                        return None
                    empty.add((*_way(stack), key))
                    key = None
                else:
                    container[key] = value
                    key = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if in_mapping and key is None:
                    return None
                if not is_bare and (event.anchor is not None or event.tag is not None):
                    return None
                if len(stack) + 1 >= MAX_DEPTH:
                    return None
                opened: Any = {} if kind is MappingStartEvent else []
                if in_mapping:
                    container[key] = opened
                else:
                    container.append(opened)
                stack.append((container, key, in_mapping))
                container, key, in_mapping = opened, None, kind is MappingStartEvent
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if not stack:
                    break
                container, _, in_mapping = stack.pop()
                key = None
            else:
                return None
        if type(get()) is DocumentEndEvent and type(get()) is StreamEndEvent:
            return root, empty
    except (yaml.YAMLError, RecursionError):
        pass
    return None


def _way(stack: list[tuple[Any, str | None, bool]]) -> TreePath:
    """Where the container stands that was opened last."""
    return tuple(len(around) - 1 if key is None else key for around, key, _ in stack)
