"""The format's own words: what each kind requires, and that it forbids what it does not know."""

import dataclasses

import pytest
from pydantic import ValidationError

from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.scale import RED_AMBER_GREEN, RESERVED, SHAPES
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit

REQUIRED = {
    Charter: {"id", "version", "title", "status", "key_points"},
    Evaluation: {"charter", "charter_version", "cycle", "date", "ratings"},
    Policy: {"id", "title", "status"},
    School: {"name"},
    Survey: {"title", "date", "questions"},
    Visit: set(),
    Config: set(),
    Translation: {"charter", "version", "language"},
}
CHARTER = Charter.model_validate(
    {
        "id": "c",
        "version": "1",
        "title": "C",
        "status": "draft",
        "met_at": "amber",
        "key_points": [
            {"id": "k", "title": "K", "aspects": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
            {"id": "l", "title": "L", "aspects": [{"id": "a", "text": "again"}]},
        ],
    }
)


@pytest.mark.parametrize("kind", REQUIRED)
def test_required(kind):
    assert {name for name, found in kind.model_fields.items() if found.is_required()} == REQUIRED[kind]


@pytest.mark.parametrize("kind", REQUIRED)
def test_unknown_keys_are_forbidden(kind):
    with pytest.raises(ValidationError, match="no_such_key"):
        kind.model_validate({"no_such_key": "x"})


def test_frozen_all_the_way_down():
    with pytest.raises(ValidationError):
        CHARTER.title = "other"
    with pytest.raises(dataclasses.FrozenInstanceError):
        CHARTER.aspects["a"].text = "other"  # type: ignore[misc]  # that is the point


def test_of_two_aspects_with_one_id_the_first_counts():
    assert [aspect.text for aspect in CHARTER.aspects.values()] == ["A", "B"]
    assert CHARTER.key_point_of["a"].id == "k"


def test_a_charter_without_a_scale_is_red_amber_green():
    assert CHARTER.scale == RED_AMBER_GREEN
    assert CHARTER.ranks == {"red": 0, "amber": 1, "green": 2}
    assert not set(RESERVED) & set(CHARTER.ranks)
    assert len(SHAPES) >= len(CHARTER.scale)


@pytest.mark.parametrize(
    ("level", "met"), [("red", False), ("amber", True), ("green", True), ("blue", False), (None, False)]
)
def test_met(level, met):
    assert CHARTER.is_met("a", level) is met


def test_the_words_that_python_keeps_for_itself():
    policy = Policy.model_validate(
        {"id": "p", "title": "P", "status": "live", "commitments": [{"id": "c", "what": "x", "from": "2025-09"}]}
    )
    assert str(policy.commitments[0].from_) == "2025-09"
    with pytest.raises(ValidationError):
        Policy.model_validate(
            {"id": "p", "title": "P", "status": "live", "commitments": [{"id": "c", "what": "x", "from_": "2025"}]}
        )
