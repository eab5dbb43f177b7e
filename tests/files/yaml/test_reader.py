"""The strict subset of YAML: what is kept as text, what is refused, and exactly where."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charterkit.files.yaml.marks import locate, marks
from charterkit.files.yaml.reader import decode, parse
from charterkit.files.yaml.subset import MAX_BYTES, MAX_DEPTH
from charterkit.findings import Code, Problem
from tests.files.documents import files
from tests.files.samples import GOOD, broken_bytes


def codes(data):
    return [problem.code for problem in parse(data.encode() if isinstance(data, str) else data).problems]


def places(data):
    """Code, line and column of each problem."""
    found = parse(data.encode() if isinstance(data, str) else data).problems
    return [(problem.code, problem.line, problem.column) for problem in found]


WORDS = ["no", "on", "y", "1.10", "12:30", "007", "0123456", "2024-09", "2024-09-01", "1e3", "0x1F", ".5", "=", "1_000"]


@pytest.mark.parametrize("word", WORDS)
def test_plain_words_stay_text(word):
    assert parse(f"a: {word}\nb: [{word}]\n{word}: c\n".encode()).tree == {"a": word, "b": [word], word: "c"}


def test_empty_values_are_not_given():
    parsed = parse(b"a:\nb: ''\nc:\n  d:\n  e: x\nf: [x, '']\ng:\n- \n- y\n")
    assert parsed.tree == {"b": "", "c": {"e": "x"}, "f": ["x", ""], "g": [None, "y"]}
    assert parsed.empty == {("a",), ("c", "d")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("CK104", 3, 1)]),
        ("a:\nb: 2\na: 3\n", [("CK104", 3, 1)]),
        ("a:\na:\n", [("CK104", 2, 1)]),
        ("a: {b: 1, b: 2}\n", [("CK104", 1, 11)]),
        ("a: &x 1\n", [("CK105", 1, 4)]),
        ("a: &x\n  b: 1\n", [("CK105", 1, 4)]),
        ("a: &x 1\nb: *x\n", [("CK105", 1, 4), ("CK105", 2, 4)]),
        ("a: &x 1\n*x : 2\n", [("CK105", 1, 4), ("CK105", 2, 1)]),
        ("a: &x 1\nb:\n  - *x\n", [("CK105", 1, 4), ("CK105", 3, 5)]),
        ("a: !local 1\n", [("CK106", 1, 4)]),
        ("a: !!str 1\n", [("CK106", 1, 4)]),
        ("a: ! 1\n", [("CK106", 1, 4)]),
        ("a: !!set {b}\n", [("CK106", 1, 4)]),
        ("a: {b: 1}\n<<: {c: 2}\n", [("CK107", 2, 1)]),
        ("a: 1\n---\nb: 2\n", [("CK108", 2, 1)]),
        ("a: 1\n...\n---\nb: 2\n--- \nc: 3\n", [("CK108", 3, 1)]),
        ("a:\n\tb: 1\n", [("CK109", 2, 1)]),
        ("a:\n  b: 1\n\t c: 2\n", [("CK109", 3, 1)]),
        ("a:\n  - b\n  -\t- c\n\t- d\n", [("CK109", 3, 4)]),
        ("a: x\x00y\n", [("CK110", 1, 5)]),
        ("a: x\n# \x1b[31m\n", [("CK110", 2, 3)]),
        ("a: x\x85y\n", [("CK110", 1, 5)]),
        ("a: x\u2028y\n", [("CK110", 1, 5)]),
        ("a: x\ry\n", [("CK110", 1, 5)]),
        ("a: x\ufeff\n", [("CK110", 1, 5)]),
        ("a: null\n", [("CK112", 1, 4)]),
        ("a: ~\nb: [Null, NULL]\n", [("CK112", 1, 4), ("CK112", 2, 5), ("CK112", 2, 11)]),
        ("a: 'null'\nb: \"~\"\n", []),
        ("? [a]\n: 1\n", [("CK115", 1, 3)]),
        ("? {a: b}\n: 1\nc: 2\n", [("CK115", 1, 3)]),
        ("{[a]: 1}\n", [("CK115", 1, 2)]),
        ("'': 1\n", [("CK115", 1, 1)]),
        ("%YAML 1.1\n---\na: 1\n...\n", []),
        ("---\na: 1\n", []),
        ("'<<': 1\n", []),
        ("", []),
        ("# only a comment\n", []),
    ],
)
def test_each_rule_at_its_place(text, expected):
    assert places(text) == expected


SYNTAX = [
    ("a: b: c\n", 1, 5, "a colon stands where none is expected"),
    ("note: He said: come\n", 1, 14, "a colon stands where none is expected"),
    ("a: 1\nb\nc: 2\n", 2, 1, "a key without a colon"),
    ("a: 1\nb: 'x\nc: 2\n", 2, 4, "quotes are opened and never closed"),
    ('a: "x\n', 1, 4, "quotes are opened and never closed"),
    ("a: [1, 2\nb: 3\n", 2, 2, "a list or mapping in brackets is not closed"),
    ("a: {b: 1\n", 1, 9, "a list or mapping in brackets is not closed"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "the indentation or the quotes are not right here"),
    ("a: 'it's'\n", 1, 8, "the indentation or the quotes are not right here"),
    ("a: @home\n", 1, 4, "a character stands here that cannot start a value"),
    ("a: `x`\n", 1, 4, "a character stands here that cannot start a value"),
    ("a: *\n", 1, 4, "a '*' or '&' cannot start a value"),
    ("a: & b\n", 1, 4, "a '*' or '&' cannot start a value"),
    ("a: - b\n", 1, 4, "a list entry stands where none is expected"),
    ("a: !x!y\n", 1, 4, "a '!' cannot start a value"),
    ('a: "\\d"\n', 1, 5, "a backslash in double quotes starts no escape here"),
    ('a: "\\xZZ"\n', 1, 7, "an escape in double quotes is not complete"),
    ("a: [b,,c]\n", 1, 7, "a value is missing between the brackets, or a bracket is closed twice"),
    ("a: ]\n", 1, 4, "a value is missing between the brackets, or a bracket is closed twice"),
    ("a: | b\n  c\n", 1, 6, "text follows a '|' or '>'"),
    ("a:\n  - b\n  c: d\n", 3, 3, "the entries of this list do not line up"),
    ("%x\n", 1, 1, "a line cannot start with '%'"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), SYNTAX)
def test_syntax_in_plain_sentences(text, line, column, message):
    (problem,) = parse(text.encode()).problems
    assert (problem.code, problem.message) == ("CK103", message)
    assert problem.help
    assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("before", "width"), [("é", 1), ("😀", 1), ("e\u0301", 2), ("یہ", 2), ("👨\u200d👩", 3)])
def test_columns_count_characters(newline, mark, before, width):
    assert len(before) == width
    text = f"{mark}x: {before}{newline}y: {{{before}: ~, a: b}}{newline}"
    assert places(text) == [("CK112", 2, 7 + width)]


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_utf_16(self, encoding):
        assert places("a: b\n".encode(encoding)) == [("CK101", 1, 1)]

    def test_windows_1252_at_the_first_wrong_letter(self):
        assert places("a: \N{EM DASH} ok\nb: ".encode() + "caf\xe9 £".encode("cp1252")) == [("CK101", 2, 7)]
        assert places("b: 😀 ".encode() + b"\xa35") == [("CK101", 1, 6)]
        assert places(b"\xef\xbb\xbfb: \xa35") == [("CK101", 1, 4)]

    def test_a_byte_order_mark_is_fine(self):
        assert parse(b"\xef\xbb\xbfa: b\n").tree == {"a": "b"}
        assert codes(b"\xef\xbb\xbf\xef\xbb\xbfa: b\n") == ["CK110"]

    def test_crlf_is_fine(self):
        parsed = parse(b"a: b\r\nc: |\r\n  d\r\n  e\r\n")
        assert (parsed.tree, parsed.problems) == ({"a": "b", "c": "d\ne\n"}, [])

    def test_line_ends_of_old_macs(self):
        assert places("a: b\rc: d\r") == [("CK110", 1, 1)]

    def test_a_control_character_takes_only_itself(self):
        parsed = parse(b"a: x\x07y\nb: z\n")
        assert parsed.tree == {"a": "x y", "b": "z"}

    def test_a_picture_is_named_a_few_times_only(self):
        assert 1 < len(codes(b"a: " + b"\x01" * 5000)) <= 21

    def test_over_a_mebibyte(self):
        assert codes(b"a: " + b"x" * (MAX_BYTES - 3)) == []
        assert places(b"a: " + b"x" * (MAX_BYTES - 2)) == [("CK102", 1, 1)]


class TestNesting:
    @pytest.mark.parametrize(
        ("opens", "closes"), [("[", "]"), ("- ", ""), ("{a: ", "}"), ("? ", ""), ("? [", "]"), ("[{a: ", "}]")]
    )
    def test_thirty_thousand_deep_is_refused(self, opens, closes):
        text = opens * 30_000 + "x" + closes * 30_000
        assert "CK111" in codes(text)
        assert max(map(len, marks(text)), default=0) <= MAX_DEPTH + 1

    def test_thirty_thousand_deep_by_lines(self):
        text = "".join(" " * depth + "a:\n" for depth in range(1200))
        assert codes(text) == ["CK111"]

    def test_forty_is_fine(self):
        assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
        assert places("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [("CK111", 1, MAX_DEPTH + 1)]


def test_a_second_document_leaves_the_first():
    assert parse(b"a: 1\n---\nb: 2\n").tree == {"a": "1"}
    assert list(marks("a: 1\n---\nb: 2\n")) == [("a",), ()]


def test_of_two_top_level_lists_or_mappings_all_entries_are_read():
    text = "r:\n  a: 1\ns: [x]\nr:\n  b: 2\n  a: 3\ns:\n- y\n"
    parsed = parse(text.encode())
    assert parsed.tree == {"r": {"a": "1", "b": "2"}, "s": ["x", "y"]}
    assert places(text) == [("CK104", 4, 1), ("CK104", 6, 3), ("CK104", 7, 1)]
    found = marks(text)
    assert (found["r", "b"].line, found["s", 1].line) == (5, 8)


def test_many_aliases_do_not_explode():
    text = "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a]\n" for n in range(9_000))
    assert set(codes(text)) == {"CK105"}


def texts():
    structure = [
        "a: ",
        "b:\n",
        "  ",
        "- ",
        "\n",
        "{",
        "}",
        "[",
        "]",
        ",",
        ": ",
        "? ",
        "| \n",
        ">+\n",
        "'",
        '"',
        "#",
        " #",
        "\\",
    ]
    refused = [
        "&a ",
        "*a",
        "!!x ",
        "<<: ",
        "---\n",
        "...\n",
        "%",
        "\t",
        "\r",
        "\r\n",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "~",
        "null",
    ]
    pieces = st.sampled_from([*structure, *refused, "é", "😀", "@", "`", "\ud800", "x"])
    return st.one_of(st.lists(pieces, max_size=40).map("".join), st.text(max_size=60))


def holds(text, problems):
    """Every place is inside the text."""
    lines = text.split("\n")
    for line, column in locate(text, problems):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@given(texts())
@example("- ? [\n - ")
@example("a: |+\n\n\n")
@example("a: |\n")
def test_any_text_gives_a_tree_or_a_problem(text):
    marks(text)
    data = text.encode("utf-8", "surrogatepass")
    parsed = parse(data)
    assert parsed.problems or parsed.tree is not None or not parsed.tree
    decoded, problem = decode(data)
    if problem is None:
        holds(decoded, parsed.problems)
    assert all(found.message and found.line and found.column for found in parsed.problems)


@given(broken_bytes(GOOD))
def test_broken_bytes_give_a_tree_or_a_problem(data):
    parsed = parse(data)
    assert parsed.problems or isinstance(parsed.tree, dict | list | str | None)
    decoded, problem = decode(data)
    if problem is None:
        holds(decoded, parsed.problems)


@given(st.binary(max_size=80))
def test_any_bytes(data):
    assert parse(data) is not None
    marks(decode(data)[0])


@given(texts())
def test_marks_know_every_place_of_the_tree(text):
    """What the tree holds is found at a mark, so that every finding has its line."""
    parsed = parse(text.encode("utf-8", "replace"))
    if parsed.tree is None or parsed.problems:
        return
    found = marks(decode(text.encode("utf-8", "replace"))[0])

    def walk(tree, at):
        assert at in found
        inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
        for key, value in inner:
            walk(value, (*at, key))

    walk(parsed.tree, ())


@given(files() | texts(), st.data())
def test_problems_are_located_where_the_marks_are(text, data):
    found = {way: mark for way, mark in marks(text).items() if way}
    for on in ("key", "value"):
        ways = data.draw(st.lists(st.sampled_from(sorted(found, key=str)), max_size=6)) if found else []
        problems = [Problem(Code.UNKNOWN_KEY, "x", at=way, on=on) for way in ways]
        places = [(found[way].key if on == "key" else None) or found[way] for way in ways]
        assert locate(text, problems) == [(mark.line, mark.column) for mark in places]
        beyond = [Problem(Code.UNKNOWN_KEY, "x", at=(*way, "none")) for way in ways]
        above = [found[way].key or found[way] for way in ways]
        assert locate(text, beyond) == [(mark.line, mark.column) for mark in above]


@pytest.mark.parametrize("row", ["- a\n", "- {a: b}\n", "- - a\n", "- *a\n"])
def test_more_values_than_anybody_reads(row: str) -> None:
    few, many = (parse(("list:\n" + row * number).encode()) for number in (2_000, 60_000))
    assert not any(problem.code == "CK102" for problem in few.problems)
    (problem,) = many.problems
    assert (problem.code, many.tree) == ("CK102", None)
    assert problem.line > 10_000
    assert problem.column >= 3
