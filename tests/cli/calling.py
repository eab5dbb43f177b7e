"""Runs the real program in a process of its own, and in a real terminal."""

import importlib
import io
import os
import pkgutil
import shutil
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-22"


def environment(**more: str) -> dict[str, str]:
    """The environment of a person who has set nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHARTERKIT_") and key != "NO_COLOR"}
    return {**kept, "CHARTERKIT_TODAY": TODAY, "PYTHONUTF8": "1", "COLUMNS": "80", **more}


def call(*arguments: str, cwd: Path, stdin: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    """One call without a terminal, in a process of its own.

    Where there is fork, the process is a copy of this one, which has the program loaded already: the same as starting
    Python anew for all that a test can see, and several times as fast.
    """
    command = [sys.executable, "-m", "charterkit", *arguments]
    variables = environment(**more)
    if hasattr(os, "fork"):
        return forked(command, cwd, stdin, variables)
    return subprocess.run(
        command, cwd=cwd, env=variables, input=stdin, capture_output=True, encoding="utf-8", check=False
    )


def forked(command: list[str], cwd: Path, stdin: str, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """The program run in a fork of this process, with files for its input and both of its outputs."""
    _load()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads of pytest-xdist: the child uses none of them
            child = os.fork()
        if not child:
            _run(command, cwd, variables, (given.fileno(), out.fileno(), err.fileno()))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(io.TextIOWrapper(io.BytesIO(file.read()), encoding="utf-8").read())
    return subprocess.CompletedProcess(command, code, *said)


@cache
def _load() -> None:
    """Import the whole program once."""
    import charterkit

    for module in pkgutil.walk_packages(charterkit.__path__, "charterkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _run(command: list[str], cwd: Path, variables: dict[str, str], files: tuple[int, int, int]) -> NoReturn:
    """In the child: become the program, and end as it ends."""
    code = 1
    try:
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, mode), encoding="utf-8", write_through=number == 2)
            for number, mode in enumerate(("r", "w", "w"))
        )
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(variables)
        sys.argv = ["charterkit", *command[3:]]
        from charterkit.cli import main

        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter would show it
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def example(folder: Path, *schools: str) -> Path:
    """A workspace with the built-in charter and copies of the named schools of this repository."""
    (folder / "charterkit.yaml").write_text("charter: community-engagement\n", encoding="utf-8")
    shutil.copytree(ROOT / "charters", folder / "charters")
    for school in schools or ("example-primary",):
        shutil.copytree(ROOT / "schools" / school, folder / "schools" / school)
    return folder


class Terminal:
    """The program in a pseudo-terminal, and the screen a person would see."""

    def __init__(self, arguments: tuple[str, ...], cwd: Path, columns: int, rows: int, more: dict[str, str]) -> None:
        import pexpect
        import pyte

        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.said = ""
        variables = {**environment(**more), "TERM": more.get("TERM", "xterm-256color")}
        variables.pop("COLUMNS")
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "charterkit", *arguments],
            cwd=str(cwd),
            env=variables,
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=20,
        )

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
def terminal(*arguments: str, cwd: Path, columns: int = 80, rows: int = 50, **more: str) -> Iterator[Terminal]:
    """A real terminal of some size; whatever still runs at the end is ended."""
    found = Terminal(arguments, cwd, columns, rows, more)
    try:
        yield found
    finally:
        found.child.close(force=True)
