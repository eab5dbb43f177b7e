"""What comes from others: named by commit and version, with no more rights than needed, and written down in a bill."""

import json
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from tools import audit, pins

from .cli.calling import ROOT, call

TRACKED = (
    subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
)
TEXTS = {
    path: (ROOT / path).read_text(encoding="utf-8")
    for path in TRACKED
    if path.endswith((".md", ".yml", ".yaml", ".toml", ".txt", ".json", ".sh", ".py", "Makefile"))
    and not path.startswith("tests/")
    and (ROOT / path).is_file()
}
USES = re.compile(r"^ *(?:- )?uses: *(?P<what>\S+)(?P<rest>.*)$", re.MULTILINE)
OURSELVES = "<owner>/<charterkit's"
NOT_READERS = {"fontpkg", "holidays", "annotated-doc", "annotated-types", "mdurl", "typing-inspection"}
"""Before 1.0, but given nothing that strangers wrote: fonts, tables of days, and what describes types.

mdurl is given links of Markdown; markdown-it-py, which calls it, says itself which versions it takes.
"""


def workflows() -> Iterator[tuple[str, dict[Any, Any]]]:
    """Every workflow of this repository, of what `init` writes and of the documentation."""
    for path, text in TEXTS.items():
        blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL) if path.endswith(".md") else [text]
        for block in blocks:
            if "/workflows/" in path or re.search(r"^jobs:", block, re.MULTILINE):
                yield path, yaml.safe_load(block)


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_every_action_is_named_by_one_commit_with_its_version_beside_it():
    found = defaultdict(set)
    for path, text in TEXTS.items():
        for match in USES.finditer(text):
            if not path.endswith(".py") and not match["what"].startswith(OURSELVES):
                name, _, commit = match["what"].partition("@")
                assert re.fullmatch(r"[0-9a-f]{40}", commit), (path, match[0])
                assert re.fullmatch(r" # v\d+\.\d+\.\d+", match["rest"]), (path, match[0])
                found[name].add((commit, match["rest"]))
    assert {name: len(named) for name, named in found.items()} == dict.fromkeys(found, 1)
    assert len(found) >= 5


def test_no_workflow_has_a_right_or_a_password_that_it_does_not_need():
    seen = {}
    for path, workflow in workflows():
        seen[path] = workflow
        rights = workflow["permissions"]
        jobs = workflow["jobs"].values()
        assert rights["contents"] == "read", path
        assert rights == {"contents": "read"} or len(jobs) == 1, f"{path}: a right of one job is said there"
        assert "pull_request_target" not in str(workflow[True]), path
        for step in steps(workflow):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, path
    assert {path.rpartition("/")[2] for path in seen} >= {
        "tests.yml",
        "release.yml",
        "charterkit.yml",
        "charterkit-reminders.yml",
        "site.md",
    }


def test_what_is_given_out_is_put_there_by_a_job_that_runs_nothing_of_ours():
    jobs = yaml.safe_load(TEXTS[".github/workflows/release.yml"])["jobs"]
    writing = {name for name, job in jobs.items() if "permissions" in job}
    assert {name: jobs[name]["permissions"] for name in writing} == {"draft": {"contents": "write"}}
    assert not [step for step in jobs["draft"]["steps"] if "checkout" in step.get("uses", "")]
    assert not [step for job in jobs.values() for step in job["steps"] if "${{" in step.get("run", "")]
    assert "sha256sum" in str(jobs["draft"])
    assert {job.partition("-")[0] for job in jobs["program"]["strategy"]["matrix"]["os"]} == {
        "ubuntu",
        "windows",
        "macos",
    }


def test_what_a_workflow_installs_has_a_version():
    said = [step["run"] for _, workflow in workflows() for step in steps(workflow) if "run" in step]
    said += [
        line for path in ("docs/checking.md", "docs/editors.md") for line in TEXTS[path].splitlines() if "run" in line
    ]
    installs = [line for text in said for line in text.splitlines() if re.search(r"\bpipx? (install|run)\b", line)]
    assert len(installs) >= 6
    for line in installs:
        assert "--constraint " in line or re.search(r"charterkit(\[\w+\])?==\d", line), line
    ours = pins.parts()["charterkit"].version
    for path, text in TEXTS.items():
        if not path.endswith(("CHANGELOG.md", ".py")):
            assert set(re.findall(r"charterkit==([\d.]+\d)", text)) <= {ours}, path


