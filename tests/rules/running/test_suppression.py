"""Comments that silence a rule: what they cover, and what is said about them."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.workspace import Workspace
from charterkit.findings import Code, Problem
from charterkit.rules.registry import RULES
from charterkit.rules.running.check import check
from charterkit.rules.running.suppression import suppressed

TODAY = date(2026, 11, 22)
SCHOOL = "schools/lathom/school.yaml"
POLICY = "schools/lathom/policies/a.yaml"
Write = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def codes(workspace: Write) -> Callable[..., list[tuple[str, int]]]:
    def run(text: str, **options: list[str]) -> list[tuple[str, int]]:
        root = workspace({SCHOOL: "name: Lathom\n", POLICY: text})
        return [(one.code, one.line) for one in check(Workspace(root), TODAY, [POLICY], **options).findings]

    return run


Codes = Callable[..., list[tuple[str, int]]]
HEAD = "id: a\ntitle: A\nstatus: live\nowner: {role: Head}\n"
WHY = "agreed by governors"


def test_on_a_line_it_covers_that_line(codes: Codes) -> None:
    text = f"{HEAD}review: {{every: 1 year}}\nnext_review: 2024-09  # charterkit: ignore[CK502] {WHY}\n"
    assert codes(text.replace(f"  # charterkit: ignore[CK502] {WHY}", "")) == [("CK502", 6)]
    assert codes(text) == []


def test_alone_it_covers_the_next_entry_with_all_that_belongs_to_it(codes: Codes) -> None:
    entries = (
        "commitments:\n{}  - id: one\n    what: x\n    when: regularly\n  - {{id: two, what: y, when: regularly}}\n"
    )
    comment = f"  # charterkit: ignore[CK503] {WHY}\n\n  # another remark\n"
    head = f"{HEAD}review: {{every: live}}\n"
    assert codes(head + entries.format("")) == [("CK503", 9), ("CK503", 10)]
    assert codes(head + entries.format(comment)) == [("CK503", 13)]


def test_before_a_key_it_covers_the_whole_value(codes: Codes) -> None:
    text = f"{HEAD}review: {{every: live}}\n# charterkit: ignore[CK503] {WHY}\ncommitments:\n  - {{id: b, what: c, when: regularly}}\n  - {{id: d, what: c, when: often}}\n"
    assert codes(text) == []


def test_at_the_top_it_does_not_cover_the_file(codes: Codes) -> None:
    text = f"# charterkit: ignore[CK502] {WHY}\n{HEAD}review: {{every: 1 year}}\nnext_review: 2024-09\n"
    assert codes(text) == [("CK120", 1), ("CK502", 7)]


def test_behind_a_bar_it_covers_the_text_below(codes: Codes) -> None:
    text = f"{HEAD}review: {{every: live}}\nsource: |  # charterkit: ignore[CK611] {WHY}\n  Read\n  07700 900123\n"
    assert codes(text) == []
    assert codes(text.replace(f"  # charterkit: ignore[CK611] {WHY}", "")) == [("CK611", 8)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_several_codes_and_the_unused_of_them(codes: Codes, line_end: str) -> None:
    text = f"{HEAD}review: {{every: 1 year}}\n# charterkit: ignore[CK502, CK501] {WHY}\nnext_review: 2024-09\n"
    assert codes(text.replace("\n", line_end)) == [("CK120", 6)]


def test_unused_is_only_said_of_a_rule_that_ran(codes: Codes) -> None:
    text = f"{HEAD}review: {{every: live}}  # charterkit: ignore[CK502] {WHY}\n"
    assert codes(text) == [("CK120", 5)]
    assert codes(text, ignore=["CK502"]) == []
    assert codes(text, select=["CK1", "CK3"]) == []


@pytest.mark.parametrize("wrong", ["review: null\n", "title: B\n", "review: {every: &a live}\n"])
def test_in_a_file_of_which_something_cannot_be_read_no_comment_is_called_unused(codes: Codes, wrong: str) -> None:
    comment = f"owner: {{role: Head}}  # charterkit: ignore[CK502] {WHY}\n"
    head = HEAD.replace("owner: {role: Head}\n", "")
    assert ("CK120", 4) in codes(head + comment + "review: {every: live}\n")
    found = codes(head + comment + wrong)
    assert "CK120" not in [code for code, _ in found]
    assert any(code.startswith("CK1") for code, _ in found)


@pytest.mark.parametrize("reason", ["", " ", " --", " :"])
def test_without_a_reason_it_silences_nothing(codes: Codes, reason: str) -> None:
    text = f"{HEAD}review: {{every: 1 year}}\nnext_review: 2024-09  # charterkit: ignore[CK502]{reason}\n"
    assert codes(text) == [("CK502", 6), ("CK121", 6)]


def test_what_cannot_be_read_cannot_be_silenced(codes: Codes) -> None:
    text = f"{HEAD}review: null  # charterkit: ignore[CK112] {WHY}\n"
    assert ("CK112", 5) in codes(text)
    assert ("CK122", 5) in codes(text)


@pytest.mark.parametrize(
    "line",
    [
        "source: '# charterkit: ignore[CK502] in a text'",
        'source: "# charterkit: ignore[CK502] in a text"',
        "source: |\n  # charterkit: ignore[CK502] in a text",
        "source: a#charterkit:ignore[CK502] in a text",
        "source: >-\n  Some words\n  # charterkit: ignore[CK502] in a text\n  and more",
    ],
)
def test_a_hash_within_a_text_is_no_comment(codes: Codes, line: str) -> None:
    assert codes(f"{HEAD}review: {{every: live}}\n{line}\n") == []


def test_findings_of_values_can_be_silenced_too(codes: Codes) -> None:
    text = f"{HEAD}review: {{every: live}}\n# charterkit: ignore[CK205] {WHY}\nissued: 1/05/17\n"
    assert codes(text) == []


def test_many_comments_take_little_time() -> None:
    text = "a: b\n" + "# charterkit: ignore[CK502] x\n" * 20_000 + "\n" * 200_000
    found = suppressed(text, [], RULES, lambda _: True)
    assert len(found) == 500


@given(
    st.lists(
        st.sampled_from(
            ["# charterkit: ignore[CK502] x", "a: b", "  - c", "|", "'", "#", "\r\n", "\n", "  ", "[", "CK", "é🎉"]
        )
    )
)
def test_no_text_is_a_fault(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = [(Problem(Code.REVIEW_OVERDUE, "late"), 1, 1)]
    for problem, line, column in suppressed(text, found, RULES, lambda _: True):
        assert problem.code in RULES
        assert 1 <= line <= text.count("\n") + 1
        assert column >= 1
