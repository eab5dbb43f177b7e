"""`new charter --from`: a sheet is shown first, and becomes a draft only when somebody says so."""

import re
import sys
from pathlib import Path

import openpyxl
import pytest

from charterkit.files.load import load
from charterkit.model.charter import Charter
from charterkit.resources import builtin

from .calling import call, terminal

FULL = """\
id: full
version: "1"
title: "Full: all that a table holds"
status: draft
scale:
  - {id: grade-2, label: 2 Needs work, meaning: "Not yet", colour: "#7a0019", letter: "2"}
  - {id: grade-1, label: 1 Good, meaning: "=In place", colour: "#3d9a74", letter: "1"}
met_at: grade-1
key_points:
  - id: welcome
    title: Welcome
    number: "1"
    part: Leadership
    detail: Families are welcomed.
    examples: [{text: "A rota, [as said]", school: Made-up Primary}]
    aspects:
      - {id: gate, number: 1.1a, text: The gate, detail: "=1+1\\nTwo lines", levels: {grade-2: "Nobody", grade-1: "- Two leaders"},
         next: {grade-2: "Draw up a rota"}, examples: [{text: "One\\nof two lines"}, {text: "ends [so]"}]}
      - {id: phone, number: "1.10", text: "+44 is answered", met_at: grade-2, applies_to: {phases: [primary, nursery]}}
  - id: home
    title: Home
    part: Families
    applies_to: {types: [academy]}
    aspects: [{id: a-visit, text: A visit}]
"""

