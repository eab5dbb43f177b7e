"""Views whose people write whatever there is to write: for documents that must show it, and do nothing else with it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

from charterkit.render.shared.levels import Badge

TEXTS = (
    "She said \"yes\" & 'no'",
    "<script>alert(1)</script> <b>bold</b>",
    "[bold]red[/bold] [link](https://a.example)",
    '=cmd("/C calc") +1 -1 @SUM(A1)',
    '#eval("1 + 1") #panic() #import "x"',
    "$x^2$ *stars* _lines_ `ticks` ~tilde~ @ref <label>",
    "\\ backslash \\n \\u{41} // comment /* and */ {{ 7 * 7 }} {% raw %}",
    "https://example.org/a/very/long/address?with=query&and=more#or-so",
    "مرحبا بكم في المدرسة",
    "تمام خاندانوں کا خیرمقدم ہے ۱۲۳",
    "সব পরিবারকে স্বাগত জানাই",
    "thanks 🙂 👍🏽 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ⚠️",
    "ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ 你好",
    "a\x07b\x1b[31mc\u202ed",
    "Supercalifragilistic" * 8,
    "- list\n1. numbered\n# heading\n> quote\n\nnext paragraph | pipe",
    "caf\u0065\u0301 ½ ﬁ",
)
PEOPLES = frozenset(
    {"school", "title", "note", "ideas", "strengths", "reason", "why", "text", "name", "action", "owner", "success"}
    | {"rated_by", "aspect", "key_point", "what", "from_titles", "sentence", "charter", "notes", "meaning"}
)
"""Names of fields that people fill in, in whatever view."""


LONG = frozenset(
    {"key_points", "aspects", "strengths", "development", "not_rated", "not_applicable", "changes", "actions", "stuck"}
    | {"falls", "rises", "lowest_aspects", "work", "well", "said"}
)


def nasty(view: Any, texts: tuple[str, ...] = TEXTS) -> Any:
    """The view with something nasty behind every text of a person's."""
    return _spoilt(view, cycle(texts))


def few(value: Any, most: int = 3, name: str = "") -> Any:
    """The view with at most so many entries in each of its long lists. (poppler reads tags in quadratic time.)"""
    if isinstance(value, tuple):
        return tuple(few(one, most) for one in (value[:most] if name in LONG else value))
    if is_dataclass(value) and not isinstance(value, type | Badge):
        return replace(value, **{one.name: few(getattr(value, one.name), most, one.name) for one in fields(value)})
    return value


def _spoilt(value: Any, texts: Iterator[str], name: str = "") -> Any:
    if isinstance(value, str):
        return f"{value} {next(texts)}" if value and name in PEOPLES else value
    if isinstance(value, tuple):
        return tuple(_spoilt(one, texts, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type | Badge):
        return replace(value, **{one.name: _spoilt(getattr(value, one.name), texts, one.name) for one in fields(value)})
    return value
