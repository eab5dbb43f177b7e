"""The hooks and the action that other repositories use: tried with pre-commit and bash on real git repositories."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .cli import calling
from .cli.calling import ROOT, call, environment

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
TEMPLATE = ROOT / "templates/with/git/dot-pre-commit-config.yaml"
RATED = "schools/example-primary/evaluations/2026-27-autumn.yaml"


def run(*command: str, cwd: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """A program in a folder; with no git settings but those of the folder, were this run by a git hook itself."""
    settings = {key: value for key, value in environment(**more).items() if not key.startswith("GIT_")}
    settings |= {"GIT_CEILING_DIRECTORIES": str(cwd.parent), "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        list(command), cwd=cwd, env=settings, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    done.stdout += done.stderr
    return done


@pytest.fixture
def program(tmp_path):
    """A folder with `charterkit` in it, as if it were installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    calling.program(folder / "charterkit")
    (folder / "python").write_text(
        f'#!/bin/sh\necho "$@" "$(cat $PIP_CONSTRAINT /dev/null | head -n 1)" "$PWD" > "{tmp_path}/installed"\n',
        encoding="utf-8",
    )
    for one in folder.iterdir():
        one.chmod(0o755)
    return str(folder)


@pytest.fixture
def repository(tmp_path):
    """A git repository made with `init`."""
    folder = tmp_path / "repository"
    assert call("init", "--with", "git", str(folder), cwd=tmp_path).returncode == 0
    assert run("git", "init", "--quiet", cwd=folder).returncode == 0
    assert Path(run("git", "rev-parse", "--show-toplevel", cwd=folder).stdout.strip()) == folder.resolve()
    return folder


def spoil(repository):
    path = repository / RATED
    path.write_text(path.read_text(encoding="utf-8").replace("rating: green", "rating: gren", 1), encoding="utf-8")


def test_the_manifest_has_a_hook_for_changed_files_and_one_for_all():
    changed, whole = HOOKS
    assert (changed["entry"], whole["entry"]) == ("charterkit check --", "charterkit check")
    assert "pass_filenames" not in changed
    assert (whole["pass_filenames"], whole["always_run"]) == (False, True)
    assert all(hook["require_serial"] for hook in HOOKS), "pre-commit would start several at once"


