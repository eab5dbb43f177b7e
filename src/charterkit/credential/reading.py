"""JSON that strangers wrote, read so that it means one thing: no key twice, no number that is none, not too deep."""

import json
from typing import Any, NoReturn

from charterkit.errors import Missing, Refused

MOST_BYTES = 256 * 1024
"""The largest credential; one that charterkit makes has 5 KB."""
MOST_DEEP = 32
"""Ours are 8 deep."""


def parsed(data: bytes) -> dict[str, Any]:
    """A JSON object. Raises Missing for what is none or too much of one, and Refused for one with two meanings."""
    if len(data) > MOST_BYTES:
        raise Missing("json-too-large", most=MOST_BYTES // 1024)
    if _depth(data) > MOST_DEEP:
        raise Missing("json-too-deep", most=MOST_DEEP)
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
        text.encode() and json.dumps(found, ensure_ascii=False).encode()  # a lone surrogate cannot be signed
    except ValueError:  # what is no UTF-8 and no JSON raises kinds of it
        raise Missing("not-json") from None
    if not isinstance(found, dict):
        raise Missing("not-json")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Refused("json-key-twice", name=next(name for name in names if names.count(name) > 1))
    return found


def _no_number(said: str) -> NoReturn:
    raise Refused("json-no-number", said=said)


def _finite(said: str) -> float:
    number = float(said)
    if number in (float("inf"), float("-inf")):
        _no_number(said)
    return number


def _depth(data: bytes) -> int:
    """How deep brackets are nested outside of strings."""
    deepest = depth = 0
    in_string = escaped = False
    for byte in data:
        if in_string:
            in_string = escaped or byte != ord('"')
            escaped = byte == ord("\\") and not escaped
        elif byte == ord('"'):
            in_string = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
