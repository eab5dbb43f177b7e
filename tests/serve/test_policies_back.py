"""`policy undo` and `policy spread` in the page: shown first, as the commands do it, never over what others wrote."""

import shutil
from html import unescape
from pathlib import Path

import pytest

from charterkit.files.undo_notes import notes
from tests.cli.calling import call
from tests.cli.test_policy_spread import TODAY, pile  # noqa: F401 - a fixture
from tests.serve.asking import Said, Visitor
from tests.serve.test_policies import ADOPTED, OTHER, send, trust  # noqa: F401 - a fixture
from tests.serve.test_rooms import hidden

ACT = "/schools/oak/act"
SPREAD = f"{ACT}/spread"
BACK = f"{ACT}/back"
P0 = f"{ACT}/policies/p0"


def held(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")}


def press(visitor: Visitor, address: str) -> Said:
    """Load a page and press its button."""
    return visitor.post(address, hidden(visitor.get(address), address))


@pytest.fixture
def oak(pile: Path) -> Visitor:  # noqa: F811
    return Visitor(pile, TODAY)


def test_reviews_are_spread_as_the_command_does_it(oak: Visitor, tmp_path_factory: pytest.TempPathFactory) -> None:
    twin = tmp_path_factory.mktemp("twin")
    shutil.copytree(oak.root, twin, dirs_exist_ok=True)
    said = call("policy", "spread", "--yes", "--today", str(TODAY), cwd=twin).stderr
    before = held(oak.root)
    assert f'href="{SPREAD}"' in oak.get(ACT).text
    assert "Take it back" not in oak.get(ACT).text
    page = oak.get(SPREAD).text
    assert '<th scope="row">Autumn term 2027</th><td data-label="Now">13</td><td data-label="After that">5</td>' in page
    for line in said.splitlines():
        if ": next_review: " in line:
            assert line.rpartition(". ")[2] in page
    assert held(oak.root) == before, "it was looked at only"
    done = oak.follow(press(oak, SPREAD))
    assert "Policy 0: next review" in done.text
    assert held(oak.root) == held(twin) != before
    assert "Nothing to move: they are as even as they may be." in oak.get(SPREAD).text
    shown = unescape(oak.get(BACK).text)
    assert shown.count("\n-next_review: 2026-27-") == 8
    assert "The file becomes what it was before." in shown
    assert held(oak.root) == held(twin), "it was looked at only"
    assert "is as it was before." in oak.follow(press(oak, BACK)).text
    assert held(oak.root) == before
    gone = oak.get(BACK)
    assert gone.status == 404
    assert "There is nothing to take back." in gone.text
    assert "<button>Take it back" not in gone.text


def test_a_plan_that_was_shown_is_not_written_over_another(oak: Visitor) -> None:
    shown = hidden(oak.get(SPREAD), SPREAD)
    file = oak.root / "schools/oak/policies/p0.yaml"
    file.write_bytes(file.read_bytes() + b"# hers\n")
    before = held(oak.root)
    refused = oak.post(SPREAD, shown)
    assert refused.status == 409
    assert "has changed this meanwhile" in refused.text
    assert held(oak.root) == before
    assert oak.post(SPREAD, {}).status == 409
    assert press(oak, SPREAD).status == 303
    assert file.read_bytes().endswith(b"# hers\n")
    twice = hidden(oak.get(BACK), BACK)
    file.write_bytes(file.read_bytes().replace(b"title: Policy 0", "title: <b>ضض</b>\u202e".encode()))
    assert oak.post(BACK, twice).status == 409
    page = oak.get(BACK).text
    assert "The file keeps what else was changed in it since." in page
    assert "<b>ض" not in page
    assert oak.post(BACK, hidden(Said(200, {}, page), BACK)).status == 303
    assert {**held(oak.root), "schools/oak/policies/p0.yaml": b""} == {**before, "schools/oak/policies/p0.yaml": b""}
    assert file.read_text(encoding="utf-8").endswith("# hers\n")
    assert "title: <b>ضض</b>\u202e" in file.read_text(encoding="utf-8")


def test_one_policys_last_step_is_taken_back(oak: Visitor) -> None:
    before = held(oak.root)
    step = hidden(oak.get(P0), P0)
    assert oak.post(P0, {**step, "event": "reviewed", "by": "<i>Anna</i>"}).status == 303
    first = oak.get(P0).text
    assert 'Written last: <span dir="auto">Policy 0: reviewed 29 November 2026</span>' in first
    shown = hidden(oak.get(f"{P0}/back"), f"{P0}/back")
    p1 = f"{ACT}/policies/p1"
    assert oak.post(p1, {**hidden(oak.get(p1), p1), "event": "withdrawn"}).status == 303
    assert "Policy 1: withdrawn" in oak.get(ACT).text
    assert "&lt;i&gt;Anna" in oak.get(f"{P0}/back").text
    done = oak.follow(oak.post(f"{P0}/back", shown))
    assert "Taken back: Policy 0: reviewed 29 November 2026. schools/oak/policies/p0.yaml is as" in done.text
    assert held(oak.root)["schools/oak/policies/p0.yaml"] == before["schools/oak/policies/p0.yaml"]
    assert oak.post(f"{P0}/back", shown).status == 404, "a button that was pressed twice"
    assert press(oak, BACK).status == 303
    assert held(oak.root) == before


def test_where_the_same_place_was_changed_since_nothing_is_done(oak: Visitor) -> None:
    oak.post(P0, {**hidden(oak.get(P0), P0), "event": "reviewed"})
    shown = hidden(oak.get(f"{P0}/back"), f"{P0}/back")
    file = oak.root / "schools/oak/policies/p0.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-11-29", "2026-11-28"), encoding="utf-8")
    before = held(oak.root)
    page = oak.get(f"{P0}/back")
    assert page.status == 409
    assert "Somebody has changed" in unescape(page.text)
    assert "<button>Take it back" not in page.text
    assert oak.post(f"{P0}/back", shown).status == 409
    file.unlink()
    assert oak.post(BACK, shown).status == 404
    assert len(notes(oak.root)) == 1
    assert {**before, "schools/oak/policies/p0.yaml": b""} == {**held(oak.root), "schools/oak/policies/p0.yaml": b""}


