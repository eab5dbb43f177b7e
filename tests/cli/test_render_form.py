"""`render-form` as people call it, and `evaluate --from` with what came back."""

import io
import subprocess
import sys

import openpyxl
import pytest

from charterkit.insight.evaluations.form_layout import SHEET
from tests.render.forms import filled

from .calling import example, terminal

PRIMARY = "schools/example-primary/evaluations"


def test_the_format_is_told_from_the_name(tmp_path, said):
    example(tmp_path)
    for name, start in (("f.pdf", b"%PDF"), ("f.xlsx", b"PK"), ("f.html", b"<!doctype html>")):
        done = said("render-form", "--school", "example-primary", "-o", name, cwd=tmp_path)
        assert done.code == 0, done.err
        assert (tmp_path / name).read_bytes().lstrip().startswith(start)
        assert f"Written to {name}." in done.err
    assert said("render-form", "--blank", "-o", "blank.pdf", cwd=tmp_path).code == 0
    assert (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF")
    again = said("render-form", "--school", "example-primary", "-o", "g.xlsx", cwd=tmp_path)
    assert again.code == 0
    assert (tmp_path / "g.xlsx").read_bytes() == (tmp_path / "f.xlsx").read_bytes()


def test_last_time_stands_beside_it_unless_it_is_to_be_blank(tmp_path, said):
    example(tmp_path)
    done = said("render-form", "--school", "example-primary", cwd=tmp_path)
    assert "Autumn term 2025-26" in done.out  # last time
    assert "Autumn term 2026-27" in done.out  # the draft under way
    assert "Photographs of governors on the board" in done.out
    assert "an answer already in autumn term 2026-27; the form shows autumn term 2025-26 only." in done.err
    blank = said("render-form", "--school", "example-primary", "--blank", cwd=tmp_path).out
    assert "Last time" not in blank
    assert "Photographs of governors" not in blank
    earlier = said("render-form", "--school", "example-primary", "--cycle", "2024-25-autumn", cwd=tmp_path).out
    assert "Autumn term 2023-24" in earlier
    assert "2025-26" not in earlier
    alone = said("render-form", cwd=tmp_path).out
    assert "Larkfield" not in alone
    assert "Last time" not in alone


RUBRIC = """\
        detail: |-
          Emerging: Signs greet visitors.
          Excelling: Greeters speak  every language.
"""


def test_a_rubric_keeps_its_lines_and_the_compact_form_has_a_row_an_aspect(tmp_path, said):
    example(tmp_path)
    path = tmp_path / "charters/small-v1.yaml"
    path.write_text(SMALL + RUBRIC, encoding="utf-8")
    made = [said("render-form", "small", *more, "-o", name, cwd=tmp_path) for name, *more in FILES]
    assert [done.code for done in made] == [0, 0, 0, 0, 0]
    lines = ["Emerging: Signs greet visitors.", "Excelling: Greeters speak every language."]
    page = (tmp_path / "f.html").read_text(encoding="utf-8")
    assert "\n".join(lines) in page
    assert '<div class="said">' in page
    cells = [
        cell.value
        for row in openpyxl.load_workbook(tmp_path / "f.xlsx")[SHEET].iter_rows()
        for cell in row
        if cell.value
    ]
    assert "\n".join(lines) in cells
    on_paper = text_of(tmp_path / "f.pdf")
    assert all(any(line in row for row in on_paper.splitlines()) for line in lines)
    compact = (tmp_path / "c.html").read_text(encoding="utf-8")
    body = compact[compact.index("<tbody>") :]
    assert body.count('<span class="box"') == 2 * 4
    assert lines[0] not in compact
    assert lines[0] not in text_of(tmp_path / "c.pdf")


FILES = (("f.html",), ("f.xlsx",), ("f.pdf",), ("c.html", "--compact"), ("c.pdf", "--compact"))
SMALL = """\
id: small
version: "1"
title: A small charter
status: published
key_points:
  - id: welcome
    title: Welcome
    aspects:
      - {id: phone, text: The phone}
      - id: gate
        text: The gate
"""


def text_of(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--size", "A5"], "--size A5"),
        (["--format", "docx"], "no format"),
        (["-o", "form.docx"], ".docx"),
        (["--lang", "cy"], "no translation"),
        (["--cycle", "autumn"], "--cycle"),
        (["nonsense"], "no charter"),
        (["--school", "nonsense"], "no school"),
        (["--compact", "-o", "form.xlsx"], "--compact is for paper"),
        (["-o", "schools/form.xlsx"], "own files"),
    ],
)
def test_a_wrong_call_is_a_sentence(tmp_path, said, arguments, message):
    example(tmp_path)
    done = said("render-form", *arguments, cwd=tmp_path)
    assert done.code == 2
    assert message in done.err
    assert done.out == ""


