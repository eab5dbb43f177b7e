"""A policy's own text as plain data for paper."""

import pytest

from charterkit.render.policy.blocks import Block, Run, plain_blocks, text_blocks


def kinds(text):
    return [one.kind for one in text_blocks(text)]


def test_every_part_of_a_text_has_its_kind():
    text = "# A\n\nB\n\n- c\n\n1. d\n\n> e\n\n```\nf\n```\n\n    g\n\n---\n\n| h |\n|---|\n| i |"
    assert kinds(text) == ["heading", "paragraph", "list", "list", "quote", "code", "code", "rule", "table"]


def test_words_keep_their_looks_and_links():
    (one,) = text_blocks("a **b *c*** `d` [e *f*](https://example.org/)\ng  \nh")
    assert [(run.text, run.is_strong, run.is_emphasised, run.is_code, run.link) for run in one.runs if run.text.strip()] == [
        ("a ", False, False, False, ""),
        ("b ", True, False, False, ""),
        ("c", True, True, False, ""),
        ("d", False, False, True, ""),
        ("e ", False, False, False, "https://example.org/"),
        ("f", False, True, False, "https://example.org/"),
        ("g", False, False, False, ""),
        ("h", False, False, False, ""),
    ]  # fmt: skip
    assert [run.is_break for run in one.runs][-2:] == [True, False]


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert(1))", "[x](../a.yaml)", "![x](https://evil.example/a.png)", "<javascript:x>"]
)
def test_no_other_link_is_kept(text):
    (one,) = text_blocks(text)
    assert {run.link for run in one.runs} == {""}


def test_lists_nest_and_count():
    (one,) = text_blocks("3. a\n4. b\n   - c\n\n     d")
    assert (one.is_ordered, one.start, len(one.items)) == (True, 3, 2)
    assert [part.kind for part in one.items[1]] == ["paragraph", "list"]
    assert [part.kind for part in one.items[1][1].items[0]] == ["paragraph", "paragraph"]


def test_a_table_has_a_head_rows_and_sides():
    (one,) = text_blocks("| a | b | c |\n|:--|--:|:-:|\n| 1 | **2** | 3 |\n| 4 |")
    assert one.align == ("left", "right", "center")
    assert [[("".join(run.text for run in cell)) for cell in row] for row in one.rows] == [
        ["a", "b", "c"],
        ["1", "2", "3"],
        ["4", "", ""],
    ]


def test_the_title_is_not_said_twice():
    assert text_blocks("# Our policy\n\nText", "our Policy") == (Block("paragraph", (Run("Text"),)),)


def test_lines_of_a_plain_text_stay_lines():
    (one,) = plain_blocks("a *b*\n\n# c\n")
    assert [run.text for run in one.runs if not run.is_break] == ["a *b*", "", "# c"]
