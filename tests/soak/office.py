"""A workspace on a shared drive, and people who work on it, each in a process and with a home of their own."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charterkit.cli.app import run
from tests.cli.forks import load

TODAY = "2026-11-28"
SCHOOL = "example-primary"


@dataclass(frozen=True)
class Office:
    """The folder of all of it, and the workspace in it."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "ws"

    @property
    def file(self) -> Path:
        """The evaluation that everybody works on."""
        return self.root / "schools" / SCHOOL / "evaluations" / "2026-27-autumn.yaml"

    def aspects(self) -> list[str]:
        text = (self.root / "charters/community-engagement-v1.yaml").read_text(encoding="utf-8")
        return re.findall(r"^      - id: (\S+)", text, re.MULTILINE)

    def start(self, home: str, *arguments: str, first: Callable[[], Any] = lambda: None) -> int:
        """Run the program in a process of its own, after something else; its number."""
        child = os.fork()
        if not child:
            code = 99
            try:
                for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
                    os.environ[name] = str(self.folder / home)
                out = os.open(self.folder / f"said-{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
                os.dup2(out, 1)
                os.dup2(out, 2)
                os.chdir(self.root)
                first()
                code = run([*arguments, "--today", TODAY])
            finally:
                os._exit(code)
        return child

    def said(self, child: int) -> str:
        """What a process that has ended said."""
        file = self.folder / f"said-{child}"
        text = file.read_text(encoding="utf-8")
        file.unlink()
        return text

    def beside(self) -> list[Path]:
        """What lies beside the file, of its own."""
        return [one for one in self.file.parent.iterdir() if self.file.name in one.name and one != self.file]

    def clear(self, text: bytes) -> None:
        """Begin anew with a text."""
        for one in self.beside():
            one.unlink()
        self.file.write_bytes(text)


@contextmanager
def opened() -> Iterator[Office]:
    """A new one for a while, with the whole program loaded, so that a process has it at once."""
    load()
    with tempfile.TemporaryDirectory(prefix="charterkit-soak-", ignore_cleanup_errors=True) as folder:
        office = Office(Path(folder))
        for home in ("one", "two"):
            (office.folder / home).mkdir()
        os.environ["XDG_CACHE_HOME"] = str(office.folder / "one")
        if run(["--quiet", "init", str(office.root)]):
            raise AssertionError(office.folder)
        yield office
