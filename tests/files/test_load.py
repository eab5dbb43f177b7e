"""One broken entry never hides the rest of its file, and every mistake is said once, at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.load import load
from charterkit.files.yaml.emit import document
from charterkit.files.yaml.marks import locate
from charterkit.files.yaml.subset import MOST_SAID
from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit

from .samples import GOOD, broken_bytes

KINDS = [Charter, Config, Evaluation, Policy, School, Survey, Translation, Visit]
HEAD = 'charter: c\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\n'


def read(text, kind=Evaluation):
    return load(kind, text.encode())


def said(text, kind=Evaluation):
    """The single problem of a file."""
    (problem,) = read(text, kind).problems
    return problem


class TestMessages:
    @pytest.mark.parametrize(
        ("lines", "code", "message", "remedy"),
        [
            (
                "ratings:\n  gate-greeting: amber\n",
                "CK203",
                "gate-greeting: 'amber' stands here alone, where keys with values should stand",
                "Write 'rating: amber' below it, indented.",
            ),
            (
                "ratings: {}\nactions:\n- Do it\n",
                "CK203",
                "actions 1: 'Do it' stands here alone, where keys with values should stand",
                "Write '- action: Do it' on a line of its own below 'actions:'.",
            ),
            ("ratings: {a: {ratin: red}}\n", "CK201", "a: 'ratin' is not a key that belongs here", "Did you mean 'rating'?"),
            ("ratings: {}\nactions:\n- acton: x\n", "CK201", "actions 1: 'acton' is not a key that belongs here", "Did you mean 'action'?"),
            ("ratings: {}\nactions:\n- id: x\n", "CK202", "x: 'action' is missing", "Add a line 'action: ...'."),
            ("ratings: {}\nactions:\n- id: x\n  action:\n", "CK202", "x: 'action' is empty", "Write its value after the colon."),
            ("ratings: {Gate Greeting: {rating: red}}\n", "CK204", "Gate Greeting: 'Gate Greeting' is not an id", "Write gate-greeting."),
            ("ratings: {}\nstatus: agred\n", "CK208", "status: 'agred' is not one of the words for this (did you mean agreed?)", "Write draft or agreed."),
            ("ratings: {a: {note: [x]}}\n", "CK203", "a: note: text should stand here, not a list", "Write 'note: x'."),
            ("ratings: {a: {ideas: x}}\n", "CK203", "a: ideas: a list should stand here, not 'x'", "Write 'ideas: [x]'."),
            ("ratings: {a: {ideas: [x, {y: z}]}}\n", "CK203", "a: ideas 2: text should stand here, not keys with values", "Write one text; put it in quotes if it holds a colon."),
            ("ratings: [a, b]\n", "CK203", "ratings: keys with values should stand here, not a list", "Write 'gate-greeting: {rating: amber}' below it, indented, and so for each aspect."),
            ("ratings: {}\nrated_by: Head\n", "CK203", "rated_by: a list should stand here, not 'Head'", "Write '- role: Head' on a line of its own below 'rated_by:'."),
            ("ratings: {}\nactions:\n-\n", "CK203", "actions 1: keys with values should stand here, not nothing", "Write '- action: ...' on a line of its own below 'actions:'."),
            ("ratings: {a: {evidence: [{kind: link, date: 1/05/17}]}}\n", "CK205", "a: evidence 1: date: '1/05/17' is not a date", "Write 2017-05-01 (day first)."),
        ],
    )  # fmt: skip
    def test_in_words_a_headteacher_understands(self, lines, code, message, remedy):
        problem = said(HEAD + lines)
        assert (problem.code, problem.message, problem.help) == (code, message, remedy)

    def test_hints_come_from_the_place_not_from_an_aspect_that_has_a_keys_name(self):
        problem = said(HEAD + "ratings: {evidence: {reting: red}}\n")
        assert problem.help == "Did you mean 'rating'?"

    def test_terms_of_one_date_only(self):
        problem = said("terms: {2025-26: {autumn: [2025-09-01]}}\n", Config)
        assert "two dates" in problem.message
        assert "two dates" in said("terms: {2025-26: {autumn: [2025, 2026, 2027]}}\n", Config).message

    def test_a_short_message_even_for_a_long_value(self):
        text = "x" * 100_000
        for line in (
            f"status: {text}\n",
            f"{text}: 1\n",
            f"date: {text}\n",
            f"ratings: {{{text}!: {{}}}}\n",
            f"a: &{text} b\n",
        ):
            for problem in read(line).problems:
                assert len(problem.message) < 700
                assert len(problem.help) < 400

    def test_nothing_in_a_message_that_a_terminal_obeys(self):
        problem = said(HEAD + 'ratings: {}\nstatus: "\\e[31m\\u202Edraft"\n')
        assert "\x1b" not in problem.message
        assert "\u202e" not in problem.message


TWELVE = """\
charter: Community Engagement
charter_version: [1]
cycle: 2025-27
date: 14/10/2025
staus: draft
rated_by:
  - Head
