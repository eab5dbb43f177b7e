"""The workflow that `init --with reminders` writes: its issue, played in bash with the real program.

GitHub's own side is tests/fake_gh_issues.py.
"""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.test_precommit import run

from .cli.calling import ROOT, call, program

FILE = ".github/workflows/charterkit-reminders.yml"
WORKFLOW = yaml.safe_load(
    (ROOT / "templates/with/reminders/dot-github/workflows/charterkit-reminders.yml").read_text(encoding="utf-8")
)
STEPS = WORKFLOW["jobs"]["remind"]["steps"]
MARKER = "<!-- charterkit: what is due -->"
US = {"login": "github-actions[bot]"}
POLICY = "schools/lathom/policies/behaviour.yaml"


def test_it_may_read_the_files_and_write_issues_and_nothing_else():
    assert WORKFLOW["permissions"] == {"contents": "read", "issues": "write"}
    assert "permissions" not in WORKFLOW["jobs"]["remind"]
    assert set(WORKFLOW[True]) == {"schedule", "workflow_dispatch"}, "nobody's pull request starts it"
    assert STEPS[0]["with"] == {"persist-credentials": False}
    assert WORKFLOW["concurrency"]["group"]


def test_nothing_is_spliced_into_a_script_and_the_token_goes_to_one_step():
    assert not [step for step in STEPS if "${{" in step.get("run", "")]
    assert [step["name"] for step in STEPS if "token" in str(step.get("env"))] == ["Keep the issue up to date"]


def test_init_writes_it_and_leaves_one_that_is_there(tmp_path):
    assert call("init", "--with", "reminders", str(tmp_path), cwd=tmp_path).returncode == 0
    assert yaml.safe_load((tmp_path / FILE).read_text(encoding="utf-8")) == WORKFLOW
    (tmp_path / FILE).write_text("mine\n", encoding="utf-8")
    done = call("init", "--with", "reminders", str(tmp_path), cwd=tmp_path)
    assert (done.returncode, (tmp_path / FILE).read_text(encoding="utf-8")) == (0, "mine\n")
    assert "was there already and stays as it is" in done.stderr


def test_init_alone_writes_none(tmp_path):
    assert call("init", str(tmp_path), cwd=tmp_path).returncode == 0
    assert not (tmp_path / FILE).exists()


def test_an_extra_that_there_is_not(tmp_path):
    done = call("init", "--with", "cake", str(tmp_path / "new"), cwd=tmp_path)
    assert (done.returncode, (tmp_path / "new").exists()) == (2, False)
    assert "Write one of: git, reminders." in done.stderr
    assert "cake " not in done.stderr


class GitHub:
    """One repository, its issues, and the runner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = folder / "repository"
        self.summary = folder / "summary.md"
        for name in ("bin", "temp", "github", "repository"):
            (folder / name).mkdir()
        program(folder / "bin/charterkit")
        (folder / "bin/gh").write_text(
            f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/fake_gh_issues.py" "$@"\n', encoding="utf-8"
        )
        (folder / "bin/gh").chmod(0o755)
        self.issues = []
        self.write("charterkit.yaml", "organisation: Lathom\n")
        self.write("schools/lathom/school.yaml", "name: Lathom High School\n")

    def write(self, path: str, text: str) -> None:
        (self.repository / path).parent.mkdir(parents=True, exist_ok=True)
        (self.repository / path).write_text(text, encoding="utf-8")

    def review(self, when: str, title: str = "Behaviour") -> None:
        """When the one policy's review is due."""
        self.write(POLICY, f"id: behaviour\ntitle: {title}\nstatus: live\nnext_review: {when}\n")

    @property
    def issues(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads((self.folder / "github/issues.json").read_text(encoding="utf-8"))
        return found

    @issues.setter
    def issues(self, found: list[dict[str, object]]) -> None:
        (self.folder / "github/issues.json").write_text(json.dumps(found), encoding="utf-8")

    def only(self) -> dict[str, str]:
        (found,) = self.issues
        return {key: str(value) for key, value in found.items()}

    def set(self, state: str) -> None:
        """Somebody opens or closes the issue."""
        self.issues = [{**one, "state": state} for one in self.issues]

    @property
    def calls(self) -> list[str]:
        """What was asked of GitHub since somebody last looked."""
        file = self.folder / "github/calls"
        found = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return [line.partition("?")[0] for line in found]

    def play(self, today: str = "2026-01-15"):
        """The job's script, as a runner calls it."""
        script = self.folder / "script.sh"
        script.write_text(STEPS[-1]["run"], encoding="utf-8")
        self.summary.write_text("", encoding="utf-8")
        assert STEPS[-1]["env"] == {"GH_TOKEN": "${{ github.token }}"}
        given = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE_GITHUB": str(self.folder / "github"),
            "CHARTERKIT_TODAY": today,
            "GH_TOKEN": "secret",
            "GITHUB_ACTIONS": "true",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "ours/data",
            "GITHUB_RUN_ID": "42",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.folder / "temp"),
        }
        command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script))
        return run(*command, cwd=self.repository, **given)


@pytest.fixture
def github(tmp_path):
    if sys.platform == "win32" or not shutil.which("jq"):
        pytest.skip("the workflow's script needs bash, and gh's filter is jq here: see tools/system-packages.sh")
    return GitHub(tmp_path)


ALL = "repos/ours/data/issues"
LIST, POST = f"GET {ALL}", f"POST {ALL}"


