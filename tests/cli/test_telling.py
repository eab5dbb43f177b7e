"""What is said on stderr: whole words in a terminal, whole lines in a pipe."""

import pytest
from rich.cells import cell_len

from charterkit.cli.telling import broken

from .calling import example, terminal

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


def test_an_indent_and_wide_letters_count():
    rows = broken("  " + "学校 " * 20, 20)
    assert all(row.startswith("  学") and cell_len(row) <= 20 for row in rows)


@pytest.mark.parametrize(("arguments", "code"), [(["site"], 0), (["report", "no-such-school-as-this-one-here"], 2)])
def test_in_a_terminal_words_stay_whole(tmp_path, said, arguments, code):
    example(tmp_path, "example-primary", "example-secondary")
    words = said(*arguments, cwd=tmp_path).err.split()
    with terminal(*arguments, cwd=tmp_path, columns=40) as run:
        assert run.finish() == code
        rows = [line for line in run.said.split("\r\n") if line]
    assert len(rows) > 1
    assert all(len(row) <= 40 or " " not in row for row in rows)
    assert " ".join(rows).split() == words
