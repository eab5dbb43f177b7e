"""`make check` leaves out the tests only where all of them have passed on exactly the same files."""

import subprocess
import sys

import pytest

from tools import tested

PASS, FAIL = [sys.executable, "-c", ""], [sys.executable, "-c", "raise SystemExit(5)"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text("one", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    monkeypatch.setattr(tested, "ROOT", tmp_path)
    monkeypatch.setattr(tested, "KEPT", tmp_path / "build" / "tested")
    return tmp_path


def test_what_has_passed_need_not_run_again(root):
    assert tested.main([]) == 1
    assert tested.main(PASS) == 0
    assert tested.main([]) == 0
    (root / "build" / "other").write_text("ignored", encoding="utf-8")
    assert tested.main([]) == 0


def test_what_has_failed_must_and_what_passed_before_counts_no_more(root):
    assert tested.main(PASS) == 0
    assert tested.main(FAIL) == 5
    assert tested.main([]) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "a.py").write_text("two", encoding="utf-8"),
        lambda root: (root / "a.py").unlink(),
        lambda root: (root / "a.py").rename(root / "b.py"),
        lambda root: (root / "new.py").write_text("", encoding="utf-8"),
    ],
)
def test_any_other_tree_must(root, change):
    assert tested.main(PASS) == 0
    change(root)
    assert tested.main([]) == 1


def test_a_file_that_changes_while_the_tests_run_makes_their_answer_worthless(root):
    assert tested.main([sys.executable, "-c", "open('a.py', 'w').write('changed')"]) == 0
    assert tested.main([]) == 1


def test_without_git_every_test_runs(root, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert tested.main(PASS) == 0
    assert tested.main([]) == 1
