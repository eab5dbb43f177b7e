"""`site` as people call it."""

import shutil

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


def test_several_schools_have_an_index_and_a_call_for_one_does_not_take_the_others_away(tmp_path, said):
    example(tmp_path, "example-primary", "example-secondary")
    assert said("--quiet", "site", "--out", "www", cwd=tmp_path).code == 0
    assert "schools/example-secondary/report.html" in files(tmp_path / "www")
    (tmp_path / "www" / "CNAME").write_text("larkfield.example")
    before = files(tmp_path / "www")
    done = said("site", "example-primary", "--out", "www", cwd=tmp_path)
    assert done.code == 2
    assert "www was made for every organisation: it has pages of another organisation" in done.err
    assert "--out" in done.err
    assert files(tmp_path / "www") == before
    shutil.rmtree(tmp_path / "schools" / "example-secondary")
    done = said("site", "--out", "www", cwd=tmp_path)
    assert done.code == 0
    assert "pages of two organisations." in done.err
    left = files(tmp_path / "www")
    assert "CNAME" in left
    assert not [name for name in left if name.startswith("schools/")]


def test_pages_that_somebody_changed_are_made_anew_or_go_and_it_is_said(tmp_path, said):
    example(tmp_path)
    assert said("site", cwd=tmp_path).code == 0
    (tmp_path / "site" / "index.html").write_text("mine")
    (tmp_path / "site" / "policies" / "behaviour.html").write_text("our behaviour")
    (tmp_path / "schools" / "example-primary" / "policies" / "behaviour.yaml").unlink()
    done = said("--quiet", "site", cwd=tmp_path)
    assert done.code == 0
    assert (
        "index.html had been changed by hand; it is made anew. What it was is in .charterkit/changed/index-" in done.err
    )
    assert "policies/behaviour.html had been changed by hand; it is taken away, as it is no longer public." in done.err
    assert b"our behaviour" not in b"".join(files(tmp_path / "site").values())
    assert b"our behaviour" in files(tmp_path / ".charterkit" / "changed").values()


@pytest.mark.alike(4)
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


BAD_LOGOS = {
    "bomb.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\x06\0\0\0" + b"\0" * 40,
    "filter.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"><feTurbulence/></filter></svg>',
    "script.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "none.png": b"",
}


@pytest.mark.parametrize("name", BAD_LOGOS)
def test_one_schools_bad_logo_takes_nothing_from_the_other(tmp_path, said, name):
    example(tmp_path, "example-primary", "example-secondary")
    folder = tmp_path / "schools/example-secondary"
    (folder / name).write_bytes(BAD_LOGOS[name])
    school = folder / "school.yaml"
    school.write_text(f"logo: {name}\n{school.read_text(encoding='utf-8')}", encoding="utf-8")
    done = said("site", cwd=tmp_path)
    assert done.code == 0, done.err
    assert name in done.err
    pages = files(tmp_path / "site")
    for slug, without in (("example-primary", set()), ("example-secondary", {"poster.html"})):
        assert {f"schools/{slug}/{page}" for page in PAGES - {"policies/behaviour.html"} - without} <= pages.keys()
    for banned in (b"feTurbulence", b"alert(1)"):
        assert not [page for page, data in pages.items() if banned in data]