def test_an_adoption_is_taken_back_and_its_file_goes(trust: Visitor) -> None:  # noqa: F811
    assert send(trust, OTHER, "adopted", by="Local board").status == 303
    assert "Written last" in trust.get("/schools/other/act").text
    assert "Written last" not in trust.get("/schools/lathom/act").text, "nothing of this school's was written"
    assert "The file was new, and goes." in trust.get(f"{OTHER}/back").text
    done = trust.follow(press(trust, f"{OTHER}/back"))
    assert "The school has not said that it adopted it." in done.text
    assert not (trust.root / ADOPTED).exists()
    step = hidden(trust.get(OTHER), OTHER)
    assert send(trust, OTHER, "adopted", by="Local board").status == 303
    assert trust.post(OTHER, {**step, "event": "reviewed"}).status == 303
    assert "reviewed 29 November 2026</span>" in trust.get(OTHER).text, "the trust's own file was written last"


def test_a_page_for_reading_shows_the_plan_and_takes_nothing_back(pile: Path) -> None:  # noqa: F811
    call("policy", "review", "p0", "--today", str(TODAY), cwd=pile)
    reader, before = Visitor(pile, TODAY, reads_only=True), held(pile)
    assert "What would move" in reader.get(SPREAD).text
    assert "Written last" not in reader.get(ACT).text + reader.get(P0).text
    for address in (SPREAD, BACK, f"{P0}/back"):
        assert "<button>" not in reader.get(address).text.partition("<main")[2], address
        assert reader.post(address, {"seen": ""}).status == 422, address
    assert held(pile) == before
