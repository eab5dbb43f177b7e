"""The one place that makes people's text safe: to look at, in Markdown, in a spreadsheet cell and as a link.

People's text is stored exactly as they wrote it. What it must never do is act: hide other text, turn into Markdown or
HTML, run as a formula, or lead somewhere by a link that is no web address.
"""

import re
from urllib.parse import quote, urlsplit

REPLACEMENT = "�"

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Controls but newline and tab, non-characters, halves of characters, and what turns the direction of text round."""

_SPECIAL = re.compile(r"[\\`*_\[\]{}~|$^@&<]")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_LEADING = re.compile(r"^(?=[#>+\-=:])|(?<=[ \t])(?=#)")
_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=[ \t]|$)")
_LINKING = re.compile(r"(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n]+")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # the last four: the same for a Japanese Excel
_ADDRESS = ":/?#!$&,;=@%+~*-._"
"""What stays as it is in an address, beside letters and digits."""
_SCHEMES = ("http", "https", "mailto")


def shown(text: str) -> str:
    """Text as it may be shown: what is invisible or turns other text round becomes U+FFFD."""
    return _UNFIT.sub(REPLACEMENT, text)


def markdown_inline(text: str) -> str:
    """Text on one line of Markdown, where it comes out as the same text: no emphasis, link, list, heading or HTML."""
    return _markdown_line(_BLANKS.sub(" ", shown(text)))


def markdown_block(text: str, prefix: str = "") -> str:
    """Text as Markdown paragraphs. Its lines stay lines (hard breaks), its blank lines part paragraphs.

    `prefix` goes before every line but the first: "> " inside a quotation, spaces inside a list entry.
    """
    lines = [_markdown_line(line) for line in shown(text).split("\n")]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    joined = "\n\n".join("\\\n".join(paragraph) for paragraph in paragraphs if paragraph)
    return joined.replace("\n", f"\n{prefix}")


def _markdown_line(line: str) -> str:
    line = _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), line.strip(" \t"))
    line = _NUMBERED.sub(r"\1\\\2", line)
    return _LEADING.sub(r"\\", _LINKING.sub(r"\\", line))


def markdown_link(url: str) -> str:
    """A link that shows its own address; the bare text where `safe_link` refuses it."""
    target = safe_link(url)
    if target is None:
        return markdown_inline(url)
    address = quote(target, safe=_ADDRESS).replace("&", "&amp;")
    return f"[{markdown_inline(url)}](<{address}>)"


def csv_cell(text: str) -> str:
    """Text for a spreadsheet cell: what a spreadsheet would take for a formula gets an apostrophe before it."""
    made = shown(text)
    is_formula = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{made}" if is_formula else made


def safe_link(url: str) -> str | None:
    """The address, if following it can only open a web page or a new email; else None."""
    if shown(url) != url or any(one.isspace() for one in url) or "\\" in url:
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


def leads_to(url: str) -> str:
    """The same in plain ASCII, as a file for paper holds it; empty where `safe_link` refuses it."""
    return quote(safe_link(url) or "", safe=_ADDRESS)
