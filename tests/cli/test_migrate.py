"""`migrate`: drafts of one school, of a trust's or of all moved to a later version; a trial run first, all or nothing."""

import os
from pathlib import Path

import pytest

from tests.insight.samples import charter, evaluation, write

from .conftest import Caller

NEW = charter([("entrance", "gate"), ("desk", "door", "office"), "same", "fresh"], "2")
RATINGS = {"gate": "amber", "door": "green", "office": "red", "same": "green"}
SCHOOLS = ("ash", "beech", "cedar")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {
        "charterkit.yaml": "examples: [made-up]\n",
        "charters/small-v1.yaml": charter(["gate", "door", "office", "same"]),
        "charters/small-v2.yaml": NEW,
        "schools/trust/school.yaml": "name: The Trust\nkind: trust\nmembers: [ash, beech]\n",
        "schools/made-up/school.yaml": "name: Made up\n",
        "schools/made-up/evaluations/2025-26.yaml": evaluation(RATINGS),
    }
    for name in SCHOOLS:
        files[f"schools/{name}/school.yaml"] = f"name: {name.title()} School\n"
        files[f"schools/{name}/evaluations/2025-26.yaml"] = evaluation(RATINGS)
    files["schools/ash/evaluations/2024-25.yaml"] = evaluation(
        RATINGS, "2024-25", "2024-10-14", more="status: agreed\n"
    )
    files["schools/ash/evaluations/drafts/2025-26-jo.yaml"] = evaluation({"gate": "red"}, more="rater: Jo\n")
    files["schools/ash/evaluations/drafts/2024-25-jo.yaml"] = evaluation(
        {"gate": "red"}, "2024-25", "2024-10", more="rater: Jo\n"
    )
    write(tmp_path, files)
    return tmp_path


