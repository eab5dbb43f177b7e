"""`--cluster` for workers that do not see the workspace: each is sent it, finds the same bytes, and keeps nothing."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.many import cluster
from charterkit.many.at_worker import Parcel
from charterkit.many.cache import Cache
from charterkit.many.cluster import machines
from charterkit.many.each import SchoolQuestion, each
from charterkit.many.hands import Processes
from charterkit.resources import builtin
from charterkit.rules.running.run import Wish, run
from tests.benchmarks.workspaces import ministry
from tests.many.clusters import started, waited, with_workers

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.alike(3, row="sent workspaces"),
    pytest.mark.skipif(sys.platform != "linux", reason="the path that is another folder for each process is Linux's"),
]
TODAY = date(2026, 11, 22)
HERE = Path("/proc/self/cwd")
"""For each process another folder: a worker does not see the workspace of whoever asks."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With what is looked at besides YAML: evidence with and without a hash, a policy's text, names, an odd school."""
    root = tmp_path_factory.mktemp("sent")
    ministry(root, 200)
    school = root / "schools/school-00007"
    evaluation = school / "evaluations/2025-26.yaml"
    (school / "minutes.pdf").write_bytes(b"minutes")
    stated = [sha256(b"minutes").hexdigest(), sha256(b"others").hexdigest()]
    lines = "".join(f"      - {{kind: document, path: minutes.pdf, sha256: {text}}}\n" for text in stated)
    text = evaluation.read_text(encoding="utf-8")
    with_evidence = text.replace("    rating: amber\n", f"    rating: amber\n    evidence:\n{lines}", 1)
    evaluation.write_text(with_evidence, encoding="utf-8")
    (school / "policies").mkdir()
    (school / "policies/helpers.md").write_text("Helpers need a CRB check.\n", encoding="utf-8")
    (school / "policies/helpers.yaml").write_text(
        "id: helpers\ntitle: Helpers\ndocument: helpers.md\n",
        encoding="utf-8",
    )
    spoilt = root / "schools/school-00123/evaluations/2024-25.yaml"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("rating: green", "rating: gren"), encoding="utf-8")
    (root / "schools/Not a school").mkdir()
    return root


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A scheduler with two workers, and the folder in which they have theirs."""
    folder = tmp_path_factory.mktemp("cluster")
    with started(folder) as (address, worker, _):
        for _ in range(2):
            worker()
        with_workers(address, 2)
        yield address, folder


def left(folder: Path) -> list[Path]:
    return list(folder.glob("worker-*/dask-scratch-space/worker-*/charterkit-*"))


def call(files: Path, *options: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "charterkit", "--workspace", str(HERE), *options, "--today", "2026-11-22"]
    return subprocess.run(command, capture_output=True, timeout=300, check=False, cwd=files)


@pytest.mark.parametrize(
    "options",
    [
        ("check", "--no-cache", "--format", "json"),
        ("check", "--no-cache", "--notes"),
        ("overview", "--no-cache", "--format", "json"),
    ],
)
def test_the_same_bytes_as_one_machine(files: Path, two: tuple[str, Path], options: Sequence[str]) -> None:
    address, folder = two
    alone, sent = call(files, *options), call(files, *options, "--cluster", address)
    assert sent.stdout == alone.stdout
    assert alone.stdout
    assert sent.returncode == alone.returncode, sent.stderr.decode()
    assert "each is sent a packed copy" in sent.stderr.decode()
    waited(lambda: not left(folder))


def test_what_is_found_is_worth_comparing(files: Path) -> None:
    found = call(files, "check", "--no-cache").stdout.decode()
    assert "gren" in found
    assert "CRB" in found
    assert found.count("'minutes.pdf' is not the file this was written about") == 1


def test_the_same_tables_as_on_one_machine(files: Path, two: tuple[str, Path], tmp_path: Path) -> None:
    for name, more in (("alone", ()), ("sent", ("--cluster", two[0]))):
        done = call(files, "export", str(tmp_path / name), "--format", "csv", *more)
        assert done.returncode == 0, done.stderr.decode()
    alone, sent = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("alone", "sent"))
    assert alone == sent
    assert len(alone) > 10


def test_two_at_once_do_not_meet(files: Path, two: tuple[str, Path]) -> None:
    address, folder = two
    alone = call(files, "check", "--no-cache", "--format", "json")
    with ThreadPoolExecutor(3) as pool:
        options = ("check", "--no-cache", "--format", "json", "--cluster", address)
        both = list(pool.map(lambda _: call(files, *options), range(3)))
    assert [each.stdout for each in both] == [alone.stdout] * 3
    waited(lambda: not left(folder))


def test_each_worker_unpacks_it_once_and_lets_go_of_it(
    files: Path, two: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = two
    monkeypatch.chdir(files)
    workspace, question = Workspace(HERE, builtin()), SchoolQuestion("tests.many.asked:place", TODAY)
    with machines(address, HERE) as hands:
        assert not hands.seen
        answers = [answer for _, answer in each(workspace, question, workspace.slugs, hands=hands)]
        places = {Path(place) for place, _ in answers}
        assert {place.parent.parent.parent.parent for place in places} == {folder}
        assert 1 <= len(places) <= 2
        assert len({worker for _, worker in answers}) == len(places)
    waited(lambda: not left(folder))


def test_few_schools_are_looked_at_here(files: Path, two: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files)
    workspace, question = Workspace(HERE, builtin()), SchoolQuestion("tests.many.asked:place", TODAY)
    with machines(two[0], HERE, 1) as hands:
        ((_, (place, _)),) = each(workspace, question, ["school-00001"], hands=hands)
        assert hands.here == Processes(1)
    assert place == str(HERE)


def test_what_is_sent_is_what_is_there_when_its_files_were_listed(
    files: Path, two: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    cache = Cache(tmp_path, HERE, "now")
    path = files / "schools/school-00011/evaluations/2025-26.yaml"
    before = path.read_bytes()
    with machines(two[0], HERE) as hands:
        first = run(HERE, builtin(), Wish(TODAY), cache, hands=hands)
        try:
            path.write_bytes(before.replace(b"rating: green", b"rating: gruen"))
            again = [run(HERE, builtin(), Wish(TODAY), cache, hands=hands) for _ in range(2)]
            alone = run(HERE, builtin(), Wish(TODAY))
        finally:
            path.write_bytes(before)
    assert [found.findings for found in again] == [alone.findings] * 2
    assert first.findings != alone.findings


def test_a_worker_that_is_killed_costs_nothing_and_what_it_leaves_goes_with_the_next(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    alone = run(HERE, builtin(), Wish(TODAY, jobs=1))
    with started(tmp_path) as (address, worker, _):
        first, _ = worker(), worker()
        with_workers(address, 2)
        with machines(address, HERE) as hands:

            def killed(done: int, total: int) -> None:
                assert done <= total
                if first.poll() is None:
                    first.kill()
                    first.wait()

            found = run(HERE, builtin(), Wish(TODAY), hands=hands, progress=killed)
        assert first.returncode == -signal.SIGKILL
        assert (found.findings, sorted(found.paths)) == (alone.findings, sorted(alone.paths))
        waited(lambda: len(left(tmp_path)) == 1)
        (place,) = left(tmp_path)
        worker("--local-directory", str(place.parents[2]))
        waited(lambda: not left(tmp_path))


def test_when_the_only_worker_is_killed_it_is_sent_to_the_one_that_takes_its_place(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    alone = run(HERE, builtin(), Wish(TODAY, jobs=1))
    with started(tmp_path) as (address, worker, _):
        first = worker()
        with_workers(address, 1)
        with machines(address, HERE) as hands:

            def replaced(done: int, total: int) -> None:
                assert done <= total
                if first.poll() is None:
                    first.kill()
                    first.wait()
                    worker()

            found = run(HERE, builtin(), Wish(TODAY), hands=hands, progress=replaced)
    assert first.returncode == -signal.SIGKILL
    assert (found.findings, sorted(found.paths)) == (alone.findings, sorted(alone.paths))


def test_nothing_is_left_of_somebody_who_was_killed(files: Path, two: tuple[str, Path]) -> None:
    address, folder = two
    command = [sys.executable, "-m", "charterkit", "--workspace", str(HERE), "check", "--no-cache"]
    for way in (signal.SIGKILL, signal.SIGINT):
        asking = subprocess.Popen(
            [*command, "--cluster", address], cwd=files, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        try:
            waited(lambda: left(folder))
            asking.send_signal(way)
            said, _ = asking.communicate(timeout=60)
        finally:
            asking.kill()
            asking.wait()
        assert asking.returncode == {signal.SIGKILL: -signal.SIGKILL, signal.SIGINT: 130}[way]
        assert b"Traceback" not in said
        waited(lambda: not left(folder))


def test_a_scheduler_that_is_killed_is_said_in_one_sentence(files: Path, tmp_path: Path) -> None:
    with started(tmp_path) as (address, worker, scheduler):
        worker()
        with_workers(address, 1)
        command = [sys.executable, "-m", "charterkit", "--workspace", str(HERE), "check", "--no-cache"]
        asking = subprocess.Popen([*command, "--cluster", address], cwd=files, stderr=subprocess.PIPE)
        try:
            waited(lambda: left(tmp_path))
            scheduler.kill()
            _, said = asking.communicate(timeout=120)
        finally:
            asking.kill()
            asking.wait()
    assert asking.returncode == 2
    first, *rest = said.decode().splitlines()[1:]
    assert first == f"The scheduler at {address} is gone, or all its workers are."
    assert len(rest) == 1


def test_what_changes_on_the_way_is_refused(
    files: Path, two: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    for spoil in (lambda data: data[:-1], lambda data: data[:500] + b"\0" + data[501:]):
        monkeypatch.setattr(cluster, "Parcel", lambda data, spoil=spoil: Parcel(spoil(data)))
        with machines(two[0], HERE) as hands, pytest.raises(CharterkitError) as error:
            run(HERE, builtin(), Wish(TODAY), hands=hands)
        assert error.value.code == "packed-changed"
    waited(lambda: not left(two[1]))


def test_a_link_is_refused_before_anything_is_sent(files: Path, two: tuple[str, Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(files, copy)
    (copy / "schools/school-00001/photos").symlink_to("/etc")
    done = call(copy, "check", "--no-cache", "--cluster", two[0])
    assert done.returncode == 2
    assert "schools/school-00001/photos is no plain file or folder" in done.stderr.decode()
    assert not left(two[1])


def test_when_all_workers_are_gone_it_is_said(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files)
    monkeypatch.setattr(cluster, "_WAIT", 2)
    monkeypatch.setattr(cluster, "_LOOK_ROUND", 1)
    for root in (HERE, files):
        folder = tmp_path / f"cluster-{len(root.parts)}"
        folder.mkdir()
        with started(folder) as (address, worker, _):
            first = worker()
            with_workers(address, 1)
            with machines(address, root) as hands:

                def gone(done: int, total: int, first: "subprocess.Popen[bytes]" = first) -> None:
                    assert done <= total
                    first.kill()
                    first.wait()

                with pytest.raises(CharterkitError) as error:
                    run(root, builtin(), Wish(TODAY), hands=hands, progress=gone)
        assert error.value.code == "cluster-gone"
