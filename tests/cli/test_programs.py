"""What the whole program starts: git where it is asked for, its own Python, and nothing that lies in a workspace."""

import os
import subprocess
import sys

import pytest

from .calling import TODAY, environment, example
from .repositories import git

WATCHED = """
import json, sys
started, opened = [], []
def watch(event, arguments):
    if event == "os.posix_spawn" and list(arguments[1]) == opened:  # how Python 3.13 carries a Popen out
        opened.clear()
    elif event in ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "webbrowser.open", "pty.spawn"):
        started.append(f"{event} {arguments}")
    elif event == "subprocess.Popen":
        opened[:] = arguments[1]
        started.append(" ".join(arguments[1][:4]) if arguments[1][0] == sys.executable else arguments[0] or arguments[1][0])
sys.addaudithook(watch)
from charterkit.cli.app import run
for call in json.loads(sys.argv[1]):
    code = run(call)
    print(code, *started, sep="\\t")
    started.clear()
"""
CALLS = [
    ["check", "--jobs", "1"],
    ["check", "--fix", "--diff"],
    ["evaluate", "example-primary", "--set", "gate-greeting=red"],
    ["compare", "example-primary", "-o", "out/compare.pdf"],
    ["report", "example-primary", "--cycle", "2025-26-autumn", "-o", "out/report.html"],
    ["render-poster", "--school", "example-primary", "-o", "out/poster.png"],
    ["render-form", "--school", "example-primary", "-o", "out/form.xlsx"],
    ["policies", "-o", "out/policies.html"],
    ["policy", "gaps"],
    ["remind", "-o", "out/due.ics"],
    ["calendar", "example-primary", "-o", "out/planner.pdf"],
    ["site", "example-primary", "--out", "site"],
    ["translate", "status"],
    ["schema", "--update"],
    ["init", "another"],
]


@pytest.fixture
def root(tmp_path):
    example(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def test_no_command_starts_a_program_but_git_and_python_for_paper(root):
    import json

    (root / "out").mkdir()
    calls = [*CALLS, ["compare", "--rev", "HEAD..HEAD"]]
    command = [sys.executable, "-c", WATCHED, json.dumps(calls)]
    done = subprocess.run(
        command, cwd=root, env=environment(PYTHONSAFEPATH="1"), capture_output=True, encoding="utf-8", check=True
    )
    lines = [line.split("\t") for line in done.stdout.splitlines() if line[:1].isdigit() and line[1:2] in ("", "\t")]
    assert len(lines) == len(calls), done.stdout + done.stderr
    for call, (code, *started) in zip(calls, lines, strict=True):
        assert code in ("0", "1"), (call, done.stderr)
        paper = [one for one in started if one.startswith(f"{sys.executable} -I -S ")]
        assert all(one.endswith(os.path.join("engine", "press.py")) for one in paper)  # noqa: PTH118
        assert bool(paper) == (call[-1].endswith((".pdf", ".png")) or call[0] == "site"), (call, started)
        others = [one for one in started if one not in paper]
        assert bool(others) == ("--rev" in call), (call, started)
        assert all(os.path.isabs(one) and os.path.basename(one) in ("git", "git.exe") for one in others)  # noqa: PTH117, PTH119


MODULES = ("yaml", "multiprocessing", "typer", "encodings", "typing", "sitecustomize", "concurrent", "jinja2", "git")


def planted(root, canary):
    """A workspace with files that Python would take for modules, were it to look there."""
    for name in MODULES:
        (root / f"{name}.py").write_text(f"open({str(canary)!r}, 'w').close()\n", encoding="utf-8")
    for number in range(150):
        folder = root / f"schools/school-{number}"
        (folder / "evaluations").mkdir(parents=True)
        (folder / "school.yaml").write_text(f"name: School {number}\n", encoding="utf-8")
        (folder / "evaluations/2025-26-autumn.yaml").write_text("x: 1\n", encoding="utf-8")


SCRIPT = """
import sys, threading
if __name__ == "__main__":
    threading.Thread(target=threading.Event().wait, daemon=True).start()  # others are started anew then, as on Windows
    from charterkit.cli import main
    main()
"""


@pytest.mark.alike(3)
@pytest.mark.slow
@pytest.mark.parametrize("flags", [[], ["-E"], ["-I"]])
def test_helping_processes_take_no_module_from_the_workspace(root, tmp_path_factory, flags):
    """On Windows and macOS `check` of many files starts Python anew; its `-c` looks in the current folder first."""
    elsewhere = tmp_path_factory.mktemp("bin")
    planted(root, elsewhere / "PWNED")
    (elsewhere / "script.py").write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, *flags, str(elsewhere / "script.py"), "check", "--no-cache", "--jobs", "2"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == ""
    assert not (elsewhere / "PWNED").exists()


def test_called_as_a_module_it_takes_none_from_the_workspace(root, tmp_path_factory):
    canary = tmp_path_factory.mktemp("bin") / "PWNED"
    for name in ("yaml", "typer", "pydantic", "jinja2", "rich", "platformdirs"):
        (root / f"{name}.py").write_text(f"open({str(canary)!r}, 'w').close()\n", encoding="utf-8")
    command = [sys.executable, "-m", "charterkit", "check"]
    variables = environment(CHARTERKIT_TODAY=TODAY)
    done = subprocess.run(command, cwd=root, env=variables, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    assert not canary.exists()
