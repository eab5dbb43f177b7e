"""The design tokens: colours, type, spacing and shapes, in one data file for all documents."""

import json
from functools import cache
from typing import Any

from charterkit.resources import builtin

Tokens = dict[str, Any]
FILE = "tokens.json"


@cache
def builtin_tokens() -> Tokens:
    """The tokens that come with charterkit."""
    found: Tokens = json.loads((builtin() / "templates" / FILE).read_text(encoding="utf-8"))
    return found


def merged(base: Tokens, own: Tokens) -> Tokens:
    """A workspace's own tokens over the built-in ones, key by key."""
    made = dict(base)
    for key, value in own.items():
        inner = made.get(key)
        made[key] = merged(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return made
