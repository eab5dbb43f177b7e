"""A snapshot goes on saying what it said, and knows by itself whether the disk still does."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.files import disk
from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.packs import known_packs
from charterkit.insight.translations.translated import every_translation
from charterkit.resources import builtin

Write = Callable[[Mapping[str, str | bytes]], Path]
CHARTER = 'id: small\nversion: "1"\ntitle: A\nstatus: draft\nkey_points: []\n'
FILES: dict[str, str | bytes] = {
    "charterkit.yaml": "charter: small\n",
    "charters/small.yaml": CHARTER,
    "schools/ash/school.yaml": "name: Ash\n",
    "schools/ash/policies/behaviour.yaml": "id: behaviour\ntitle: Behaviour\nstatus: live\n",
}


def by_another_process(root: Path, path: str, text: str) -> None:
    code = "import sys, pathlib; path = pathlib.Path(sys.argv[1]); path.parent.mkdir(exist_ok=True, parents=True); "
    code += "path.write_text(sys.argv[2], encoding='utf-8')"
    subprocess.run([sys.executable, "-c", code, str(root / path), text], check=True)


def policies(workspace: Workspace) -> list[str]:
    return [document.stem for document in workspace.school("ash").policies]


class TestAnotherProcess:
    def test_a_policy_that_it_adds_is_seen_after_a_refresh_that_is_not_told_which(self, workspace: Write) -> None:
        root = workspace(FILES)
        found = Workspace(root)
        assert policies(found) == ["behaviour"]
        by_another_process(root, "schools/ash/policies/homework.yaml", "id: homework\ntitle: Homework\nstatus: live\n")
        assert policies(found) == ["behaviour"], "a snapshot goes on saying what it said"
        assert not found.snapshot.holds()
        found.refresh()
        assert policies(found) == ["behaviour", "homework"]
        assert found.snapshot.holds()

    @pytest.mark.parametrize(
        ("path", "text", "ask"),
        [
            ("charterkit.yaml", "charter: other\n", lambda found: found.config.charter),
            ("charters/other.yaml", CHARTER.replace("small", "other"), lambda found: found.charter_ids),
            ("charters/small.yaml", CHARTER.replace("A", "B"), lambda found: found.versions("small")[0].title),
            ("charters/small-ur.yaml", "charter: small\nversion: '1'\nlanguage: ur\n", every_translation),
            ("packs/own.yaml", "id: own\ntitle: Own\nentries: []\n", known_packs),
            ("schools/beech/school.yaml", "name: Beech\n", lambda found: found.slugs),
            ("schools/trust/school.yaml", "name: T\nkind: trust\nmembers: [ash]\n", lambda found: _above(found, "ash")),
            ("schools/ash/school.yaml", "name: Oak\n", lambda found: found.school("ash").school.name),
            ("schools/ash/evaluations/2025-26.yaml", "", lambda found: len(found.school("ash").evaluations)),
            ("schools/loose.yaml", "", lambda found: list(found.paths())),
        ],
    )
    def test_whatever_was_asked_is_answered_anew(
        self, workspace: Write, path: str, text: str, ask: Callable[[Workspace], Any]
    ) -> None:
        root = workspace(FILES)
        found = Workspace(root, builtin())
        before = ask(found)
        by_another_process(root, path, text)
        assert ask(found) == before
        found.refresh()
        assert ask(found) == ask(Workspace(root, builtin())) != before

    def test_a_file_that_it_deletes(self, workspace: Write) -> None:
        root = workspace(FILES)
        found = Workspace(root)
        assert policies(found) == ["behaviour"]
        subprocess.run([sys.executable, "-c", f"import shutil; shutil.rmtree({str(root / 'schools')!r})"], check=True)
        found.refresh()
        assert found.slugs == []


def _above(workspace: Workspace, slug: str) -> list[str]:
    return Organisations(workspace).above(slug)


class TestHolding:
    def test_where_nothing_has_changed_it_stays_the_same_one(
        self, workspace: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(disk, "_TICK", -(10**18))  # as if all files were old
        found = Workspace(workspace(FILES), builtin())
        list(found.documents())
        _above(found, "ash")
        before = found.snapshot
        found.refresh()
        assert found.snapshot is before

    def test_what_nobody_has_touched_is_not_read_again(self, workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(disk, "_TICK", -(10**18))
        root = workspace(FILES)
        found = Workspace(root)
        school, policy = found.school("ash").document, found.school("ash").policies[0]
        workspace({"schools/ash/school.yaml": "name: Another name\n"})
        found.refresh()
        assert found.school("ash").policies[0] is policy
        assert found.school("ash").document is not school
        assert found.school("ash").school.name == "Another name"

    def test_of_a_young_file_the_stamp_proves_nothing(self, workspace: Write) -> None:
        """A disk's clock may not have moved on between two writings of one length: then the content tells."""
        root = workspace(FILES)
        found = Workspace(root)
        path = root / "schools/ash/school.yaml"
        assert found.school("ash").school.name == "Ash"
        times = path.stat()
        path.write_bytes(b"name: Elm\n")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        found.refresh()
        assert found.school("ash").school.name == "Elm"

    def test_a_text_that_is_not_saved_counts_whatever_is_written(self, workspace: Write) -> None:
        found = Workspace(workspace(FILES), unsaved={"schools/ash/school.yaml": b"name: Unsaved\n"})
        assert found.school("ash").school.name == "Unsaved"
        workspace({"schools/ash/school.yaml": "name: Saved\n"})
        found.refresh()
        assert found.school("ash").school.name == "Unsaved"


