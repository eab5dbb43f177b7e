"""The workflow that `init` writes: its comment on a pull request, played in bash on a real git repository.

GitHub's own side is tests/fake_gh.py.
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

WORKFLOW = yaml.safe_load((ROOT / "templates/with/git/dot-github/workflows/charterkit.yml").read_text(encoding="utf-8"))
JOB = WORKFLOW["jobs"]["comment"]
DRAFT = "schools/example-primary/evaluations/2026-27-autumn.yaml"
MARKER = "<!-- charterkit: what changes -->"
PERSON = ("-c", "user.name=T", "-c", "user.email=t@example.org")


def test_the_right_to_comment_is_in_one_job_on_pull_requests_only():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "permissions" not in WORKFLOW["jobs"]["check"]
    assert JOB["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert JOB["if"] == "github.event_name == 'pull_request'"
    assert "pull_request_target" not in WORKFLOW[True], "it would give strangers' files our rights"
    checkout = JOB["steps"][0]
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_nothing_is_spliced_into_a_script_and_the_token_goes_to_one_step():
    steps = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    assert not [step for step in steps if "${{" in step.get("run", "")]
    assert [step["name"] for step in steps if "token" in str(step.get("env"))] == ["Say what changes"]
    given = " ".join(step["env"][key] for step in steps if "env" in step for key in step["env"])
    assert not re.search(r"title|body|ref\b|label|login|message", given), "a pull request's author writes these"


class GitHub:
    """One pull request, its repository, and the runner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = folder / "repository"
        assert call("init", str(self.repository), cwd=folder).returncode == 0
        self.git("init", "-q", "-b", "main")
        self.commit()
        self.git("checkout", "-qb", "change")
        self.summary = folder / "summary.md"
        for name in ("bin", "temp", "github"):
            (folder / name).mkdir()
        program(folder / "bin/charterkit")
        (folder / "bin/gh").write_text(
            f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/fake_gh.py" "$@"\n', encoding="utf-8"
        )
        (folder / "bin/gh").chmod(0o755)
        self.comments = []

    def git(self, *arguments: str) -> str:
        done = run("git", *PERSON, *arguments, cwd=self.repository)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "next", "--allow-empty")

    def change(self, path: str, text: str) -> None:
        (self.repository / path).parent.mkdir(parents=True, exist_ok=True)
        (self.repository / path).write_text(text, encoding="utf-8")
        self.commit()

    def rate(self, *answers: str) -> None:
        given = [word for answer in answers for word in ("--set", answer)]
        assert call("evaluate", "example-primary", *given, cwd=self.repository).returncode == 0
        self.commit()

    @property
    def comments(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads((self.folder / "github/comments.json").read_text(encoding="utf-8"))
        return found

    @comments.setter
    def comments(self, found: list[dict[str, object]]) -> None:
        (self.folder / "github/comments.json").write_text(json.dumps(found), encoding="utf-8")

    @property
    def calls(self) -> list[str]:
        """What was asked of GitHub since somebody last looked."""
        file = self.folder / "github/calls"
        found = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return found

    def refuse(self, methods: str) -> None:
        (self.folder / "github/refuses").write_text(methods, encoding="utf-8")

    def play(self, **more: str):
        """The job's script, as a runner calls it."""
        step = JOB["steps"][-1]
        facts = {
            "github.event.pull_request.base.sha": self.git("rev-parse", "main"),
            "github.event.pull_request.head.sha": self.git("rev-parse", "change"),
            "github.event.pull_request.number": "7",
            "github.token": "secret",
        }
        script = self.folder / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        self.summary.write_text("", encoding="utf-8")
        given = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE_GITHUB": str(self.folder / "github"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "ours/data",
            "GITHUB_RUN_ID": "42",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.folder / "temp"),
            **{key: facts[value.strip("${} ")] for key, value in step["env"].items()},
            **more,
        }
        command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script))
        return run(*command, cwd=self.repository, **given)


@pytest.fixture
def github(tmp_path):
    if sys.platform == "win32" or not shutil.which("jq"):
        pytest.skip("the workflow's script needs bash, and gh's filter is jq here: see tools/system-packages.sh")
    return GitHub(tmp_path)


ALL = "repos/ours/data/issues"
LIST = f"GET {ALL}/7/comments?per_page=100"
POST = f"POST {ALL}/7/comments"


