"""Changes to a file: made as meant, every other line byte for byte, or refused."""

import difflib
from contextlib import suppress
from itertools import pairwise

import pytest
import yaml
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.files.yaml import reader as yaml_text
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.emit import document, flow, inline, literal, plain_tree
from charterkit.files.yaml.reader import parse
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.model.dates import Cycle, Interval, PartialDate
from charterkit.model.recurrences import Recurrence
from tests.files.documents import KEYS, files
from tests.files.samples import EVALUATION, POLICY

NASTY = [
    "",
    " ",
    "no",
    "on",
    "y",
    "null",
    "~",
    "1.10",
    "12:30",
    "0123456",
    "1e3",
    "0x1f",
    "2025-10-14",
    "2024-09",
    "2025-26-autumn",
    "<<",
    "=",
    "- x",
    "a: b",
    "a:",
    ":a",
    "a #b",
    "#b",
    "'",
    '"',
    "it's",
    'a "b"',
    "[x]",
    "{x}",
    "x, y",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "| x",
    "> x",
    "? x",
    "---",
    "...",
    "a\nb",
    "a\n\nb\n",
    "a\n",
    "\na",
    "a\n b",
    " a\nb",
    "a \nb",
    "a\n\n\n",
    "\ta",
    "a\tb",
    "a\r\nb",
    "\x00",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "a\x85b",
    "\u2028",
    "a\u2029b",
    "\ufeff",
    "\ufffe",
    "\uffff",
    "\ud800",
    "a\udfffb",
    "😀",
    "é",
    "\xa0x\xa0",
    "سلام دنیا",
    "\u202eabc",
    "St Joseph’s",
    "Lathom High School : A Technology College",
    "=SUM(A1)",
    "<b>x</b>",
    "[bold]x",
]
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=20), st.text("ab \n#:'\"\\-", max_size=12))
nested = st.recursive(
    values,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*KEYS, "n"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def tree_of(text):
    return parse(text.encode()).tree


def paths(tree, at=()):
    """Every place of a tree."""
    if at:
        yield at
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield from paths(value, (*at, key))


@st.composite
def changes(draw, text):
    places = [(), *paths(tree_of(text))]
    made = []
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.sampled_from(places))
        at += tuple(draw(st.lists(st.sampled_from([*KEYS, "new"]), max_size=2, min_size=0 if at else 1)))
        append = draw(st.booleans())
        made.append(Change(at, draw(values if append else nested), append=append))
    return made


def apply(tree, change):
    """What a change means, said once more and more simply."""
    for key, following in zip(change.at, change.at[1:], strict=False):
        inner = tree.get(key) if isinstance(tree, dict) else tree[key]
        if not inner and not isinstance(inner, str):
            inner = [] if isinstance(following, int) else {}
            tree[key] = inner
        tree = inner
    key = change.at[-1]
    if change.append:
        present = tree.get(key) if isinstance(tree, dict) else tree[key]
        tree[key] = [*(present or []), plain_tree(change.value)]
    else:
        tree[key] = plain_tree(change.value)


