"""The program for people without Python, without building it: what it does when it is started, and how it starts itself.

`make app` builds it, and tools/app/look.py looks whether the built one works.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from charterkit.cli import unpacked
from charterkit.render.engine import pdf, press
from charterkit.resources import APART, apart
from tools.app.build import system
from tools.app.icon import drawn

from .calling import ROOT, environment

START = ROOT / "tools" / "app" / "start.py"


def start(place: Path, *arguments: str, **variables: str):
    """The program, as if it lay in a folder of a stick and not in this checkout, which is a workspace itself."""
    code = f"import runpy, sys; sys.executable = {str(place / 'charterkit')!r}; sys.argv[0] = 'charterkit'; "
    code += f"runpy.run_path({str(START)!r}, run_name='__main__')"
    command = [sys.executable, "-c", code, *arguments]
    given = environment(HOME=str(place), PATH=str(place / "bin"), **variables)
    return subprocess.run(command, cwd=place, env=given, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_with_a_command_it_is_the_whole_command_line(tmp_path):
    done = start(tmp_path, "--version")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("charterkit ")


@pytest.mark.skipif(sys.platform != "linux", reason="another system has its own browser and its own documents")
def test_a_refusal_is_shown_in_the_browser_where_there_is_no_terminal(tmp_path):
    (tmp_path / "bin").mkdir()
    browser = tmp_path / "bin" / "browser"
    browser.write_text('#!/bin/sh\necho "$1 $LD_LIBRARY_PATH" >"$HOME/asked"\n', encoding="utf-8")
    browser.chmod(0o755)
    documents = tmp_path / "Documents"
    documents.mkdir()
    (documents / "charterkit").write_text("in the way", encoding="utf-8")
    done = start(tmp_path, BROWSER=f"{browser} %s", LD_LIBRARY_PATH=str(tmp_path), LD_LIBRARY_PATH_ORIG="/opt/theirs")
    assert (done.returncode, done.stderr) == (2, "")
    shown = documents / unpacked.MESSAGE
    assert "charterkit cannot be used: File exists" in shown.read_text(encoding="utf-8")
    assert (tmp_path / "asked").read_text(encoding="utf-8").split() == [shown.as_uri(), "/opt/theirs"]


def test_it_opens_what_it_lies_in_else_a_folder_in_the_documents(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "stick" / "charterkit-program" / "charterkit"))
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "Dogfennau")
    assert unpacked._folder() == tmp_path / "Dogfennau" / "charterkit"
    assert (tmp_path / "Dogfennau" / "charterkit").is_dir()
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "charterkit.yaml").touch()
    assert unpacked._folder() == tmp_path / "stick"


def test_only_a_folder_with_its_whole_path_is_one_that_was_dropped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "check").mkdir()
    assert unpacked._is_folder([str(tmp_path / "check")])
    assert not unpacked._is_folder(["check"])
    assert not unpacked._is_folder([str(tmp_path / "check"), "x"])
    assert not unpacked._is_folder([str(tmp_path / "none")])


def test_what_a_person_wrote_is_no_markup_of_the_message():
    assert "&lt;script&gt;" in unpacked._as_page("No <script>\u202e.\n")
    assert "\u202e" not in unpacked._as_page("\u202e")


def test_it_makes_paper_in_a_process_of_its_own_without_a_python(tmp_path, monkeypatch):
    """Where Python is inside the program, the program is what runs the press."""
    assert apart(press.__name__, press.__file__) == [sys.executable, "-I", "-S", press.__file__]
    program = tmp_path / "charterkit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{START}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert apart(press.__name__, press.__file__) == [str(program), APART, "charterkit.render.engine.press"]
    if os.name == "posix":
        (tmp_path / "made").mkdir()
        (tmp_path / "made" / "x.typ").write_text("= One", encoding="utf-8")
        compiler = {"input": str(tmp_path / "made" / "x.typ"), "root": str(tmp_path / "made")}
        order = {"engine": pdf._engine()[0], "bytes": pdf.MOST_BYTES, "seconds": 60, "compiler": compiler}
        (made,) = pdf._pressed(tmp_path, "x.typ", {**order, "compile": [{"format": "pdf"}]})
        assert made.startswith(b"%PDF")
        refused = subprocess.run([program, APART, "os.path", "x"], capture_output=True, check=False)
        assert (refused.returncode, refused.stdout) == (0, b""), "nothing but our own modules is run"


def test_the_icon_is_drawn_from_the_tokens_and_the_program_named_by_its_system():
    assert re.fullmatch(r"[a-z]+-[a-z0-9_]+", system())
    assert '"#17505f"' in drawn()
    assert drawn().count("<path") == 3
