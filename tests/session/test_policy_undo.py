"""What a call wrote is taken back whole or not at all, also where somebody writes in that moment."""

import os
import signal
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.together import NewFile, Rewrite
from charterkit.files.undo_notes import notes, save_noted
from charterkit.files.workspace import Workspace
from charterkit.session.policy_undo import take_back, to_take_back

NAMES = ("cats", "dogs", "pets")


@pytest.mark.parametrize("changed", NAMES)
def test_new_files_go_together_or_stay_together(tmp_path: Path, changed: str) -> None:
    paths = {name: f"schools/elm/policies/{name}.yaml" for name in NAMES}
    texts = {name: f"id: {name}\ntitle: {name.title()}\n" for name in NAMES}
    (tmp_path / "schools/elm").mkdir(parents=True)
    save_noted(tmp_path, [NewFile(paths[name], texts[name].encode(), name) for name in NAMES])
    workspace = Workspace(tmp_path, None)
    backs = to_take_back(workspace, None)
    (tmp_path / paths[changed]).write_text("title: Somebody's\n", encoding="utf-8")
    with pytest.raises(CharterkitError):
        take_back(workspace, backs)
    there = {name: (tmp_path / path).read_text(encoding="utf-8") for name, path in paths.items()}
    assert there == {**texts, changed: "title: Somebody's\n"}
    (tmp_path / paths[changed]).write_text(texts[changed], encoding="utf-8")
    take_back(workspace, to_take_back(workspace, None))
    assert not [path for path in paths.values() if (tmp_path / path).exists()]
    assert notes(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="NO FORK on this system")
@pytest.mark.parametrize("written", range(3))
def test_what_a_killed_call_had_written_is_taken_back_too(tmp_path: Path, written: int) -> None:
    """Found by the soak: of a `policy spread` that was killed in the middle nothing could be taken back."""
    (tmp_path / "cats.yaml").write_bytes(b"id: cats\n")
    files: list[Rewrite | NewFile] = [
        Rewrite("cats.yaml", b"id: cats\n", b"id: cats\nstatus: live\n", "cats"),
        NewFile("dogs.yaml", b"id: dogs\n"),
        NewFile("pets.yaml", b"id: pets\n"),
    ]
    left = iter(range(written))

    def tick() -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        try:
            save_noted(tmp_path, files, tick)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert len([*tmp_path.glob("*.yaml")]) == max(written, 1)
    workspace = Workspace(tmp_path, None)
    take_back(workspace, to_take_back(workspace))
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.yaml")} == {"cats.yaml": b"id: cats\n"}
    assert notes(tmp_path) == []


def test_what_could_not_be_written_is_no_note(tmp_path: Path) -> None:
    (tmp_path / "cats.yaml").write_bytes(b"id: somebody's\n")
    with pytest.raises(CharterkitError):
        save_noted(tmp_path, [Rewrite("cats.yaml", b"id: cats\n", b"id: dogs\n", "cats")])
    assert notes(tmp_path) == []