@pytest.mark.slow
class TestTheComment:
    def test_it_is_posted_once_and_then_kept_up_to_date(self, github):
        github.rate("gate-greeting=red")
        done = github.play()
        assert (done.returncode, done.stdout) == (0, "")
        (first,) = github.comments
        assert first["body"].startswith(f"{MARKER}\n")
        assert "One rating fell back, in one school." in first["body"]
        assert first["body"] == f"{MARKER}\n{github.summary.read_text(encoding='utf-8')}"
        assert github.calls == [LIST, POST]
        github.rate("newsletters=green")
        assert github.play().returncode == 0
        (second,) = github.comments
        assert second["id"] == first["id"]
        assert "One rating improved and one rating fell back" in second["body"]
        assert github.calls == [LIST, f"PATCH {ALL}/comments/{first['id']}"]
        assert github.git("status", "--porcelain") == ""

    def test_a_pull_request_that_no_longer_changes_anything(self, github):
        github.rate("gate-greeting=red")
        github.play()
        github.git("revert", "--no-edit", "HEAD")
        assert github.play().returncode == 0
        (only,) = github.comments
        assert "No rating, action or policy changed." in only["body"]
        assert "fell back" not in only["body"]

    def test_what_happened_on_main_since_is_not_the_pull_requests(self, github):
        github.git("checkout", "-q", "main")
        github.rate("newsletters=green")
        github.git("checkout", "-q", "change")
        github.rate("gate-greeting=red")
        github.play()
        assert "One rating fell back, in one school." in github.comments[0]["body"]

    def test_another_authors_marker_is_not_ours(self, github):
        spoof = {"id": 1, "user": {"login": "mallory"}, "body": f"{MARKER}\nAll is well."}
        quoted = {"id": 2, "user": {"login": "github-actions[bot]"}, "body": f"> {MARKER}"}
        others = [{"id": 10 + n, "user": {"login": "kim"}, "body": None if n else "hello"} for n in range(100)]
        github.comments = kept = [spoof, quoted, *others]
        github.play()
        assert github.comments[:-1] == kept
        ours = github.comments[-1]
        assert ours["body"].startswith(MARKER)
        github.calls  # noqa: B018 - looked at
        github.play()
        assert github.calls == [LIST, f"PATCH {ALL}/comments/{ours['id']}"], "it is on the second page"

    @pytest.mark.parametrize("refused", ["GET", "POST", "GET POST PATCH"])
    def test_a_fork_without_the_right_gets_the_summary_and_no_failure(self, github, refused):
        github.refuse(refused)
        github.rate("gate-greeting=red")
        done = github.play()
        assert done.returncode == 0, done.stdout
        assert "::notice title=charterkit::No comment could be written." in done.stdout
        assert "One rating fell back" in github.summary.read_text(encoding="utf-8")
        assert github.comments == []

    def test_a_very_long_one_is_cut_at_a_line_and_says_where_the_rest_is(self, github):
        for number in range(900):
            text = f"id: policy-{number}\ntitle: সংবাদপত্র {'long ' * 20}{number}\nstatus: live\n"
            path = github.repository / f"schools/example-primary/policies/policy-{number}.yaml"
            path.write_text(text, encoding="utf-8")
        github.commit()
        assert github.play().returncode == 0
        (only,) = github.comments
        whole = github.summary.read_text(encoding="utf-8")
        assert len(whole) > 65_536
        assert len(only["body"].encode()) <= 65_000
        *kept, blank, last = only["body"].removeprefix(f"{MARKER}\n").splitlines()
        assert kept == whole.splitlines()[: len(kept)]
        assert blank == ""
        assert last == (
            "This is too long for a comment: [the summary of the run]"
            "(https://github.com/ours/data/actions/runs/42) holds the rest."
        )

    def test_when_nothing_can_be_compared_the_comment_says_so_and_the_run_fails(self, github):
        github.rate("gate-greeting=red")
        github.play()
        done = github.play(BASE="0" * 40)
        assert done.returncode == 2
        assert "git knows no revision" in done.stdout
        (only,) = github.comments
        assert "could not be worked out" in only["body"]
        assert "https://github.com/ours/data/actions/runs/42" in only["body"]

    def test_what_the_pull_request_holds_is_not_run_and_calls_nobody(self, github):
        title = "'@octocat see #12, $(touch made) `touch made` ${{ github.token }} <img src=x> [a](https://e.org)'"
        github.change("schools/example-primary/policies/bad.yaml", f"id: bad\ntitle: {title}\nstatus: live\n")
        github.change("templates/changes.md.j2", "TAKEN OVER")
        (github.repository / "charterkit.yaml").unlink()
        github.change("charterkit.py", "raise SystemExit('taken over')")
        assert github.play().returncode == 0
        body = github.comments[0]["body"]
        assert "TAKEN OVER" not in body
        assert "@octocat" not in body
        assert r"@<!-- -->octocat see \#<!-- -->12" in body
        assert "<img" not in body
        assert r"\[a\](https\://e.org)" in body
        assert "secret" not in body
        assert not list(github.folder.rglob("made"))

    def test_a_workspace_that_is_new_and_one_that_goes(self, github):
        github.git("checkout", "-q", "--orphan", "bare")
        github.git("rm", "-rqf", ".")
        github.change("README.md", "Data\n")
        github.git("branch", "-f", "main", "bare")
        github.git("checkout", "-qB", "change", "bare")
        assert call("init", "--no-example", str(github.repository), cwd=github.folder).returncode == 0
        github.commit()
        assert github.play().returncode == 0
        github.git("branch", "-f", "main", "change")
        github.git("rm", "-rqf", "charters", "charterkit.yaml")
        github.commit()
        assert github.play().returncode == 0
        assert len(github.comments) == 1