class TestAnyFile:
    @given(files(), st.data())
    def test_a_change_is_made_as_meant_and_twice_is_once(self, text, data):
        before = parse(text.encode())
        assume(isinstance(before.tree, dict) and not before.problems)
        made = data.draw(changes(text))
        try:
            after = edited(text, made)
        except CharterkitError as refused:
            event(refused.message[:40])
            return
        event("made")
        meant = [tree_of(text), tree_of(text + "\n")]  # the second where a block text at the end had to be closed
        for tree in meant:
            for change in made:
                apply(tree, change)
        assert tree_of(after) in meant
        assert not parse(after.encode()).problems
        again = [change for change in made if not change.append]
        if len(made) == len(again) == 1:
            assert edited(after, again) == after

    @given(files(), st.data())
    def test_a_new_answer_beside_others_is_never_refused(self, text, data):
        """Setting a scalar where one stands, or a new key of a mapping: what an evaluation does."""
        before = parse(text.encode())
        assume(isinstance(before.tree, dict) and not before.problems)
        scalars = [at for at in paths(before.tree) if isinstance(value_at(before.tree, at), str)]
        mappings = [(), *(at for at in paths(before.tree) if isinstance(value_at(before.tree, at), dict))]
        new = data.draw(
            st.one_of(
                st.sampled_from(mappings).map(lambda at: (*at, "new")), *([st.sampled_from(scalars)] if scalars else [])
            )
        )
        value = data.draw(values)
        after = edited(text, [Change(new, value)])
        assert value_at(tree_of(after), new) == plain_tree(value)

    @given(files(), st.data())
    def test_every_other_line_stays_byte_for_byte(self, text, data):
        """A new key takes no line away and changes at most the one it stands behind (and the end of a file that has none)."""
        before = parse(text.encode())
        assume(isinstance(before.tree, dict) and not before.problems)
        mappings = [(), *(at for at in paths(before.tree) if isinstance(value_at(before.tree, at), dict))]
        at = data.draw(st.sampled_from(mappings))
        after = edited(text, [Change((*at, "new"), data.draw(values))])
        old, new = text.splitlines(keepends=True), after.splitlines(keepends=True)
        blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        changed = [old[one:two] for tag, one, two, _, _ in blocks if tag in ("replace", "delete")]
        assert sum(len(lines) for lines in changed) <= 1 + (not text.endswith("\n"))

    @given(files(), st.data())
    def test_setting_what_is_there_changes_no_byte(self, text, data):
        before = parse(text.encode())
        assume(isinstance(before.tree, dict) and not before.problems)
        places = [at for at in paths(before.tree) if value_at(before.tree, at) is not None]
        assume(places)
        at = data.draw(st.sampled_from(places))
        value = value_at(before.tree, at)
        assume("None" not in repr(value))  # an empty entry of a list
        assert edited(text, [Change(at, value)]) == text

    @given(
        st.text(max_size=80),
        st.lists(st.builds(Change, st.tuples(st.sampled_from(KEYS)), values, st.booleans()), max_size=2),
    )
    def test_any_text_is_edited_or_refused(self, text, made):
        assume(text.encode("utf-8", "replace").decode() == text)
        with suppress(CharterkitError):
            assert parse(edited(text, made).encode()).tree is not None


def value_at(tree, at):
    for key in at:
        tree = tree[key]
    return tree


plain_words = st.text("abcxyz 0123456789", min_size=1, max_size=10).filter(lambda one: one == one.strip())
kept_values = st.one_of(
    values.filter(lambda one: "\r" not in one), st.dictionaries(st.sampled_from(KEYS), plain_words, min_size=1)
)


@st.composite
def lists(draw):
    """A file with a list, as people write them, and how many entries it has."""
    indent = draw(st.sampled_from(["", "  ", "    "]))
    count = draw(st.integers(1, 4))
    shape = draw(st.sampled_from(["block", "flow", "flow lines"]))
    entries = []
    for number in range(count):
        one = draw(st.sampled_from(["{{a: v{0}, b: 'x'}}", "v{0}", "'v{0}'", "[v{0}]"])).format(number)
        if shape == "block" and draw(st.booleans()):
            one = draw(
                st.sampled_from(["a: v{0}\n{1}  b: x", "a:\n{1}    - v{0}", "a: |\n{1}    v{0}\n\n{1}    x"])
            ).format(number, indent)
        entries.append(one)
    if shape == "block":
        lines = []
        for number, one in enumerate(entries):
            above = draw(
                st.sampled_from(["", f"{indent}# above {number}\n", f"\n{indent}# above {number}\n{indent}# twice\n"])
            )
            behind = draw(st.sampled_from(["", "  # behind"])) if "\n" not in one else ""
            lines.append(f"{above}{indent}- {one}{behind}\n")
        body = draw(st.sampled_from(["k:\n", "k:   # about k\n", "k:\n\n"])) + "".join(lines)
    elif shape == "flow":
        body = f"k: [{draw(st.sampled_from(['', ' ']))}{', '.join(entries)}]  # behind\n"
    else:
        body = "k: [\n" + "".join(f"  {one},  # behind {number}\n" for number, one in enumerate(entries)) + "]\n"
    after = draw(st.sampled_from(["", "z: end  # z\n", "\n# about z\nz: end", "# end"]))
    text = f"# top\na: 1\n{body}{after}"
    return draw(st.sampled_from([text, text.replace("\n", "\r\n")])), count, shape


