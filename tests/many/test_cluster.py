"""`--cluster`: a real scheduler and real workers over TCP find the same bytes, or it is said by name why they cannot."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import charterkit
from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.many import cluster
from charterkit.many.at_worker import Errand, looked_at
from charterkit.many.cluster import machines
from charterkit.many.each import SchoolQuestion, each
from charterkit.many.state import seen, source
from charterkit.resources import builtin
from charterkit.rules.running.run import Wish, run
from tests.benchmarks.workspaces import ministry
from tests.many.clusters import started, with_workers

pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.alike(2, row="clusters")]
ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
SCHOOLS = 400


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("many")
    ministry(root, SCHOOLS)
    spoilt = root / "schools/school-00123/evaluations/2024-25.yaml"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("rating: green", "rating: gren"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler with two workers."""
    with started(tmp_path_factory.mktemp("cluster")) as (address, worker, _):
        worker()
        worker()
        with_workers(address, 2)
        yield address


def call(files: Path, *options: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "charterkit", "--workspace", str(files), "check", "--today", "2026-11-22"]
    return subprocess.run([*command, "--no-cache", *options], capture_output=True, timeout=300, check=False)


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_the_same_bytes_as_one_machine(files: Path, two: str, form: str) -> None:
    alone = call(files, "--format", form, "--jobs", "1")
    shared = call(files, "--format", form, "--cluster", two)
    assert alone.returncode == shared.returncode == 1, shared.stderr.decode()
    assert shared.stdout == alone.stdout
    assert b"gren" in shared.stdout


def test_every_school_is_answered_by_the_workers(files: Path, two: str) -> None:
    workspace, question = Workspace(files, builtin()), SchoolQuestion("tests.many.asked:told", TODAY)
    alone = list(each(workspace, question, workspace.slugs))
    with machines(two, files) as hands:
        assert list(each(workspace, question, workspace.slugs, hands=hands)) == alone


def test_a_worker_that_is_killed_in_the_middle_costs_nothing(files: Path, tmp_path: Path) -> None:
    alone = run(files, builtin(), Wish(TODAY, jobs=1))
    with started(tmp_path) as (address, worker, _):
        first, _ = worker(), worker()
        with_workers(address, 2)
        with machines(address, files) as hands:

            def killed(done: int, total: int) -> None:
                assert done <= total
                if first.poll() is None:
                    first.send_signal(signal.SIGKILL)
                    first.wait()

            found = run(files, builtin(), Wish(TODAY), hands=hands, progress=killed)
    assert first.returncode == -signal.SIGKILL
    assert (found.findings, sorted(found.paths)) == (alone.findings, sorted(alone.paths))


def test_a_scheduler_that_goes_in_the_middle_is_said(files: Path, tmp_path: Path) -> None:
    with started(tmp_path) as (address, worker, scheduler):
        worker()
        with_workers(address, 1)
        with machines(address, files) as hands:

            def gone(done: int, total: int) -> None:
                assert done <= total
                scheduler.kill()
                scheduler.wait()

            with pytest.raises(CharterkitError) as error:
                run(files, builtin(), Wish(TODAY), hands=hands, progress=gone)
    assert error.value.code == "cluster-gone"


def test_a_scheduler_that_is_not_there_is_said_soon(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(CharterkitError) as error, machines("tcp://127.0.0.1:9", files):
        pass
    assert error.value.message == "No Dask scheduler answers at tcp://127.0.0.1:9 within 1 seconds."


@pytest.mark.parametrize("address", ["", "nonsense://x", "tcp://", "127.0.0.1:http", "inproc://1/2/3", "\x1b[31m:1"])
def test_an_address_that_is_none_is_said(files: Path, address: str) -> None:
    with pytest.raises(CharterkitError) as error, machines(address, files):
        pass
    assert error.value.code == "no-address-of-scheduler"
    assert "\x1b" not in error.value.message


def test_a_scheduler_without_workers_is_said(files: Path, tmp_path: Path) -> None:
    with started(tmp_path) as (address, *_), pytest.raises(CharterkitError) as error, machines(address, files):
        pass
    assert error.value.code == "no-workers"
    assert address in error.value.hint


def test_a_worker_that_would_find_something_else_is_refused_by_name(files: Path, tmp_path: Path) -> None:
    package = Path(charterkit.__file__).parent
    other, changed, none = (tmp_path / name for name in ("other", "changed", "none"))
    for folder in (other, changed):
        shutil.copytree(package, folder / "charterkit", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("charters", "packs"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, tmp_path / name, dirs_exist_ok=True)
    (other / "charterkit/__init__.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")
    with (changed / "charterkit/rules/evaluations.py").open("a", encoding="utf-8") as file:
        file.write("# something else\n")
    (none / "charterkit").mkdir(parents=True)
    (none / "charterkit/__init__.py").write_text("", encoding="utf-8")
    for path, code, said in (
        (other, "worker-version", "has charterkit 0.0.1"),
        (changed, "worker-program", "has another state of charterkit"),
        (none, "worker-without", "cannot run charterkit"),
    ):
        folder = tmp_path / f"cluster-{path.name}"
        folder.mkdir()
        with started(folder) as (address, worker, _):
            worker(PYTHONPATH=str(path))
            with_workers(address, 1)
            with pytest.raises(CharterkitError) as error, machines(address, files):
                pass
        assert error.value.code == code
        assert said in error.value.message
        assert "tcp://127.0.0.1:" in error.value.message


def test_a_worker_that_comes_later_and_would_find_something_else_is_refused_by_name(files: Path) -> None:
    given = (files, True, SchoolQuestion("charterkit.insight.overview.summary:summary", TODAY), False)
    alike = Errand("alike", source(), "charterkit.many.each:afresh", given, seen(files))
    (found,) = looked_at(alike, [], [["school-00001"]])
    assert len(found) == 1
    with pytest.raises(CharterkitError, match="another state of charterkit"):
        looked_at(replace(alike, token="other", program="another"), [], [["school-00001"]])
    with pytest.raises(CharterkitError, match="does not see the workspace as it is"):
        looked_at(replace(alike, token="elsewhere", seen=seen(files / "charters")), [], [["school-00001"]])


def test_an_older_copy_of_a_workspace_is_told_from_it(files: Path, tmp_path: Path) -> None:
    assert seen(tmp_path / "nowhere") == ""
    copy = tmp_path / "copy"
    shutil.copytree(files, copy)
    assert seen(copy) == seen(files) == seen(files)
    path = copy / "schools/school-00001/school.yaml"
    path.write_bytes(path.read_bytes() + b"# seen\n")
    assert seen(copy) != seen(files)
    assert seen(tmp_path) != seen(files)


@pytest.mark.parametrize(
    "path", ["schools/school-00001/evidence/photo.jpg", "issuer/status/revocation.json", "charterkit.yml"]
)
def test_a_copy_that_lacks_what_is_no_yaml_is_told_from_it(files: Path, tmp_path: Path, path: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(files, copy)
    (copy / "schools/school-00001/.school.yaml.lock").touch()
    assert seen(copy) == seen(files)
    (copy / path).parent.mkdir(parents=True, exist_ok=True)
    (copy / path).write_bytes(b"{}")
    assert seen(copy) != seen(files)
