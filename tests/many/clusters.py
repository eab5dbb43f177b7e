"""A real Dask scheduler and real workers on this machine."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Start = Callable[..., "subprocess.Popen[bytes]"]


@contextmanager
def started(folder: Path) -> Iterator[tuple[str, Start, "subprocess.Popen[bytes]"]]:
    """A scheduler's address, what starts a worker of it with some more settings of the environment, and itself."""
    told = folder / "scheduler.json"
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    running: list[subprocess.Popen[bytes]] = []

    def start(*command: str, **more: str) -> "subprocess.Popen[bytes]":
        log = (folder / f"log-{len(running)}").open("wb")
        made = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=folder, env={**settings, **more}, stdout=log, stderr=log
        )
        running.append(made)
        return made

    def worker(*said: str, **more: str) -> "subprocess.Popen[bytes]":
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        place = ("--local-directory", str(folder / f"worker-{len(running)}"))
        return start("distributed.cli.dask_worker", address, *options, *place, *said, **more)

    try:
        scheduler = start(
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--no-show",
            "--scheduler-file",
            str(told),
        )
        waited(lambda: told.exists() and told.read_text(encoding="utf-8").endswith("}"))  # it is written in place
        address = json.loads(told.read_text(encoding="utf-8"))["address"]
        yield address, worker, scheduler
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


def waited(is_so: Callable[[], object]) -> None:
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("this has not come about for two minutes")


def with_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=120)
