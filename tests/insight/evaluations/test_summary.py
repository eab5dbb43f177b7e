"""Counts, strengths and areas for development."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.summary import (
    by_key_point,
    distribution,
    for_development,
    group_distribution,
    strengths,
)
from tests.insight.samples import charter, evaluation, history, make

ASPECTS = ["gate", "post", "bell", "door", "desk", "hall"]
Ratings = Mapping[str, str | None]
MIXED: Ratings = {"gate": "green", "post": "amber", "bell": "red", "door": "na", "desk": "gren"}


def one(root: Path, ratings: Ratings, scale: str = "rag") -> Evaluated:
    (found,) = history(make(root, [charter(ASPECTS, scale=scale)], evaluation(ratings)))
    return found


def test_every_standing_is_counted_once(tmp_path: Path) -> None:
    found = one(tmp_path, MIXED)
    counts = distribution(found.charter, found.standings)
    assert counts.levels == {"red": 1, "amber": 1, "green": 1}
    assert (counts.not_applicable, counts.not_rated, counts.unreadable) == (1, 1, 1)
    assert (counts.met, counts.rated, counts.answered, counts.total) == (1, 3, 4, 6)
    assert [(point.id, part) for point, part in by_key_point(found)] == [("welcome", counts)]


def test_strengths_and_what_to_develop_the_lowest_first(tmp_path: Path) -> None:
    found = one(tmp_path, MIXED)
    assert [aspect.id for aspect in strengths(found)] == ["gate"]
    assert [aspect.id for aspect in for_development(found)] == ["bell", "post"]


@pytest.mark.parametrize(
    ("scale", "ratings", "met"),
    [
        ("two", {"gate": "not-yet", "post": "in-place"}, ["post"]),
        ("seven", {"gate": "step-1", "post": "step-4", "bell": "step-5", "door": "step-7"}, ["bell", "door"]),
    ],
)
def test_other_scales_have_their_own_mark(tmp_path: Path, scale: str, ratings: Ratings, met: list[str]) -> None:
    found = one(tmp_path, ratings, scale)
    assert [aspect.id for aspect in strengths(found)] == met
    assert distribution(found.charter, found.standings).met == len(met)


def test_a_charter_whose_scale_is_empty_has_no_strengths(tmp_path: Path) -> None:
    text = charter(ASPECTS).replace("key_points:", "scale: []\nkey_points:")
    (found,) = history(make(tmp_path, [text], evaluation({"gate": "green"})))
    assert strengths(found) == []
    assert for_development(found) == []
    assert distribution(found.charter, found.standings).unreadable == 1


def test_a_focus_group_is_counted_over_what_was_rated_for_it(tmp_path: Path) -> None:
    ratings = {
        "gate": "{rating: green, groups: {boys: red}}",
        "post": "{groups: {boys: green}}",
        "bell": "{rating: red, groups: {boys: gren}}",
        "door": "{ratign: red}",
        "desk": "red",
    }
    counts = group_distribution(one(tmp_path, ratings), "boys")
    assert counts.levels == {"red": 1, "amber": 0, "green": 1}
    assert (counts.met, counts.unreadable, counts.not_rated, counts.total) == (1, 2, 2, 6)


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(ASPECTS, st.sampled_from(["red", "amber", "green", "na", None, "gren", "{x: y}"]))
    )
)
def test_the_parts_add_up(ratings: Ratings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = one(Path(folder), ratings)
    counts = distribution(found.charter, found.standings)
    assert counts.total == len(ASPECTS)
    assert counts.met == len(strengths(found)) == counts.levels["green"]
    assert counts.rated == len(strengths(found)) + len(for_development(found))