@pytest.mark.slow
class TestPreCommit:
    def configure(self, repository, *hooks):
        local = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"} for hook in hooks]}]}
        (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local), encoding="utf-8")

    def tried(self, repository, program):
        """What pre-commit says about what is staged."""
        assert run("git", "add", "--all", cwd=repository).returncode == 0
        path = f"{program}{os.pathsep}{os.environ['PATH']}"
        home = str(repository.parent / "home")
        return run(sys.executable, "-m", "pre_commit", "run", cwd=repository, PATH=path, PRE_COMMIT_HOME=home)

    def test_the_manifest_and_the_workspaces_settings_are_valid(self, tmp_path):
        for command, file in (("validate-manifest", ROOT / ".pre-commit-hooks.yaml"), ("validate-config", TEMPLATE)):
            done = run(sys.executable, "-m", "pre_commit", command, str(file), cwd=tmp_path)
            assert done.returncode == 0, done.stdout

    @pytest.mark.alike(2)
    @pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
    def test_good_files_pass_and_a_bad_one_does_not(self, repository, program, hook):
        self.configure(repository, hook)
        good = self.tried(repository, program)
        assert good.returncode == 0, good.stdout
        assert "Passed" in good.stdout
        spoil(repository)
        bad = self.tried(repository, program)
        assert bad.returncode == 1
        assert "'gren' is not a level of this charter" in bad.stdout
        assert RATED in bad.stdout

    def test_only_changed_files_are_checked_by_the_first(self, repository, program):
        spoil(repository)
        run("git", "add", "--all", cwd=repository)
        run(
            "git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "bad already", cwd=repository
        )
        school = repository / "schools/example-primary/school.yaml"
        school.write_text(school.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        self.configure(repository, HOOKS[0])
        done = self.tried(repository, program)
        assert done.returncode == 0, done.stdout

    @pytest.mark.alike(3)
    @pytest.mark.parametrize("name", ["--output-file=../schools", "--exit-zero", "-o../schools"])
    @pytest.mark.parametrize("entry", ["charterkit check --", "charterkit check"])
    def test_the_name_of_a_file_is_no_option(self, repository, program, name, entry):
        """Also for a hook that somebody wrote without the `--`: it is refused there."""
        outside = repository.parent / "schools"
        outside.mkdir()
        (outside / "x.yaml").write_text("precious", encoding="utf-8")
        (repository / name / "schools").mkdir(parents=True)
        for one in ("x.yaml", "schools/x.yaml"):
            (repository / name / one).write_text("a: b\n", encoding="utf-8")
        spoil(repository)
        self.configure(repository, {**HOOKS[0], "entry": entry, "files": r"\.ya?ml$"})
        done = self.tried(repository, program)
        assert done.returncode == 1, done.stdout
        assert (outside / "x.yaml").read_text(encoding="utf-8") == "precious"
        found = (
            "is not a level of this charter" if entry.endswith("--") else "is an option, and the name of a file here"
        )
        assert found in done.stdout

    def test_what_init_wrote_catches_a_file_that_is_gone(self, repository, program):
        assert self.tried(repository, program).returncode == 0
        run("git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "good", cwd=repository)
        (repository / "schools/example-primary/surveys/parents-2026.yaml").unlink()
        done = self.tried(repository, program)
        assert (done.returncode, "parents-2026" in done.stdout) == (1, True), done.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the action runs in bash")
class TestTheAction:
    def step(self, name):
        (found,) = [one for one in ACTION["runs"]["steps"] if one.get("name") == name]
        return found

    def played(self, name, cwd, program, **inputs):
        """One step's script in bash, with the variables that its inputs come to."""
        given = {key: one.get("default", "") for key, one in ACTION["inputs"].items()} | inputs
        step = self.step(name)
        variables = {key: given[value.split(".")[1].rstrip(" }")] for key, value in step["env"].items()}
        path = f"{program}{os.pathsep}{os.environ['PATH']}"
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]  # as GitHub calls it
        return run(*script, cwd=cwd, PATH=path, GITHUB_ACTION_PATH=str(ROOT), **variables)

    def test_no_input_is_spliced_into_a_script(self):
        assert ACTION["runs"]["using"] == "composite"
        assert not [one for one in ACTION["runs"]["steps"] if "${{" in one.get("run", "")]

    def test_the_wanted_version_is_installed(self, tmp_path, program):
        assert self.played("Install charterkit", tmp_path, program, version="==0.1.0").returncode == 0
        called = (tmp_path / "installed").read_text(encoding="utf-8").split()
        assert called[:4] == ["-P", "-m", "pip", "install"]
        assert called[-2:] == ["charterkit==0.1.0", str(tmp_path)]

    def test_else_the_commit_of_the_action_itself_with_what_was_tested_together(self, tmp_path, program):
        assert self.played("Install charterkit", tmp_path, program).returncode == 0
        called = (tmp_path / "installed").read_text(encoding="utf-8").strip()
        first = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[0]
        assert called.endswith(f"-version-check . {first} {ROOT}")

    def test_it_passes_on_good_files_and_marks_a_bad_one(self, repository, program):
        name = "charterkit check"
        assert self.played(name, repository, program).returncode == 0
        spoil(repository)
        bad = self.played(name, repository, program, args="--output-format\ngithub")
        assert bad.returncode == 1
        assert "::error" in bad.stdout
        assert self.played(name, repository, program, args="--exit-zero").returncode == 0
        other = self.played(name, repository, program, paths="schools/example-primary/policies\ncharters\n")
        assert other.returncode == 0, other.stdout
        assert self.played(name, repository, program, paths=RATED).returncode == 1

    def test_a_path_or_a_workspace_is_no_option(self, repository, program):
        (repository / "--exit-zero").write_text("", encoding="utf-8")
        done = self.played("charterkit check", repository, program, paths="--exit-zero\n--output-file=made")
        assert (done.returncode, (repository / "made").exists()) == (2, False)
        assert "There is no file or folder '--output-file=made'. Options go before the --." in " ".join(
            done.stdout.split()
        )
        done = self.played("charterkit check", repository, program, workspace="--version")
        assert done.returncode == 2
        assert "There is no folder '--version'." in done.stdout

    def test_a_workspace_in_a_folder_and_inputs_with_blanks_and_quotes(self, repository, program):
        above = repository.parent
        done = self.played("charterkit check", above, program, workspace="repository", paths=f"repository/{RATED}")
        assert done.returncode == 0, done.stdout
        done = self.played("charterkit check", above, program, workspace="repository", paths="a b'; touch made; '")
        assert done.returncode == 2
        assert not (above / "made").exists()
