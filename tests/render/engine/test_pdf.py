"""The one function that makes paper: closed to the network and the disk, and a sentence for what is missing."""

import re
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import pytest

from charterkit.errors import Refused
from charterkit.render.engine import pdf, press
from charterkit.render.engine.pdf import FONTS, direction
from charterkit.resources import builtin
from tests.cli.calling import environment, example

HIDE = """
import importlib.abc, importlib.util, sys
class Hider(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == {name!r}:
            raise ModuleNotFoundError(name)
        return None
sys.meta_path.insert(0, Hider())
from charterkit.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


def without(module, cwd, *arguments):
    return subprocess.run(
        [sys.executable, "-c", HIDE.format(name=module), *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.alike(5)
@pytest.mark.slow
@pytest.mark.parametrize("module", ["typst", *FONTS])
def test_a_missing_engine_or_font_says_what_to_install(tmp_path, module):
    example(tmp_path)
    done = without(module, tmp_path, "render-poster", "-o", "poster.pdf")
    assert done.returncode == 2
    assert "pip install 'charterkit[pdf]'" in done.stderr
    assert FONTS.get(module, module) in done.stderr
    assert not (tmp_path / "poster.pdf").exists()


def test_the_page_needs_neither_and_the_code_needs_segno(tmp_path):
    example(tmp_path)
    assert without("typst", tmp_path, "render-poster").returncode == 0
    done = without("segno", tmp_path, "render-poster", "--qr-url", "https://a.example/")
    assert done.returncode == 2
    assert "pip install 'charterkit[pdf]'" in done.stderr


def test_no_template_loads_anything_or_evaluates_what_it_is_given():
    for template in (builtin() / "templates").glob("*.typ"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"@(preview|local)|\beval\b|plugin\(|#?read\(", text), template
        assert set(re.findall(r'json\("([^"]+)"\)', text)) <= {"data.json", "tokens.json"}


def test_a_workspaces_own_template_for_paper_is_not_used(tmp_path):
    example(tmp_path)
    (tmp_path / "templates").mkdir()
    for name in ("poster.typ", "base.typ"):
        (tmp_path / "templates" / name).write_text("#panic()", encoding="utf-8")
    done = without("nothing", tmp_path, "render-poster", "-o", "poster.pdf")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("language", "way"),
    [("ur", "rtl"), ("en-GB", "ltr"), ("pa-Arab", "rtl"), ("az", "ltr"), ("ur-Latn", "ltr"), ("bn", "ltr")],
)
def test_a_languages_direction(language, way):
    assert direction(language) == way


def test_the_file_says_when_it_was_made_and_in_what_language(tmp_path):
    from charterkit.render.poster.pages import poster_pdf
    from tests.render.posters import info, made, texts

    one = made(tmp_path, texts(4, 30))
    about = info(poster_pdf(one, date(2026, 11, 22)))
    assert about["Title"] == "A charter for families"
    assert "2026" in about["CreationDate"]
    assert poster_pdf(one, date(2026, 11, 22)) != poster_pdf(one, date(2026, 11, 23))


class TestTheProcessOfItsOwn:
    """What takes too much, or breaks down, ends that process alone, and is a sentence."""

    def refused(self) -> str:
        with pytest.raises(Refused) as why:
            pdf.png("listing.typ", {}, title="x", lang="en", when=date(2026, 11, 29))
        return why.value.code

    @pytest.mark.skipif(sys.platform != "linux", reason="there the system counts memory")
    def test_too_much_memory(self, monkeypatch):
        monkeypatch.setattr(pdf, "MOST_BYTES", 4 * 1024**2)
        assert self.refused() == "too-much"

    def test_too_much_time(self, monkeypatch):
        monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.001)
        assert self.refused() == "too-much"

    @pytest.mark.skipif(sys.platform == "win32", reason="there nothing is ended by a signal")
    def test_one_that_is_ended_by_the_system_or_finds_no_memory(self, monkeypatch, tmp_path):
        broken = tmp_path / "press.py"
        monkeypatch.setattr(press, "__file__", str(broken))
        for ends in ("os.kill(os.getpid(), signal.SIGKILL)", "os.abort()", "raise MemoryError"):
            broken.write_text(f"import os, signal\n{ends}\n", encoding="utf-8")
            assert self.refused() == "too-much", ends

    def test_where_the_system_has_no_limits_or_refuses_one(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows: the import fails
        press._limit(1, 1)
        asked = []

        def refuse(kind, limits):
            asked.append((kind, limits))
            raise ValueError("current limit exceeds maximum limit")

        stand_in = SimpleNamespace(
            RLIMIT_DATA=2, RLIMIT_CPU=0, RLIMIT_CORE=4, RLIM_INFINITY=-1, getrlimit=lambda _: (5, 7), setrlimit=refuse
        )
        monkeypatch.setitem(sys.modules, "resource", stand_in)
        press._limit(9, 6)
        assert asked == [(2, (7, 7)), (0, (6, 7)), (4, (0, 7))]

    def test_more_texts_than_paper_holds_name_a_format_that_does(self):
        with pytest.raises(Refused) as why:
            pdf.png("listing.typ", {"a": ["x" + "\nx" * 20] * 8_001}, title="x", lang="en", when=date(2026, 11, 29))
        assert "more than 16,000 texts" in str(why.value)
        assert "html" in str(why.value.hint)
        cell = {"text": "x", "plain": "x", "link": ""}
        assert pdf.for_paper([cell] * 16_000)  # what a cell says twice, or does not say, is no more to lay out

    def test_what_typst_says_and_a_process_that_cannot_run(self, monkeypatch, tmp_path):
        assert self.refused() == "paper-fails"
        broken = tmp_path / "press.py"
        broken.write_text("raise ImportError('no typst here')\n", encoding="utf-8")
        monkeypatch.setattr(press, "__file__", str(broken))
        with pytest.raises(Refused, match="no typst here"):
            pdf.png("listing.typ", {}, title="x", lang="en", when=date(2026, 11, 29))
