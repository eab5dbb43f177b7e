"""What tests of commands share: a call inside the test's own process, quicker than one of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from charterkit.cli.app import run

from .calling import TODAY


@dataclass(frozen=True)
class Said:
    """What came of a call."""

    code: int
    out: str
    err: str


Caller = Callable[..., Said]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Calls the program in a folder, in a terminal of some width that is none."""

    def call(*arguments: str, cwd: Path, columns: int = 80) -> Said:
        monkeypatch.chdir(cwd)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("CHARTERKIT_TODAY", TODAY)
        capsys.readouterr()
        code = run(list(arguments))
        found = capsys.readouterr()
        return Said(code, found.out, found.err)

    return call
