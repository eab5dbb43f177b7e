"""What was meant by keys, from the keys and the time between them: nobody waits for anything here."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.cli.bursts import (
    ALONE,
    AT_ONCE,
    BACKSPACE,
    ENTER,
    GOING_ON,
    LEFT,
    NO_KEY,
    PASTED,
    UNDER_WAY,
    Begun,
    said,
)

WORDS = frozenset({"red", "amber", "green", "note", "back", "stop", "1", "2", "3"})
HAND, SLOW, QUICK = 2.2, 1.2, 0.12
"""Seconds between keys: pressed by hand one after another; of a word typed slowly; of one typed quickly."""


def answers(keys: Sequence[str], gaps: Sequence[float], words: frozenset[str] = WORDS) -> list[str]:
    """What is acted upon; a rating that came together with what was said before it stands in brackets."""
    found, before = [], Begun()
    rest, spaces = list(keys), [*gaps, math.inf]
    while rest:
        one = said(rest, spaces, words, before)
        assert one is not None
        if not one.is_rest:
            found.append(f"({one.text})" if one.is_at_once else one.text)
        is_known = len(one.text) == 1 or one.text.casefold() in words
        is_over = one.is_ended or one.text in (LEFT, NO_KEY)
        before = Begun() if is_over else Begun(one.text, words, is_known)
        rest, spaces = rest[one.used :], spaces[one.used :]
    return found


def typed(text: str, gap: float) -> tuple[list[str], list[float]]:
    """Keys of a text ("⏎" is Enter, "⌫" takes back, "←" the arrow), each so many seconds after the one before it."""
    keys = [{"⏎": ENTER, "⌫": BACKSPACE, "←": LEFT, "·": NO_KEY}.get(sign, sign) for sign in text]
    return keys, [math.inf, *(gap for _ in keys[1:])]


@pytest.mark.parametrize("gap", [0.0, QUICK, SLOW])
@pytest.mark.parametrize("word", ["green", "amber", "Red", "note", "2"])
def test_a_whole_word_and_enter_is_one_answer(word, gap):
    """Of one typed slowly, the first key is the answer, and the rest only ends it."""
    assert answers(*typed(f"{word}⏎", gap)) == [word if gap < ALONE else word[0]]


@pytest.mark.parametrize(
    ("text", "gap", "found"),
    [
        ("gar", HAND * 2, ["g", "a", "r"]),
        ("gr", HAND, ["g", "r"]),
        ("gar", 0.0, ["gar"]),
        ("gar⏎", QUICK, ["gar"]),
        ("green⏎amber⏎red⏎", 0.0, ["green", "(amber)", "(red)"]),
        ("g⏎a⏎", 0.0, ["g", "(a)"]),
        ("g⏎a⏎", QUICK, ["g", "a"]),
        ("gren⌫en⏎", QUICK, ["green"]),
        ("gr⌫⌫a⏎", QUICK, ["a"]),
        ("←←g", 0.03, [LEFT, LEFT, "g"]),
        ("g·←r⏎", QUICK, ["gr"]),
        ("⏎", 0.0, [ENTER]),
        ("nothing⏎", QUICK, ["nothing"]),
    ],
)
def test_keys_by_hand_words_and_bursts_are_told_apart(text, gap, found):
    assert answers(*typed(text, gap)) == found


def test_a_word_whose_keys_are_looked_for_is_still_one_answer():
    keys, gaps = typed("green⏎", SLOW)
    assert answers(keys, gaps) == ["g"]
    assert answers(["g", "r"], [9, SLOW]) == ["g", "r"]  # nothing followed the r: it was pressed by hand
    assert answers([*"gre", *"en", ENTER], [9, QUICK, QUICK, UNDER_WAY + 0.5, QUICK, QUICK]) == ["gre", "green"]
    assert answers(["g", ENTER], [9, GOING_ON - 0.1]) == ["g"]
    assert answers(["g", ENTER], [9, GOING_ON + 0.1]) == ["g", ENTER]


def test_a_number_of_two_figures_waits_for_the_second():
    words = frozenset(map(str, range(1, 13)))
    assert answers(["1", "2", ENTER], [9, 0.6, SLOW], words) == ["12"]
    assert answers(["1", "2"], [9, UNDER_WAY + 9], words) == ["1", "2"]


def test_what_is_pasted_is_one_thing():
    assert answers([f"{PASTED}green\n"], [9]) == ["green"]
    assert answers([f"{PASTED}green\namber\n", "r"], [9, 0.0]) == ["green\namberr"]
    assert answers(["g", ENTER, f"{PASTED}r"], [9, QUICK, 0.0]) == ["g", "(r)"]
    one = said([f"{PASTED}no staff at the gate"], [9, 9], WORDS)
    assert one is not None
    assert one.is_pasted


@given(st.lists(st.sampled_from(["g", "a", "r", "n", "1", ENTER, BACKSPACE, LEFT, f"{PASTED}a"]), max_size=12))
def test_of_a_burst_only_the_first_thing_is_an_answer(keys):
    acted = [one for one in answers(keys, [9, *(AT_ONCE / 2 for _ in keys[1:])]) if not one.startswith("(")]
    before_arrows = [one for one in acted if one not in (LEFT, ENTER)]
    if LEFT not in keys:
        assert len(before_arrows) <= 1


@given(st.lists(st.sampled_from("gar123nb"), max_size=12))
def test_every_key_by_hand_is_its_own(keys):
    assert answers(keys, [GOING_ON + 1 for _ in keys]) == keys