def test_a_meeting_from_the_form_to_the_evaluation(tmp_path, said):
    example(tmp_path)
    assert said("render-form", "--school", "example-primary", "-o", "f.xlsx", cwd=tmp_path).code == 0
    form = (tmp_path / "f.xlsx").read_bytes()
    rows = openpyxl.load_workbook(io.BytesIO(form))[SHEET]
    first, second = [row[0].value for row in rows.iter_rows(min_row=8) if row[0].value][:2]
    answers = {
        first: {"rating": "A Amber", "note": "=SUM(A1) is what we said", "ideas": "- a bell\n+ a mat\n@ the gate"},
        second: {"rating": "Does not apply", "reason": "We have no gate"},
    }
    (tmp_path / "f.xlsx").write_bytes(filled(form, answers))
    done = said("evaluate", "example-primary", "--from", "f.xlsx", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "2 aspects saved" in done.err
    text = (tmp_path / PRIMARY / "2026-27-autumn.yaml").read_text(encoding="utf-8")
    assert "- - a bell" not in text
    for part in ("=SUM(A1) is what we said", "a bell", "+ a mat", "@ the gate", "We have no gate"):
        assert part in text
    assert "2 ratings changed: “" in done.err
    again = said("evaluate", "example-primary", "--from", "f.xlsx", cwd=tmp_path)
    assert again.code == 0
    assert "changed" not in again.err
    assert (tmp_path / PRIMARY / "2026-27-autumn.yaml").read_text(encoding="utf-8") == text


def test_one_wrong_cell_and_nothing_is_changed(tmp_path, said):
    example(tmp_path)
    assert said("render-form", "--school", "example-primary", "-o", "f.xlsx", cwd=tmp_path).code == 0
    form = (tmp_path / "f.xlsx").read_bytes()
    rows = openpyxl.load_workbook(io.BytesIO(form))[SHEET]
    first, second = [row[0].value for row in rows.iter_rows(min_row=8) if row[0].value][:2]
    (tmp_path / "f.xlsx").write_bytes(filled(form, {first: {"rating": "A Amber"}, second: {"rating": "Ambr"}}))
    path = tmp_path / PRIMARY / "2026-27-autumn.yaml"
    before = path.read_bytes()
    done = said("evaluate", "example-primary", "--from", "f.xlsx", cwd=tmp_path)
    assert done.code == 2
    assert "Self-evaluation!H11: ‘Ambr’ is no level: write one of R Red, A Amber, G Green or Does not apply" in done.err
    assert "Nothing was changed." in done.err
    assert path.read_bytes() == before
    other = said("evaluate", "example-primary", "--cycle", "2025-26-autumn", "--from", "f.xlsx", cwd=tmp_path)
    assert "these answers are for the cycle 2026-27-autumn, not 2025-26-autumn" in other.err


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no pseudo-terminal there")
def test_bytes_do_not_go_to_a_terminal(tmp_path):
    example(tmp_path)
    with terminal("render-form", "--format", "xlsx", cwd=tmp_path) as seen:
        assert seen.finish() == 0
    assert "Written to form.xlsx" in seen.said
    assert (tmp_path / "form.xlsx").is_file()
