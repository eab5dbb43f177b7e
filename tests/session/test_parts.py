"""Levels of key points and of the whole on disk: given, explained, taken out, taken back."""

from pathlib import Path

import pytest
import yaml

from charterkit.insight.evaluations.answers import Answer
from charterkit.session.parts import Parts
from tests.insight.evaluations.test_parts import BOTH, POINTS
from tests.insight.samples import evaluation

from .files import data, on_disk, opened, refused, workspace

NOW = evaluation({"gate": "red"}, "2026-27", "2026-10-01")


def test_each_answer_is_in_the_file_and_can_be_taken_back_byte_for_byte(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}, BOTH))
    parts = Parts(file)
    assert list(parts.headings.items()) == [
        ("welcome", "A warm welcome"),
        ("heard", "Families are heard"),
        ("overall", "The whole"),
    ]
    states = [data(file)]
    for do in (
        lambda: parts.rate("welcome", "green"),
        lambda: parts.note("welcome", "Best fit: [nearly]"),
        lambda: parts.not_applicable("heard", "No forum"),
        lambda: parts.rate("heard", "red"),
        lambda: parts.rate("overall", "amber"),
        lambda: parts.clear("welcome"),
        lambda: parts.note("welcome", ""),
        lambda: parts.clear("heard"),
        lambda: parts.clear("overall"),
    ):
        do()
        states.append(data(file))
    assert data(file) == NOW.encode(), "nothing is left standing empty"
    assert len(set(states)) == len(states) - 1
    for state in reversed(states[:-1]):
        assert file.undo()
        assert data(file) == state
    assert parts.standing("welcome").level is None


def test_options_rate_key_points_and_the_whole_beside_aspects_all_or_none(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, text=BOTH))
    said = [
        Answer("gate", "1", "green"),
        Answer("Families are heard", "2", "A"),
        Answer("welcome", "3", texts={"note": "Nearly"}),
        Answer("The whole", "4", "Amber"),
    ]
    saved = file.answer(said)
    assert (saved.aspects, saved.parts) == (1, ("heard", "welcome", "overall"))
    tree = yaml.load(on_disk(file), yaml.BaseLoader)
    assert tree["key_points"] == {"heard": {"rating": "amber"}, "welcome": {"note": "Nearly"}}
    assert tree["overall"] == {"rating": "amber"}
    before = data(file)
    wrong = refused(
        file.answer, [Answer("gate", "1", "red"), Answer("heard", "2", "gold"), Answer("heard", "3", "n/a")]
    )
    assert "2: heard: 'gold' is not a level" in wrong.message
    assert "3: heard is not-applicable without a reason" in wrong.message
    assert (
        "otherwise at 1" in refused(file.answer, [Answer("heard", "1", "red"), Answer("heard", "2", "green")]).message
    )
    assert data(file) == before
    file.answer([Answer("heard", "1", cleared=("rating",)), Answer("overall", "2", "n/a", {"reason": "New"})])
    tree = yaml.load(on_disk(file), yaml.BaseLoader)
    assert tree["key_points"] == {"welcome": {"note": "Nearly"}}
    assert tree["overall"] == {"rating": "not-applicable", "reason": "New"}


def test_an_aspect_of_the_same_name_wins(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, text=BOTH.replace("id: gate", "id: welcome")))
    assert file.answer([Answer("welcome", "1", "green")]).aspects == 1
    assert "key_points" not in on_disk(file)


def test_where_key_points_alone_are_rated_all_that_is_said_of_an_aspect_is_said_of_them(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, text=POINTS))
    for do in (
        lambda: file.rate("welcome", "amber"),
        lambda: file.add_note("welcome", "Well"),
        lambda: file.add_idea("welcome", "Tea"),
        lambda: file.change_idea("welcome", 0, "Coffee"),
        lambda: file.add_evidence("welcome", "observation", "At the gate"),
        lambda: file.not_applicable("heard", "None"),
    ):
        do()
    tree = yaml.load(on_disk(file), yaml.BaseLoader)
    assert tree["ratings"] == {}
    assert tree["key_points"]["welcome"]["ideas"] == ["Coffee"]
    assert tree["key_points"]["heard"] == {"rating": "not-applicable", "reason": "None"}
    file.clear("heard")
    assert file.standings["heard"].state == "not-rated"
    assert file.undo() == ("heard",)
    assert list(Parts(file).headings) == ["overall"]
    assert refused(file.rate, "gate", "red").message == "'gate' is not a key point of this charter."


@pytest.mark.parametrize("charter", [BOTH.replace("rated: both\n", ""), POINTS])
def test_a_part_that_is_not_rated_is_refused(tmp_path: Path, charter: str) -> None:
    file = opened(workspace(tmp_path, text=charter))
    assert "is not a key point of this charter that is rated" in refused(Parts(file).rate, "heard", "red").message
