"""`report` and `compare` as PDF: by the file's name, never over a terminal, and what nobody can print is said."""

import subprocess
import sys

import pytest

from .calling import call, example, terminal


@pytest.mark.alike(3)
@pytest.mark.parametrize("arguments", [("report",), ("compare",), ("compare", "--all")])
def test_the_files_name_tells_and_the_same_bytes_come_twice(tmp_path, arguments):
    example(tmp_path)
    for name in ("one.pdf", "two.pdf"):
        done = call(*arguments, "-o", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stderr == f"Written to {name}.\n"
        assert not done.stdout
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_pipe_gets_the_bytes(tmp_path):
    example(tmp_path)
    asked = [sys.executable, "-m", "charterkit", "report", "--format", "pdf", "--today", "2026-11-22"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.startswith(b"%PDF-")
    assert done.stdout.endswith(b"%%EOF")


@pytest.mark.alike(3)
@pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no pseudo-terminal there")
@pytest.mark.parametrize(
    ("command", "name"), [("report", "report"), ("compare", "comparison"), ("translate status", "translations")]
)
def test_from_a_terminal_it_goes_into_a_file_of_its_own_name(tmp_path, command, name):
    example(tmp_path)
    with terminal(*command.split(), "--format", "pdf", cwd=tmp_path) as seen:
        assert seen.finish() == 0
    assert f"Written to {name}.pdf" in seen.said
    assert "%PDF" not in seen.said
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
    with terminal(*command.split(), "--format", "pdf", "-o", "-", cwd=tmp_path) as asked:
        assert asked.finish() == 2
    assert f"Add -o {name}.pdf" in asked.said


def test_letters_without_a_font_are_said(tmp_path):
    example(tmp_path)
    school = tmp_path / "schools" / "example-primary" / "school.yaml"
    text = school.read_text(encoding="utf-8")
    school.write_text(text.replace("Larkfield Primary School", "ਲਾਰਕਫੀਲਡ Larkfield"), encoding="utf-8")
    done = call("report", "-o", "report.pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no font for Gurmukhi letters" in done.stderr
    assert "HTML" in done.stderr


def test_revisions_have_no_pdf(tmp_path):
    example(tmp_path)
    done = call("compare", "--rev", "HEAD", "-o", "x.pdf", cwd=tmp_path)
    assert done.returncode == 2
    assert "--rev has no format 'pdf'" in done.stderr
