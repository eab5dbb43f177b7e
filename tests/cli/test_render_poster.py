"""`render-poster` as people call it."""

import sys

import pytest

from .calling import call, example, terminal


def test_the_format_is_told_from_the_name(tmp_path):
    example(tmp_path)
    for name, start in (("p.pdf", b"%PDF"), ("p.png", b"\x89PNG"), ("p.html", b"<!doctype html>")):
        done = call("render-poster", "--school", "example-primary", "-o", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().lstrip().startswith(start)
        assert f"Written to {name}." in done.stderr


def test_a_school_a_size_and_its_website(tmp_path):
    example(tmp_path)
    done = call("render-poster", "--school", "example-primary", "--size", "a3", "--landscape", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "size: A3 landscape" in done.stdout
    assert "Larkfield" in done.stdout
    assert ">Draft<" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--size", "A5"], "--size A5"),
        (["--format", "docx"], "no format"),
        (["-o", "poster.docx"], ".docx"),
        (["--lang", "cy"], "no translation"),
        (["--qr"], "--qr-url"),
        (["nonsense"], "no charter"),
        (["--school", "nonsense"], "no school"),
        (["-o", "charters/poster.pdf"], "own files"),
        (["--qr-url", "javascript:alert(1)"], "no web address"),
    ],
)
def test_a_wrong_call_is_a_sentence(tmp_path, arguments, said):
    example(tmp_path)
    done = call("render-poster", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_colour_that_cannot_be_read_is_said_and_mended(tmp_path):
    example(tmp_path)
    (tmp_path / "charterkit.yaml").write_text("colours: {accent: '#ffcc00'}\n", encoding="utf-8")
    done = call("render-poster", cwd=tmp_path)
    assert done.returncode == 0
    assert "#ffcc00" in done.stderr
    assert "text needs 4.5 to 1" in done.stderr


def test_a_broken_key_point_makes_no_poster(tmp_path):
    example(tmp_path)
    path = tmp_path / "charters" / "community-engagement-v1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Every family feels", "titel: Every family feels"),
        encoding="utf-8",
    )
    done = call("render-poster", cwd=tmp_path)
    assert done.returncode == 2
    assert "charterkit check" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no pseudo-terminal there")
def test_bytes_do_not_go_to_a_terminal(tmp_path):
    example(tmp_path)
    with terminal("render-poster", "--format", "pdf", cwd=tmp_path) as seen:
        assert seen.finish() == 0
    assert "Written to poster.pdf" in seen.said
    assert (tmp_path / "poster.pdf").is_file()