@pytest.mark.slow
class TestTheIssue:
    def test_it_is_made_once_and_then_kept_up_to_date_in_its_place(self, github):
        github.review("2026-02")
        done = github.play()
        assert (done.returncode, done.stdout) == (0, "")
        first = github.only()
        assert (first["title"], first["state"]) == ("What is due", "open")
        assert first["body"].startswith(f"{MARKER}\n# Lathom High School: what is due\n")
        assert (
            "| Behaviour (Policy review, by Friday 27 February) | Nobody named | February 2026 (in 6 weeks) |"
            in first["body"]
        )
        assert github.summary.read_text(encoding="utf-8") in first["body"]
        assert github.calls == [LIST, POST]
        assert github.play("2026-01-16").returncode == 0
        second = github.only()
        assert (second["number"], second["state"]) == (first["number"], "open")
        assert "as of 16 January 2026" in second["body"]
        assert github.calls == [LIST, f"PATCH {ALL}/1"]

    def test_nothing_due_makes_none(self, github):
        github.review("2030-01")
        assert github.play().returncode == 0
        assert github.issues == []
        assert github.calls == [LIST]

    def test_it_is_closed_when_nothing_is_due_any_more_and_opened_when_something_is_overdue(self, github):
        github.review("2026-02")
        github.play()
        github.review("2030-01")
        github.play()
        closed = github.only()
        assert closed["state"] == "closed"
        assert "Nothing is overdue, and nothing falls due in the next 60 days." in closed["body"]
        github.review("2026-02")
        github.play()
        assert github.only()["state"] == "closed", "due, but not overdue: nobody is woken"
        assert "Behaviour" in github.only()["body"]
        github.play("2026-03-01")
        opened = github.only()
        assert (opened["state"], opened["number"]) == ("open", closed["number"])
        assert "**▲ February 2026** (1 day late)" in opened["body"]

    @pytest.mark.parametrize(
        ("state", "today", "after"),
        [("closed", "2026-01-15", "closed"), ("open", "2026-01-15", "open"), ("closed", "2026-03-01", "open")],
    )
    def test_it_stays_as_people_left_it_unless_something_is_overdue(self, github, state, today, after):
        github.review("2026-02")
        github.play()
        github.set(state)
        github.play(today)
        assert github.only()["state"] == after

    def test_another_authors_marker_and_a_pull_request_are_not_ours(self, github):
        body = f"{MARKER}\nAll is well."
        spoof = {"number": 4, "state": "open", "user": {"login": "mallory"}, "body": body}
        request = {"number": 3, "state": "open", "user": US, "body": body, "pull_request": {"url": "u"}}
        quoted = {"number": 2, "state": "open", "user": US, "body": f"> {MARKER}"}
        empty = {"number": 1, "state": "open", "user": US, "body": None}
        github.issues = kept = [spoof, request, quoted, empty]
        github.review("2026-02")
        assert github.play().returncode == 0
        ours, *others = github.issues
        assert others == kept
        assert str(ours["body"]).startswith(MARKER)
        github.calls  # noqa: B018 - looked at
        github.play()
        assert github.calls == [LIST, f"PATCH {ALL}/5"]
        assert github.issues[1:] == kept

    def test_it_is_found_on_a_later_page(self, github):
        github.review("2026-02")
        github.play()
        ours = github.issues
        github.issues = [{"number": 500 - n, "state": "closed", "user": US, "body": "x"} for n in range(150)] + ours
        github.calls  # noqa: B018 - looked at
        assert github.play().returncode == 0
        assert github.calls == [LIST, f"PATCH {ALL}/1"]

    def test_a_very_long_one_is_cut_at_a_line_and_says_where_the_rest_is(self, github):
        for number in range(900):
            github.write(
                f"schools/lathom/policies/p{number}.yaml",
                f"id: p{number}\ntitle: সংবাদপত্র {'long ' * 20}{number}\nstatus: live\nnext_review: 2026-01\n",
            )
        assert github.play().returncode == 0
        whole = github.summary.read_text(encoding="utf-8")
        assert len(whole) > 65_536
        body = github.only()["body"]
        assert len(body.encode()) <= 65_000
        *kept, blank, last = body.removeprefix(f"{MARKER}\n").splitlines()
        assert kept == whole.splitlines()[: len(kept)]
        assert blank == ""
        assert last == (
            "This is too long for an issue: [the summary of the run]"
            "(https://github.com/ours/data/actions/runs/42) holds the rest."
        )

    def test_when_charterkit_fails_the_run_does_and_nothing_is_changed(self, github):
        github.review("2026-02")
        github.play()
        before = github.issues
        github.calls  # noqa: B018 - looked at
        (github.repository / "charterkit.yaml").unlink()
        shutil.rmtree(github.repository / "schools")
        done = github.play("soon")
        assert done.returncode == 1
        assert "::error title=charterkit::What is due could not be worked out." in done.stdout
        assert github.issues == before
        assert github.calls == []

    @pytest.mark.parametrize("refused", ["GET", "POST", "GET POST PATCH"])
    def test_without_the_right_the_run_fails_and_says_so(self, github, refused):
        (github.folder / "github/refuses").write_text(refused, encoding="utf-8")
        github.review("2026-02")
        done = github.play()
        assert done.returncode == 1
        assert "HTTP 403" in done.stdout
        assert github.issues == []
        assert "Behaviour" in github.summary.read_text(encoding="utf-8")

    def test_what_is_written_in_a_file_is_not_run_and_calls_nobody(self, github):
        github.review(
            "2026-01-01",
            "'@octocat see #12 and GH-13, $(touch made) `touch made` ${{ github.token }} <img src=x> [a](https://e.org) | x'",
        )
        assert github.play().returncode == 0
        body = github.only()["body"]
        assert r"\@<!-- -->octocat see \#<!-- -->12" in body
        assert not re.search(r"@octocat|[^\\]#12|GH-13|<img|\]\(https:", body)
        assert "secret" not in body
        assert not list(github.folder.rglob("made"))
