"""The keys that real frameworks need, each with every wrong kind of value; and people's own keys, which are no slips."""

import pytest

from charterkit.files.load import load
from charterkit.files.yaml.marks import locate
from charterkit.model.base import Model
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation
from charterkit.model.visit import Visit

CHARTER = 'id: small\nversion: "1"\ntitle: Small\nstatus: draft\n'
POINTS = "key_points:\n- id: p\n  title: P\n  aspects:\n  - id: a\n    text: A\n"
EVALUATION = 'charter: c\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\n'
FRAMES: dict[str, tuple[type[Model], str]] = {
    "charter": (Charter, CHARTER + "{}\n" + POINTS),
    "key point": (Charter, CHARTER + POINTS.replace("  aspects", "  {}\n  aspects")),
    "aspect": (Charter, CHARTER + POINTS + "    {}\n"),
    "level": (Charter, CHARTER + "scale:\n- {{id: no, label: No}}\n- id: yes\n  label: Yes\n  {}\n" + POINTS),
    "award": (Charter, CHARTER + "awards:\n- id: gold\n  label: Gold\n  {}\n" + POINTS),
    "rating": (Evaluation, EVALUATION + "ratings:\n  a:\n    rating: red\n    {}\n"),
    "target": (Evaluation, EVALUATION + "ratings:\n  a:\n    target:\n      level: red\n      {}\n"),
    "evaluation": (Evaluation, EVALUATION + "ratings: {{}}\n{}\n"),
    "visit": (Visit, "purpose: support\n{}\n"),
}
TEXT, LIST, KEYS = {"a list", "keys"}, {"a text", "keys"}, {"a text", "a list"}
ID, WORD = {"a sentence", *TEXT}, {"a text", "a sentence", *TEXT}
WRONG = {
    ("charter", "rated"): WORD,
    ("charter", "awards"): LIST,
    ("charter", "written_in"): {"a sentence", *TEXT},
    ("key point", "number"): TEXT,
    ("key point", "part"): TEXT,
    ("key point", "detail"): TEXT,
    ("key point", "examples"): {*LIST, "a list"},
    ("key point", "applies_to"): {*KEYS, "keys"},
    ("aspect", "number"): TEXT,
    ("aspect", "levels"): KEYS,
    ("aspect", "next"): KEYS,
    ("aspect", "met_at"): ID,
    ("aspect", "applies_to"): {*KEYS, "keys"},
    ("aspect", "evidence_max_age"): WORD,
    ("level", "letter"): TEXT,
    ("level", "replaces"): LIST,
    ("award", "needs"): ID,
    ("rating", "target"): {*KEYS, "keys"},
    ("rating", "value"): WORD,
    ("target", "by"): WORD,
    ("evaluation", "key_points"): {*KEYS, "keys"},
    ("evaluation", "overall"): {*KEYS, "keys"},
    ("evaluation", "intent"): TEXT,
    ("evaluation", "impact"): TEXT,
    ("visit", "award"): ID,
}
"""By place and key, the kinds of value that cannot stand there; `keys` are of a name that nothing has."""
VALUES = {"a text": "hello", "a sentence": "Hello, there!", "a list": "[hello]", "keys": "{hello: there}"}


@pytest.mark.parametrize(("place", "key"), WRONG)
def test_a_wrong_kind_of_value_is_said_where_it_stands_and_costs_nothing_else(place, key):
    kind, frame = FRAMES[place]
    for value in (*WRONG[place, key], "nothing"):
        text = frame.format(f"{key}: {VALUES.get(value, '~')}")
        loaded = load(kind, text.encode())
        assert loaded.problems, value
        line = next(number for number, words in enumerate(text.splitlines(), 1) if words.strip().startswith(f"{key}:"))
        for problem in loaded.problems:
            assert (problem.line or locate(text, [problem])[0][0]) == line, value
            assert problem.message
            assert problem.help
            assert "something else" not in problem.message
            assert value == "nothing" or key in problem.message or "hello" in problem.message.lower(), value
        assert loaded.model is not None
        assert load(kind, frame.format(f"x-{key}: {VALUES.get(value, '~')}").encode()).model is not None


@pytest.mark.parametrize(("place", "key"), WRONG)
def test_a_key_of_ones_own_is_no_slip_of_a_known_one_even_without_a_value(place, key):
    kind, frame = FRAMES[place]
    left_out = load(kind, frame.format("").encode())
    for own in (f"x-{key}:", f"x-{key[:-1]}: kept", f"x-{key}: {{a: [b]}}"):
        loaded = load(kind, frame.format(own).encode())
        assert [problem.message for problem in loaded.problems] == [problem.message for problem in left_out.problems]
        assert loaded.model == left_out.model


def test_a_lone_word_is_told_what_it_is():
    (problem,) = load(Evaluation, (EVALUATION + "ratings: {a: {rating: red, target: amber}}\n").encode()).problems
    assert "'amber' stands here alone" in problem.message
    assert problem.help == "Write 'level: amber' below it, indented."


def test_what_stands_in_place_of_keys_with_values_is_written_out_in_full() -> None:
    text = (
        "id: a\nversion: '1'\ntitle: A\nstatus: draft\nscale: [Red, Amber]\nkey_points:\n"
        "  - {id: k, title: K, applies_to: primary, aspects: [The gate is open]}\n"
    )
    helps = [problem.help for problem in load(Charter, text.encode()).problems]
    assert "Write '- {id: red, label: Red}' on a line of its own below 'scale:', and so for each level." in helps
    assert "Write 'applies_to: {phases: [primary]}'." in helps
    assert "Write '- id: the-gate-is-open', and below it, as far in as 'id', 'text: The gate is open'." in helps
