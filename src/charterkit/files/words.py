"""A person's own words inside a message: one line, short, and nothing in it that a terminal would obey."""

import re

MOST_SHOWN = 60
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def shown(value: object, most: int = MOST_SHOWN) -> str:
    """Any value as one line of at most `most` characters; control characters and broken ones become U+FFFD."""
    if isinstance(value, str) and len(value) <= most and value.isascii() and value.isalnum():
        return value
    text = " ".join(str(value)[: 4 * most].split())
    text = _INVISIBLE.sub("�", text)
    return text if len(text) <= most else f"{text[: most - 1]}…"
