"""What a comparison says of focus groups: evidence, and surveys in which small groups stay unseen."""

import json
from pathlib import Path

import jsonschema

import charterkit.render
from charterkit.documents import DOCUMENTS, Place
from charterkit.render.comparison.document import TwoCycles
from tests.render.samples import TODAY, after, compared, small

SCHEMA = Path(charterkit.render.__file__).parent / "schemas" / "compare.json"
RATED = (
    "ratings: {gate: {rating: green, evidence: [{kind: link, url: https://example.org/a}], groups: {boys: amber}}}\n"
)
SURVEY = """\
title: Survey
date: %(date)s
audience: parents
questions:
  - id: welcome
    text: I feel welcome
    aspects: [gate]
    agree: 80
    disagree: 20
    groups: {boys: {agree: %(boys)s, disagree: %(others)s}, girls: {agree: 3, disagree: 1}}
  - {id: lunch, text: Lunch is good, agree: 40, disagree: 20, groups: {boys: {agree: 9, disagree: 9}}}
"""


def shown(root: Path, *surveys: tuple[str, int, int]) -> TwoCycles:
    files = {
        f"schools/st-josephs/surveys/{date}.yaml": SURVEY % {"date": date, "boys": boys, "others": others}
        for date, boys, others in surveys
    }
    workspace = small(root, {**after(RATED), **files})
    return TwoCycles(workspace.school("st-josephs"), compared(workspace), TODAY)


def test_each_group_has_its_ratings_evidence_and_answers_in_every_format(tmp_path: Path) -> None:
    found = shown(tmp_path, ("2024-09", 10, 10), ("2025-09", 15, 5))
    boys, girls = found.data["groups"]
    assert boys["evidence"] == {"from": 0, "to": 1}
    assert boys["counts"]["newly_rated"] == 1
    assert boys["answers"] == [{"question": "welcome", "text": "I feel welcome", "from": 50, "to": 75}]
    assert [(answer["from"], answer["to"]) for answer in girls["answers"]] == [(None, None)]
    jsonschema.validate(found.data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    said = (
        "Pieces of evidence for what was rated for it: 0, now 1. “I feel welcome”: 75% agree, of all 80%. Before: 50%."
    )
    formats = DOCUMENTS["comparison"].formats
    for name in ("markdown", "html"):
        text = formats[name].made(found, Place(TODAY, None))
        assert said in " ".join(text.split()), name
    assert "“I feel welcome”: not shown, as it could point at few people." in found.view.groups[1].sentence


def test_a_group_that_was_too_small_before_is_not_shown_now_and_one_survey_is_not_compared_with_itself(
    tmp_path: Path,
) -> None:
    found = shown(tmp_path / "a", ("2024-09", 2, 1), ("2025-09", 15, 5))
    (answer,) = found.data["groups"][0]["answers"]
    assert (answer["from"], answer["to"]) == (None, 75)
    assert "Before: not shown, as it could point at few people." in found.view.groups[0].sentence
    (answer,) = shown(tmp_path / "b", ("2024-09", 10, 10)).data["groups"][0]["answers"]
    assert "from" not in answer
