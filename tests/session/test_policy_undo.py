"""What a call wrote is taken back whole or not at all, also where somebody writes in that moment."""

from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.together import NewFile
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