class TestApart:
    def test_what_is_read_of_a_school_goes_with_it(self, workspace: Write) -> None:
        found = Workspace(workspace(FILES), builtin())
        apart = found.apart()
        one = apart.school("ash").policies[0]
        assert apart.school("ash").policies[0] is one
        assert found.apart().school("ash").policies[0] is not one
        assert found.school("ash").policies[0] is not one

    def test_what_all_share_is_shared(self, workspace: Write) -> None:
        found = Workspace(workspace(FILES), builtin())
        assert found.apart().charters is found.charters
        assert found.apart().config is found.config
        assert found.apart().slugs is found.slugs
        assert found.apart().once(every_translation) is found.once(every_translation)


PATHS = sorted([*FILES, "schools/beech/school.yaml", "schools/loose.yaml", "charters/small-ur.yaml", "packs/own.yaml"])
TEXTS = (
    "",
    "name: A\n",
    "name: B\ntrust: beech\n",
    "name: T\nkind: trust\nmembers: [ash]\n",
    CHARTER,
    "language: ur\n",
)


def said(workspace: Workspace) -> list[Any]:
    """All that can be asked."""
    return [
        workspace.slugs,
        [(document.path, document.kind, document.data, document.is_fit) for document in workspace.documents()],
        workspace.charter_ids,
        workspace.config,
        [Organisations(workspace).members(slug) for slug in workspace.slugs],
        [(document.path, document.data) for document in every_translation(workspace)],
        sorted(known_packs(workspace)),
    ]


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from((*TEXTS, None)), st.booleans()), max_size=8))
def test_after_a_refresh_it_says_what_a_new_one_says(steps: list[tuple[str, str | None, bool]]) -> None:
    root = Path(tempfile.mkdtemp(prefix="charterkit-snapshot-"))
    try:
        found = Workspace(root, builtin())
        for path, text, is_asked in steps:
            whole = root / path
            if text is None:
                whole.unlink(missing_ok=True)
            else:
                whole.parent.mkdir(parents=True, exist_ok=True)
                whole.write_text(text, encoding="utf-8")
            if is_asked:
                found.refresh()
                assert said(found) == said(Workspace(root, builtin()))
    finally:
        shutil.rmtree(root)
