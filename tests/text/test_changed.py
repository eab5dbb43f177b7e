"""Two texts with what changed in brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.text.changed import MOST_WORDS, changed


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("We greet families", "We meet families", ("We [greet] families", "We [meet] families")),
        ("We greet families", "We greet all families", ("We greet families", "We greet [all] families")),
        ("Quite other words", "Something else entirely now", ("Quite other words", "Something else entirely now")),
        ("", "New", ("", "New")),
        ("a " * (MOST_WORDS + 1), "a b", ("a " * MOST_WORDS + "a", "a b")),
    ],
)
def test_what_changed_is_in_brackets(before: str, after: str, shown: tuple[str, str]) -> None:
    assert changed(before, after) == shown


WORDS = st.lists(st.sampled_from(["a", "bb", "ccc", "dddd"]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_no_word_is_lost_and_equal_texts_have_no_brackets(before: str, after: str) -> None:
    old, new = changed(before, after)
    assert [old.replace("[", "").replace("]", ""), new.replace("[", "").replace("]", "")] == [before, after]
    assert changed(before, before) == (before, before)
