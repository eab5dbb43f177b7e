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
SCALARS = {"a text", "a number", "a date", "a yes"}
LISTS, MAPPINGS = {"a list", "no list", "a list of keys"}, {"keys", "no keys"}
TEXT, LIST, KEYS = LISTS | MAPPINGS, SCALARS | MAPPINGS, SCALARS | LISTS
ID, WORD = {"a sentence", *TEXT}, {"a sentence", *SCALARS, *TEXT}
WRONG = {
    ("charter", "rated"): WORD,
    ("charter", "awards"): {*LIST, "a list", "a list of keys"},
    ("charter", "written_in"): WORD,
    ("charter", "evidence_max_age"): WORD,
    ("key point", "number"): TEXT,
    ("key point", "part"): TEXT,
    ("key point", "detail"): TEXT,
    ("key point", "examples"): {*LIST, "a list", "a list of keys"},
    ("key point", "applies_to"): {*KEYS, "keys"},
    ("aspect", "number"): TEXT,
    ("aspect", "examples"): {*LIST, "a list", "a list of keys"},
    ("aspect", "levels"): KEYS,
    ("aspect", "next"): KEYS,
    ("aspect", "met_at"): ID,
    ("aspect", "applies_to"): {*KEYS, "keys"},
    ("aspect", "evidence_max_age"): WORD,
    ("level", "letter"): TEXT,
    ("level", "replaces"): {*LIST, "a list of keys"},
    ("award", "needs"): ID,
    ("rating", "target"): {*KEYS, *MAPPINGS},
    ("rating", "value"): WORD - {"a number"},
    ("target", "by"): WORD - {"a date"},
    ("evaluation", "key_points"): {*KEYS, "keys"},
    ("evaluation", "overall"): {*KEYS, "keys"},
    ("evaluation", "intent"): TEXT,
    ("evaluation", "impact"): TEXT,
    ("visit", "award"): ID,
}
"""By place and key, the kinds of value that cannot stand there; `keys` are of a name that nothing has."""
VALUES = {
    "a text": "hello",
    "a sentence": "Hello, there!",
    "a number": "12",
    "a date": "2026-01-05",
    "a yes": "true",
    "a list": "[hello]",
    "no list": "[]",
    "a list of keys": "[{hello: there}]",
    "keys": "{hello: there}",
    "no keys": "{}",
    "empty": "",
}
GENERAL = ("Write 'key: value' lines", "Put each entry on", "Compare the lines", "Write its value")
"""Advice that does not say what to write; only keys where a list of words stands get one of these."""


@pytest.mark.parametrize(("place", "key"), WRONG)
def test_a_wrong_kind_of_value_is_said_where_it_stands_and_costs_nothing_else(place, key):
    kind, frame = FRAMES[place]
    left_out = load(kind, frame.format("").encode())
    for value in (*VALUES, "nothing"):
        text = frame.format(f"{key}: {VALUES.get(value, '~')}")
        loaded = load(kind, text.encode())
        is_required = value == "empty" and (place, key) == ("award", "needs")
        if value not in WRONG[place, key] and value != "nothing" and not is_required:
            assert value == "a sentence" or not loaded.problems, value
            continue
        assert loaded.problems, value
        line = next(number for number, words in enumerate(text.splitlines(), 1) if words.strip().startswith(f"{key}:"))
        for problem in loaded.problems:
            at, column = (problem.line, problem.column) if problem.line else locate(text, [problem])[0][:2]
            assert (at, column > 0) == (line, True), value
            assert problem.message
            assert problem.help
            assert (place, key) == ("level", "replaces") or is_required or not problem.help.startswith(GENERAL), value
            assert "something else" not in problem.message
            assert value == "nothing" or key in problem.message or "hello" in problem.message.lower(), value
        assert loaded.model is not None
        if place in ("charter", "evaluation", "visit"):
            for other in kind.model_fields:
                assert other == key or getattr(loaded.model, other) == getattr(left_out.model, other), value
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
    assert "Write '- {id: red, label: Red}' on a line of its own below 'scale:'." in helps
    assert "Write 'applies_to: {phases: [primary]}'." in helps
    assert "Write '- id: the-gate-is-open', and below it, as far in as 'id', 'text: The gate is open'." in helps


def test_a_comma_in_braces_is_told_from_a_key() -> None:
    text = (
        CHARTER
        + "scale:\n- {id: a, label: A, meaning: It is there, and families know.}\n- {id: b, label: B}\n"
        + POINTS
    )
    (problem,) = load(Charter, text.encode()).problems
    assert problem.help.startswith("A comma parts what stands in braces")


def test_a_missing_id_is_made_of_what_stands_beside_it_and_every_list_says_what_its_entries_are() -> None:
    text = (
        "id: a\nversion: '1'\ntitle: A\nstatus: draft\nscale: {red: Not yet}\nawards: Gold\npledge: [Launch it]\n"
        "key_points:\n- title: Hello you\n  aspects:\n  - {text: The gate is open}\n"
        "  - {id: b, text: B, examples: A bench, levels: [Nobody comes], next: Ask, evidence: survey}\n"
    )
    helps = [problem.help for problem in load(Charter, text.encode()).problems]
    assert helps == [
        "Write '- {id: launch-it, text: Launch it}' on a line of its own below 'pledge:'.",
        "Write '- {id: red, label: Not yet}' on a line of its own below 'scale:'.",
        "Write '- {id: gold, label: Gold, needs: ...}' on a line of its own below 'awards:'.",
        "Add a line 'id: hello-you'.",
        "Add a line 'id: the-gate-is-open'.",
        "Write 'amber: Nobody comes' below it, indented, and so for each level.",
        "Write 'amber: Ask' below it, indented, and so for each level.",
        "Write '- text: A bench' on a line of its own below 'examples:'.",
        "Write 'evidence: [survey]'.",
    ]
