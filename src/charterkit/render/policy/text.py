"""A policy's own text, written in Markdown, as HTML that can do nothing but be read."""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from charterkit.text.safe import safe_link, visible

_TOP, _DEEPEST = 3, 6
"""The page has its title and the section's heading above the text's own."""
_BLOCKS = frozenset(
    {
        "paragraph_open",
        "heading_open",
        "blockquote_open",
        "list_item_open",
        "bullet_list_open",
        "ordered_list_open",
        "th_open",
        "td_open",
    }
)
_SCROLLS = '<div class="scroll" role="region" tabindex="0" aria-label="Table in the policy">'


def text_html(text: str, title: str = "") -> Markup:
    """Markdown as HTML: no HTML of its own, links to web pages and emails only, no pictures, headings from h3 on.

    An opening heading that only repeats `title` is left out, and so are comments, which their author meant to hide.
    """
    parser = _parser()
    made: str = parser.renderer.render(tamed(text, title), parser.options, {})
    made = made.replace("<table>", f"{_SCROLLS}<table>").replace("</table>", "</table></div>")
    return Markup(made)  # noqa: S704 - the renderer has escaped all of it, and the tokens hold no HTML


@lru_cache(maxsize=1)  # a policy's paper asks for it twice
def tamed(text: str, title: str = "") -> tuple[Token, ...]:
    """The same as tokens, for other documents: what is in them is text, and links that only open a page or an email."""
    tokens = _without_title(_parser().parse(visible(_without_comments(text))), title)
    _shift(tokens)
    for token in tokens:
        _tame(token)
    return tuple(tokens)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - `_inline` decides
    return parser


def plain_html(text: str) -> Markup:
    """A text without Markdown: its lines stay lines."""
    return Markup('<p class="said" dir="auto">{}</p>').format(escape(visible(text)))


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return _without_open_comment("".join([*parts, text[at:]]))
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


def _without_open_comment(text: str) -> str:
    """One that is never closed hides what follows where it begins a line; in the middle of one it is text.

    So CommonMark has it (0.31.2, section 4.6), and GitHub: what nobody saw there is not published here.
    """
    lines = re.split(r"\r\n?|\n", text)
    for token in reversed(MarkdownIt("commonmark").parse(text)):
        if token.type == "html_block" and token.map and token.content.lstrip().startswith("<!--"):
            del lines[slice(*token.map)]
    return "\n".join(lines)


def _without_title(tokens: list[Token], title: str) -> list[Token]:
    starts = [token.type for token in tokens[:3]] == ["heading_open", "inline", "heading_close"]
    is_title = starts and tokens[1].content.strip().casefold() == title.strip().casefold()
    return tokens[3:] if is_title else tokens


def _shift(tokens: list[Token]) -> None:
    """Below the page's own headings, and never more than one level deeper than the one before."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            token.tag = f"h{min(_TOP + len(above), _DEEPEST)}"
            tag = token.tag
            above.append(level)
        elif token.type == "heading_close":
            token.tag = tag


def _tame(token: Token) -> None:
    """Entities may have brought back what `shown` took out; a class and a title would say things nobody sees."""
    token.content = visible(token.content)
    token.info = ""
    if token.type in _BLOCKS:
        token.attrSet("dir", "auto")
    if token.children is not None:
        token.children = _inline(token.children)


def _inline(children: list[Token]) -> list[Token]:
    kept: list[Token] = []
    links: list[bool] = []
    for token in children:
        token.content = visible(token.content)
        if token.type == "image":
            token = Token("text", "", 0, content=_alternative(token))  # noqa: PLW2901 - in its place
        elif token.type == "link_open":
            links.append(_is_followed(token))
        if token.type not in ("link_open", "link_close") or links[-1]:
            kept.append(token)
        if token.type == "link_close":
            links.pop()
    return kept


def _is_followed(token: Token) -> bool:
    target = safe_link(str(token.attrs.get("href", "")))
    if target is None:
        return False
    token.attrs = {"href": target, "rel": "noopener noreferrer"}
    return True


def _alternative(image: Token) -> str:
    """What a picture shows, in its author's words."""
    return visible(
        "".join(_alternative(token) if token.type == "image" else token.content for token in image.children or ())
    )