def texts(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.yaml")}


def changed(place: Path, before: dict[str, bytes]) -> set[str]:
    return {path for path, data in texts(place).items() if before.get(path) != data}


ASH = {"schools/ash/evaluations/2025-26.yaml", "schools/ash/evaluations/drafts/2025-26-jo.yaml"}


def test_a_trial_run_says_what_becomes_of_each_aspect_and_writes_nothing(place: Path, said: Caller) -> None:
    before = texts(place)
    done = said("migrate", "ash", "--to", "2", cwd=place)
    assert (done.code, texts(place)) == (0, before)
    for words in (
        "1 entry as before, 1 under a new name, 1 joined of several and 1 new to rate.",
        "“The gate is good” goes to “The entrance is good”.",
        "“The door is good” and “The office is good” become “The desk is good”: Red, the lowest rating of them.",
        "New, without a rating: The fresh is good",
        "One self-evaluation that was agreed stays with the version it was made with.",
    ):
        assert words in done.out
    assert "Add --yes to move 2 drafts of 1 school to version 2." in done.err


def test_a_school_s_drafts_move_and_are_taken_back(place: Path, said: Caller) -> None:
    before = texts(place)
    assert said("migrate", "Ash School", "--to", "2", "--yes", cwd=place).code == 0
    assert changed(place, before) == ASH
    assert said("check", "--strict", cwd=place).code in (0, 1)
    assert "CK3" not in said("check", "--output-format", "concise", cwd=place).out
    again = said("migrate", "ash", "--to", "2", cwd=place)
    assert (again.code, "no draft" in again.err) == (2, True)
    assert said("policy", "undo", cwd=place).code == 0
    assert texts(place) == before


def test_a_trust_s_schools_or_all_of_them(place: Path, said: Caller) -> None:
    before = texts(place)
    assert said("migrate", "trust", "--to", "2", "--yes", cwd=place).code == 0
    assert changed(place, before) == {*ASH, "schools/beech/evaluations/2025-26.yaml"}
    done = said("migrate", "--every", "--to", "2", "--yes", cwd=place)
    assert "Moved 1 draft of 1 school to version 2." in done.err
    assert "schools/made-up/evaluations/2025-26.yaml" not in changed(place, before)
    again = said("migrate", "--every", "--to", "2", "--yes", cwd=place)
    assert (again.code, "There is nothing to move." in again.err) == (0, True)
    inside = said("migrate", "--every", "--to", "2", cwd=place / "schools/ash")
    assert (inside.code, "There is nothing to move." in inside.err) == (0, True)


def test_a_comparison_with_last_time_is_the_same_after_it(place: Path, said: Caller) -> None:
    """A joined aspect had the lowest rating in the comparison, and has it now."""
    before = said("compare", "ash", "--format", "csv", cwd=place)
    assert said("migrate", "ash", "--to", "2", "--yes", cwd=place).code == 0
    after = said("compare", "ash", "--format", "csv", cwd=place)
    assert before.out.count("unchanged") == 4
    assert after.out.count("unchanged") == 3


def test_a_draft_with_a_mistake_stays_and_is_named(place: Path, said: Caller) -> None:
    broken = place / "schools/beech/evaluations/2025-26.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("green", "greenish", 1), encoding="utf-8")
    other = place / "schools/cedar/evaluations/2025-26.yaml"
    other.write_text(other.read_text(encoding="utf-8") + "notes: Lost?\n", encoding="utf-8")
    before = texts(place)
    done = said("migrate", "--every", "--to", "2", "--yes", cwd=place)
    assert done.code == 0
    assert changed(place, before) == ASH
    assert "schools/beech/evaluations/2025-26.yaml stays as it is: line 7, column" in done.out
    assert "schools/cedar/evaluations/2025-26.yaml stays as it is: line 10" in done.out


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_all_files_or_none(place: Path, said: Caller) -> None:
    """Through a link nothing is written: what was written before it is put back."""
    path = place / "schools/cedar/evaluations/2025-26.yaml"
    path.rename(place / "schools/cedar/held")
    path.symlink_to("../held")
    before = texts(place)
    done = said("migrate", "--every", "--to", "2", "--yes", cwd=place)
    assert (done.code, texts(place)) == (2, before)
    assert "link" in done.err


def test_levels_are_asked_for_and_what_they_were_is_kept(place: Path, said: Caller) -> None:
    scale = "scale: [{id: low, label: Low}, {id: middle, label: Middle}, {id: high, label: High}]\n"
    (place / "charters/small-v2.yaml").write_text(NEW + scale, encoding="utf-8")
    before = texts(place)
    asked = said("migrate", "beech", "--to", "2", "--yes", cwd=place)
    assert (asked.code, texts(place)) == (2, before)
    words = " ".join(asked.err.split())
    assert "nobody knows what amber, green or red is there" in words
    assert "--level amber=LEVEL --level green=LEVEL --level red=LEVEL" in words
    levels = ("--level", "red=low", "--level", "amber=middle", "--level", "green=high")
    assert said("migrate", "beech", "--to", "2", "--yes", *levels, cwd=place).code == 0
    after = (place / "schools/beech/evaluations/2025-26.yaml").read_text(encoding="utf-8")
    assert "entrance: {rating: middle}" in after
    assert "desk:\n    rating: low" in after
    assert "x-levels-of-version-1:\n  ratings:\n    gate:\n      rating: amber" in after


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ash",), "Which version to move to is not said"),
        (("ash", "--to", "9"), "There is: 1, 2."),
        (("ash", "--to", "1"), "no draft of the charter 'small' is older than version 1"),
        (("ash", "--every", "--to", "2"), "one is named as well"),
        (("--to", "2"), "ash"),
        (("ash", "--to", "2", "--level", "green=red"), "green is green, so nothing else can be said of it"),
        (("ash", "--to", "2", "--level", "amber"), "this is not OLD=NEW"),
        (("ash", "--to", "2", "--level", "blue=red"), "there is no such choice"),
        (("ash", "--to", "2", "--level", "red=blue"), "there is no such choice"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_changes_nothing(
    place: Path, said: Caller, arguments: tuple[str, ...], message: str
) -> None:
    before = texts(place)
    done = said("migrate", *arguments, cwd=place)
    assert (done.code, texts(place)) == (2, before)
    assert message in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("change", "message"),
    [(("status: draft", "status: withdrawn"), "was withdrawn"), (("text: The desk", "txt: The desk"), "has a mistake")],
)
def test_a_version_that_nobody_should_move_to(place: Path, said: Caller, change: tuple[str, str], message: str) -> None:
    (place / "charters/small-v2.yaml").write_text(NEW.replace(*change), encoding="utf-8")
    assert message in said("migrate", "ash", "--to", "2", cwd=place).err


def test_what_is_too_much_to_be_taken_back_is_said_to_be(place: Path, said: Caller) -> None:
    long = "note: " + "word " * 150_000
    for name in SCHOOLS:
        path = place / f"schools/{name}/evaluations/2025-26.yaml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("same: {rating: green", f"same: {{rating: green, {long}"),
            encoding="utf-8",
        )
    done = said("migrate", "--every", "--to", "2", "--yes", cwd=place)
    assert "No command takes it back." in done.err
    assert said("policy", "undo", cwd=place).code == 2


def test_what_counts_no_more_is_said(place: Path, said: Caller) -> None:
    files = {
        "charters/small-v1.yaml": charter(["gate"]) + "rated: both\n",
        "charters/small-v2.yaml": charter(["gate"], "2", groups="girls"),
        "schools/cedar/evaluations/2025-26.yaml": evaluation(
            {"gate": "{rating: red, groups: {boys: red}}"}, more="overall: {rating: red}\n"
        ),
    }
    write(place, files)
    done = said("migrate", "cedar", "--to", "2", cwd=place, columns=120)
    assert "The ratings of the group “The boys” are kept in the file, and count no more." in done.out
    assert "The rating of the whole is kept in the file, and counts no more." in done.out


def test_nothing_is_promised_where_no_note_can_be_kept(
    place: Path, said: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "no-folder").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "no-folder"))
    done = said("migrate", "cedar", "--to", "2", "--yes", cwd=place)
    assert (done.code, "No command takes it back." in done.err) == (0, True)


def test_a_file_that_cannot_be_read_at_all_is_named(place: Path, said: Caller) -> None:
    for path in ("evaluations/2026-27.yaml", "evaluations/drafts/2026-27-jo.yaml"):
        (place / "schools/cedar" / path).parent.mkdir(exist_ok=True)
        (place / "schools/cedar" / path).write_text("charter: small\n  ratings: [\n", encoding="utf-8")
    done = said("migrate", "cedar", "--to", "2", cwd=place, columns=200)
    assert "schools/cedar/evaluations/2026-27.yaml stays as it is: line 2" in done.out
    assert "schools/cedar/evaluations/drafts/2026-27-jo.yaml stays as it is: line 2" in done.out
