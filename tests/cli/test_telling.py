"""What is said on stderr in a terminal: whole words."""

import pytest

from .calling import example, terminal


@pytest.mark.parametrize(("arguments", "code"), [(["site"], 0), (["report", "no-such-school-as-this-one-here"], 2)])
def test_in_a_terminal_words_stay_whole(tmp_path, said, arguments, code):
    example(tmp_path, "example-primary", "example-secondary")
    said(*arguments, cwd=tmp_path)  # what is made once more is said in other words
    words = said(*arguments, cwd=tmp_path).err.split()
    with terminal(*arguments, cwd=tmp_path, columns=40, CI="1") as run:  # no bar, however long it takes
        assert run.finish() == code
        rows = [line for line in run.said.split("\r\n") if line]
    assert len(rows) > 1
    assert all(len(row) <= 40 or " " not in row for row in rows)
    assert " ".join(rows).split() == words
