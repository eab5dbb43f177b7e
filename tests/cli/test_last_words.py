"""How a call ends where nothing can be said or written any more, and in a Python that has no docstrings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .calling import call, environment, example

ONLY_HERE = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and limits of memory are Linux")
FULL, READ = "/dev/full", os.devnull


def ended(folder: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "charterkit", *arguments]
    given: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        command, cwd=folder, env=environment() | {"PYTHONOPTIMIZE": "2"}, encoding="utf-8", check=False, **given
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workspace")
    example(made)
    return made


@pytest.mark.alike(4)
@ONLY_HERE
@pytest.mark.parametrize("arguments", [("--version",), ("report",)])
@pytest.mark.parametrize("where", [FULL, READ])
def test_a_result_that_cannot_be_written_is_a_sentence(folder: Path, arguments: tuple[str, ...], where: str) -> None:
    with Path(where).open("wb" if where == FULL else "rb") as output:
        done = ended(folder, *arguments, stdout=output)
    assert (done.returncode, done.stderr.count("\n")) == (2, 2)
    assert "The result cannot be written" in done.stderr


@pytest.mark.alike(2)
@ONLY_HERE
@pytest.mark.parametrize("where", [FULL, READ])
def test_the_exit_code_does_not_hang_on_what_is_said(folder: Path, where: str) -> None:
    with Path(where).open("wb" if where == FULL else "rb") as output:
        assert ended(folder, "nonsense", stderr=output).returncode == 2
        assert ended(folder, "report", "-o", "x.md", stderr=output).returncode == 0
        assert ended(folder, "report", stdout=output, stderr=output).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes them")
def test_closed_before_the_call(folder: Path) -> None:
    """A result that nobody can have is said to be lost; where it went into a file all is well."""

    def closed(call: str) -> tuple[int, str]:
        shell = ["sh", "-c", f'"$0" -m charterkit {call}', sys.executable]
        done = subprocess.run(shell, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stderr

    lost = (2, "The result cannot be written: the output is closed, or only for reading.\nName a file with -o.\n")
    assert closed("report >&-") == closed("--version >&-") == lost
    assert closed("report >&- 2>&-") == (2, "")
    assert closed("--quiet report -o x.md >&-") == closed("--quiet report -o x.md >&- 2>&- <&-") == (0, "")


@ONLY_HERE
def test_a_full_memory_is_a_sentence(folder: Path) -> None:
    said = set()
    for mebibytes in range(26, 50, 6):
        limited = (
            f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({mebibytes << 20},) * 2);"
            "from charterkit.cli import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", limited, "report", "--format", "html"],
            cwd=folder,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        said.add((done.returncode, done.stderr))
    assert (
        3,
        "There is not enough memory for this. Close other programs, or ask for less: one school, one file.\n",
    ) in said


def test_without_docstrings_everything_is_said_all_the_same(folder: Path) -> None:
    for arguments in (("explain", "CK502"), ("rules",), ("compare", "--help"), ("--help",)):
        assert ended(folder, *arguments).stdout == call(*arguments, cwd=folder).stdout
