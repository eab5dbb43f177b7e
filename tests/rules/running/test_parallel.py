"""Several processes find what one finds."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from charterkit.files.workspace import Workspace
from charterkit.resources import builtin
from charterkit.rules.running import check as checking
from charterkit.rules.running.check import Examined, check, examine
from charterkit.rules.running.run import Wish, run

TODAY = date(2026, 11, 22)
HEAD = 'charter: community-engagement\ncharter_version: "1"\ndate: 2025-10-14\n'


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("many")
    for number in range(90):
        folder = root / f"schools/school-{number:03}"
        (folder / "evaluations").mkdir(parents=True)
        trust = "" if number % 9 else "trust: school-000\n"
        (folder / "school.yaml").write_text(f"name: School {number}\n{trust}", encoding="utf-8")
        for year in (23, 24, 25):
            level = ("red", "gren", "green")[(number + year) % 3]
            text = f"{HEAD}cycle: 20{year}-{year + 1}\nratings: {{gate-greeting: {{rating: {level}}}}}\n"
            (folder / f"evaluations/20{year}-{year + 1}.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_same_is_found(files: Path, jobs: int) -> None:
    alone = check(Workspace(files, builtin()), TODAY)
    together = run(files, builtin(), Wish(TODAY, jobs=jobs))
    assert (together.files, together.findings) == (alone.files, alone.findings)
    assert sorted(together.paths) == sorted(alone.paths)
    assert together.counts["error"] > 80


@pytest.mark.parametrize("is_copied", [True, False])
def test_started_in_either_way(files: Path, is_copied: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_copied:
        monkeypatch.setattr(sys, "platform", "somewhere else")
    alone = check(Workspace(files, builtin()), TODAY)
    assert run(files, builtin(), Wish(TODAY, jobs=2)).findings == alone.findings


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the process that dies is a copy of this one")
@pytest.mark.parametrize("deaths", [["school-040"], ["school-000", "school-030", "school-060", "school-080"]])
def test_a_process_that_is_killed_costs_nothing(
    files: Path, monkeypatch: pytest.MonkeyPatch, deaths: list[str]
) -> None:
    here = os.getpid()

    def deadly(workspace: Workspace, pieces: Sequence[str], *rest: Any) -> list[Examined]:
        if os.getpid() != here and not set(deaths).isdisjoint(pieces):
            os.kill(os.getpid(), signal.SIGKILL)
        return examine(workspace, pieces, *rest)

    alone = check(Workspace(files, builtin()), TODAY)
    monkeypatch.setattr(checking, "examine", deadly)
    assert run(files, builtin(), Wish(TODAY, jobs=2)).findings == alone.findings


@pytest.mark.skipif(sys.platform == "win32", reason="limits are set in another way there")
def test_processes_that_cannot_be_started_are_done_without(files: Path) -> None:
    script = """
import datetime, pathlib, resource, sys
from charterkit.resources import builtin
from charterkit.rules.running.run import Wish, run
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
found = run(pathlib.Path(sys.argv[1]), builtin(), Wish(datetime.date(2026, 11, 22), jobs=60))
print(found.files, found.counts["error"])
"""
    alone = check(Workspace(files, builtin()), TODAY)
    command = [sys.executable, "-c", script, str(files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    assert done.stdout.split() == [str(alone.files), str(alone.counts["error"])]


def test_very_many_names_on_a_call(files: Path) -> None:
    names = tuple(path.relative_to(files).as_posix() for path in sorted(files.rglob("2025*.yaml"))[:60])
    found = run(files, builtin(), Wish(TODAY, only=names))
    whole = check(Workspace(files, builtin()), TODAY)
    assert sorted(found.paths) == sorted(names)
    assert found.findings == tuple(one for one in whole.findings if one.path in names)