class TestBetween:
    """What is put in before an entry that a list has."""

    @given(lists(), st.data())
    def test_every_other_byte_stays_and_comments_stay_where_they_were(self, made, data):
        text, count, shape = made
        assume(not parse(text.encode()).problems)
        number, value = data.draw(st.integers(0, count - 1)), data.draw(kept_values)
        after = edited(text, [Change(("k",), value, append=True, before=number)])
        meant = tree_of(text)
        meant["k"].insert(number, plain_tree(value))
        assert tree_of(after) == meant
        assert not parse(after.encode()).problems
        start = next(n for n in range(len(text) + 1) if not after.startswith(text[: n + 1]) or n == len(text))
        longest = max(n for n in range(len(text) - start + 1) if after.endswith(text[len(text) - n :] if n else ""))
        assert start + longest >= len(text), "one piece was put in, and nothing taken away"
        if shape == "block":
            lines, new = text.splitlines(), after.splitlines()
            for line, following in pairwise(lines):
                if line.strip().startswith("# above") and "above" not in str(value):
                    assert new[new.index(line) + 1] == following, "a comment stays above its entry"

    @given(lists(), st.data())
    def test_one_after_another(self, made, data):
        text, count, _ = made
        assume(not parse(text.encode()).problems)
        meant = tree_of(text)
        for step in range(3):
            number = data.draw(st.one_of(st.none(), st.integers(0, count + step - 1)))
            value = {"a": f"new {step}"}
            text = edited(text, [Change(("k",), value, append=True, before=number)])
            meant["k"].insert(count + step if number is None else number, value)
        assert tree_of(text) == meant

    @given(st.lists(st.dictionaries(st.sampled_from(KEYS), values, min_size=1), min_size=1, max_size=3), st.booleans())
    def test_beside_entries_of_one_line_stands_one_line(self, new, at_the_front):
        text = "k:\n  - {a: 1}\n  - {a: 2}  # two\nz: end\n"
        for value in new:
            before = text
            text = edited(text, [Change(("k",), value, append=True, before=0 if at_the_front else None)])
            if len(flow(value)) < 100:
                assert len(text.split("\n")) == len(before.split("\n")) + 1
                assert text.split("\n")[1 if at_the_front else -3] == f"  - {flow(value)}"
            else:
                break
        assert "  - {a: 2}  # two\n" in text
        assert text.endswith("z: end\n")

    def test_what_is_too_wide_for_one_line_stands_in_several(self):
        made = edited("k:\n  - {a: 1}\n", [Change(("k",), {"a": "x " * 110 + "x"}, append=True)])
        assert made.startswith("k:\n  - {a: 1}\n  - a: ")


class TestEmitted:
    @given(values)
    @example("a" * 200_000)
    @example("a: b\n" * 40_000)
    def test_text_comes_back_as_text_from_every_reader(self, value):
        for text in (
            document({"k": value}),
            document({"k": [value]}),
            f"k: {flow([value])}\n",
            f"k: {flow({'a': value})}\n",
        ):
            ours, theirs = tree_of(text), yaml.safe_load(text)
            assert ours == theirs
            assert list(paths(ours)) != []

    @given(values, st.sampled_from([None, "'", '"']), st.booleans())
    def test_quotes_are_kept(self, value, style, in_flow):
        written = inline(value, in_flow=in_flow, style=style)
        if style == '"':
            assert written[0] == '"'
        if style == "'" and value.isprintable() and "\xa0" not in value:
            assert written[0] in "'\""

    @pytest.mark.parametrize(
        "value", [PartialDate.parse("2025-10-14"), PartialDate(2019), PartialDate(2025, 10), Cycle.parse("2025-26")]
    )
    def test_our_own_scalars_stand_plain(self, value):
        assert inline(value) == str(value)

    @pytest.mark.parametrize("value", [Recurrence.parse("after: Ofsted inspection"), Interval.parse("1 year")])
    def test_but_not_where_they_hold_a_colon(self, value):
        assert tree_of(f"a: {inline(value)}\n") == {"a": str(value)}

    @given(nested)
    def test_documents(self, value):
        text = document({"k": value})
        assert tree_of(text) == {"k": plain_tree(value)}
        assert text.endswith("\n")

    def test_literals(self):
        assert literal("a\n\nb", 2) == ["|-", "  a", "", "  b"]


def lines_changed(before, after):
    """Lines taken away and lines added."""
    found = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    return [line[2:] for line in found if line[0] == "-"], [line[2:] for line in found if line[0] == "+"]


