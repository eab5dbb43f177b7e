"""`policies` as it is called: formats, filters, exit codes and narrow terminals."""

import csv
import io
import json

import pytest

from tests.render.comparison.test_compare import schema
from tests.render.policies import TRUST, policy_file, written

from .calling import ROOT, terminal


@pytest.fixture
def trust(tmp_path):
    written(tmp_path, TRUST)
    return tmp_path


def rows(done):
    assert done.code == 0, done.err
    found = json.loads(done.out)
    schema("policies").validate(found)
    return [(row["school"], row["policy"]) for row in found]


ALL = [("alone", "behaviour"), ("north", "behaviour"), ("our-trust", "families")]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ALL),
        (["north"], [("north", "behaviour"), ("our-trust", "families")]),
        (["south"], []),
        (["our-trust"], [("our-trust", "families")]),
        (["--state", "overdue"], [("north", "behaviour")]),
        (["--state", "overdue", "--state", "due"], ALL[:2]),
        (["--state", "ok"], [("our-trust", "families")]),
        (["--status", "draft"], []),
        (["--status", "live"], ALL),
        (["--owner", "ANN"], [("north", "behaviour")]),
        (["--owner", "chief"], [("our-trust", "families")]),
        (["--owner", "nobody"], []),
        (["--within", "5d", "--state", "due"], []),
        (["--within", "400d", "--state", "due"], [("alone", "behaviour"), ("our-trust", "families")]),
        (["--today", "2026-12-01", "--state", "overdue"], ALL[:2]),
    ],
)
def test_filters(said, trust, arguments, expected):
    assert rows(said("policies", *arguments, "--format", "json", cwd=trust)) == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nroth"], "Did you mean north?"),
        (["--state", "late"], "overdue, due, ok, unknown"),
        (["--status", "dead"], "draft, live, under-review, archived"),
        (["--within", "soon"], "--within"),
        (["--format", "docx"], "table, markdown, html, pdf, csv, json, xlsx"),
        (["-o", "register.docx"], ".docx"),
        (["-o", "schools/north/policies/x.md"], "among the workspace's own files"),
        (["--today", "tomorrow"], "is not a day"),
    ],
)
def test_a_wrong_call_exits_2_and_says_what_to_write(said, trust, arguments, words):
    done = said("policies", *arguments, cwd=trust)
    assert done.code == 2
    assert done.out == ""
    assert words in done.err


def test_every_format_has_every_policy(said, trust):
    for chosen in ("table", "markdown", "html", "csv"):
        done = said("policies", "--format", chosen, cwd=trust, columns=100)
        assert done.code == 0, done.err
        for title in ("Behaviour", "Behaving well", "Families"):
            assert title in done.out
    lines = list(csv.reader(io.StringIO(done.out, newline="")))
    assert len(lines) == 4


def test_the_ending_tells_the_format_and_a_table_can_go_into_a_file(said, trust):
    for name, start in (
        ("r.md", "# Our schools"),
        ("r.html", "<!doctype html>"),
        ("r.csv", "\ufeffschool,"),
        ("r.json", "["),
    ):
        assert said("policies", "-o", f"out/{name}", cwd=trust).code == 0
        assert (trust / "out" / name).read_text(encoding="utf-8").startswith(start)
    assert said("policies", "-o", "out/r.txt", cwd=trust, columns=40).code == 0
    assert "Owner, approver" in (trust / "out/r.txt").read_text(encoding="utf-8")


def test_a_narrow_stdout_gets_blocks_and_nothing_is_cut(said):
    done = said("policies", cwd=ROOT, columns=40)
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 40
    assert "…" not in done.out
    assert "Owner, approver: Nobody named" in done.out


def test_a_narrow_terminal_too(trust):
    with terminal("policies", cwd=trust, columns=40) as screen:
        assert screen.finish() == 0
        assert "  State: ▲ Overdue" in screen.lines
        assert "…" not in "".join(screen.lines)


def test_nothing_here_is_said(said, tmp_path):
    written(tmp_path, {"charterkit.yaml": "", "schools/one/school.yaml": "name: One\n"})
    done = said("policies", cwd=tmp_path)
    assert done.code == 0
    assert "There is no policy here yet." in done.out
    assert said("policies", "--format", "json", cwd=tmp_path).out == "[]\n"


def test_a_file_that_cannot_be_read_is_named_on_the_page_and_aloud(said, trust):
    (trust / "schools/our-trust/policies/lost.yaml").write_text("id: [", encoding="utf-8")
    for arguments in ([], ["north"]):
        done = said("policies", *arguments, "--format", "markdown", cwd=trust)
        assert done.code == 0
        assert "schools/our-trust/policies/lost.yaml cannot be read" in done.err
        assert "lost.yaml cannot be read" in done.out
    assert "lost" not in said("policies", "alone", cwd=trust).err


def test_part_of_a_file_that_cannot_be_read_is_told_in_its_row(said, tmp_path):
    written(tmp_path, policy_file("status: live\nnext_review: 1/5/27\n"))
    done = said("policies", cwd=tmp_path, columns=120)
    assert "cannot be read" in done.out
