import ast
import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import charterkit
from charterkit.render.shared.table import csv_text
from charterkit.text.markdown import markdown_block, markdown_inline, markdown_link
from charterkit.text.safe import csv_cell, one_line, safe_link, shown, spelt_out, visible
from tests.sources import nodes

MARKS = r"""\`*_{}[]()<>#+-.!|~=:&"'/@$^ 1234567890abcw""" + "\n\t"
texts = st.text() | st.text(alphabet=MARKS, max_size=60)
parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])

PLACES = {
    "paragraph": ("{}", {"paragraph_open", "paragraph_close"}),
    "after a paragraph": ("before\n{}", {"paragraph_open", "paragraph_close"}),
    "heading": ("## {}", {"heading_open", "heading_close"}),
    "list": (
        "- {}",
        {
            "bullet_list_open",
            "list_item_open",
            "paragraph_open",
            "paragraph_close",
            "list_item_close",
            "bullet_list_close",
        },
    ),
    "quotation": ("> {}", {"blockquote_open", "paragraph_open", "paragraph_close", "blockquote_close"}),
}


def squeezed(text):
    return " ".join(text.split())


def told(markdown):
    """The kinds of blocks, the kinds of pieces inside them, and the text that comes out."""
    tokens = parser.parse(markdown)
    blocks = {token.type for token in tokens if token.type != "inline"}
    pieces = [piece for token in tokens if token.type == "inline" for piece in token.children or []]
    text = "".join(piece.content if piece.type.startswith("text") else "\n" for piece in pieces)
    return blocks, {piece.type for piece in pieces}, text


@pytest.mark.parametrize("place", PLACES)
@given(text=texts)
def test_text_on_a_line_comes_out_as_text(place, text):
    frame, expected = PLACES[place]
    blocks, pieces, out = told(frame.format(markdown_inline(text)))
    assert blocks <= expected
    assert pieces <= {"text", "softbreak"}
    assert squeezed(out.removeprefix("before")) == squeezed(visible(text))


@given(text=texts)
def test_text_in_a_table_cell_comes_out_as_text(text):
    tokens = parser.parse(f"| a | b |\n| --- | --- |\n| {markdown_inline(text)} | end |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    pieces = cells[2].children or []
    assert {piece.type for piece in pieces} <= {"text"}
    assert squeezed("".join(piece.content for piece in pieces)) == squeezed(visible(text))
    assert cells[3].content == "end"


@given(text=texts)
def test_a_block_keeps_its_lines_and_is_nothing_but_paragraphs(text):
    blocks, pieces, out = told(markdown_block(text))
    assert blocks <= {"paragraph_open", "paragraph_close"}
    assert pieces <= {"text", "hardbreak"}
    assert "".join(out.split()) == "".join(visible(text).split())


@given(text=texts)
def test_a_block_stays_inside_its_list_entry_or_quotation(text):
    for frame, prefix, outer in (
        ("- x {}\n\nafter", "  ", "bullet_list_close"),
        ("> x {}\n\nafter", "> ", "blockquote_close"),
    ):
        tokens = parser.parse(frame.format(markdown_block(text, prefix)))
        assert [token.type for token in tokens][-4:] == [outer, "paragraph_open", "inline", "paragraph_close"]
        assert tokens[-2].content == "after"


@given(text=texts)
def test_no_address_is_left_for_others_to_turn_into_a_link(text):
    for made in (markdown_inline(text), markdown_block(text)):
        assert not re.search(r"(?<!\\)://|www\.|(?<!\\)@", made, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("1. Nobody to mind the baby", r"1\. Nobody to mind the baby"),
        ("12) yes", r"12\) yes"),
        ("# heading", r"\# heading"),
        ("C #", r"C \#"),
        ("> said", r"\> said"),
        ("- one", r"\- one"),
        ("[bold]stars**[/bold]", r"\[bold\]stars\*\*\[/bold\]"),
        ("<script>alert(1)</script> & more", "&lt;script>alert(1)&lt;/script> &amp; more"),
        ("https://evil.example", r"https\://evil.example"),
        ("://no scheme", r"\://no scheme"),
        ("head@school.example", r"head\@school.example"),
        ("snake_case", r"snake\_case"),
        ("a | b", r"a \| b"),
        ("8.30 at the Who-is-who board: 10 + 5 = 15", "8.30 at the Who-is-who board: 10 + 5 = 15"),
        ("two\nlines", "two lines"),
        ("خوش آمدید 🎉", "خوش آمدید 🎉"),
        ("\x1b[31mred", r"�\[31mred"),
    ],
)
def test_only_what_must_be_is_escaped(text, markdown):
    assert markdown_inline(text) == markdown


def test_lines_of_a_block_break_and_blank_lines_part_paragraphs():
    assert markdown_block("\n one\ntwo\n\n\n- three\n", "  ") == "one\\\n  two\n  \n  \\- three"


