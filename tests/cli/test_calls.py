"""Every command as a person or a script calls it."""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.insight.samples import FRAMEWORK, write
from tools.reference import PAGE, renewed, tidy

from .calling import ROOT, call, environment, example

DRAFT = "schools/example-primary/evaluations/2026-27-autumn.yaml"


@pytest.fixture
def workspace(tmp_path):
    return example(tmp_path)


def test_version_without_anything_around(tmp_path):
    for arguments in (["--version"], ["--quiet", "--version"]):
        done = call(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(r"charterkit \d+\.\d+\.\d+\n", done.stdout)


def test_the_manual_holds_the_reference(tmp_path):
    text = PAGE.read_text(encoding="utf-8")
    said = renewed(text, lambda command: tidy(call(*command, "--help", cwd=tmp_path).stdout))
    assert said == text, "run: make reference"


@pytest.mark.parametrize("command", ["evaluate", "compare", "report", "check", "sign", "new"])
def test_outside_a_workspace_it_says_what_to_do(tmp_path, command):
    arguments = ["new", "school", "X"] if command == "new" else [command]
    done = call(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "charterkit init" in done.stderr
    assert "Traceback" not in done.stderr


def test_init_makes_a_workspace_that_passes_check_and_is_not_made_twice(tmp_path):
    done = call("init", "new place", "--with", "git", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    place = tmp_path / "new place"
    for path in ("charterkit.yaml", ".editorconfig", ".pre-commit-config.yaml", ".github/workflows/charterkit.yml"):
        assert (place / path).is_file()
    assert json.loads((place / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    checked = call("check", "--strict", cwd=place)
    assert checked.returncode == 0, checked.stdout
    for command in ("compare", "report", "sign"):
        assert call(command, "example-primary", cwd=place).returncode == 0
        unnamed = call(command, cwd=place)
        assert unnamed.returncode == 2
        assert f"charterkit {command} example-primary" in unnamed.stderr
    again = call("init", cwd=place)
    assert again.returncode == 2
    assert "workspace already" in again.stderr


def test_init_leaves_files_alone_that_are_there(tmp_path):
    (tmp_path / ".editorconfig").write_text("mine", encoding="utf-8")
    done = call("init", "--no-example", "--with", "git", cwd=tmp_path)
    assert done.returncode == 0
    assert ".editorconfig was there already" in done.stderr
    assert (tmp_path / ".editorconfig").read_text(encoding="utf-8") == "mine"
    assert list((tmp_path / "schools").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lathom High School : A Technology College", "lathom-high-school-a-technology-college"),
        ("Turton and Edgworth CofE/Methodist", "turton-and-edgworth-cofe-methodist"),
        ("Ysgol Gymraeg Llundain", "ysgol-gymraeg-llundain"),
        ("St Joseph’s", "st-josephs"),
        ("- # 'no' \"yes\" & <b>", "no-yes-b"),
    ],
)
def test_any_schools_name_comes_back_as_it_was(workspace, name, slug):
    done = call("new", "school", "--", name, cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert call("evaluate", slug, "--set", "gate-greeting=green", cwd=workspace).returncode == 0
    assert call("check", cwd=workspace).returncode == 0
    shown = call("sign", "--school", slug, cwd=workspace).stdout
    assert shown.startswith(name)


def test_sign_keeps_dates_and_shows_what_is_to_do(workspace):
    call("new", "school", "Ours", cwd=workspace)
    first = call("sign", "--school", "ours", "--by", "A. Head", "--on", "2026-09", cwd=workspace)
    assert first.returncode == 0, first.stderr
    second = call(
        "sign", "--school", "ours", "--done", "staff-launch=2026-09-02", "--done", "poster-displayed", cwd=workspace
    )
    assert "[x]" in second.stdout
    assert "2 September 2026" in second.stdout
    assert "22 November 2026" in second.stdout
    assert "still to do (--done self-evaluation)" in second.stdout
    text = (workspace / "schools/ours/school.yaml").read_text(encoding="utf-8")
    assert text == (
        "name: Ours\ncharters:\n  - charter: community-engagement\n    signed: 2026-09\n    signed_by: A. Head\n"
        "    pledges:\n      staff-launch: 2026-09-02\n      poster-displayed: 2026-11-22\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--done", "staff-lunch"], "Did you mean staff-launch?"),
        (["--done", "staff-launch=2/9/26"], "Write the year in full, such as 2/9/2026."),
        (["--done", "staff-launch=2027-09"], "has not come yet"),
        (["--on", "soon"], "is not a date"),
    ],
)
def test_sign_refuses_what_makes_no_sense(workspace, arguments, said):
    before = (workspace / "schools/example-primary/school.yaml").read_bytes()
    done = call("sign", *arguments, cwd=workspace)
    assert done.returncode == 2
    assert said in done.stderr
    assert (workspace / "schools/example-primary/school.yaml").read_bytes() == before


def test_new_trust_charter_and_evaluation(workspace):
    assert call("new", "trust", "Our Trust", "--member", "example-primary", cwd=workspace).returncode == 0
    assert call("new", "charter", "Our own charter", cwd=workspace).returncode == 0
    assert call("new", "charter", "--next-version-of", "community-engagement", cwd=workspace).returncode == 0
    done = call("new", "evaluation", "--charter", "our-own-charter", "--cycle", "2026-27-autumn", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert (workspace / "schools/example-primary/evaluations/our-own-charter-2026-27-autumn.yaml").is_file()
    assert call("check", cwd=workspace).returncode == 0
    again = call("new", "evaluation", "--cycle", "2026-27-autumn", cwd=workspace)
    assert again.returncode == 2
    assert "already" in again.stderr


# -- evaluate without questions


def test_set_and_note_change_only_what_they_mean(workspace):
    path = workspace / DRAFT
    before = path.read_text(encoding="utf-8").splitlines()
    done = call("evaluate", "--set", "gate-greeting=A", "--note", "gate-greeting=Quieter: since # May", cwd=workspace)
    assert done.returncode == 0, done.stderr
    after = path.read_text(encoding="utf-8").splitlines()
    assert sum(line not in before for line in after) <= 2
    assert any('note: "Quieter: since # May"' in line for line in after)


def test_all_or_nothing(workspace):
    before = (workspace / DRAFT).read_bytes()
    done = call(
        "evaluate", "--set", "gate-greeting=amber", "--set", "open-door=gren", "--set", "nope=red", cwd=workspace
    )
    assert done.returncode == 2
    assert "--set open-door=gren: open-door: 'gren' is not a level of this charter: write red, amber" in done.stderr
    assert "--set nope=red: 'nope' is not an aspect of this charter" in done.stderr
    assert (workspace / DRAFT).read_bytes() == before


def test_a_framework_is_answered_by_its_own_numbers_and_letters(tmp_path):
    write(tmp_path, {"charters/small.yaml": FRAMEWORK, "schools/lathom/school.yaml": "name: Lathom High School\n"})
    reason = "--reason", "1.2=No gate: =1+1"
    done = call("evaluate", "--set", "1.2a=x", "--note", "1.3A=Since May", "--set", "1.2=n/a", *reason, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "“A warm welcome”: 1 aspect is set to not applicable; 1 answered before keeps its own." in done.stderr
    path = tmp_path / "schools/lathom/evaluations/2026-27.yaml"
    written = path.read_text(encoding="utf-8")
    for line in ("rating: some", "note: Since May", "rating: not-applicable", 'reason: "No gate: =1+1"'):
        assert line in written
    again = call("evaluate", "--set", "welcome=na", *reason, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "0 aspects are set to not applicable; 2 answered before keep their own." in again.stderr
    (tmp_path / "answers.csv").write_text("number;rating\n1.3a;E\n1.3.2;embedded\n2;W\n", encoding="utf-8")
    assert call("evaluate", "--from", "answers.csv", cwd=tmp_path).returncode == 0
    written = path.read_text(encoding="utf-8")
    assert (written.count("rating: all"), written.count("rating: none")) == (2, 1)
    added = call("action", "add", "Ask for a rota", "--aspect", "1.2A", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    assert "aspect: gate\n" in path.read_text(encoding="utf-8")
    for wrong, said in (
        (("--reason", "1.2="), "write --reason ASPECT=TEXT"),
        (("--set", "2=y"), "write none, some, all"),
    ):
        done = call("evaluate", *wrong, cwd=tmp_path)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_from_a_csv_file_of_excel(workspace, tmp_path):
    table = 'Aspect;Rating;Reason;Note\r\ngate-greeting;Green;;"It’s fine: £5\r\nand more"\r\nearly-years-visits;n/a;No nursery;\r\n'
    (workspace / "answers.csv").write_bytes(table.encode("cp1252"))
    done = call("evaluate", "--from", "answers.csv", cwd=workspace)
    assert done.returncode == 0, done.stderr
    text = (workspace / DRAFT).read_text(encoding="utf-8")
    assert "It’s fine: £5" in text
    assert "reason: No nursery" in text


def test_from_a_bad_file_names_the_place(workspace):
    (workspace / "a.csv").write_text("aspect,rating\ngate-greeting,green\nopen-door,gren\n", encoding="utf-8")
    (workspace / "b.yaml").write_text("ratings:\n  open-door: {ratng: green}\n", encoding="utf-8")
    (workspace / "c.txt").write_text("", encoding="utf-8")
    before = (workspace / DRAFT).read_bytes()
    for name, said in (
        ("a.csv", "a.csv, line 3, cell B3: open-door: 'gren'"),
        ("b.yaml", "b.yaml, line 2, column 3: open-door: 'ratng' is not a key of an answer: did you mean 'rating'?"),
        ("c.txt", "answers are read from"),
        ("missing.csv", "cannot be read"),
    ):
        done = call("evaluate", "--from", name, cwd=workspace)
        assert done.returncode == 2
        assert said in done.stderr
    assert (workspace / DRAFT).read_bytes() == before


def test_agree_sets_status_and_date_and_later_edits_leave_them(workspace):
    assert call("evaluate", "--agree", cwd=workspace).returncode == 0
    text = (workspace / DRAFT).read_text(encoding="utf-8")
    assert "\nstatus: agreed" in text
    assert "\ndate: 2026-11-22" in text
    done = call(
        "evaluate",
        "--cycle",
        "2026-27-autumn",
        "--set",
        "gate-greeting=red",
        cwd=workspace,
        CHARTERKIT_TODAY="2026-12-24",
    )
    assert done.returncode == 0
    assert "already agreed" in done.stderr
    assert "\ndate: 2026-11-22" in (workspace / DRAFT).read_text(encoding="utf-8")


def test_agreeing_again_changes_nothing_and_says_so(workspace):
    assert "is agreed, 22 November 2026." in call("evaluate", "--agree", cwd=workspace).stderr
    before = (workspace / DRAFT).read_bytes()
    arguments = ("evaluate", "--cycle", "2026-27-autumn", "--agree", "--today", "2026-12-24")
    done = call(*arguments, cwd=workspace)
    assert done.returncode == 0
    assert "The evaluation of autumn term 2026-27 is agreed already, and its date and status stay." in done.stderr
    assert (workspace / DRAFT).read_bytes() == before


def test_an_evaluation_of_a_year_that_is_over_has_the_date_it_was_made(workspace):
    done = call("new", "evaluation", "--cycle", "2022-23", "--date", "2023-06", cwd=workspace)
    assert done.returncode == 0, done.stderr
    done = call("evaluate", "--cycle", "2021-22", "--date", "2022-06", "--set", "gate-greeting=red", cwd=workspace)
    assert done.returncode == 0, done.stderr
    text = (workspace / "schools/example-primary/evaluations/2021-22.yaml").read_text(encoding="utf-8")
    assert "\ndate: 2022-06\n" in text
    assert call("check", cwd=workspace).returncode == 0


def test_an_unreadable_draft_is_not_begun_a_second_time(workspace):
    path = workspace / DRAFT
    path.write_text("charter: [", encoding="utf-8")
    done = call("evaluate", "--set", "gate-greeting=red", cwd=workspace)
    assert done.returncode == 2
    assert f"{DRAFT} cannot be used" in done.stderr
    assert not (path.parent / "2026-27.yaml").exists()


def test_the_same_table_twice_adds_nothing(workspace):
    (workspace / "a.csv").write_text("aspect,idea\ngate-greeting,Bunting\n", encoding="utf-8")
    assert call("evaluate", "--from", "a.csv", cwd=workspace).returncode == 0
    before = (workspace / DRAFT).read_bytes()
    done = call("evaluate", "--from", "a.csv", cwd=workspace)
    assert (done.returncode, (workspace / DRAFT).read_bytes()) == (0, before)
    assert "already" in done.stderr


def test_answers_for_another_cycle_are_refused(workspace):
    (workspace / "a.yaml").write_text("cycle: 2019-20\nratings:\n  gate-greeting: red\n", encoding="utf-8")
    before = (workspace / DRAFT).read_bytes()
    done = call("evaluate", "--from", "a.yaml", cwd=workspace)
    assert done.returncode == 2
    assert "for the cycle 2019-20, not 2026-27-autumn" in done.stderr
    assert (workspace / DRAFT).read_bytes() == before


def rescaled(workspace: Path, scale: str) -> None:
    """Give the workspace's charter another scale."""
    path = workspace / "charters" / "community-engagement-v1.yaml"
    text, number = re.subn(r"(?ms)^scale:.*?^(?=[a-z])", f"{scale}\n", path.read_text(encoding="utf-8"))
    assert number == 1
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("scale", ["scale: []", "scale: [{id: yes, label: Yes}]"])
def test_a_charter_without_levels_is_a_sentence(workspace, scale):
    rescaled(workspace, scale)
    for command in ("evaluate", "compare", "report"):
        done = call(command, cwd=workspace)
        assert done.returncode == 2, done.stderr
        assert "This charter's levels cannot be read" in done.stderr
        assert "charterkit check" in done.stderr


def test_without_a_terminal_it_names_the_options(workspace):
    done = call("evaluate", cwd=workspace)
    assert done.returncode == 2
    assert "--set" in done.stderr
    assert "--from" in done.stderr


def test_a_broken_file_is_never_written_over(workspace):
    path = workspace / "schools/example-primary/evaluations/2026-27.yaml"
    path.write_text("charter: [", encoding="utf-8")
    done = call("evaluate", "--cycle", "2026-27", "--set", "gate-greeting=red", cwd=workspace)
    assert done.returncode == 2
    assert "charterkit check" in done.stderr
    assert path.read_text(encoding="utf-8") == "charter: ["


# -- compare and report


def test_compare_tells_what_moved(workspace):
    done = call("compare", "--from", "2024-25-autumn", "--to", "2025-26-autumn", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "Since autumn term 2024-25" in done.stdout
    assert "ten aspects improved" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_compare_json_csv_and_the_exit_code(workspace):
    chosen = ("--from", "2024-25-autumn", "--to", "2025-26-autumn")
    found = json.loads(call("compare", *chosen, "--format", "json", cwd=workspace).stdout)
    assert found["counts"]["improved"] == 10
    assert found["counts"]["declined"] == 2
    assert {change["change"] for change in found["changes"]} >= {"improved", "declined", "unchanged"}
    rows = list(csv.DictReader(io.StringIO(call("compare", *chosen, "--format", "csv", cwd=workspace).stdout)))
    assert len(rows) == len(found["changes"])
    assert call("compare", *chosen, "--fail-on", "decline", cwd=workspace).returncode == 1
    same = call("compare", "--from", "2023-24-autumn", "--to", "2023-24-autumn", cwd=workspace)
    assert same.returncode == 2
    assert "same cycle" in same.stderr


def test_an_ending_that_no_format_has_is_refused_and_a_dash_is_stdout(workspace):
    odd = call("compare", "-o", "x.docx", cwd=workspace)
    assert odd.returncode == 2
    assert ".md, .html" in odd.stderr
    assert call("report", "-o", "-", cwd=workspace).stdout.startswith("# ")


def test_a_charter_with_a_mistake_is_named_beside_the_answer(workspace):
    path = workspace / "charters" / "community-engagement-v1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("        detail:", "        detial:", 1), encoding="utf-8")
    done = call("report", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "charters/community-engagement-v1.yaml" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux")
def test_a_full_disk_behind_the_output_is_a_sentence(workspace):
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "charterkit", "report"]
        done = subprocess.run(
            command,
            cwd=workspace,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_very_long_name_makes_a_shorter_folder(workspace):
    done = call("new", "school", "x" * 300, cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert (workspace / "schools" / ("x" * 80)).is_dir()


@pytest.mark.parametrize("arguments", [["compare"], ["compare", "--all"], ["report", "--cycle", "2025-26-autumn"]])
@pytest.mark.parametrize("ending", ["md", "html"])
def test_the_files_name_tells_the_format(workspace, arguments, ending):
    done = call(*arguments, "-o", f"out/result.{ending}", cwd=workspace)
    assert done.returncode == 0, done.stderr
    text = (workspace / "out" / f"result.{ending}").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>" if ending == "html" else "# ")


@pytest.mark.parametrize(
    "target",
    ["charterkit.yaml", "charters/x.html", "schools/a/b.md", "templates/x.md", "SCHOOLS/x.md", "CharterKit.yaml"],
)
def test_results_never_go_over_the_files_people_wrote(workspace, target):
    done = call("report", "-o", target, cwd=workspace)
    assert done.returncode == 2
    assert "workspace's own files" in done.stderr


def test_several_schools_are_listed_and_a_wrong_one_guessed(tmp_path):
    example(tmp_path, "example-primary", "example-secondary")
    assert "example-primary, example-secondary" in call("report", cwd=tmp_path).stderr
    done = call("report", "exmaple-primary", cwd=tmp_path)
    assert done.returncode == 2
    assert "Did you mean example-primary?" in done.stderr


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "--from", "2025"], "Write 2024-25 or 2025-26"),
        (["compare", "--from", "2010-11"], "There is: 2023-24-autumn"),
        (["compare", "--to", "2023-24-autumn"], "no cycle before"),
        (["compare", "--format", "xml"], "table, markdown"),
        (["compare", "--fail-on", "rain"], "--fail-on decline"),
        (["compare", "--all", "--from", "2024-25-autumn"], "--all goes with neither"),
        (["report", "--audience", "aliens"], "leaders, governors, public"),
        (["report", "--today", "22/11/26"], "year-month-day"),
        (["report", "--today", "0001-01-01"], "year-month-day"),
        (["report", "--today", "1899-12-31"], "year-month-day"),
        (["report", "--today", "2025-W42-2"], "year-month-day"),
        (["report", "--today", "2025-10"], "year-month-day"),
        (["evaluate", "--cycle", "2026-27-autumn", "--date", "2026-10"], "already, and its date stays"),
        (["evaluate", "--cycle", "2021-22", "--set", "gate-greeting=red"], "Add --date"),
        (["evaluate", "--cycle", "2021-22", "--date", "June"], "--date: 'June' is not a date"),
        (["new", "evaluation", "--cycle", "2027-28"], "has not begun yet"),
        (["report", "--charter", "comunity-engagement"], "Did you mean community-engagement?"),
        (["reprot"], "Did you mean 'report'?"),
        (["report", "--nothing-like-it"], "--help"),
        (["evaluate", "--set", "gate-greeting"], "ASPECT=LEVEL"),
        (["check", "nowhere"], "There is no file or folder"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_a_two(workspace, arguments, said):
    done = call(*arguments, cwd=workspace)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_one_broken_rating_is_shown_beside_the_others(workspace):
    path = workspace / "schools/example-primary/evaluations/2025-26-autumn.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("rating: green", "rating: gren", 1), encoding="utf-8")
    found = json.loads(call("compare", "--to", "2025-26-autumn", "--format", "json", cwd=workspace).stdout)
    assert [change["change"] for change in found["changes"]].count("unreadable") == 1
    report = call("report", "--cycle", "2025-26-autumn", cwd=workspace)
    assert "nreadable" in report.stdout
    checked = call("check", "--output-format", "json", cwd=workspace)
    assert checked.returncode == 1
    (finding,) = [one for one in json.loads(checked.stdout)["findings"] if one["severity"] == "error"]
    assert "is not a level of this charter: write red, amber or green" in finding["message"]
    assert finding["line"] == 1 + path.read_text(encoding="utf-8").splitlines().index(
        next(line for line in path.read_text(encoding="utf-8").splitlines() if "gren" in line.replace("green", ""))
    )


def test_output_can_be_cut_off_by_a_pipe(workspace):
    one = subprocess.Popen(
        [sys.executable, "-m", "charterkit", "report"],
        cwd=workspace,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert one.stdout
    assert one.stderr
    one.stdout.close()
    assert one.wait(30) == 0
    assert one.stderr.read() == b""


def test_every_command_works_on_the_schools_of_this_repository(tmp_path):
    schools = [path.name for path in (ROOT / "schools").iterdir() if path.is_dir()]
    example(tmp_path, *schools)
    assert call("check", cwd=tmp_path).returncode == 0
    for school in ("example-primary", "example-secondary"):
        for arguments in (
            ["compare", school],
            ["compare", school, "--all"],
            ["report", school],
            ["sign", "--school", school],
        ):
            done = call(*arguments, cwd=tmp_path)
            assert done.returncode == 0, (arguments, done.stderr)
    done = call("report", "kingsgate", cwd=tmp_path)
    assert done.returncode == 2
    assert "charterkit evaluate kingsgate" in done.stderr


def test_color_always_and_no_color(workspace):
    chosen = ("compare", "--from", "2024-25-autumn", "--to", "2025-26-autumn")
    assert "\x1b[" in call("--color", "always", *chosen, cwd=workspace).stdout
    assert "\x1b[" not in call("--color", "never", *chosen, cwd=workspace).stdout


def test_quiet_says_nothing_but_the_result(workspace):
    done = call("-q", "evaluate", "--set", "gate-greeting=red", cwd=workspace)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_python_dash_m_and_completion(tmp_path):
    shown = call("--show-completion", cwd=tmp_path, SHELL="/bin/bash")
    assert Path(sys.executable).exists()
    assert shown.returncode in (0, 1)


def test_columns_that_are_no_number(workspace):
    for columns in ("abc", "0", "-5", "9" * 5000):
        done = call("compare", cwd=workspace, COLUMNS=columns)
        assert done.returncode == 0, done.stderr
        assert max(map(len, done.stdout.splitlines())) <= 80


def test_line_ends_are_the_same_where_the_system_has_others(workspace):
    """As on Windows, where "\\n" is written as "\\r\\n" unless somebody says otherwise."""
    code = "import sys; sys.stdout.reconfigure(newline='\\r\\n'); from charterkit.cli.app import main; main()"
    for arguments in (["compare", "--format", "csv"], ["compare", "--format", "json"], ["compare"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=workspace, env=environment(), capture_output=True, check=True
        )
        plain = subprocess.run(
            [sys.executable, "-m", "charterkit", *arguments],
            cwd=workspace,
            env=environment(),
            capture_output=True,
            check=True,
        )
        assert done.stdout == plain.stdout
        assert b"\r\r\n" not in done.stdout


def test_the_collector_does_not_walk_over_a_program_that_ends(workspace):
    code = (
        "import atexit, gc, sys; from charterkit.cli import main; sys.argv = ['charterkit', 'check', '--no-cache'];"
        "was = gc.get_threshold()[0]; show = lambda: print(gc.get_freeze_count() > 0, gc.get_threshold()[0] > was);"
        "atexit.register(show); main()"  # what is registered first is called last
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, env=environment(), capture_output=True, check=False
    )
    assert done.stdout.splitlines()[-1] == b"True True", done.stderr


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_needs_no_templates(workspace, form):
    code = (
        "import sys; from charterkit.cli.app import run; "
        f"code = run(['compare', '--format', '{form}']); sys.exit(code or 4 * ('jinja2' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_check_takes_a_path_through_a_link_to_the_workspace(tmp_path):
    real = tmp_path / "real"
    real.mkdir()
    example(real)
    (tmp_path / "link").symlink_to(real)
    (real / DRAFT).write_text("charter: [", encoding="utf-8")
    for cwd, path in ((real, tmp_path / "link"), (real, tmp_path / "link" / DRAFT), (tmp_path / "link", real / DRAFT)):
        done = call("check", str(path), cwd=cwd)
        assert done.returncode == 1, done.stderr
        assert DRAFT in done.stdout
    outside = call("check", str(tmp_path), cwd=real)
    assert outside.returncode == 2
    assert "not in this workspace" in outside.stderr


def test_an_interrupted_init_can_be_finished(tmp_path, monkeypatch):
    from charterkit.cli.app import run
    from charterkit.session import starting

    monkeypatch.chdir(tmp_path)
    written: list[Path] = []
    write = starting._write

    def interrupted(target, content):
        if len(written) == 5:
            raise KeyboardInterrupt
        written.append(target)
        return write(target, content)

    monkeypatch.setattr(starting, "_write", interrupted)
    assert run(["init"]) == 130
    assert not (tmp_path / "charterkit.yaml").exists()
    monkeypatch.setattr(starting, "_write", write)
    assert run(["init"]) == 0
    assert not list(tmp_path.rglob("*.tmp"))
    assert call("check", "--strict", cwd=tmp_path).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_log_of_a_fault_holds_the_last_one_and_is_nobody_elses(tmp_path, monkeypatch, capsys):
    import platformdirs

    from charterkit.cli import app

    monkeypatch.setattr(platformdirs, "user_log_path", lambda _: tmp_path)
    log = tmp_path / "fault.log"
    log.write_text("old", encoding="utf-8")
    log.chmod(0o644)
    assert app.tell_fault(ValueError("first")) == 3
    assert app.tell_fault(ValueError("second")) == 3
    assert "it may quote what you wrote" in capsys.readouterr().err
    assert log.stat().st_mode & 0o777 == 0o600
    text = log.read_text(encoding="utf-8")
    assert "second" in text
    assert "first" not in text
    assert "old" not in text


def test_a_scale_of_more_levels_than_shapes_is_shown(tmp_path):
    from charterkit.cli.guide_screen import Screen
    from charterkit.cli.options import Session
    from charterkit.files.workspace import Workspace
    from charterkit.model.dates import Cycle
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.questionnaire import Questionnaire

    example(tmp_path)
    levels = ", ".join(f"{{id: step-{number}, label: Step {number}}}" for number in range(8))
    rescaled(tmp_path, f"scale: [{levels}]")
    found = Workspace(tmp_path)
    file = EvaluationFile(
        found,
        found.school("example-primary"),
        found.choose_charter(None),
        Cycle.parse("2026-27"),
        date(2026, 11, 22),
    )
    screen = Screen(Session(), file, Questionnaire(file), plain=False, width=80)
    assert len({screen.badge(level).plain for level in file.charter.scale}) == 8
