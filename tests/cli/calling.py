"""Runs the real program in a process of its own, and in a real terminal."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from .asks import ask, begun

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-22"


def environment(**more: str) -> dict[str, str]:
    """The environment of a person who has set nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHARTERKIT_") and key != "NO_COLOR"}
    return {**kept, "CHARTERKIT_TODAY": TODAY, "PYTHONUTF8": "1", "COLUMNS": "80", **more}


def call(*arguments: str, cwd: Path, stdin: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    """One call without a terminal, in a process of its own; where there is fork, in one that has not to start anew."""
    command = [sys.executable, "-m", "charterkit", *arguments]
    variables = environment(**more)
    with as_it_says(cwd) as said:
        if hasattr(os, "fork"):
            done = forked(command, cwd, stdin, variables)
        else:
            done = subprocess.run(
                command, cwd=cwd, env=variables, input=stdin, capture_output=True, encoding="utf-8", check=False
            )
        said.append(done.stderr)
    return done


@contextmanager
def as_it_says(folder: Path) -> Iterator[list[str]]:
    """Where a call says that nothing was changed or written, nothing was, whichever test it is of.

    What others do meanwhile in the same folder, the call cannot know of: calls side by side are not looked at.
    """
    _UNDER_WAY.append(folder)
    is_alone, before, said = len(_UNDER_WAY) == 1, _files(folder), list[str]()
    try:
        yield said
        is_alone = is_alone and len(_UNDER_WAY) == 1
        if is_alone and before is not None and _NOTHING.search(" ".join(" ".join(said).split())):
            assert _files(folder) == before, f"something was changed, and: {said}"
    finally:
        _UNDER_WAY.remove(folder)


_UNDER_WAY: list[Path] = []
_NOTHING = re.compile("[Nn]othing was (?:changed|written)")
_MOST = 2_000


def _files(folder: Path) -> dict[str, tuple[int, int]] | None:
    """Size and time of each file of a folder; None of one with so many that looking takes longer than calling."""
    found: dict[str, tuple[int, int]] = {}
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        for name in names:
            about = os.lstat(os.path.join(where, name))  # noqa: PTH118 - for every file of every call
            found[os.path.join(where, name)] = about.st_size, about.st_mtime_ns  # noqa: PTH118
        if len(found) > _MOST:
            return None
    return found


def forked(command: list[str], cwd: Path, stdin: str, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """The program run by `tests.cli.forks`, as text."""
    done = forked_bytes(command, cwd, stdin.encode(), variables)
    said = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8").read() for data in (done.stdout, done.stderr)]
    return subprocess.CompletedProcess(command, done.returncode, *said)


def forked_bytes(
    command: list[str], cwd: Path, stdin: bytes, variables: dict[str, str]
) -> "subprocess.CompletedProcess[bytes]":
    """The same to the byte, with files for its input and both of its outputs."""
    wanted = {"arguments": command[3:], "cwd": str(cwd), "environment": variables}
    with tempfile.TemporaryDirectory() as name:
        streams = [Path(name) / one for one in ("in", "out", "err")]
        streams[0].write_bytes(stdin)
        opened = [os.open(one, os.O_RDWR | os.O_CREAT | (os.O_APPEND if at else 0)) for at, one in enumerate(streams)]
        try:
            code = ask(server(), wanted, opened)
        finally:
            for number in opened:
                os.close(number)
        return subprocess.CompletedProcess(command, code, *(one.read_bytes() for one in streams[1:]))


def program(path: Path) -> None:
    """Write a program that scripts call as they would `charterkit`; where there is fork, one that starts nothing anew."""
    start = f'"{sys.executable}" -P -m charterkit'
    if hasattr(os, "fork"):
        start = f'"{sys.executable}" -S -E "{ROOT}/tests/cli/asks.py" "{server()}"'
    path.write_text(f'#!/bin/sh\nexec {start} "$@"\n', encoding="utf-8")
    path.chmod(0o755)


@cache
def server() -> str:
    """Where the server takes calls: the run's, which all its workers share, else one of our own; it ends with us."""
    place = PLACE or start()
    while not os.path.exists(place):  # noqa: PTH110 - it is still loading
        assert all(started.poll() is None for started in _KEPT)
        time.sleep(0.02)
    return place


PLACE = ""
"""Where the run's server will be, as its workers are told (tests/conftest.py)."""


def start() -> str:
    """Start a server; where it will be."""
    place = str(Path(tempfile.mkdtemp(prefix="ck-")) / "s")  # short: a socket's name has 100 characters
    command = [sys.executable, "-m", "tests.cli.forks", place]
    _KEPT.append(subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE))
    return place


_KEPT: "list[subprocess.Popen[bytes]]" = []


def example(folder: Path, *schools: str) -> Path:
    """A workspace with the built-in charter and copies of the named schools of this repository."""
    (folder / "charterkit.yaml").write_text("charter: community-engagement\n", encoding="utf-8")
    shutil.copytree(ROOT / "charters", folder / "charters")
    for school in schools or ("example-primary",):
        shutil.copytree(ROOT / "schools" / school, folder / "schools" / school)
    return folder


def seated(
    arguments: tuple[str, ...], cwd: Path, variables: dict[str, str], size: tuple[int, int], *, anew: bool
) -> Any:
    """The program in a terminal of its own, as pexpect has it; `anew`, or where there is no fork, started by itself."""
    import pexpect

    if anew or not hasattr(os, "fork"):
        command = ["-m", "charterkit", *arguments]
        return pexpect.spawn(
            sys.executable, command, cwd=str(cwd), env=variables, dimensions=size, encoding="utf-8", timeout=20
        )
    import fcntl
    import struct
    import termios

    from pexpect import fdpexpect

    spawn: Any = fdpexpect.fdspawn

    class Seated(spawn):  # type: ignore[misc]  # of streams, where this is one of a terminal
        """What a spawned child can do besides reading and writing."""

        exitstatus = signalstatus = None

        def __init__(self) -> None:
            ours, theirs = os.openpty()
            fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
            wanted = {"arguments": arguments, "cwd": str(cwd), "environment": variables, "terminal": True}
            self.answers = begun(server(), wanted, [theirs] * 3)
            self.pid = int(self.answers.readline())
            os.close(theirs)
            super().__init__(ours, encoding="utf-8", timeout=20)

        def send(self, text: str) -> int:
            time.sleep(0.05)  # as pexpect's own: a program that has just asked is to have made ready for the answer
            return int(super().send(text))

        def kill(self, number: int) -> None:
            os.kill(self.pid, number)

        def wait(self) -> None:
            """Until it has ended, and how."""
            if not self.answers.closed:
                code = int(self.answers.readline())
                self.answers.close()
                self.exitstatus, self.signalstatus = (code, None) if code >= 0 else (None, -code)

        def close(self, *, force: bool = False) -> None:
            """Take the terminal away, and see it end."""
            if self.closed:
                return
            super().close()
            if force and not self.answers.closed:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
            self.wait()

    return Seated()


class Terminal:
    """The program in a pseudo-terminal, and the screen a person would see."""

    def __init__(
        self, arguments: tuple[str, ...], cwd: Path, columns: int, rows: int, more: dict[str, str], *, anew: bool
    ) -> None:
        import pyte

        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.said = ""
        variables = {**environment(**more), "TERM": more.get("TERM", "xterm-256color")}
        for name in ("COLUMNS", "LINES"):  # the terminal's own size counts, not that of whoever runs the tests
            variables.pop(name, None)
        self.child = seated(arguments, cwd, variables, (rows, columns), anew=anew)

    def wait_for(self, text: str) -> str:
        """Read until the text shows; everything read so far."""
        self.child.expect_exact(text)
        seen = str(self.child.before) + text
        self.stream.feed(seen)
        self.said += seen
        return seen

    def press(self, keys: str) -> None:
        """Type without Enter."""
        self.child.send(keys)

    def finish(self) -> int:
        """Read to the end; the exit code."""
        import pexpect

        self.child.expect(pexpect.EOF)
        rest = str(self.child.before)
        self.stream.feed(rest)
        self.said += rest
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -(self.child.signalstatus or 0))

    @property
    def lines(self) -> list[str]:
        """The screen's lines without what follows the last letter."""
        return [line.rstrip() for line in self.screen.display]


@contextmanager
def terminal(
    *arguments: str, cwd: Path, columns: int = 80, rows: int = 50, anew: bool = False, **more: str
) -> Iterator[Terminal]:
    """A real terminal of some size; whatever still runs at the end is ended."""
    found = Terminal(arguments, cwd, columns, rows, more, anew=anew)
    try:
        yield found
    finally:
        found.child.close(force=True)
