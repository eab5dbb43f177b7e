"""What keeps findings from people, asked of the parts themselves: comments, paths, many alike, and what is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from charterkit.choices import Severity
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.subset import MOST_SAID
from charterkit.findings import CheckResult, Code, Finding, Problem
from charterkit.rules.registry import RULES
from charterkit.rules.running.capped import capped
from charterkit.rules.running.narrowing import narrowed, under, without
from charterkit.rules.running.silencing import Silencing, silencing_changes
from charterkit.rules.running.suppression import is_mentioned, suppressed, written

OFF = "charterkit: ignore[CK502] agreed"


def left(text: str, *lines: int, code: Code = Code.REVIEW_OVERDUE) -> list[int]:
    """Of problems on some lines those that are left; the comments themselves must be right."""
    found = [(Problem(code, "late", line=line), line, 1) for line in lines]
    kept = suppressed(text, found, RULES, lambda _: False)
    assert all(problem.code == code for problem, _, _ in kept), kept
    return [line for _, line, _ in kept]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"a: b\nc: d  # {OFF}\ne: f\n", [1, 3]),
        (f"a: b\nc: d\t# {OFF}\ne: f\n", [1, 3]),
        (f"a: b\n# {OFF}\nc: d\ne: f\n", [1, 2, 4]),
        (f"a: b\n# {OFF}\nc:\n  d: e\n  f:\n    - g\nh: i\n", [1, 2, 7]),
        (f"a: b\n# {OFF}\n\n# and so on\nc: d\ne: f\n", [1, 2, 3, 4, 6]),
        (f"a:\n  # {OFF}\n  - b: c\n    d: e\n  - f\n", [1, 2, 5]),
        (f"a:\n  # {OFF}\n  - - b\n    - c\n  - d\n", [1, 2, 5]),
        (f"a: |  # {OFF}\n  text\n  more\nb: c\n", [4]),
        (f"a: >-  # {OFF}\n  text\n\n  more\nb: c\n", [5]),
        (f"a:\n  b: |\n    # {OFF}\n  c: d\n", [1, 2, 3, 4]),
        (f"a: |\n  # {OFF}\nb: c  # {OFF}\nd: e\n", [1, 2, 4]),
        (f"a: |\n  text\n# {OFF}\nb: c\nd: e\n", [1, 2, 3, 5]),
        (f"a:\n  - b\n'c # {OFF}':\n  - d\n", [1, 2, 3, 4]),
        (f"'a # {OFF}':\n  'b # {OFF}': c\n  d: e\n", [1, 2, 3]),
        (f"'a # {OFF}': b\nc: d\n", [1, 2]),
        (f"a: 'b # {OFF}'\nb: c\n", [1, 2]),
        (f"a: b#{OFF}\nc: d\n", [1, 2]),
        (f"a: [b]# {OFF}\nc: d\n", [1, 2]),
        (f"a: b\n# {OFF}\n", [1, 2]),
        (f"# {OFF}\na: b\nc: d\n", [1, 3]),
        (f"a: b\n# charterkit: ignore[CK501] so\n# {OFF}\nc: d\ne: f\n", [1, 2, 3, 5]),
        ("a: b\nc: d  # charterkit: ignore[CK501, CK502 ,] agreed\n", [1]),
        ("a: b\nc: d  # charterkit: ignore[CK501] agreed\n", [1, 2]),
        ("a: b\nc: d  # charterkit: ignored[CK502] agreed\n", [1, 2]),
        ("a: b\nc: d  #\tcharterkit:\tignore\t[CK502]\tagreed\n", [1]),
    ],
)
def test_a_comment_covers_what_it_stands_at_and_no_more(text: str, lines: list[int]) -> None:
    assert left(text, *range(1, text.count("\n") + 1)) == lines


def test_each_of_several_comments_that_cover_a_line_counts_as_used() -> None:
    text = f"# {OFF}\na:\n  b: c  # {OFF}\n"
    found = [(Problem(Code.REVIEW_OVERDUE, "late"), 3, 1)]
    assert suppressed(text, found, RULES, lambda _: True) == []


def said(text: str, ran: bool = True) -> list[tuple[str, int, int, str, str]]:
    made = suppressed(text, [], RULES, lambda _: ran)
    assert [(problem.line, problem.column) for problem, _, _ in made] == [(line, column) for _, line, column in made]
    return [(problem.code, line, column, problem.message, problem.help) for problem, line, column in made]


FORM = "Write '# charterkit: ignore[CK412] the reason'."
NO_RULE = "this comment names no rule"


def test_what_is_wrong_with_a_comment_is_said_at_its_place() -> None:
    assert said("a: b\nc: d  # charterkit: ignore[CK503] so\n") == [
        (
            "CK120",
            2,
            7,
            "CK503 finds nothing here that this comment could silence",
            "Delete the code, or the comment.",
        )
    ]
    assert said("a: b  # charterkit: ignore[CK503] so\n", ran=False) == []
    assert said("a: b  # charterkit: ignore so\n") == [("CK122", 1, 7, NO_RULE, FORM)]
    assert said("a: b  # charterkit: ignore[ , ] so\n") == [("CK122", 1, 7, NO_RULE, FORM)]
    assert said("a: b  # charterkit: ignore[CK112] so\n") == [
        ("CK122", 1, 7, "CK112 cannot be silenced", "Mend what it names.")
    ]
    assert said("a: b  # charterkit: ignore[ck502, \x1b, CK199] so\n", ran=False) == [
        ("CK122", 1, 7, "there is no rule 'ck502'", "Did you mean CK502?"),
        ("CK122", 1, 7, "there is no rule '�'", FORM),
        ("CK122", 1, 7, "there is no rule 'CK199'", "Did you mean CK319?"),
    ]
    assert said("a: b  # charterkit: ignore[CK502] --\n", ran=False) == [
        (
            "CK121",
            1,
            7,
            "this comment does not say why, so it silences nothing",
            "Write the reason behind the bracket.",
        )
    ]


def test_of_very_many_codes_the_first_are_read_and_of_very_many_mistakes_the_first_are_guessed_at() -> None:
    codes = ", ".join(["CK501"] * 19)
    assert left(f"a: b  # charterkit: ignore[{codes}, CK502, CK999] so\n", 1) == []
    assert left(f"a: b  # charterkit: ignore[{codes}, CK501, CK502] so\n", 1) == [1]
    text = "a: b\n" + "# charterkit: ignore[CK50] so\n" * (MOST_SAID + 1)
    assert [each[4] != FORM for each in said(text)] == [True] * MOST_SAID + [False]


def test_what_mentions_such_a_comment_is_told_quickly_and_its_words_are_all_of_it() -> None:
    for data, is_one in ((b"# charterkit: ignore", True), (b"#charterkit:\tignore", True), (b"charterkit: x", False)):
        assert is_mentioned(data) is is_one
    assert is_mentioned(b"ignore") is False
    assert [*written(f"a: b  # {OFF}  \n# charterkit: ignore\n'# {OFF}': c\n")] == [f"# {OFF}", "# charterkit: ignore"]


# -- what is wanted


def finding(path: str, line: int = 1) -> Finding:
    return Finding(path, line, 1, "CK502", "review-overdue", Severity.WARNING, "late")


@pytest.mark.parametrize(
    ("path", "only", "is_below"),
    [
        ("a/b/c", {"a"}, True),
        ("a/b/c", {"a/b"}, True),
        ("a/b/c", {"a/b/c"}, True),
        ("a/b/c", {""}, True),
        ("a/b/c", {"."}, True),
        ("a/b/c", {"a/b/c/d", "b", "a/", "c", "a/bc"}, False),
        ("ab/c", {"a"}, False),
        ("c", {"b"}, False),
        ("c", set(), False),
    ],
)
def test_what_lies_below_a_folder(path: str, only: set[str], is_below: bool) -> None:
    assert under(path, only) is is_below


def test_findings_below_what_is_wanted_and_what_was_left_out_of_that() -> None:
    paths, findings = ["b/X", "a/x", "c/x"], [finding("b/X"), finding("a/x", 2), finding("a/x"), finding("c/x")]
    told = [("", "all off"), ("./a/*", "off in a"), ("c", "off in c"), ("b/X/", "off in b")]
    assert narrowed(paths, findings, None, told) == CheckResult(
        3,
        (finding("a/x"), finding("a/x", 2), finding("b/X"), finding("c/x")),
        ("b/X", "a/x", "c/x"),
        ("all off", "off in a", "off in c", "off in b"),
    )
    some = narrowed(paths, findings, ["a", "b/X"], told)
    assert (some.files, some.paths) == (2, ("b/X", "a/x"))
    assert [each.path for each in some.findings] == ["a/x", "a/x", "b/X"]
    assert some.settings == ("all off", "off in a", "off in b")
    rest = without(some, ["a"])
    assert (rest.files, rest.paths, rest.findings, rest.settings) == (1, ("b/X",), (finding("b/X"),), some.settings)
    assert narrowed(paths, findings, []) == CheckResult(0, ())


@pytest.mark.parametrize(("many", "last"), [(5, "off in 5"), (6, "others are off in one more place")])
def test_of_very_many_places_the_first_are_told(many: int, last: str) -> None:
    told = [("", "first"), *((f"s/{number}", f"off in {number}") for number in range(1, many + 1)), ("", "as info")]
    made = narrowed([], [], None, told).settings
    assert (made[0], made[5:]) == ("first", ("off in 5", *([] if many == 5 else [last]), "as info"))


def test_of_very_many_that_are_alike_the_first_are_listed_and_the_rest_counted() -> None:
    late, vague = Problem(Code.REVIEW_OVERDUE, "late"), Problem(Code.NO_FREQUENCY, "vague")

    def messages(*problems: Problem) -> list[str]:
        return [problem.message for problem in capped(problems, 2)]

    assert messages(late, vague, late, vague) == ["late", "vague", "late", "vague"]
    assert messages(late, vague, late, late) == ["late", "vague", "late", "late"]
    assert messages(late, late, late) == ["late", "late", "late"]
    assert messages(*[late] * 5)[2:] == ["late; 2 more of these in this file are not listed"]
    more = "late; 1,200 more of these in this file are not listed"
    assert messages(late, late, vague, *[late] * 1201, vague) == ["late", "late", "vague", more, "vague"]


# -- what two states of a workspace differ in


SETTINGS = "check: {ignore: [CK501, CK502], severity: {CK5: info}, select: []}\n"
WAIVERS = "waivers:\n  - {entry: a, reason: so}\n  - {entry: b, reason: {x: [1, two]}}\n  - {entry: c}\n  - loose\n"
SCHOOL = "schools/a/school.yaml"
UNREAD = Silencing("the file", "", "cannot be read")


@pytest.fixture
def state(tmp_path: Path) -> Callable[..., Workspace]:
    def made(settings: bytes | str | None, *schools: str) -> Workspace:
        root = tmp_path / str(len([*tmp_path.iterdir()]))
        files: dict[str, str | bytes] = {} if settings is None else {"charterkit.yaml": settings}
        for number, text in enumerate(schools):
            files[f"schools/s{number}/school.yaml"] = text
        (root / "schools").mkdir(parents=True)
        for path, data in files.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())
        return Workspace(root)

    return made


def turned(each: Silencing) -> Silencing:
    return Silencing(each.what, each.after, each.before)


def test_settings_and_waivers_that_come_and_go_are_told(state: Callable[..., Workspace]) -> None:
    none, some = state(None), state(SETTINGS + WAIVERS)
    come = (
        Silencing("check, ignore", "", "CK501, CK502"),
        Silencing("check, severity, CK5", "", "info"),
        Silencing("check, select", "", "nothing"),
        Silencing("waivers, a", "", "so"),
        Silencing("waivers, b", "", "x: 1, two"),
        Silencing("waivers, c", "", "nothing"),
        Silencing("waivers, ?", "", "loose"),
    )
    assert silencing_changes(none, some).settings == come
    assert silencing_changes(some, none).settings == tuple(map(turned, come))
    other = state(SETTINGS.replace("CK502", "CK503") + "check2: x\n" + WAIVERS)
    assert silencing_changes(some, other).settings == (
        Silencing("check, ignore", "CK501, CK502", "CK501, CK503"),
        Silencing("check2", "", "x"),
    )
    assert silencing_changes(some, some).settings == ()
    linked = state(None)
    (linked.root / "charterkit.yaml").symlink_to(some.root / "charterkit.yaml")
    for spoilt in (state("- a list\n"), state(b"\xff\xfe\x00"), Workspace(linked.root)):
        assert silencing_changes(none, spoilt).settings == (UNREAD,)
    (nameless,) = silencing_changes(none, state("waivers: [{reason: lost}]\n")).settings
    assert nameless == Silencing("waivers, ?", "", "reason: lost")
    long = state(f"waivers: [{{entry: a, reason: {'x' * 300}}}]\n")
    (found,) = silencing_changes(none, long).settings
    assert len(found.after) == 200


def test_comments_that_come_and_go_are_told_by_their_files(state: Callable[..., Workspace]) -> None:
    (one, two), three = (f"# charterkit: ignore[CK50{number}] so" for number in (1, 2)), "# charterkit: remark"
    before = state(None, f"name: A  {one}\n{one}\n{three}\n", f"name: B  {two}\n")
    after = state(None, f"name: A  {one}\n", f"name: B\n{one}\n{two}\n")
    assert silencing_changes(before, after).comments == (
        Silencing("schools/s0/school.yaml", one, ""),
        Silencing("schools/s1/school.yaml", "", one),
    )
    assert silencing_changes(after, before).comments == (
        Silencing("schools/s0/school.yaml", "", one),
        Silencing("schools/s1/school.yaml", one, ""),
    )
    assert silencing_changes(before, before).comments == ()
    for slug in ("r9", "s9"):
        (before.root / "schools" / slug).mkdir()
        (before.root / "schools" / slug / "school.yaml").symlink_to(after.root / "schools/s0/school.yaml")
    assert len(silencing_changes(Workspace(before.root), after).comments) == 2, "a link tells nothing"
