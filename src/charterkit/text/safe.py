"""The one place that makes people's text safe: to look at, in a message, in a spreadsheet cell and as a link.

People's text is stored exactly as they wrote it. What it must never do is act: hide other text, turn into Markdown or
HTML (text/markdown.py), run as a formula, or lead somewhere by a link that is no web address.
"""

import re
from unicodedata import category

from charterkit.text.later import later

REPLACEMENT = "�"

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
"""The controls of ASCII but those three that text has: tab, newline and carriage return."""
TAB, NEWLINE, RETURN = "\t", "\n", "\r"
MORE_CONTROLS = "\x80-\x9f"
"""Those of ISO 8859, one of them a line break (U+0085)."""
HARD_SPACE = "\xa0"
BREAKS = "\u2028\u2029"
"""Two line breaks that few editors show as such."""
TURNING = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of other text round."""
HALVES = "\ud800-\udfff"
"""Halves of characters, which no encoding has."""
MARK = "\ufeff"
"""The byte order mark, which shows nowhere."""
TAGS = "\U000e0000-\U000e007f"
"""A second alphabet that shows nowhere; only the flags of England, Scotland and Wales are made with it."""
JOINING = "\u061c\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f"
"""What has no width: scripts such as Urdu and Bengali need some of them, between their own letters; ours none."""
NOTHING = "\ufffe\uffff"
"""What Unicode has declared to be no characters."""


def any_of(*characters: str) -> str:
    """An expression for one of these sorts of characters, to be compiled where it is used: that takes time."""
    return f"[{''.join(characters)}]"


_INVISIBLE = later(any_of(CONTROLS, RETURN, MORE_CONTROLS, TURNING, HALVES, NOTHING))
_FAINT = later(any_of(JOINING, TAGS))
_FOREIGN = "[\u0250-\u061b\u061d-\u180d\u180f-\u1fff\u2c00-\ud7ff\uf900-\ufe0f\ufe70-\ufefe\U00010000-\U000dffff]"
"""A letter of another script, or an emoji, beside which such a mark may stand."""
_FLAG = "(\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f)"
_LOST = later(f"{_FLAG}|(?<!{_FOREIGN})[{JOINING}](?!{_FOREIGN})|[{TAGS}]")
UNFIT_FOR_AN_EXCERPT = any_of(BREAKS, MARK)
"""What a line of a file that is shown must not hold either."""
UNTYPED = any_of(CONTROLS, RETURN)
"""What arrow and control keys leave in a line that is typed."""
UNFIT_FOR_A_LINK = any_of(CONTROLS, TAB, NEWLINE, RETURN, " ", MORE_CONTROLS, BREAKS)
UNFIT_FOR_A_NAME = any_of(CONTROLS, TAB, NEWLINE, RETURN, MORE_CONTROLS)
"""What no file of ours has in its name."""
UNFIT_FOR_YAML = any_of(CONTROLS, MORE_CONTROLS, BREAKS, HALVES, MARK, NOTHING)
"""What libyaml refuses, and what it takes for a line break where editors show none; a lone carriage return aside."""
UNFIT_FOR_A_PLAIN_SCALAR = any_of(
    CONTROLS, TAB, RETURN, MORE_CONTROLS, HARD_SPACE, BREAKS, TURNING, HALVES, MARK, NOTHING
)
"""What is written as an escape in double quotes, so that it can be seen in the file."""

_ON_ONE_LINE = str.maketrans({NEWLINE: " ", TAB: " ", **dict.fromkeys(BREAKS, REPLACEMENT)})

MOST_SHOWN = 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # the last four: the same for a Japanese Excel
ADDRESS = ":/?#!$&,;=@%+~*-._"
"""What stays as it is in an address, beside letters and digits."""
_SCHEMES = ("http", "https", "mailto")


def visible(text: str) -> str:
    """Text as it may be shown, its lines and tabs kept: what is invisible or turns other text round becomes U+FFFD."""
    if text.isascii():
        return text if text.isprintable() else _INVISIBLE.sub(REPLACEMENT, text)
    made = _INVISIBLE.sub(REPLACEMENT, text)
    return _LOST.sub(lambda found: found[1] or REPLACEMENT, made) if _FAINT.search(made) else made


def spelt_out(text: str) -> str:
    """JSON for somebody's eyes: the same data, in which what is invisible or turns other text round is an escape."""
    return re.sub(any_of(MORE_CONTROLS, "\x7f", BREAKS, TURNING, JOINING, TAGS, MARK), _escape, text)


def _escape(found: re.Match[str]) -> str:
    import json  # noqa: PLC0415 - as in safe_link

    return json.dumps(found[0])[1:-1]


MOST_IN_HEADER = 200
"""Characters of a subject or a name."""


def one_line(text: str) -> str:
    """The same on one line, whatever it holds: a newline or a tab becomes a blank."""
    return visible(text).translate(_ON_ONE_LINE)


def in_header(text: str) -> str:
    """Text that may stand in a header of a mail: one line, not too long, and nothing that looks encoded already."""
    return shown(text, MOST_IN_HEADER).replace("=?", "= ?")


def shown(value: object, most: int = MOST_SHOWN) -> str:
    """A person's own words inside a message: any value on one line of at most `most` characters, blanks squeezed."""
    if isinstance(value, str) and len(value) <= most and value.isascii() and value.isalnum():
        return value
    text = visible(" ".join(str(value)[: 4 * most].split())).replace(MARK, REPLACEMENT)
    text = text if text.isprintable() else _known(text)
    return text if len(text) <= most else visible(f"{text[: most - 1]}…")  # of what was cut off a part may be left


def _known(text: str) -> str:
    """Text in which a sign that Unicode does not know, or leaves to a font of somebody's own, is U+FFFD."""
    return "".join(REPLACEMENT if category(sign) in ("Cn", "Co") else sign for sign in text)


def whole(text: str) -> str:
    """Text that can be encoded: half a surrogate pair, as from a terminal with another encoding, becomes U+FFFD."""
    return re.sub(any_of(HALVES), REPLACEMENT, text)


def csv_cell(text: str) -> str:
    """Text for a spreadsheet cell: what a spreadsheet would take for a formula gets an apostrophe before it."""
    made = visible(text)
    return f"'{made}" if _is_formula(text) else made


def from_csv_cell(text: str) -> str:
    """The text of such a cell, without that apostrophe."""
    return text[1:] if text[:1] == "'" and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


_PLAIN_LINK = later(r"https?://[a-z0-9][a-z0-9.-]*(?:[/?#][A-Za-z0-9._~/?#=&%+-]*)?")
"""What needs no closer look: a page of a plain host."""


def safe_link(url: str) -> str | None:
    """The address, if following it can only open a web page or a new email; else None."""
    if _PLAIN_LINK.fullmatch(url):
        return url
    from urllib.parse import urlsplit  # noqa: PLC0415 - slow to import, and most commands follow no link

    if visible(url) != url or url.split() != [url] or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES:
        return None
    if parts.scheme.lower() == "mailto":
        return url if parts.path and not parts.netloc else None
    return url if host and "@" not in parts.netloc else None


def is_page(url: str) -> bool:
    """Whether following an address can only open a web page."""
    return safe_link(url) is not None and not url[:7].lower().startswith("mailto:")


def leads_to(url: str) -> str:
    """The same in plain ASCII, as a file for paper holds it; empty where `safe_link` refuses it."""
    from urllib.parse import quote  # noqa: PLC0415 - as above

    return quote(safe_link(url) or "", safe=ADDRESS)
