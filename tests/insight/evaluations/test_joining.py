"""What one entry of several holds."""

from typing import Any

import pytest

from charterkit.files.load import load
from charterkit.insight.evaluations.joining import Levels, joined_entry
from charterkit.model.charter import Charter
from tests.insight.samples import charter


def read(text: str) -> Charter:
    model = load(Charter, text.encode()).model
    assert model
    return model


OLD = read(charter(["door", "office"], groups="boys"))
NEW = read(charter(["desk"], "2", groups="girls") + "scale: [{id: low, label: Low}, {id: high, label: High}]\n")
SAME = Levels(OLD, OLD, {})


def joined(door: dict[str, Any], office: dict[str, Any], words: Levels = SAME, new: str = "desk") -> dict[str, Any]:
    return joined_entry(new, {"door": door, "office": office}, OLD.aspects, words)


NOT_HERE = {"rating": "not-applicable", "reason": "None"}


@pytest.mark.parametrize(
    ("door", "office", "made"),
    [
        ({"rating": "green"}, {"rating": "red"}, {"rating": "red"}),
        ({"rating": "Amber"}, {"rating": "green"}, {"rating": "Amber"}),
        ({"rating": "green"}, {"note": "n"}, {"rating": "green", "note": "The office is good: n"}),
        (NOT_HERE, {"rating": "green"}, {"rating": "green"}),
        ({"note": "n"}, NOT_HERE, {**NOT_HERE, "reason": "The office is good: None", "note": "The door is good: n"}),
        ({"note": "same"}, {"note": "same"}, {"note": "same"}),
        ({"strengths": "a"}, {"strengths": "b"}, {"strengths": "The door is good: a\nThe office is good: b"}),
        ({"ideas": ["a", "b"]}, {"ideas": ["b", "c"]}, {"ideas": ["a", "b", "c"]}),
        ({"evidence": [{"kind": "link"}]}, {"evidence": [{"kind": "link"}]}, {"evidence": [{"kind": "link"}]}),
        ({"groups": {"boys": "green"}}, {"groups": {"boys": "red"}}, {"groups": {"boys": "red"}}),
        (
            {"groups": {"boys": "red", "x": "red"}},
            {"groups": {"boys": "green"}},
            {"groups": {"boys": "red", "x": "red"}},
        ),
        ({"rating": "green", "value": "1"}, {"rating": "red", "value": "2"}, {"rating": "red", "value": "2"}),
        ({"rating": "green", "value": "1"}, {"rating": "red"}, {"rating": "red", "value": "1"}),
        ({"carried": "2024-25"}, {"note": " "}, {"carried": "2024-25"}),
        ({"target": {"level": "green"}}, {}, {"target": {"level": "green"}}),
        ({"x-own": "kept elsewhere"}, {}, {}),
    ],
)
def test_the_lowest_rating_and_the_words_of_all(
    door: dict[str, Any], office: dict[str, Any], made: dict[str, Any]
) -> None:
    assert joined(door, office) == made


def test_what_was_said_of_the_same_id_needs_no_source() -> None:
    made = joined({"note": "a"}, {"note": "b"}, new="door")
    assert made == {"note": "a\nThe office is good: b"}


def test_levels_and_groups_of_the_newer_version() -> None:
    words = Levels(OLD, NEW, {"red": "low", "amber": "low", "green": "high"})
    door = {"rating": "green", "groups": {"boys": "red", "other": "green"}, "target": {"level": "green", "by": "2027"}}
    made = joined(door, {"rating": "amber"}, words)
    assert made == {"rating": "low", "groups": {"other": "high"}, "target": {"level": "high", "by": "2027"}}
    assert door["target"] == {"level": "green", "by": "2027"}, "what was read stays as it is"
    assert [words.now(word) for word in ("not-applicable", "unheard-of", "Green")] == [
        "not-applicable",
        "unheard-of",
        "high",
    ]
    assert [words.rank(word) for word in ("red", "green", "unheard-of", None)] == [0, 2, -1, -1]


def test_a_word_that_means_the_same_stays_as_it_was_written() -> None:
    assert Levels(OLD, OLD, {}).now("Amber") == "Amber"
