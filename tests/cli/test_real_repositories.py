"""`compare --rev` in repositories as people have them: other work trees, submodules, clones that are cut short."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .repositories import compared, git, made, refused, written

POLICY = "schools/example-primary/policies/other.yaml"
NEW = [(POLICY, "id: other\ntitle: Other\nstatus: live\n")]
OLD = [(POLICY, "id: other\ntitle: Other\nstatus: draft\n")]
SAID = "One policy changed, in one school."


@pytest.fixture
def root(tmp_path):
    folder = made(tmp_path / "ours")
    written(folder, NEW)
    return folder


def changes(folder, span="main..change"):
    code, out, err = compared(folder, span)
    assert (code, err) == (0, "")
    return SAID in out


def test_a_second_work_tree(root, tmp_path):
    """Its `.git` is a file; HEAD is its own."""
    git(root, "worktree", "add", "-q", "--detach", str(tmp_path / "second"), "main")
    assert changes(tmp_path / "second", "HEAD..change")
    assert not changes(tmp_path / "second", "HEAD..main")
    assert not changes(root, "HEAD..change")


def test_a_submodule(root, tmp_path):
    above = tmp_path / "above"
    above.mkdir()
    git(above, "init", "-q", "-b", "main")
    git(above, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(root), "ours")
    inside = above / "ours"
    git(inside, "fetch", "-q", "origin", "main:main")
    assert (inside / ".git").is_file()
    assert changes(inside, "main..HEAD")


@pytest.mark.parametrize("way", ["data", "some where/däta"])
def test_a_workspace_in_a_folder_of_a_repository(tmp_path, way):
    root = made(tmp_path / "ours", way)
    written(root, NEW)
    assert changes(root)
    assert changes(root, "main...change")


def test_a_workspace_that_was_not_there_yet(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "nothing")
    root = folder / "data"
    shutil.copytree(made(tmp_path / "other"), root, ignore=shutil.ignore_patterns(".git"))
    git(folder, "checkout", "-qb", "change")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "next")
    code, out, _ = compared(root)
    assert code == 0
    assert "self-evaluations came new" in out


def test_behind_a_link(root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    assert changes(tmp_path / "link")


def test_a_shallow_clone(root, tmp_path):
    written(root, OLD)
    git(tmp_path, "clone", "-q", "--depth", "2", "--no-single-branch", f"file://{root}", "shallow")
    folder = tmp_path / "shallow"
    assert changes(folder, "HEAD~1..HEAD")
    assert changes(folder, "origin/main..HEAD~1")
    assert "git knows no revision 'HEAD~2' here." in refused(folder, "HEAD~2..HEAD")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{root}", "shallower")
    assert "no revision that both come from" in refused(tmp_path / "shallower", "origin/main...HEAD")


def test_a_clone_without_files(root, tmp_path):
    """What was left out of it is not fetched, neither by a git that can be told so nor by one that cannot."""
    written(root, OLD)
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{root}", "partial")
    assert "Part of 'HEAD~1' is not in this clone." in refused(tmp_path / "partial", "HEAD~1..HEAD")


def test_a_clone_that_borrows_and_a_mirror_of_settings(root, tmp_path):
    git(tmp_path, "clone", "-q", "--shared", str(root), "shared")
    assert changes(tmp_path / "shared", "origin/main..origin/change")
    assert changes(tmp_path / "shared", "origin/main..origin/HEAD")
    git(root, "repack", "-adq")
    git(root, "pack-refs", "--all")
    git(root, "commit-graph", "write", "--reachable")
    assert changes(root)


def test_names_of_every_kind(root):
    git(root, "tag", "-a", "v1", "-m", "v1", "main")
    git(root, "branch", "some/branch", "main")
    git(root, "branch", "-q", "--set-upstream-to=main", "change")
    short = git(root, "rev-parse", "--short", "main")
    names = ["v1", "v1^{}", "some/branch", "heads/main", "refs/heads/main", short, "HEAD~1", "HEAD^", "change^{/first}"]
    names += ["@{1}", "HEAD@{1}", "change@{1}", "@{-1}", "@{u}", "change@{upstream}"]
    for name in names:
        assert changes(root, f"{name}..change"), name
    git(root, "checkout", "-q", "--detach")
    assert changes(root, "main..")
    assert changes(root, "main...")
    assert not changes(root, "..change")
    (root / POLICY).write_text(OLD[0][1], encoding="utf-8")
    git(root, "stash", "-q")
    assert changes(root, "change..stash@{0}")
    assert "git knows no revision 'v1:schools' here." in refused(root, "v1:schools..change")


def test_a_repository_with_longer_names_of_objects(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main", "--object-format=sha256")
    written(folder, [("charters/keep", ""), *OLD, ("charterkit.yaml", "")])
    git(folder, "checkout", "-qb", "change")
    written(folder, NEW)
    assert changes(folder)
    assert changes(folder, "main...change")


def test_of_another_user(root):
    """On a shared drive files are often somebody else's; git itself refuses those, and we run nothing of them."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("NO ROOT: nobody else's files can be made")
    for folder, folders, files in os.walk(root):
        for name in (folder, *(Path(folder, one) for one in (*folders, *files))):
            os.chown(name, 1234, 1234)
    done = subprocess.run(
        ["git", "log"], cwd=root, env={**os.environ, "HOME": "/nowhere"}, capture_output=True, check=False
    )
    assert done.returncode
    assert changes(root)


def test_nothing_is_left_behind_and_nothing_changed(root, tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    assert compared(root, TMPDIR=str(room))[0] == 0
    assert "git knows no revision" in refused(root, "main..nope", TMPDIR=str(room))
    assert list(room.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
