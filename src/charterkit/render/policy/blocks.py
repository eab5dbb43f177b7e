"""A policy's own text as plain data, for paper: headings, paragraphs, lists, tables, and runs of words within them.

It is made from the same tokens as the HTML, so both say the same and both let nothing act.
"""

from collections.abc import Iterator

from markdown_it.token import Token

from charterkit.records import dataclass
from charterkit.render.policy.text import tamed
from charterkit.text.safe import visible

_MARKS = {"strong_open": "is_strong", "em_open": "is_emphasised"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. `link` is where they lead, a web page or an email; `is_break` is the end of a line."""

    text: str = ""
    is_strong: bool = False
    is_emphasised: bool = False
    is_code: bool = False
    is_break: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text, by its `kind`: which of the other fields are filled depends on that.

    heading (level, runs), paragraph (runs), list (is_ordered, start, items), quote (parts), code (runs), rule,
    table (align, rows: the first is the head).
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    is_ordered: bool = False
    start: int = 1
    items: tuple[tuple["Block", ...], ...] = ()
    parts: tuple["Block", ...] = ()
    align: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


def text_blocks(text: str, title: str = "") -> tuple[Block, ...]:
    """Markdown as blocks; an opening heading that only repeats `title` is left out."""
    return tuple(_blocks(iter(tamed(text, title)), ""))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """A text without Markdown: its lines stay lines."""
    lines = visible(text).strip().split("\n")
    runs = [part for line in lines for part in (Run(line), Run(is_break=True))]
    return (Block("paragraph", tuple(runs[:-1])),)


def _blocks(tokens: Iterator[Token], end: str) -> Iterator[Block]:
    """The blocks up to the token `end`, which is used up."""
    for token in tokens:
        if token.type == end:
            return
        if token.type == "heading_open":
            yield Block("heading", _words(tokens, "heading_close"), level=int(token.tag[1]))
        elif token.type == "paragraph_open":
            yield Block("paragraph", _words(tokens, "paragraph_close"))
        elif token.type == "blockquote_open":
            yield Block("quote", parts=tuple(_blocks(tokens, "blockquote_close")))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            is_ordered = token.type == "ordered_list_open"
            items = tuple(_items(tokens, token.type.replace("open", "close")))
            yield Block("list", is_ordered=is_ordered, start=int(token.attrs.get("start", 1)), items=items)
        elif token.type in ("fence", "code_block"):
            yield Block("code", (Run(token.content.rstrip("\n"), is_code=True),))
        elif token.type == "table_open":
            yield _table(tokens)
        elif token.type == "hr":
            yield Block("rule")


def _items(tokens: Iterator[Token], end: str) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type == end:
            return
        if token.type == "list_item_open":
            yield tuple(_blocks(tokens, "list_item_close"))


def _table(tokens: Iterator[Token]) -> Block:
    rows: list[list[tuple[Run, ...]]] = []
    align: list[str] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            if token.type == "th_open":
                align.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
            rows[-1].append(_words(tokens, token.type.replace("open", "close")))
    return Block("table", align=tuple(align), rows=tuple(map(tuple, rows)))


def _words(tokens: Iterator[Token], end: str) -> tuple[Run, ...]:
    found: list[Run] = []
    for token in tokens:
        if token.type == end:
            break
        found += _runs(token.children or [])
    return tuple(found)


def _runs(children: list[Token]) -> Iterator[Run]:
    depth = dict.fromkeys(_MARKS.values(), 0)
    link = ""
    for token in children:
        name = _MARKS.get(token.type.replace("close", "open"))
        if name:
            depth[name] += token.nesting
        elif token.type in ("link_open", "link_close"):
            link = str(token.attrs.get("href", ""))
        elif token.type == "hardbreak":
            yield Run(is_break=True)
        else:
            text = " " if token.type == "softbreak" else token.content
            marks = {item: count > 0 for item, count in depth.items()}
            yield Run(text, is_code=token.type == "code_inline", link=link, **marks)