SHEET = """\
Key point,Number,Aspect,Detail,Red,Green
Welcome,1,The gate,At eight,Nobody,Two leaders
,2,The phone,,,
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "charterkit.yaml").write_text("organisation: Made-up Trust\n", encoding="utf-8")
    (tmp_path / "charters").mkdir()
    (tmp_path / "charters" / "full-v1.yaml").write_text(FULL, encoding="utf-8")
    (tmp_path / "our-view.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


def charter(path: Path) -> Charter:
    found = load(Charter, path.read_bytes())
    assert found.model
    assert not found.problems
    return found.model


def files(workspace: Path) -> set[str]:
    return {path.relative_to(workspace).as_posix() for path in workspace.rglob("*") if path.is_file()}


def test_a_blank_form_has_the_charter_as_a_table_that_makes_it_again(workspace):
    done = call("render-form", "full", "--blank", "-o", "charter.xlsx", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert openpyxl.load_workbook(workspace / "charter.xlsx").sheetnames[-3:-1] == ["Charter", "Levels"]
    done = call("new", "charter", "--from", "charter.xlsx", "--id", "again", "--yes", cwd=workspace)
    assert done.returncode == 0, done.stderr
    made = charter(workspace / "charters" / "again-v1.yaml")
    assert made.model_copy(update={"id": "full"}) == charter(workspace / "charters" / "full-v1.yaml")
    call("render-form", "full", "-o", "plain.xlsx", cwd=workspace)
    assert "Charter" not in openpyxl.load_workbook(workspace / "plain.xlsx").sheetnames


def test_a_charter_whose_key_points_are_rated_comes_back_as_it_is(workspace):
    path = workspace / "charters" / "full-v1.yaml"
    text = re.sub(r"(?m)^rated: .*\n", "", path.read_text(encoding="utf-8"))
    for rated in ("both", "key-points"):
        path.write_text(text.replace("status:", f"rated: {rated}\nstatus:", 1), encoding="utf-8")
        assert charter(path).rated == rated
        call("render-form", "full", "--blank", "-o", f"{rated}.xlsx", cwd=workspace)
        done = call("new", "charter", "--from", f"{rated}.xlsx", "--id", f"again-{rated}", "--yes", cwd=workspace)
        assert done.returncode == 0, done.stderr
        made = charter(workspace / "charters" / f"again-{rated}-v1.yaml")
        assert made.model_copy(update={"id": "full"}) == charter(path)


def test_all_that_the_built_in_charter_says_comes_back_out_of_its_workbook(workspace):
    known = builtin() / "charters" / "community-engagement-v1.yaml"
    text = known.read_text(encoding="utf-8").replace("fulfilled_by: poster}", "fulfilled_by: poster, within: 3 months}")
    (workspace / "charters" / known.name).write_text(text, encoding="utf-8")
    call("render-form", "community-engagement", "--blank", "-o", "charter.xlsx", cwd=workspace)
    done = call("new", "charter", "--from", "charter.xlsx", "--id", "again", "--yes", cwd=workspace)
    assert done.returncode == 0, done.stderr
    made = charter(workspace / "charters" / "again-v1.yaml")
    before = charter(workspace / "charters" / known.name)
    assert str(before.pledge[1].within) == "3 months"
    assert made == before.model_copy(update={"id": "again", "status": "draft"})

    book = openpyxl.load_workbook(workspace / "charter.xlsx")
    for row in [["Publicher", "", "Us"], ["Award", "gold", "", "", "https://x"], ["Purpose"]]:
        book["About"].append(row)
    book.save(workspace / "charter.xlsx")
    done = call("new", "charter", "--from", "charter.xlsx", "--id", "more", "--yes", cwd=workspace)
    assert done.returncode == 2
    assert "'Publicher' is none of Publisher, Purpose" in " ".join(done.stderr.split())
    assert "leave Address empty here: nothing of the kind is kept under Award" in " ".join(done.stderr.split())
    assert "nothing is said of this purpose" in done.stderr
    assert not (workspace / "charters" / "more-v1.yaml").exists()


def test_nothing_is_written_before_somebody_says_so(workspace):
    before = files(workspace)
    shown = call("new", "charter", "--from", "our-view.csv", cwd=workspace)
    assert shown.returncode == 0, shown.stderr
    assert "D  Detail                    detail" in shown.stdout
    assert "“Our view”: 1 key point, 2 aspects." in shown.stdout
    assert "Nothing was written. Add --yes to write charters/our-view-v1.yaml." in shown.stderr
    assert files(workspace) == before
    done = call("new", "charter", "Our own", "--from", "our-view.csv", "--yes", cwd=workspace)
    assert done.returncode == 0, done.stderr
    made = workspace / "charters" / "our-own-v1.yaml"
    assert charter(made).title == "Our own"
    text = made.read_bytes()
    again = call("new", "charter", "Our own", "--from", "our-view.csv", "--yes", cwd=workspace)
    assert again.returncode == 2
    assert "There is a charter 'our-own' already." in again.stderr
    other = call("new", "charter", "--from", "our-view.csv", "--id", "our-view", "--yes", cwd=workspace)
    assert other.returncode == 0
    assert made.read_bytes() == text
    assert call("check", cwd=workspace).returncode == 0


def test_one_cell_that_is_not_understood_and_nothing_is_written(workspace):
    (workspace / "our-view.csv").write_text(SHEET + ",3,,Alone,,\n\n,4,The gate,,,\n", encoding="utf-8")
    before = files(workspace)
    done = call("new", "charter", "--from", "our-view.csv", "--yes", cwd=workspace)
    assert done.returncode == 2
    assert "our-view.csv, line 4, cell C4: no aspect stands in this row, and other cells are filled." in done.stderr
    assert "our-view.csv, line 6, cell C6: the same aspect stands at our-view.csv, line 2, cell C2" in done.stderr
    assert "Nothing was written." in done.stderr
    assert files(workspace) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--yes", "Title"), "--yes says how a file is read"),
        (("--map", "Detail=B", "Title"), "--map says how a file is read"),
        (("--from", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("--from", "charterkit.yaml"), "this is read from"),
        (("--from", "our-view.csv", "--next-version-of", "full"), "--next-version-of"),
        (("--from", "our-view.csv", "--id", "../out"), "cannot be an id"),
        (("--from", "our-view.csv", "--id", "full"), "There is a charter 'full' already"),
    ],
)
def test_what_does_not_go_together_is_refused(workspace, arguments, said):
    before = files(workspace)
    done = call("new", "charter", *arguments, cwd=workspace)
    assert done.returncode == 2
    assert said in done.stderr
    assert files(workspace) == before


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no pseudo-terminal there")
@pytest.mark.parametrize(("answer", "is_made"), [("n", False), ("y", True)])
def test_in_a_terminal_it_asks(workspace, answer, is_made):
    with terminal("new", "charter", "--from", "our-view.csv", cwd=workspace) as seen:
        seen.wait_for("Write charters/our-view-v1.yaml?")
        seen.press(answer + "\r")
        assert seen.finish() == 0
    assert (workspace / "charters" / "our-view-v1.yaml").exists() is is_made


def test_a_school_is_asked_about_the_charter_that_it_has_signed(workspace):
    other = FULL.replace("id: full\n", "id: other\n", 1)
    (workspace / "charters" / "other-v1.yaml").write_text(other, encoding="utf-8")
    (workspace / "charterkit.yaml").write_text("charter: other\n", encoding="utf-8")
    (workspace / "schools" / "elm").mkdir(parents=True)
    (workspace / "schools/elm/school.yaml").write_text("name: Elm\ncharters: [{charter: full}]\n", encoding="utf-8")
    assert call("evaluate", "elm", "--set", "gate=2", cwd=workspace).returncode == 0
    text = next((workspace / "schools/elm/evaluations").iterdir()).read_text(encoding="utf-8")
    assert "charter: full\n" in text
