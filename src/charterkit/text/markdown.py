"""People's text in Markdown, where it comes out as the same text and never as markup."""

import re
from urllib.parse import quote

from charterkit.text.safe import ADDRESS, safe_link, visible

_SPECIAL = re.compile(r"[\\`*_\[\]{}~|$^@&<]")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_LEADING = re.compile(r"^(?=[#>+\-=:])|(?<=[ \t])(?=#)")
_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=[ \t]|$)")
_LINKING = re.compile(r"(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n]+")


def markdown_inline(text: str) -> str:
    """Text on one line of Markdown, where it comes out as the same text: no emphasis, link, list, heading or HTML."""
    return _line(_BLANKS.sub(" ", visible(text)))


def markdown_block(text: str, prefix: str = "") -> str:
    """Text as Markdown paragraphs. Its lines stay lines (hard breaks), its blank lines part paragraphs.

    `prefix` goes before every line but the first: "> " inside a quotation, spaces inside a list entry.
    """
    lines = [_line(line) for line in visible(text).split("\n")]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    joined = "\n\n".join("\\\n".join(paragraph) for paragraph in paragraphs if paragraph)
    return joined.replace("\n", f"\n{prefix}")


def markdown_link(url: str) -> str:
    """A link that shows its own address; the bare text where `safe_link` refuses it."""
    target = safe_link(url)
    if target is None:
        return markdown_inline(url)
    address = quote(target, safe=ADDRESS).replace("&", "&amp;")
    return f"[{markdown_inline(url)}](<{address}>)"


def _line(line: str) -> str:
    line = _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), line.strip(" \t"))
    line = _NUMBERED.sub(r"\1\\\2", line)
    return _LEADING.sub(r"\\", _LINKING.sub(r"\\", line))