@given(texts)
def test_nothing_invisible_or_turning_is_shown(text):
    made = visible(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]", made)
    assert len(made) == len(text)
    made.encode()


def test_halves_of_characters_and_bidi_controls_are_shown_as_a_replacement():
    assert visible("a\ud800b\u202egnp.exe\u2066\x85\x07\t\nz") == "a�b�gnp.exe���\t\nz"


def test_what_has_no_width_is_shown_but_where_a_script_or_a_flag_needs_it():
    england = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    for kept in ("نمی\u200cخواهم", "ক্\u200dষ", "\U0001f469\u200d\U0001f4bb", england, "\u200fمدرسة Larkfield"):
        assert visible(kept) == kept
    assert visible("pay\u200bpal \u2060x\u200e.") == "pay�pal �x�."
    assert visible("a\U000e0041\U000e0042b") == "a��b"
    hidden = '{"a": "\x9b\u202e\u200b\U000e0041\ufeff £ مدرسة"}'
    assert json.loads(spelt_out(hidden)) == json.loads(hidden)
    assert re.fullmatch("[ -~£\u0600-\u06ff]+", spelt_out(hidden))


@given(st.text() | st.text(alphabet="ab \t\n\r\x1b\x85\xa0\u2028\u2029\u202e\ufeff\ufffe\ud800", max_size=20))
def test_a_line_stays_a_line(text):
    assert len(one_line(text).splitlines()) <= 1
    assert len(one_line(text)) == len(text)
    said = shown(text)
    assert said == visible(said)
    assert "\ufeff" not in said
    assert said.split() == said.split(" ") or not said


def test_what_a_message_shows_is_short():
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("x\n" * 200, 7) == "x x x …"
    assert shown(["a"]) == "['a']"


MODULES = [each for each in Path(charterkit.__file__).parent.rglob("*.py") if each.parent.name != "text"]


def test_dangerous_characters_are_listed_nowhere_else():
    """An expression with a range of controls or of what turns text round belongs into text/safe.py."""
    found = [
        f"{module.name}:{node.lineno}"
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.search("\x00-|-[\x1f\x9f]|[\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]", node.value)
        or re.search(r"\\x00-|\\x1f|\\x9f|\\u202|\\u206|\\ud[89a-f]|\\ufe|\\uff", node.value, re.IGNORECASE)
    ]
    assert not found


@given(st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=4))
def test_csv_reads_back_and_no_cell_is_a_formula(rows):
    made = csv_text(rows)
    assert made.endswith("\r\n")
    read = list(csv.reader(io.StringIO(made, newline="")))
    assert read == [[csv_cell(cell) for cell in row] for row in rows]
    for row, cells in zip(rows, read, strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert cell.removeprefix("'") == visible(text) or cell == visible(text)
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_formula_gets_an_apostrophe(formula):
    assert csv_cell(formula).startswith("'")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c&d#e",
        "HTTP://example.org",
        "mailto:head@school.example",
        "https://[2001:db8::1]/x",
        "https://example.org/ü",
    ],
)
def test_web_and_email_addresses_are_links(url):
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https:example.org",
        "https://",
        "http://[",
        "https://bank.example@evil.example/",
        "https://evil.example\\@bank.example",
        "https://example.org/\u202egnp",
        "https://a b",
        "mailto:",
        "example.org",
        "",
    ],
)
def test_anything_else_is_no_link(url):
    assert safe_link(url) is None
    assert "](" not in markdown_link(url)


@given(st.text(alphabet=MARKS + "?&;%é", max_size=30))
def test_a_link_in_markdown_is_one_link_that_shows_its_address(rest):
    url = f"https://example.org/{rest}"
    _, pieces, text = told(markdown_link(url))
    assert squeezed(text) == squeezed(url)
    assert pieces <= ({"text", "link_open", "link_close"} if safe_link(url) else {"text"})
    links = [
        piece
        for token in parser.parse(markdown_link(url))
        for piece in token.children or []
        if piece.type == "link_open"
    ]
    assert all(str(link.attrs["href"]).startswith("https://example.org/") for link in links)


def test_an_entity_in_an_address_stays_as_it_is():
    pieces = parser.parse(markdown_link("https://example.org/?a=1&copy=2"))[1].children or []
    assert pieces[0].attrs["href"] == "https://example.org/?a=1&copy=2"


def test_in_a_message_a_sign_that_no_font_has_to_know_is_a_question_mark():
    """Found by the soak: an id with U+F6FF in it. What Arabic letters and emoji need beside them stays."""
    assert shown("la\uf6ffhom \u0378") == "la�hom �"
    assert shown("می\u200cخواهم \uf6ff") == "می\u200cخواهم �"
