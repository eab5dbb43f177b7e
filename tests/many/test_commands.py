"""Commands over very many schools: stopped by hand, watched, and with a folder that moves meanwhile."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.workspaces import ministry
from tests.cli.calling import forked_bytes

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals and terminals are others there")]
SCHOOLS = 120
CALL = [sys.executable, "-c", "import charterkit.cli.progress as progress; progress.PATIENCE = 0; from charterkit.cli import main; main()"]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> Path:
    root = tmp_path / "files"
    root.mkdir()
    ministry(root, SCHOOLS)
    return root


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS", "NO_COLOR")}
    return {
        **kept,
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "CHARTERKIT_TODAY": "2026-11-22",
        "TERM": "xterm",
        **more,
    }


def call(files: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[bytes]":
    """One call without a terminal."""
    command = [sys.executable, "-m", "charterkit", *arguments]
    return forked_bytes(command, files, b"", environment(files.parent, **more))


@pytest.mark.parametrize("command", [["check", "--format", "json"], ["overview", "--format", "json"]])
def test_the_same_bytes_by_one_process_by_two_and_from_what_is_kept(files: Path, command: list[str]) -> None:
    alone = call(files, *command, "--no-cache", "--jobs", "1")
    assert alone.returncode == 0
    for options in (["--jobs", "2"], ["--jobs", "1"]):
        assert call(files, *command, *options).stdout == alone.stdout, options


def test_one_broken_school_is_named_and_the_rest_is_counted(files: Path) -> None:
    whole = json.loads(call(files, "overview", "--format", "json").stdout)
    (files / "schools/school-00007/school.yaml").write_bytes(b"\xff\xfe\x00name: [")
    (files / "schools/school-00008/evaluations/2025-26.yaml").write_text("ratings: [\n", encoding="utf-8")
    done = call(files, "overview", "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert b"school-00007" in done.stdout
    assert b"school-00008" in done.stdout
    assert json.loads(done.stdout)["schools"] == whole["schools"] - 1


def test_folders_that_another_process_renames_meanwhile(files: Path) -> None:
    stop = threading.Event()

    def moving() -> None:
        names = [files / f"schools/school-{number:05}" for number in range(40)]
        while not stop.is_set():
            for folder in names:
                folder.rename(folder.with_name(f"{folder.name}-moved"))
            for folder in names:
                folder.with_name(f"{folder.name}-moved").rename(folder)

    mover = threading.Thread(target=moving)
    mover.start()
    try:
        for command in ("check", "overview"):
            done = call(files, command, "--jobs", "2")
            assert done.returncode in (0, 1), done.stderr.decode()
            assert b"Traceback" not in done.stderr
    finally:
        stop.set()
        mover.join()
    for command in ("check", "overview"):
        assert (
            call(files, command, "--format", "json").stdout
            == call(files, command, "--format", "json", "--no-cache").stdout
        )


@pytest.mark.parametrize("command", [["check"], ["export", "tables", "--format", "csv"]])
@pytest.mark.parametrize("wait", [0.5, 1.5])
def test_stopped_by_hand_nothing_is_half(files: Path, command: list[str], wait: float) -> None:
    psutil = pytest.importorskip("psutil")
    settings = environment(files.parent)
    with subprocess.Popen(
        [*CALL, *command, "--jobs", "2"],
        cwd=files,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as started:
        time.sleep(wait)
        others = psutil.Process(started.pid).children(recursive=True) if started.poll() is None else []
        if started.poll() is None:
            os.killpg(started.pid, signal.SIGINT)
        _, said = started.communicate(timeout=120)
    assert started.returncode in (130, 0, -signal.SIGINT), said.decode()  # before it has begun Python itself ends
    assert b"Traceback" not in said or started.returncode == -signal.SIGINT
    _, alive = psutil.wait_procs(others, timeout=30)
    assert alive == []
    left = {path.name for path in files.iterdir()}
    assert left <= {"charters", "charterkit.yaml", "schools", "tables"}
    if "tables" in left:
        assert started.returncode == 0
    assert (
        call(files, "check", "--format", "json").stdout == call(files, "check", "--format", "json", "--no-cache").stdout
    )


# -- what is seen meanwhile


def seen(files: Path, *arguments: str, **more: str) -> str:
    """What a terminal behind stderr is sent."""
    main, side = pty.openpty()
    settings = environment(files.parent, **more)
    with subprocess.Popen([*CALL, *arguments], cwd=files, env=settings, stdout=subprocess.PIPE, stderr=side) as started:
        os.close(side)
        found = b""
        reader: Callable[[], bytes] = lambda: os.read(main, 4096)  # noqa: E731 - it ends with an error on Linux
        try:
            while data := reader():
                found += data
        except OSError:
            pass
        assert started.stdout
        started.stdout.read()
    os.close(main)
    assert started.returncode == 0, found
    return found.decode()


@pytest.mark.parametrize(("command", "what"), [("check", "Checking"), ("overview", "Reading schools")])
def test_a_terminal_shows_how_far_it_is(files: Path, command: str, what: str) -> None:
    shown = seen(files, command, "--no-cache")
    assert what in shown
    counts = [int(count.replace(",", "")) for count in re.findall(r"([0-9,]+)/[0-9,]+", shown)]
    assert counts == sorted(counts)
    assert counts[-1] > SCHOOLS


def test_nobody_who_does_not_want_it_is_shown_it(files: Path) -> None:
    assert "Checking" not in seen(files, "--quiet", "check", "--no-cache")
    assert "Checking" not in seen(files, "check", "--no-cache", CI="true")
    assert "Checking" not in seen(files, "check", "--no-cache", TERM="dumb")
    settings = environment(files.parent)
    done = subprocess.run([*CALL, "check", "--no-cache"], cwd=files, env=settings, capture_output=True, check=True)
    assert b"Checking" not in done.stderr
