"""Regular expressions that are compiled when they are first used: nobody can tell them from others."""

import copy
import pickle
import re

import pytest

from charterkit.text.later import later

WORDS = re.compile(r"(?P<word>[a-z]+)", re.IGNORECASE)


@pytest.mark.parametrize(
    "copied", [lambda made: made, copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))]
)
@pytest.mark.parametrize("is_used", [False, True])
def test_it_says_what_a_compiled_one_says(copied, is_used):
    made = later(WORDS.pattern, re.IGNORECASE)
    if is_used:
        made.match("a")
    found = copied(made)
    assert (found.pattern, found.flags, found.groups) == (WORDS.pattern, WORDS.flags, 1)
    assert found.findall("To be, or not") == WORDS.findall("To be, or not")
    assert found.sub("x", "To be") == "x x"
    assert found.fullmatch("To")["word"] == "To"


def test_what_a_compiled_one_does_not_have_it_does_not_have():
    with pytest.raises(AttributeError):
        _ = later("a").other  # type: ignore[attr-defined]
