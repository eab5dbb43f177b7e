"""`evaluate --from` reads schools' own sheets in the shapes that they have; one wrong cell, and nothing is taken in."""

import openpyxl
import pytest

from .calling import call, example

EVALUATION = "schools/example-primary/evaluations/2027-28.yaml"


@pytest.fixture
def workspace(tmp_path):
    return example(tmp_path)


def aspects(workspace):
    from charterkit.files.workspace import Workspace
    from charterkit.resources import builtin

    return Workspace(workspace, builtin()).choose_charter(None).aspects


def evaluate(workspace, name, *more):
    return call("evaluate", "--cycle", "2027-28", "--from", name, *more, cwd=workspace, CHARTERKIT_TODAY="2027-11-22")


def test_crosses_percentages_and_a_row_a_school(workspace):
    known = list(aspects(workspace).values())
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Statement", "Red", "Amber", "Green", "%", "Comments"],
        [known[0].text.upper(), None, "x", None, 0.62, "Since autumn"],
        [known[1].text, None, None, "✓", None, None],
    ):
        sheet.append(row)
    sheet["E2"].number_format = "0%"
    book.save(workspace / "rag.xlsx")
    done = evaluate(workspace, "rag.xlsx")
    assert done.returncode == 0, done.stderr
    text = (workspace / EVALUATION).read_text(encoding="utf-8")
    assert f"  {known[0].id}:\n    rating: amber\n    note: Since autumn\n    value: 62%\n" in text
    assert f"  {known[1].id}:\n    rating: green\n" in text
    table = f"School;{known[0].id};{known[2].id}\nAnother School;red;red\nexample-primary;green;R\n"
    (workspace / "schools.csv").write_text(table, encoding="utf-8")
    done = evaluate(workspace, "schools.csv")
    assert done.returncode == 0, done.stderr
    assert "1 row of other organisations left out." in done.stderr
    assert "was Amber, is Green" in done.stderr
    text = (workspace / EVALUATION).read_text(encoding="utf-8")
    assert f"  {known[2].id}:\n    rating: red\n" in text
    assert call("check", cwd=workspace).returncode == 0


def test_one_wrong_cell_and_nothing_is_taken_in(workspace):
    known = list(aspects(workspace).values())
    table = f"Statement,Red,Green\n{known[0].id},x,\nNobody says this,,x\n{known[1].id},x,x\n"
    (workspace / "rag.csv").write_text(table, encoding="utf-8")
    done = evaluate(workspace, "rag.csv")
    assert done.returncode == 2
    assert "rag.csv, line 4, cell C4: there is a cross under “Red” and “Green”" in done.stderr
    assert "Nothing was changed." in done.stderr
    (workspace / "rag.csv").write_text(table.replace(",x,x", ",x,"), encoding="utf-8")
    done = evaluate(workspace, "rag.csv", "--dry-run")
    assert done.returncode == 2
    assert f"set      {known[0].id}: Red" in done.stdout
    assert "rag.csv, line 3, cell A3: 'Nobody says this' is not an aspect" in done.stderr
    assert not (workspace / EVALUATION).exists()


def test_a_trial_run_says_what_would_be_set_changed_and_cleared_and_writes_nothing(workspace):
    first, second, third, *_ = aspects(workspace)
    options = (
        "--set",
        f"{first}=na",
        "--reason",
        f"{first}=No gate",
        "--note",
        f"{second}=Old",
        "--set",
        f"{second}=a",
    )
    call("evaluate", "--cycle", "2027-28", *options, cwd=workspace, CHARTERKIT_TODAY="2027-11-22")
    before = (workspace / EVALUATION).read_bytes()
    table = f"Aspect,Rating,Note,Idea\n{first},green,,\n{second},amber,New,\n{third},red,,A rota\n"
    (workspace / "ours.csv").write_text(table, encoding="utf-8")
    done = evaluate(workspace, "ours.csv", "--dry-run", "--target", f"{third}=green@2028-07")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            f"set      {third}, target: Green by July 2028",
            f"changed  {first}: was Does not apply, becomes Green",
            f"cleared  {first}, reason: was “No gate”",
            f"changed  {second}, note: was “Old”, becomes “New”",
            f"set      {third}: Red",
            f"added    {third}, ideas: “A rota”",
            "1 answer stands there already.",
        ],
    )
    assert f"Nothing was written to {EVALUATION}: leave out --dry-run to do so." in done.stderr
    assert (workspace / EVALUATION).read_bytes() == before
    refused = evaluate(workspace, "ours.csv", "--dry-run", "--agree")
    assert (refused.returncode, refused.stderr.count("--agree does not go with --dry-run.")) == (2, 1)
