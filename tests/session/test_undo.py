"""Taking back: the last write of one object, byte for byte, as often as wanted, and never somebody else's."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from charterkit.errors import Conflict
from charterkit.insight.evaluations.answers import Answer
from charterkit.model.dates import PartialDate
from charterkit.session.evaluation_file import EvaluationFile
from tests.insight.samples import evaluation

from .files import FOLDER, NOW, data, next_open, opened, ratings, refused, workspace

ODD = (
    b"\xef\xbb\xbf# Begun in October\r\n"
    + evaluation({"gate": "{rating: not-applicable,   reason: 'No gate'}", "phone": "red"}, "2026-27", "2026-10-01")
    .replace("\n", "\r\n")
    .encode()
)
"""With a byte order mark, the line ends of Windows and blanks of its own."""

WRITES: dict[str, tuple[Callable[[EvaluationFile], object], tuple[str, ...]]] = {
    "rate": (lambda file: file.rate("gate", "green"), ("gate",)),
    "not applicable": (lambda file: file.not_applicable("phone", "None here"), ("phone",)),
    "key point": (lambda file: file.point_not_applicable("learning", "No lessons"), ("maths", "reading")),
    "group": (lambda file: file.rate_group("post", "boys", "red"), ("post",)),
    "note": (lambda file: file.add_note("post", "One\n\nTwo"), ("post",)),
    "idea": (lambda file: file.add_idea("maths", "Tea"), ("maths",)),
    "evidence": (lambda file: file.add_evidence("maths", "observation", "At the gate"), ("maths",)),
    "action": (lambda file: file.add_action("maths", "Tea", "Deputy", PartialDate.parse("2027-03")), ("maths",)),
    "many": (
        lambda file: file.answer([Answer("post", "1", "red"), Answer("gate", "2", "red", {"note": "a"})]),
        ("post", "gate"),
    ),
    "agree": (lambda file: file.agree(), ()),
}
"""Everything that writes, and the aspects it is about."""


@pytest.mark.parametrize("name", WRITES)
def test_every_answer_is_taken_back_byte_for_byte(tmp_path: Path, name: str) -> None:
    do, aspects = WRITES[name]
    found = workspace(tmp_path)
    path = tmp_path / FOLDER / "now.yaml"
    path.parent.mkdir()
    path.write_bytes(ODD)
    file = opened(found)
    before = dict(file.standings)
    do(file)
    assert data(file) != ODD
    assert file.can_undo
    assert file.undo() == aspects
    assert data(file) == ODD
    assert file.standings == before
    assert not file.can_undo
    assert list(path.parent.iterdir()) == [path]


def test_as_often_as_wanted_back_to_no_file_at_all(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    stages = [data(file)]
    for do, _ in WRITES.values():
        do(file)
        stages.append(data(file))
    assert len(set(stages)) == len(WRITES) + 1
    for stage in reversed(stages[:-1]):
        file.undo()
        assert data(file) == stage
    assert file.existing is None
    assert not (tmp_path / file.path).exists()
    assert next_open(file) == "gate"
    assert refused(file.undo).message == "There is nothing to take back."
    file.rate("phone", "red")
    assert ratings(file) == {"phone": {"rating": "red"}}


def test_what_changed_nothing_is_not_taken_back(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    file.rate("gate", "red")
    assert not file.can_undo
    file.rate("phone", "amber")
    file.rate("phone", "amber")
    file.undo()
    assert data(file) == NOW.encode()
    assert not file.can_undo


def test_an_answer_that_was_refused_leaves_nothing_to_take_back(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    refused(file.rate, "gate", "gold")
    assert not file.can_undo


@pytest.mark.parametrize("files", [{}, {"now": NOW}], ids=["new", "there"])
def test_nothing_of_somebody_else_is_taken_back(tmp_path: Path, files: dict[str, str]) -> None:
    file = opened(workspace(tmp_path, files))
    file.rate("phone", "amber")
    mine = data(file)
    assert mine
    theirs = mine + b"# somebody else was here\n"
    (tmp_path / file.path).write_bytes(theirs)
    for _ in range(2):
        error = refused(file.undo)
        assert isinstance(error, Conflict)
        assert "changed by somebody else" in error.message
        assert data(file) == theirs
        file.refresh()
    file.rate("post", "green")
    file.undo()
    assert data(file) == theirs, "what was written after theirs can be taken back"
    assert isinstance(refused(file.undo), Conflict)
    (tmp_path / file.path).write_bytes(mine)
    file.undo()
    assert data(file) == (files["now"].encode() if files else None), "once theirs is gone, what was there before"


def test_a_file_that_is_gone_is_not_brought_back(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    file.rate("phone", "amber")
    (tmp_path / file.path).unlink()
    assert isinstance(refused(file.undo), Conflict)
    assert data(file) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only")
def test_no_file_is_deleted_through_a_link(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path / "here"))
    file.rate("gate", "red")
    elsewhere = tmp_path / "elsewhere.yaml"
    (tmp_path / "here" / file.path).rename(elsewhere)
    (tmp_path / "here" / file.path).symlink_to(elsewhere)
    refused(file.undo)
    assert elsewhere.exists()


def test_each_object_takes_back_its_own(tmp_path: Path) -> None:
    mine = opened(workspace(tmp_path, {"now": NOW}))
    mine.rate("phone", "red")
    yours = opened(mine.workspace)
    assert not yours.can_undo
    yours.rate("post", "green")
    assert isinstance(refused(mine.undo), Conflict)
    yours.undo()
    mine.undo()
    assert data(mine) == NOW.encode()