class TestAnEvaluation:
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    @pytest.mark.parametrize(
        ("change", "removed", "added"),
        [
            (Change(("ratings", "gate-greeting", "rating"), "green"), ["    rating: amber\n"], ["    rating: green\n"]),
            (Change(("ratings", "gate-greeting", "strengths"), "It's"), ["    strengths: 'It''s better'\n"], ["    strengths: 'It''s'\n"]),
            (Change(("status",), "agreed"), ["status: draft\n"], ["status: agreed\n"]),
            (Change(("date",), PartialDate(2026, 1, 2)), ["date: 2025-10-14   # the day of the meeting\n"], ["date: 2026-01-02   # the day of the meeting\n"]),
            (Change(("ratings", "gate-greeting", "ideas"), "a, b", append=True), ['    ideas: [Put a leader on the gate, "Mondays, too"]\n'], ['    ideas: [Put a leader on the gate, "Mondays, too", "a, b"]\n']),
            (Change(("ratings", "open-door", "note"), "y"), ['  open-door: {rating: green, note: "x"}\n'], ['  open-door: {rating: green, note: "y"}\n']),
            (Change(("ratings", "open-door", "ideas"), "z", append=True), ['  open-door: {rating: green, note: "x"}\n'], ['  open-door: {rating: green, note: "x", ideas: [z]}\n']),
            (Change(("ratings", "new-families", "note"), "one\ntwo"), ["    note: >-\n", "      Folded\n", "      text\n"], ["    note: |-\n", "      one\n", "      two\n"]),
            (Change(("ratings", "new-families", "note"), "one"), ["    note: >-\n", "      Folded\n", "      text\n"], ["    note: one\n"]),
            (Change(("ratings", "empty-one", "rating"), "red"), [], ["    rating: red\n"]),
            (Change(("ratings", "braces", "rating"), "red"), ["  braces: {}\n"], ["  braces:\n", "    rating: red\n"]),
            (Change(("ratings", "brand-new"), {"rating": "red", "ideas": ["x"]}), [], ["  brand-new:\n", "    rating: red\n", "    ideas:\n", "      - x\n"]),
            (Change(("rated_by",), {"role": "Parent"}, append=True), [], ["- role: Parent\n"]),
            (Change(("rated_by", 1, "role"), "Chair"), ["- role: Governor\n"], ["- role: Chair\n"]),
            (Change(("actions",), {"action": "x"}, append=True), [], ["  - action: x\n"]),
            (Change(("title",), "x"), [], ["title: x\n"]),
        ],
    )  # fmt: skip
    def test_only_what_was_meant(self, newline, change, removed, added):
        before = EVALUATION.replace("\n", newline)
        after = edited(before, [change])
        assert lines_changed(before, after) == tuple(
            [line.replace("\n", newline) for line in lines] for lines in (removed, added)
        )

    def test_a_hundred_answers_in_one_pass(self):
        ratings = [Change(("ratings", f"aspect-{n}", key), "x") for n in range(50) for key in ("rating", "note")]
        after = edited(EVALUATION, ratings)
        assert tree_of(after)["ratings"]["aspect-49"] == {"rating": "x", "note": "x"}
        assert lines_changed(EVALUATION, after)[0] == []

    def test_one_change_on_top_of_another(self):
        made = [
            Change(("ratings", "n", "note"), "x"),
            Change(("ratings", "n"), {"note": "y"}),
            Change(("ratings", "n", "rating"), "red"),
        ]
        assert tree_of(edited(EVALUATION, made))["ratings"]["n"] == {"note": "y", "rating": "red"}

    def test_without_a_final_newline(self):
        text = "a: 1\nn: |\n  text"
        assert edited(text, [Change(("b",), "2")]) == 'a: 1\nn: |\n  text\nb: "2"\n'
        assert edited("a: 1", [Change(("b",), "x")]) == "a: 1\nb: x"

    def test_before_a_comment_that_belongs_to_what_follows(self):
        text = "r:\n  a:\n    x: y\n  # about b\n  b: z\n"
        assert edited(text, [Change(("r", "a", "m"), "v")]) == "r:\n  a:\n    x: y\n    m: v\n  # about b\n  b: z\n"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a: [\n", Change(("a",), "x")),
        ("- a\n", Change(("a",), "x")),
        ("", Change(("a",), "x")),
        ("a: b\n", Change((), "x")),
        ("a: b\n", Change(("a", "c"), "x")),
        ("a: b\n", Change(("a",), "x", append=True)),
        ("a: {b: c}\n", Change(("a",), "x", append=True)),
        ("a: [b]\n", Change(("a", 1), "x")),
        ("a: [b]\n", Change(("a", "c"), "x")),
        ("a: {b: c}\n", Change(("a", 0), "x")),
        ("a: {}\n", Change(("a", 0), "x")),
        ("a: b\n", Change(("k" * 2000,), "x")),
        ("a: b\n", Change(("c",), "x" * MAX_BYTES)),
        ("a: x\x85b\n\x00: [\n", Change(("a",), "x")),
    ],
)
def test_refused_in_words(text, change):
    with pytest.raises(CharterkitError) as caught:
        edited(text, [change])
    assert caught.value.message
    assert caught.value.hint


