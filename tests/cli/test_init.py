"""What `init` puts into a workspace for editors, pre-commit and GitHub."""

import json
from pathlib import PurePosixPath

import pytest
import yaml

from charterkit.files.load import word
from charterkit.files.workspace import Workspace
from tests.schema.editors import mistakes

from .calling import call, example


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("init")
    done = call("init", "--with", "git", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_without_git_there_is_nothing_for_developers_but_a_text_to_read_first(tmp_path):
    assert call("init", cwd=tmp_path).returncode == 0
    there = {path.name for path in tmp_path.iterdir()}
    assert not there & {".github", ".pre-commit-config.yaml", ".vscode", ".editorconfig"}
    text = (tmp_path / "READ ME FIRST.txt").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 80
    added = call("init", "--with", "git", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    assert (tmp_path / ".github/workflows/charterkit.yml").is_file()


def settings(folder):
    return json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))


def test_every_file_has_its_schema_by_its_first_line_and_by_the_editors_settings(made):
    globs = settings(made)["yaml.schemas"]
    seen = set()
    for path, kind in Workspace(made).paths():
        assert kind is not None
        text = (made / path).read_text(encoding="utf-8")
        first = text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
        by_line = ((made / path).parent / first).resolve()
        assert by_line == made.resolve() / ".charterkit/schemas" / f"{word(kind)}.json"
        (by_settings,) = [schema for schema, wanted in globs.items() if PurePosixPath(path).match(wanted[0])]
        seen.add(by_settings)
        assert mistakes(json.loads(by_line.read_text(encoding="utf-8")), text) == []
        if "charters/" not in path:
            assert made.resolve() / by_settings == by_line
    own = {f".charterkit/schemas/{kind}.json" for kind in ("pack", "adoption")}
    assert seen == set(globs) - own, "a new workspace has no rule pack of its own, and nothing adopted"


def test_the_files_of_charters_are_told_apart(made):
    """A translation lies beside its charter."""
    schema = json.loads((made / ".charterkit/schemas/charters-folder.json").read_text(encoding="utf-8"))
    assert schema["if"] == {"required": ["language"]}
    for branch, kind in (("then", "translation"), ("else", "charter")):
        assert schema[branch] == {"allOf": [{"$ref": f"{kind}.json"}]}
        assert (made / ".charterkit/schemas" / f"{kind}.json").is_file()


def test_editors_are_told_no_tags_and_which_extension_reads_the_schemas(made):
    assert settings(made)["yaml.customTags"] == []
    extensions = json.loads((made / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert "redhat.vscode-yaml" in extensions["recommendations"]


def test_the_schemas_are_no_files_of_the_workspace(made):
    assert all(not path.startswith(".") for path, _ in Workspace(made).paths())
    assert call("check", cwd=made).returncode == 0
    assert "are right already" in call("schema", "--update", cwd=made).stderr


def test_the_workflow_checks_every_pull_request(made):
    workflow = yaml.safe_load((made / ".github/workflows/charterkit.yml").read_text(encoding="utf-8"))
    assert "charterkit check" in [step.get("run") for step in workflow["jobs"]["check"]["steps"]]
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("day", ["2026-11-22", "2027-09-01", "2028-12-31", "2036-11-22"])
def test_a_fresh_workspace_is_clean_however_late_it_is_made(made, day, tmp_path_factory):
    """The example school is made up: what is overdue there is no news. Without that setting it shows."""
    other = tmp_path_factory.mktemp("example")
    done = call("check", "--strict", "--output-format", "concise", "--today", day, cwd=made)
    assert done.returncode == 0, done.stdout
    assert "due by" in call("check", "--select", "CK412", "--today", day, cwd=example(other)).stdout


def test_without_the_example_nothing_is_said_of_it(tmp_path):
    assert call("init", "--no-example", cwd=tmp_path).returncode == 0
    assert "example" not in (tmp_path / "charterkit.yaml").read_text(encoding="utf-8")
    assert call("check", "--strict", cwd=tmp_path).returncode == 0


def test_files_that_are_there_stay(tmp_path):
    mine = {".vscode/settings.json": "{}\n", ".charterkit/schemas/visit.json": "{}\n", "charterkit.yml": "x: y\n"}
    for path, text in mine.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = call("init", "--with", "git", cwd=tmp_path)
    assert done.returncode == 0
    for path, text in mine.items():
        assert (tmp_path / path).read_text(encoding="utf-8") == text
    assert ".vscode/settings.json was there already and stays as it is." in done.stderr
    assert ".charterkit/schemas/visit.json was there already and stays as it is." in done.stderr


def test_what_was_there_is_counted_in(tmp_path):
    """A charter of the school's own, before init: its aspects are in the schemas."""
    (tmp_path / "charters").mkdir()
    own = "id: own\nversion: '1'\ntitle: O\nstatus: draft\nkey_points: [{id: k, title: K, aspects: [{id: mine, text: M}]}]\n"
    (tmp_path / "charters/own.yaml").write_text(own, encoding="utf-8")
    assert call("init", cwd=tmp_path).returncode == 0
    kept = (tmp_path / ".charterkit/schemas/evaluation.json").read_text(encoding="utf-8")
    assert '"mine"' in kept
    assert '"gate-greeting"' in kept
    assert (tmp_path / "charters/own.yaml").read_text(encoding="utf-8") == own
