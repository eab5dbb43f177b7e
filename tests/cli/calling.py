"""Runs the real program in a process of its own, and in a real terminal."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-22"


def environment(**more: str) -> dict[str, str]:
    """The environment of a person who has set nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHARTERKIT_") and key != "NO_COLOR"}
    return {**kept, "CHARTERKIT_TODAY": TODAY, "PYTHONUTF8": "1", "COLUMNS": "80", **more}


def call(*arguments: str, cwd: Path, stdin: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    """One call without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "charterkit", *arguments],
        cwd=cwd,
        env=environment(**more),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


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