def test_a_file_with_lesser_faults_can_still_be_edited():
    text = "a: &x 1\nb: *x\nc: ~\nd: \x07\ne: 1\ne: 2\n"
    after = edited(text, [Change(("f",), "x")])
    assert after == text + "f: x\n"


def test_what_is_none_is_left_out():
    assert edited("a: b\n", [Change(("c",), {"x": None, "z": ["w", None]})]) == "a: b\nc:\n  z:\n    - w\n"
    with pytest.raises(TypeError):
        edited("a: b\n", [Change(("a",), None)])


def test_a_policy():
    after = edited(POLICY, [Change(("history",), {"date": PartialDate(2026, 1), "event": "reviewed"}, append=True)])
    assert lines_changed(POLICY, after) == ([], ["  - {date: 2026-01, event: reviewed}\n"])


def test_many_changes_read_the_file_no_more_often_than_one(monkeypatch):
    read = []
    make = yaml_text._make_parser

    def counted(text):
        read.append(len(text))
        return make(text)

    monkeypatch.setattr(yaml_text, "_make_parser", counted)

    def times(*changes):
        read.clear()
        edited(EVALUATION, changes)
        return len(read)

    one = times(Change(("ratings", "gate-greeting", "rating"), "red"))
    many = times(*(Change(("ratings", f"a{number}", "rating"), "green") for number in range(40)))
    assert many <= one


def test_a_note_of_two_hundred_thousand_characters():
    note = "Word: 'x' # \"é\" 😀\n" * 11_000
    after = edited(
        EVALUATION, [Change(("ratings", "open-door", "note"), note), Change(("ratings", "braces", "note"), note)]
    )
    assert tree_of(after)["ratings"]["braces"]["note"] == note


REMOVED = [
    ("a:\n  x: 1 # said\n  y: 2\n", ("a", "x"), "a:\n  y: 2\n"),
    ("a:\n  x: 1\n  y: 2", ("a", "y"), "a:\n  x: 1\n"),
    ("a: {x: 1, y: 'b, c', z: 3}\n", ("a", "x"), "a: {y: 'b, c', z: 3}\n"),
    ("a: {x: 1, y: 'b, c', z: 3}\n", ("a", "y"), "a: {x: 1, z: 3}\n"),
    ("a: {x: 1, y: 'b, c'} # c\n", ("a", "y"), "a: {x: 1} # c\n"),
    ("a:\n  x: |\n    one\n\n    two\n  y: 2\n", ("a", "x"), "a:\n  y: 2\n"),
    ("a:\r\n  x: >-\r\n    one\r\n    two\r\n  y: 2\r\n", ("a", "x"), "a:\r\n  y: 2\r\n"),
    ("a: 1\n", ("a", "x"), "a: 1\n"),
    ("a: 1\n", ("b",), "a: 1\n"),
]


@pytest.mark.parametrize(("before", "at", "after"), REMOVED)
def test_a_key_is_taken_out_with_its_lines(before, at, after):
    assert edited(before, [Change(at, remove=True)]) == after


def test_keys_are_taken_out_after_other_changes():
    before = "a: {r: no, why: x}\nb:\n  why: y\n  r: no\n"
    made = [Change((key, "why"), remove=True) for key in "ab"] + [Change((key, "r"), "yes, it is") for key in "ab"]
    assert tree_of(edited(before, made)) == {"a": {"r": "yes, it is"}, "b": {"r": "yes, it is"}}


def test_neighbours_are_taken_out_together():
    for keys in ("x", "xy", "yz", "xz", "xyz", "wxyz"):
        left = ", ".join(f"{key}: 1" for key in "wxyz" if key not in keys)
        made = [Change(("a", key), remove=True) for key in keys]
        assert edited("a: {w: 1, x: 1, y: 1, z: 1} # c\n", made) == f"a: {{{left}}} # c\n"
