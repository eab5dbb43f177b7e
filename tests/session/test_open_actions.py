"""What has become of the actions that were open before, written into the evaluation under way."""

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.actions import all_actions, open_actions
from charterkit.session.open_actions import changes_for, from_before, last_time, settle
from tests.insight.samples import charter, evaluation, write

from .files import FOLDER, data, on_disk, opened, workspace

PLAN = """actions:
  - {id: card, aspect: gate, action: Draft the card, owner: Deputy, due: 2026-03, status: planned}
  - {action: Ring families, aspect: phone}
  - {id: rota, action: Mend the rota, status: done}
"""
LAST = evaluation({"gate": "red"}, "2025-26", "2025-10-14", more="status: agreed\n" + PLAN)


def test_each_is_done_carried_on_or_dropped_and_the_earlier_file_stays_as_it_was(tmp_path):
    file = opened(workspace(tmp_path, {"last": LAST}))
    assert [tracked.id for tracked in from_before(file)] == ["card", "ring-families"]
    assert [tracked.id for tracked in last_time(file, "gate")] == ["card"]
    card, ring = from_before(file)
    settle(file, card, "done")
    settle(file, ring, "carry on")
    assert on_disk(file).partition("actions:\n")[2] == (
        "  - id: card\n    aspect: gate\n    action: Draft the card\n    owner: Deputy\n    due: 2026-03\n"
        "    status: done\n    carried_from: 2025-26\n    closed: 2026-11-22\n"
        "  - id: ring-families\n    aspect: phone\n    action: Ring families\n    status: planned\n"
        "    carried_from: 2025-26\n"
    )
    assert (tmp_path / FOLDER / "last.yaml").read_text(encoding="utf-8") == LAST
    assert from_before(file) == []
    assert last_time(file, "gate") == []
    assert [tracked.id for tracked in open_actions(file.folder)] == ["ring-families"]
    assert len(all_actions(file.folder)) == 3
    assert file.undo() == ("phone",)
    assert file.undo() == ("gate",)
    assert data(file) is None
    assert [tracked.id for tracked in from_before(file)] == ["card", "ring-families"]


def test_an_action_goes_with_its_aspect_into_a_later_version_of_the_charter(tmp_path):
    found = workspace(tmp_path, {"last": LAST})
    write(tmp_path, {"charters/two.yaml": charter([("door", "gate")], "2").replace("draft", "published")})
    file = opened(Workspace(found.root))
    assert file.charter.version == "2"
    card, ring = from_before(file)
    assert [changes_for(file, each, "carry on")[0].value.get("aspect") for each in (card, ring)] == ["door", None]
    assert [tracked.id for tracked in last_time(file, "door")] == ["card"]
