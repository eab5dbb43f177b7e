"""Counting: one meaning of rated and met, and sentences that can be read out whatever the levels are called."""

import pytest

from charterkit.insight.evaluations.summary import Distribution
from charterkit.render.shared.levels import badges
from charterkit.render.shared.tally import in_words, rated_words, tally

from .test_levels import charter


@pytest.mark.parametrize(
    ("labels", "counts", "words", "beside"),
    [
        (("Red", "Amber", "Green"), (0, 6, 18), "18 are green, six are amber and none is red", "6 amber, 18 green"),
        (("No", "Yes"), (15, 28), "28 at Yes and 15 at No", "15 at No, 28 at Yes"),
        (("4 Inadequate", "1 Outstanding"), (1, 0), "none at Outstanding and one at Inadequate", "1 at Inadequate"),
        (("Level 1", "Level 2"), (0, 2), "two at Level 2 and none at Level 1", "2 at Level 2"),
        (
            ("Not yet begun", "We do this well here"),
            (0, 1),
            "one at “We do this well here” and none at Not yet begun",
            "1 at “We do this well here”",
        ),
    ],
)
def test_sentences_can_be_read_out(labels, counts, words, beside):
    levels = {f"l{place}": count for place, count in enumerate(counts)}
    made = tally(Distribution(levels, 0, 0, 0, 0), badges(charter(*labels)))
    assert in_words(made) == words
    assert made.words == beside


def test_what_does_not_apply_is_counted_beside():
    found = Distribution({"l0": 0, "l1": 4}, 1, 0, 0, 4)
    made = tally(found, badges(charter("No", "Yes")))
    assert made.met_words == "4 of 4, 1 does not apply"
    assert rated_words(found) == "4 of 4 aspects are rated, 1 does not apply"
    found = Distribution({"l0": 2, "l1": 4}, 0, 3, 1, 4)
    assert tally(found, badges(charter("No", "Yes"))).met_words == "4 of 10"
    assert rated_words(found) == "6 of 10 aspects are rated"
    assert rated_words(Distribution({"l0": 1, "l1": 0}, 0, 39, 0, 0)) == "1 of 40 aspects is rated"
    assert rated_words(Distribution({"l0": 0, "l1": 0}, 2, 1, 0, 0)) == "0 of 1 aspects are rated, 2 do not apply"
