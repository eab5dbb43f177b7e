"""A policy's own text: read by the rules of attachments, and shown as HTML that can do nothing."""

import os
import re

import pytest

from charterkit.files.texts import MAX_BYTES, read_text
from charterkit.render.policy.text import plain_html, text_html


def levels(text, title=""):
    return re.findall(r"<(h\d)", text_html(text, title))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n## B\n\n### C\n\n# D", ["h3", "h4", "h5", "h3"]),
        ("### A\n\n# B\n\n###### C", ["h3", "h3", "h4"]),
        ("# A\n## B\n### C\n#### D\n##### E\n###### F", ["h3", "h4", "h5", "h6", "h6", "h6"]),
        ("A\n=\n\nB\n-", ["h3", "h4"]),
        ("> # Quoted\n\n- ## In a list", ["h3", "h4"]),
    ],
)
def test_headings_stay_in_order_below_the_page_s_own(text, expected):
    assert levels(text) == expected


def test_a_heading_that_repeats_the_title_is_left_out():
    assert levels("# Our Policy\n\n## Aim", "Our policy") == ["h3"]
    assert levels("# Another\n\n## Aim", "Our policy") == ["h3", "h4"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "[x]: vbscript:msgbox(1)\n\n[x]",
        "![x](https://evil.example/a.png)",
        "![x](javascript:alert(1))",
        "[x](//evil.example)",
        "[x](file:///etc/passwd)",
        "[x](../school.yaml)",
        '```"><script>alert(1)</script>\ncode\n```',
        "`<script>`",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#x202e;esrever &#27;[31m",
        "\u202eesrever \x1b[31m",
    ],
)
def test_it_can_do_nothing(text):
    made = text_html(text)
    tags = set(re.findall(r"<(\w+)", made))
    assert tags <= {"p", "pre", "code"}
    assert not re.search(r"<[^>]*(on\w+=|href|src)", made)
    assert "\u202e" not in made
    assert "\x1b" not in made


def test_links_open_web_pages_and_emails_and_nothing_is_lost():
    made = text_html(
        "[here](https://example.org/a?b=c&d 'hidden') <a@example.org> [**bold** there](x) ![a *map*](m.png)"
    )
    assert '<a href="https://example.org/a?b=c&amp;d" rel="noopener noreferrer">here</a>' in made
    assert 'href="mailto:a@example.org"' in made
    assert "<strong>bold</strong> there" in made
    assert "a map" in made
    assert "hidden" not in made


def test_comments_stay_hidden():
    assert text_html("Open <!-- for\n\nstaff --> to all<!-- -->.") == '<p dir="auto">Open  to all.</p>\n'
    assert text_html("Open\n  <!-- hidden\n\n# to the end") == '<p dir="auto">Open</p>\n'
    assert text_html("<!-- a --> Open\r\n<!-- hidden\r\n") == '<p dir="auto">Open</p>\n'
    assert "hidden" not in text_html("> Open\n> <!-- hidden\n\nto all")
    assert "to all" in text_html("> Open\n> <!-- hidden\n\nto all")
    assert "&lt;!-- to the end" in text_html("Open <!-- to the end")
    assert "&lt;!-- shown" in text_html("```\n<!-- shown\n```\n")


def test_tables_can_be_scrolled():
    assert '<div class="scroll" role="region" tabindex="0"' in text_html("|a|b|\n|-|-|\n|1|2|\n")
    assert "&lt;table&gt;" in text_html("<table>")


def test_plain_text_keeps_its_lines():
    assert plain_html("# a\n<b>") == '<p class="said" dir="auto"># a\n&lt;b&gt;</p>'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "schools/one/policies").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("SECRET")
    return tmp_path / "schools/one/policies"


def read(folder, name):
    return read_text(folder.parents[2], "schools/one", "policies", name)


@pytest.mark.parametrize("name", ["../../../secret.md", "/etc/hosts.md", "C:/x.md", "\\\\server\\x.md", "link.md"])
def test_nothing_outside_the_school_s_folder_is_read(folder, name):
    (folder / "link.md").symlink_to(folder.parents[2] / "secret.md")
    found = read(folder, name)
    assert (found.text, "leads out of" in found.why_not) == ("", True)


def test_what_cannot_be_shown_says_why(folder):
    (folder / "big.md").write_bytes(b"x" * (MAX_BYTES + 1))
    (folder / "windows.md").write_bytes("Café £".encode("cp1252"))
    (folder / "p.pdf").write_bytes(b"%PDF")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    for name, words in (
        ("big.md", "larger than 128 KiB"),
        ("windows.md", "not UTF-8"),
        ("p.pdf", "only Markdown"),
        ("p.yaml", "only Markdown"),
        ("folder.md", "is not there"),
        ("pipe.md", "is not there"),
        ("none.md", "is not there"),
        ("nul\0.md", "is not there"),
    ):
        found = read(folder, name)
        assert found.text == ""
        assert words in found.why_not


def test_line_ends_and_a_byte_order_mark_are_no_text(folder):
    (folder / "p.md").write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert read(folder, "p.md").text == "a\nb\nc"
