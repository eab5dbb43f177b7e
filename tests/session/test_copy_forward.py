"""Beginning from last time's words: what is copied, what never is, and how the mark goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from charterkit.errors import NotThere
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.answers import Answer
from charterkit.session.copy_forward import copy_forward
from charterkit.session.evaluation_file import EvaluationFile
from tests.insight.samples import charter, evaluation, write

from .files import FOLDER, data, on_disk, opened, ratings, workspace

BEFORE = evaluation(
    {
        "gate": "{rating: green, note: 'Two: every day', strengths: Rain too, ideas: [Umbrellas], value: 62%, "
        "target: {level: green}, groups: {boys: red}, evidence: [{kind: conversation, with: Mums, date: 2025-10-02, by: Jo}]}",
        "phone": "{rating: not-applicable, reason: None here, note: No telephone}",
        "post": "{note: [broken]}",
        "maths": "red",
        "reading": "{note: A shelf}",
    }
)
NOW = evaluation({"reading": "{rating: red}"}, "2026-27", "2026-10-01")


def copied(root: Path, now: str | None = NOW) -> EvaluationFile:
    file = opened(workspace(root, {"2025-26": BEFORE, **({"2026-27": now} if now else {})}), "2026-27")
    assert copy_forward(file) == (2 if now else 3)
    return file


def test_words_are_copied_and_no_judgement_and_nothing_over_an_answer(tmp_path: Path) -> None:
    file = copied(tmp_path)
    assert ratings(file) == {
        "reading": {"rating": "red"},
        "gate": {
            "strengths": "Rain too",
            "note": "Two: every day",
            "ideas": ["Umbrellas"],
            "evidence": [{"kind": "conversation", "date": "2025-10-02", "by": "Jo", "with": "Mums"}],
            "carried": "2025-26",
        },
        "phone": {"note": "No telephone", "carried": "2025-26"},
    }
    assert not file.evaluated.document.loaded.problems
    assert copy_forward(file) == 0
    file.undo()
    assert on_disk(file) == NOW


ANSWERS: dict[str, Callable[[EvaluationFile], object]] = {
    "rate": lambda file: file.rate("gate", "red"),
    "not applicable": lambda file: file.not_applicable("gate", "None"),
    "note": lambda file: file.add_note("gate", "More"),
    "change": lambda file: file.change_note("gate", ""),
    "idea": lambda file: file.change_idea("gate", 0, ""),
    "evidence": lambda file: file.add_evidence("gate", "observation", "Seen"),
    "group": lambda file: file.rate_group("gate", "boys", "red"),
    "action": lambda file: file.add_action("gate", "Tea"),
    "many": lambda file: file.answer([Answer("gate", "1", "red")]),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_any_answer_about_an_aspect_takes_its_mark_out_and_undo_brings_it_back(tmp_path: Path, name: str) -> None:
    file = copied(tmp_path)
    before = data(file)
    ANSWERS[name](file)
    assert "carried" not in ratings(file)["gate"]
    assert ratings(file)["phone"]["carried"] == "2025-26"
    file.undo()
    assert data(file) == before


def test_what_was_copied_is_gone_whole_when_its_last_word_goes(tmp_path: Path) -> None:
    file = copied(tmp_path)
    file.change_note("phone", "")
    assert "phone" not in ratings(file)


def test_an_empty_cycle_is_begun_with_it_and_every_aspect_is_still_asked(tmp_path: Path) -> None:
    file = copied(tmp_path, None)
    assert not any(standing.is_answered for standing in file.standings.values())
    file.undo()
    assert data(file) is None


def test_through_renames_merges_and_splits(tmp_path: Path) -> None:
    first = charter(["gate", "phone", "post"])
    second = charter([("door", "gate"), ("calls", "phone", "post"), ("letters", "post")], "2")
    said = {aspect: f"{{rating: red, note: {aspect} note, ideas: [Tea]}}" for aspect in ("gate", "phone", "post")}
    write(tmp_path, {"charters/1.yaml": first, "charters/2.yaml": second, "schools/lathom/school.yaml": "name: L\n"})
    write(tmp_path, {f"{FOLDER}/2025-26.yaml": evaluation(said)})
    write(tmp_path, {f"{FOLDER}/2026-27.yaml": evaluation({}, "2026-27", "2026-10-01", "2")})
    file = opened(Workspace(tmp_path), "2026-27")
    assert copy_forward(file) == 3
    found: dict[str, Any] = yaml.safe_load(on_disk(file))["ratings"]
    assert {aspect: entry["note"] for aspect, entry in found.items()} == {
        "door": "gate note",
        "calls": "phone note\n\npost note",
        "letters": "post note",
    }
    assert found["calls"]["ideas"] == ["Tea"]


def test_without_a_last_time_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="There is no self-evaluation before 2026-27 to copy from"):
        copy_forward(opened(workspace(tmp_path)))