ratings:
  a: {rating: Red, note: {x: y}}
  b: amber
  c: {rating: red, evidence: [{kind: rumour}, {kind: link, dat: 2025}]}
  d: {rating: ~}
  good: {rating: green}
actions:
  - owner: Head
  - action: x
"""


def test_twelve_mistakes_are_twelve_findings():
    loaded = read(TWELVE)
    assert sorted(line for line, _ in locate(TWELVE, loaded.problems)) == [1, 2, 3, 4, 5, 7, 9, 10, 11, 11, 12, 15]
    assert set(loaded.model.ratings) == {"good"}
    assert set(loaded.unreadable_in("ratings")) == {"a", "b", "c", "d"}
    assert set(loaded.unreadable_in("actions")) == {0}
    assert [action.action for action in loaded.model.actions] == ["x"]
    assert loaded.broken == {"charter", "charter_version", "cycle", "date"}


def test_an_unreadable_entry_keeps_its_words():
    entry = read(HEAD + "ratings: {a: {rating: [red], note: yes}}\n").unreadable_in("ratings")["a"]
    assert entry.raw == {"rating": ["red"], "note": "yes"}
    assert entry.problem.code == "CK203"


@pytest.mark.parametrize(
    ("lines", "ratings", "unreadable"),
    [
        ("ratings:\n", [], []),
        ("ratings: {}\n", [], []),
        ("ratings: !!map {a: {rating: red}}\n", ["a"], []),
        ("ratings: &r {a: {rating: red}}\n", ["a"], []),
        ("ratings: {<<: *base, a: {rating: red}}\n", ["a"], []),
        ("ratings: {a: {rating: red}, [x]: {rating: red}}\n", ["a"], []),
        ("ratings: {a: {rating: red}}\nratings: {b: {rating: red}}\n", ["a", "b"], []),
        ("ratings: {a: {rating: red}, a: {rating: green}, b: {rating: red}}\n", ["b"], ["a"]),
        ("ratings: {a: {rating: red, rating: green}, b: {rating: red}}\n", ["b"], ["a"]),
        ("ratings: {a: *x, b: {rating: red}}\n", ["b"], ["a"]),
        ("ratings: {a: {<<: *x}, b: {rating: red}}\n", ["b"], ["a"]),
        ("ratings: {a: &x {rating: red}, b: {rating: red}}\n", ["b"], ["a"]),
        ('ratings: {"[key]": red, b: {rating: red}}\n', ["b"], ["[key]"]),
        ("ratings: {a: null, b: {rating: red}}\n", ["b"], ["a"]),
    ],
)
def test_what_yaml_mistakes_cost(lines, ratings, unreadable):
    loaded = read(HEAD + lines)
    assert sorted(loaded.model.ratings) == ratings
    assert sorted(loaded.unreadable_in("ratings")) == unreadable
    assert bool(loaded.problems) == (lines not in ("ratings:\n", "ratings: {}\n"))
    assert not loaded.broken


def test_one_mistake_is_said_once():
    for lines in ("ratings: {a: *x}\n", "ratings: {}\nrated_by: [*x]\n", "ratings: {}\nactions: [{<<: *x}]\n"):
        assert said(HEAD + lines).code in ("CK105", "CK107") or len(read(HEAD + lines).problems) == 1
    assert said(HEAD.replace("2025-10-14", "~") + "ratings: {}\n").code == "CK112"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "text\n", "a: [\n", "'x'\n", "---\n", "{}\n", "a: b\n"])
def test_files_that_are_no_such_thing(kind, text):
    loaded = read(text, kind)
    is_empty_config = kind is Config and text in ("", "# nothing\n", "---\n")
    assert (loaded.model is not None) == (text in ("{}\n", "a: b\n") or is_empty_config)
    assert loaded.problems or is_empty_config or (text == "{}\n" and loaded.model == kind())


@pytest.mark.parametrize("kind", KINDS)
def test_every_required_key_missing_is_one_finding_each(kind):
    required = {name for name, found in kind.model_fields.items() if found.is_required()}
    loaded = read("{}\n", kind)
    assert loaded.broken == required
    assert {problem.at for problem in loaded.problems} == {(name,) for name in required}


json = st.recursive(
    st.one_of(st.none(), st.sampled_from(["red", "x y", "2025-10", "", "~"]), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["id", "text", "rating", "kind", "[key]", "date", "a", "aspects"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@st.composite
def misshapen(draw):
    """A file kind, and a mapping with its own top-level keys that hold anything."""
    kind = draw(st.sampled_from(KINDS))
    keys = [found.alias or name for name, found in kind.model_fields.items()]
    return kind, draw(st.dictionaries(st.sampled_from([*keys, "other"]), json, max_size=6))


@given(misshapen())
def test_a_mapping_always_becomes_a_model(case):
    kind, tree = case
    text = document({key: value for key, value in tree.items() if value is not None} or {"a": "b"})
    loaded = read(text, kind)
    assert loaded.model is not None
    assert loaded.problems or loaded.model == kind.model_validate(kind.model_validate(tree_without_nothing(tree)))
    for line, column in locate(text, loaded.problems):
        assert 1 <= line <= text.count("\n") + 1
        assert column >= 1


def tree_without_nothing(tree):
    return {key: value for key, value in tree.items() if value is not None}


@given(broken_bytes(GOOD), st.sampled_from(KINDS))
def test_broken_bytes_never_raise(data, kind):
    loaded = load(kind, data)
    assert loaded.model is not None or loaded.problems


BREAKS = [
    "amber",
    "[red]",
    "{rating: [red]}",
    "{rating: {a: b}}",
    "{raitng: red}",
    "{rating: Red!}",
    "{rating: red, ideas: text}",
    "{rating: red, ideas: [{a: b}]}",
    "{rating: red, groups: [a]}",
    "{rating: red, groups: {A B: red}}",
    "{rating: red, evidence: [{}]}",
    "{rating: red, evidence: [{kind: link, date: 1/1/11}]}",
    "{rating: red, rating: green}",
    "{rating: ~}",
    "{rating: *a}",
    "!x {rating: red}",
    "&a {rating: red}",
    "{<<: {rating: red}}",
    "{? [a] : red}",
    "null",
]


@given(st.data())
def test_a_broken_rating_never_hides_the_others(data):
    count = data.draw(st.integers(1, 12))
    broken = data.draw(st.dictionaries(st.integers(0, count - 1), st.sampled_from(BREAKS)))
    lines = [
        f"  aspect-{number}: {broken.get(number, f'{{rating: red, note: n{number}}}')}\n" for number in range(count)
    ]
    loaded = read(HEAD + "ratings:\n" + "".join(lines))
    kept = {f"aspect-{number}": f"n{number}" for number in range(count) if number not in broken}
    assert {key: rating.note for key, rating in loaded.model.ratings.items()} == kept
    assert set(loaded.unreadable_in("ratings")) == {f"aspect-{number}" for number in broken}
    assert len(loaded.problems) == len(broken)
    assert not loaded.broken


class TestVeryBrokenFiles:
    @pytest.mark.parametrize(
        "lines",
        [
            "ratings:\n" + "".join(f"  a{n}: b\n" for n in range(10_000)),
            "ratings:\n" + "".join(f"  A{n}: {{ratin: x}}\n" for n in range(10_000)),
            "ratings: {}\nactions:\n" + "".join(f"- {n}\n- action: x\n" for n in range(10_000)),
            "ratings: {}\nrated_by:\n" + "".join(f"- [{n}]\n- role: x\n" for n in range(8_000)),
            "ratings: {}\n" + "".join(f"key{n}: x\n" for n in range(10_000)),
            "ratings: {}\nrated_by:\n" + "- *x\n" * 10_000,
            "ratings: {}\n" + "a: b\n" * 10_000,
        ],
    )
    def test_ten_thousand_mistakes_are_counted_past_the_first(self, lines):
        loaded = read(HEAD + lines)
        assert len(loaded.problems) == MOST_SAID + 1
        assert "more problems in this file are not listed" in loaded.problems[-1].message
        assert loaded.model is not None

    def test_every_unreadable_entry_is_known_all_the_same(self):
        lines = "ratings:\n" + "".join(f"  a{n}: b\n" for n in range(1_000))
        assert len(read(HEAD + lines).unreadable_in("ratings")) == 1_000


def test_an_unknown_key_without_a_value_is_said_and_a_known_one_is_not_given():
    text = (
        'charter: c\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\nstaus:\nstatus:\nratings:\n'
        "  open-door: {ratin: , note: }\n  website-easy:\n  gate: {rating: red, ideas: }\n"
    )
    found = load(Evaluation, text.encode())
    assert sorted(problem.at for problem in found.problems) == [("ratings", "open-door", "ratin"), ("staus",)]
    assert list(found.unreadable_in("ratings")) == ["open-door"]
    assert found.model
    assert list(found.model.ratings) == ["gate"]


@given(st.lists(st.sampled_from(["good", "short", "wrong", "word", "empty", "alias"]), max_size=30))
def test_a_readable_entry_is_found_in_the_file_among_those_that_are_not(kinds):
    rows = {
        "good": "{{action: a{0}}}",
        "short": "{{owner: a{0}}}",
        "wrong": "{{action: a{0}, due: soon}}",
        "word": "a{0}",
        "empty": "",
        "alias": "*a{0}",
    }
    lines = [f"  - {rows[kind].format(number)}" for number, kind in enumerate(kinds)]
    text = "\n".join(
        ["ratings: {}", "actions:", *lines, "rated_by:", *(f"  - {{role: a{n}}}\n  - x" for n in range(3)), ""]
    )
    loaded = load(Evaluation, text.encode())
    assert loaded.model is not None
    found = [loaded.position(("actions",), number) for number in range(len(loaded.model.actions))]
    assert found == [number for number, kind in enumerate(kinds) if kind == "good"]
    assert [loaded.position(("rated_by",), number) for number in range(len(loaded.model.rated_by))] == [0, 2, 4]


def test_a_place_in_a_list_within_entries_that_were_left_out():
    text = 'name: A\nformer_urns: [x, "119774", y, "100234"]\ncharters:\n  - x\n  - {charter: a, signed: soon}\n  - {charter: b}\n'
    loaded = load(School, text.encode())
    assert loaded.model is not None
    assert loaded.model.former_urns == ("119774", "100234")
    assert [loaded.position(("former_urns",), number) for number in (0, 1)] == [1, 3]
    charters = [loaded.position(("charters",), number) for number in range(len(loaded.model.charters))]
    assert [one.charter for one in loaded.model.charters] == [["x", "a", "b"][at] for at in charters]
