"""What a question says in the charter's own words: numbers, headings, what levels look like, and what is next."""

from pathlib import Path

import pytest

from charterkit.model.charter import Example
from charterkit.session.asked_words import (
    Beginnings,
    examples_said,
    looks,
    next_step,
    next_steps,
    place,
    point_title,
    sentence,
    with_numbers,
)
from charterkit.session.questionnaire import Asked, Questionnaire
from tests.insight.samples import evaluation

from .files import opened, workspace

CHARTER = """\
id: small
version: "1"
title: A small charter
status: draft
met_at: amber
key_points:
  - id: one
    part: Inside
    title: First
    aspects:
      - {id: a, text: A, number: "1.1a", levels: {red: " Shut "}, next: {red: " Open it ", amber: Open wider, green: Rest}}
      - {id: b, text: B, number: "Paragraph 12b"}
  - {id: two, part: Inside, title: Second, number: "7", aspects: [{id: c, text: C, next: {amber: More}}]}
  - {id: three, part: Outside, title: Third, aspects: [{id: d, text: D}]}
  - {id: four, title: Fourth, aspects: [{id: e, text: E, number: "123456789012"}]}
"""


@pytest.fixture
def asked(tmp_path: Path) -> Questionnaire:
    now = evaluation({"a": "red", "b": "amber", "c": "red"}, "2026-27", "2026-10-01")
    return Questionnaire(opened(workspace(tmp_path, {"now": now}, CHARTER)))


def at(questions: Questionnaire, name: str) -> Asked:
    questions.go_to(name)
    assert questions.question
    return questions.question


def test_key_points_and_places_have_their_numbers(asked: Questionnaire) -> None:
    questions = [at(asked, name) for name in "abcde"]
    assert [point_title(each) for each in questions] == ["1. First", "1. First", "7 Second", "3. Third", "4. Fourth"]
    assert [place(each) for each in questions] == [
        "1.1a, 1 of 2",
        "Aspect 2 of 2",
        "Aspect 1 of 1",
        "Aspect 1 of 1",
        "123456789012, 1 of 1",
    ]
    assert [sentence(each.aspect) for each in questions] == ["A", "Paragraph 12b B", "C", "D", "E"]
    charter = asked.answers.charter
    every = list(charter.aspects.values())
    assert with_numbers(every, charter) == ["1.1a A", "Paragraph 12b B", "7.1 C", "3.1 D", "123456789012 E"]


def test_a_point_is_introduced_once_and_a_part_above_its_first_and_where_it_begins(asked: Questionnaire) -> None:
    begin = Beginnings(asked.answers.charter)
    assert [begin.due(at(asked, name)) for name in "abcdea"] == [
        (True, "Inside"),
        (False, ""),
        (True, ""),
        (True, "Outside"),
        (True, ""),
        (False, ""),
    ]
    jumped = Beginnings(asked.answers.charter)
    assert [jumped.due(at(asked, name)) for name in "ca"] == [(True, "Inside"), (True, "Inside")]


def test_what_levels_look_like_and_the_next_step_below_the_mark(asked: Questionnaire) -> None:
    charter = asked.answers.charter
    a, c = at(asked, "a"), at(asked, "c")
    assert looks(a.aspect, charter.levels) == {**looks(None, charter.levels), "red": "Shut"}
    assert looks(None, charter.levels) == {name: level.meaning for name, level in charter.levels.items()}
    assert all(looks(None, charter.levels).values())
    assert [next_step(charter, each.aspect, each.now) for each in [at(asked, name) for name in "abcd"]] == [
        "Open it",
        "",
        "",
        "",
    ]
    assert next_step(charter, c.aspect, at(asked, "b").now) == "", "it is met"
    assert [(level.id, text) for level, text in next_steps(charter, a.aspect)] == [
        ("red", "Open it"),
        ("amber", "Open wider"),
        ("green", "Rest"),
    ]


def test_examples_say_whose_they_are() -> None:
    found = [Example(text="We greet", school="Elm"), Example(text="We ring")]
    assert list(examples_said(found, plain=True)) == ["For example: We greet (Elm)", "For example: We ring"]
    assert list(examples_said(found, plain=False)) == ["We greet (Elm)", "We ring"]
