"""Whole words in a terminal, whole lines in a pipe."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from charterkit.text.wrap import broken, cells, filled, hung

LONG = (
    "schools/example-primary/evaluations/2026-27-autumn.yaml is still a draft, and a draft is not published. Run "
    "'charterkit evaluate --agree' when it is right, and see it with: charterkit report --audience public"
)


@pytest.mark.parametrize("columns", [20, 40, 55, 80])
def test_no_word_is_broken_and_none_is_lost(columns):
    rows = broken(LONG, columns)
    assert " ".join(rows) == LONG
    assert all(cell_len(row) <= columns or " " not in row for row in rows)


def test_a_command_stays_on_one_line_where_it_fits():
    rows = broken(LONG, 50)
    assert [row for row in rows if "'charterkit evaluate --agree'" in row]
    assert rows[-1] == "charterkit report --audience public"


def test_what_is_short_or_goes_to_a_pipe_is_untouched():
    assert broken("  two  blanks", 40) == ["  two  blanks"]
    assert broken(LONG, 0) == [LONG]


def test_a_text_hangs_beside_its_key():
    assert hung("  t  ", "one two three four", 14).splitlines() == ["  t  one two", "     three", "     four"]
    assert hung("  t  ", "", 14) == "  t  "


def test_an_indent_and_wide_letters_count():
    rows = broken("  " + "学校 " * 20, 20)
    assert all(row.startswith("  学") and cell_len(row) <= 20 for row in rows)


@given(st.text(alphabet="ab学é\u0301🎉 ", max_size=60), st.integers(1, 30), st.sampled_from(["", "  "]))
def test_every_word_is_there_and_every_line_as_full_as_can_be(text, columns, indent):
    words = text.split()
    lines = filled(words, columns, indent)
    assert [word for line in lines for word in line.split()] == words
    assert all(line.startswith(indent) for line in lines)
    assert all(cells(line) <= columns or len(line.split()) == 1 for line in lines)
    for line, following in pairwise(lines):
        assert cells(line) + 1 + cells(following.split()[0]) > columns