def test_what_a_workflow_installs_lies_where_it_says(tmp_path):
    place = tmp_path / ".github/charterkit-constraints.txt"
    assert call("init", cwd=tmp_path).returncode == 0
    assert not place.exists(), "without workflows nothing is asked for"
    assert call("init", "--with", "git", cwd=tmp_path).returncode == 0
    assert place.read_bytes() == pins.FOR_WORKFLOWS.read_bytes()
    place.unlink()
    assert call("init", "--with", "reminders", cwd=tmp_path).returncode == 0, "a workspace that was made before"
    assert place.read_bytes() == pins.FOR_WORKFLOWS.read_bytes()
    assert "was there already and stays" in call("init", "--with", "reminders", cwd=tmp_path).stderr


class TestTheBill:
    """`make sbom` makes it, and the constraints of workflows, anew."""

    def test_it_is_fresh(self):
        found = pins.parts()
        assert pins.bill(found) == pins.BILL.read_text(encoding="utf-8")
        assert pins.constraints(found.values()) == pins.FOR_WORKFLOWS.read_text(encoding="utf-8")

    def test_it_is_what_cyclonedx_says(self):
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(pins.BILL.read_text(encoding="utf-8")) is None

    def test_it_names_all_that_is_asked_for_with_version_licence_and_what_each_needs(self):
        bill = json.loads(pins.BILL.read_text(encoding="utf-8"))
        named = {each["name"]: each for each in bill["components"]}
        project = tomllib.loads(TEXTS["pyproject.toml"])["project"]
        asked = {Requirement(text).name for text in wanted(project)}
        assert asked <= named.keys()
        assert all(each["version"] and each["licenses"] for each in named.values())
        (ours,) = [each for each in bill["dependencies"] if each["ref"].startswith("pkg:pypi/charterkit@")]
        assert {text.partition("/")[2].partition("@")[0] for text in ours["dependsOn"]} == asked


def wanted(project) -> list[str]:
    return [
        *project["dependencies"],
        *(text for name in pins.EXTRAS for text in project["optional-dependencies"][name]),
    ]


def test_what_is_before_1_0_and_reads_what_strangers_wrote_has_an_upper_bound():
    asked = {
        (need := Requirement(text)).name: need for text in wanted(tomllib.loads(TEXTS["pyproject.toml"])["project"])
    }
    young = {name for name, part in pins.parts().items() if part.version.startswith("0.")} - NOT_READERS
    young -= {"charterkit", "colorama"}  # colours of a terminal
    assert {"typst", "python-calamine", "typer"} <= young
    for name in young:
        upper = [each for each in asked[name].specifier if each.operator == "<"]
        assert upper, f"{name} needs an upper bound"
        assert asked[name].specifier.contains(pins.parts()[name].version)


def test_no_address_of_a_registry_is_in_any_file():
    parts = ("pypi" + ".org", "python" + "hosted", "npm" + "js", "registry" + ".")
    assert not [path for path, text in TEXTS.items() for part in parts if part + "/" in text or f"//{part}" in text]


@pytest.mark.parametrize(
    ("report", "complaint", "code", "said"),
    [
        ('{"dependencies": [{"name": "x", "version": "1", "vulns": []}]}', "", 0, "No known faults in the 1 packages"),
        (
            '{"dependencies": [{"name": "x", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}]}',
            "Found 1 known vulnerability in 1 package",
            1,
            "x 1: PYSEC-1, mended in 2",
        ),
        (
            "",
            "requests.exceptions.ConnectionError: Failed to resolve",
            0,
            "no database of known faults could be reached",
        ),
        ("", "ERROR:pip_audit._cli:invalid requirements input: x", 2, "pip-audit failed"),
    ],
)
def test_an_audit_says_whether_it_was_one(report, complaint, code, said):
    found, words = audit.verdict(report, complaint)
    assert found == code
    assert said in words
