"""Several raters before the meeting: a draft each, side by side, and the meeting's answer; no draft is ever touched."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import Conflict, NotThere, Refused
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.aims import Aim
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.insight.evaluations.raters import Agreement, name_slug
from charterkit.model.dates import Cycle
from charterkit.model.value import Value
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.merging import Merging
from charterkit.session.rater_file import RaterFile

from .files import FOLDER, TODAY, opened, workspace

DRAFTS = f"{FOLDER}/drafts"
ASPECTS = ("gate", "phone", "post", "maths", "reading")


def draft(found: Workspace, name: str, cycle: str | None = None) -> RaterFile:
    school, charter = found.school("lathom"), found.choose_charter("small")
    return RaterFile(found, school, charter, Cycle.parse(cycle) if cycle else None, TODAY, rater=name)


def rated(found: Workspace, name: str, ratings: Mapping[str, str]) -> RaterFile:
    file = draft(found, name)
    for aspect, level in ratings.items():
        if level == "na":
            file.not_applicable(aspect, f"{name} says so")
        else:
            file.rate(aspect, level)
    return file


def drafts(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / DRAFTS).iterdir()}


def test_who_said_what_those_furthest_apart_first(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    anna = {"gate": "green", "phone": "amber", "post": "green", "maths": "na", "reading": "red"}
    rated(found, "Anna Lee", anna)
    rated(found, "Ben", {"gate": "green", "phone": "red", "post": "red", "maths": "green"})
    text = (tmp_path / DRAFTS / "2026-27-anna-lee.yaml").read_text(encoding="utf-8")
    assert "rater: Anna Lee\n" in text
    merging = Merging(opened(found))
    assert [(each.aspect.id, each.agreement) for each in merging.beside] == [
        ("post", Agreement.FAR),
        ("maths", Agreement.FAR),
        ("phone", Agreement.NEAR),
        ("gate", Agreement.AGREED),
        ("reading", Agreement.SOME),
    ]
    before = drafts(tmp_path)
    merging.take(merging.agreed)
    assert {key: rating.rating for key, rating in merging.file.evaluated.evaluation.ratings.items()} == {
        "gate": "green"
    }
    assert merging.agreed == []
    assert drafts(tmp_path) == before
    merging.file.undo()
    assert merging.file.existing is None


def test_what_raters_wrote_is_kept_once_behind_their_names(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    for name, note in (("Anna", "Dark\nin winter"), ("Ben", "A sign is there"), ("Cy", "A sign is there")):
        file = rated(found, name, {"gate": "green"})
        file.add_note("gate", note)
        file.add_idea("gate", "A lamp")
        file.add_evidence("gate", "observation", f"{note[0]} seen")
        file.answer([Answer("gate", "1", value=Value.parse("62%")), Answer("gate", "2", target=Aim("green"))])
    file.answer([Answer("phone", "1", texts={"strengths": "Quick"}, value=Value.parse("3 calls"))])
    rated(found, "Ben", {}).answer([Answer("phone", "1", value=Value.parse("4 calls"))])
    meeting = opened(found)
    meeting.add_note("gate", "We agree")
    merging = Merging(meeting)
    merging.take(merging.agreed)
    gate = meeting.evaluated.evaluation.ratings["gate"]
    assert (gate.rating, gate.note) == ("green", "We agree\n\nAnna: Dark\nin winter\nBen and Cy: A sign is there")
    assert gate.ideas == ("A lamp",)
    assert [(piece.note, str(piece.date)) for piece in gate.evidence] == [
        ("D seen", str(TODAY)),
        ("A seen", str(TODAY)),
    ]
    assert (str(gate.value), gate.target.level if gate.target else "") == ("62%", "green")
    assert not merging.keep_words("gate")
    assert merging.keep_words("phone")
    phone = meeting.evaluated.evaluation.ratings["phone"]
    assert (phone.rating, phone.strengths, phone.value) == (None, "Cy: Quick", None)
    assert meeting.undo() == ("phone",)


def test_a_draft_is_no_evaluation_of_the_school(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    rated(found, "Anna", {"gate": "green"})
    school = found.school("lathom")
    assert school.evaluations == []
    assert timeline(found, school, "small") == []
    assert school.rivals() == []
    path = tmp_path / DRAFTS / "2026-27-anna.yaml"
    path.rename(path.with_suffix(".yaml.txt"))
    found.refresh()
    assert school.nearly_named("evaluations") == []
    opened(found).rate("gate", "red")  # and holds nobody up


def test_two_raters_of_one_name_are_refused_and_one_is_found_again(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    rated(found, "Anna Lee", {"gate": "green"})
    assert draft(found, "  anna   LEE ").rater == "Anna Lee"
    with pytest.raises(Conflict) as error:
        draft(found, "Anna-Lee")
    assert "Give a name that is told from the other" in str(error.value.hint)
    (tmp_path / DRAFTS / "copy.yaml").write_bytes(drafts(tmp_path)["2026-27-anna-lee.yaml"])
    found.refresh()
    with pytest.raises(Conflict, match="both say that they are by 'Anna Lee'"):
        Merging(opened(found))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "con", "مريم", "👩‍🏫", "a/b\\c", "O'Brien; rm -rf", "É" * 80, "{x}: &y", "عائشہ‌ بیگم"]
)
def test_any_name_makes_one_file_in_its_folder(tmp_path: Path, name: str) -> None:
    found = workspace(tmp_path)
    file = rated(found, name, {"gate": "green"})
    (made,) = (tmp_path / DRAFTS).iterdir()
    assert made == tmp_path / file.path
    assert made.name.isascii()
    assert draft(Workspace(tmp_path), name).rater == name
    assert Merging(opened(Workspace(tmp_path))).raters[0].name == name


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "Ben\x1b[31m", "\u202eneB", "a\x00b"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="is no rater's name"):
        draft(workspace(tmp_path), name)
    assert not (tmp_path / FOLDER).exists()


def test_names_without_latin_letters_are_told_apart() -> None:
    assert len({name_slug(name) for name in ("مريم", "أحمد", "👩‍🏫", "陈")}) == len("1234")


def test_a_rater_who_still_writes_is_seen_and_said(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    rated(found, "Anna", {"gate": "green"})
    merging = Merging(opened(found))
    assert merging.look_again() == []
    other = Workspace(tmp_path)
    rated(other, "Anna", {"gate": "red"})
    rated(other, "Ben", {"gate": "red"})
    assert merging.look_again() == [
        "Anna has written meanwhile: what is shown from now on is what stands there now.",
        "Ben has rated the school meanwhile, and is shown from now on.",
    ]
    assert merging.beside[0].answer == "red"
    (tmp_path / DRAFTS / "2026-27-ben.yaml").write_text("ratings: [", encoding="utf-8")
    assert merging.look_again() == ["The draft of Ben is gone, or can no longer be read."]


def test_a_meeting_without_ratings_says_for_which_cycles_there_are_some(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    draft(found, "Anna", "2026-27-autumn").rate("gate", "red")
    with pytest.raises(NotThere) as error:
        Merging(opened(found))
    assert error.value.hint == "There are ratings for 2026-27-autumn: say so with --cycle."


LEVELS = st.dictionaries(st.sampled_from(ASPECTS), st.sampled_from(["red", "amber", "green", "na"]))


@given(st.lists(LEVELS, min_size=1, max_size=4), LEVELS)
def test_a_merge_loses_no_draft_and_overwrites_no_answer(
    tmp_path_factory: pytest.TempPathFactory, people: list[dict[str, str]], answered: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("merge")
    found = workspace(root)
    for number, ratings in enumerate(people):
        rated(found, f"Rater {number}", {"gate": "red"} | ratings)
    before = drafts(root)
    file = opened(found)
    for aspect, level in answered.items():
        file.not_applicable(aspect, "The meeting") if level == "na" else file.rate(aspect, level)
    merging = Merging(file)
    agreed = merging.agreed
    if agreed:
        merging.take(agreed)
    assert drafts(root) == before
    _holds(file, [{"gate": "red"} | ratings for ratings in people], answered)


def _holds(file: EvaluationFile, people: list[dict[str, str]], answered: dict[str, str]) -> None:
    """The meeting's own answers, and beside them only what every rater gave alike."""
    alike = {key: people[0][key] for key in people[0] if all(each.get(key) == people[0][key] for each in people)}
    words = {key: "not-applicable" if level == "na" else level for key, level in (alike | answered).items()}
    assert {key: entry.rating for key, entry in file.evaluated.evaluation.ratings.items()} == words


def test_answers_from_a_file_go_into_a_draft_as_into_an_evaluation(tmp_path: Path) -> None:
    file = draft(workspace(tmp_path), "Anna")
    file.answer([Answer("gate", "1", "green", {"note": "Seen"}), Answer("post", "2", "red")])
    assert file.evaluated.evaluation.ratings["gate"].note == "Seen"
