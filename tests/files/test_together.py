"""Several files that are written together: all of them, or none."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from charterkit.files import write
from charterkit.files.together import NewFile, Rewrite, save_all

POSIX = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="NO SIGNALS TO HOLD BACK on this system")


@POSIX
@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_stopped_at_any_of_them_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """^C comes while a file is being written: before it takes its place, and when it has."""
    (tmp_path / "old.yaml").write_bytes(b"a: 1\n")
    moments = iter(range(100))
    real = write.save

    def stopped(path: Path, *more: Any) -> None:
        for step in (None, real, None):
            if step:
                step(path, *more)
            elif next(moments) == after:
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(write, "save", stopped)
    both: list[NewFile | Rewrite] = [
        NewFile("schools/elm/school.yaml", b"name: Elm\n"),
        Rewrite("old.yaml", b"a: 1\n", b"a: 2\n"),
    ]
    with pytest.raises(KeyboardInterrupt):
        save_all(tmp_path, both)
    assert [path.name for path in tmp_path.rglob("*")] == ["old.yaml"]
    assert (tmp_path / "old.yaml").read_bytes() == b"a: 1\n"


def test_where_one_cannot_be_written_the_others_are_taken_back(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_bytes(b"a: 3\n")
    both: list[NewFile | Rewrite] = [
        NewFile("schools/elm/school.yaml", b"name: Elm\n"),
        Rewrite("old.yaml", b"a: 1\n", b"a: 2\n"),
    ]
    with pytest.raises(Exception, match=r"old\.yaml"):
        save_all(tmp_path, both)
    assert not (tmp_path / "schools").exists()
    assert (tmp_path / "old.yaml").read_bytes() == b"a: 3\n"


@POSIX
def test_stopped_while_it_is_noted_the_files_stay_and_are_noted(tmp_path: Path) -> None:
    """^C waits then: else there would be files that nothing takes back."""
    noted: list[bool] = []

    def note() -> None:
        signal.raise_signal(signal.SIGINT)
        noted.append(True)

    with pytest.raises(KeyboardInterrupt):
        save_all(tmp_path, [NewFile("new.yaml", b"a: 1\n")], note)
    assert (noted, (tmp_path / "new.yaml").read_bytes()) == ([True], b"a: 1\n")


@POSIX
def test_stopped_before_it_is_noted_nothing_is_left(tmp_path: Path) -> None:
    def files() -> Iterator[NewFile]:
        yield NewFile("new.yaml", b"a: 1\n")
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        save_all(tmp_path, files())
    assert not (tmp_path / "new.yaml").exists()
