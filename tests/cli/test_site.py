"""`site` as people call it."""

import pytest

from .calling import example

PAGES = {
    "index.html",
    "poster.html",
    "pledge.html",
    "report.html",
    "policies/index.html",
    "policies/behaviour.html",
    "policies/parent-carer-engagement.html",
    "calendar/planner.html",
    "you-said-we-did.html",
}


def files(folder):
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_the_only_school_is_at_the_top_and_a_second_run_changes_nothing(tmp_path, said):
    done = said("site", cwd=example(tmp_path))
    assert (done.code, done.out) == (0, "")
    first = files(tmp_path / "site")
    assert first.keys() >= PAGES
    assert "index.html" in done.err
    assert "2026-27-autumn.yaml is still a draft" in done.err
    assert said("site", cwd=tmp_path).code == 0
    assert files(tmp_path / "site") == first
    later = said("site", "--today", "2026-11-23", "--year", "2025-26", cwd=tmp_path)
    assert later.code == 0
    changed = files(tmp_path / "site")
    assert b"23 November 2026" in changed["index.html"]
    assert b"2025-26" in changed["calendar/planner.html"]


def test_several_schools_have_an_index_and_one_of_them_takes_its_place(tmp_path, said):
    example(tmp_path, "example-primary", "example-secondary")
    assert said("--quiet", "site", "--out", "www", cwd=tmp_path).code == 0
    assert "schools/example-secondary/report.html" in files(tmp_path / "www")
    (tmp_path / "www" / "CNAME").write_text("larkfield.example")
    done = said("site", "example-primary", "--out", "www", cwd=tmp_path)
    assert done.code == 0
    assert "Removed: " in done.err
    left = files(tmp_path / "www")
    assert "CNAME" in left
    assert not [name for name in left if name.startswith("schools/")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "no school"),
        (["--charter", "nonsense"], "no charter"),
        (["--year", "2025"], "--year"),
        (["--year", "2025-26-autumn"], "one term"),
        (["--today", "soon"], "--today"),
        (["--out", "schools"], "own files"),
        (["--out", "schools/example-primary/site"], "own files"),
        (["--out", "."], "holds the workspace"),
        (["--out", ".."], "holds the workspace"),
        (["--out", ".git/site"], "git"),
        (["--out", "charterkit.yaml"], "no folder"),
        (["--out", "full"], "did not write"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_writes_nothing(tmp_path, said, arguments, words):
    example(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "own.txt").write_text("mine")
    before = files(tmp_path)
    done = said("site", *arguments, cwd=tmp_path)
    assert done.code == 2
    assert words in done.err
    assert files(tmp_path) == before


def test_a_broken_template_writes_nothing(tmp_path, said):
    example(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "site-pledge.html.j2").write_text("{{ nonsense }}")
    done = said("site", cwd=tmp_path)
    assert done.code == 2
    assert "templates/site-pledge.html.j2, line 1" in done.err
    assert not (tmp_path / "site").exists()


def test_without_the_pdf_extra_there_is_no_link_to_a_pdf(tmp_path, said, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    done = said("site", cwd=example(tmp_path))
    assert done.code == 0
    assert "PDF" not in done.err
    assert PAGES | {".charterkit-site"} == files(tmp_path / "site").keys()
    assert ".pdf" not in (tmp_path / "site" / "index.html").read_text()
