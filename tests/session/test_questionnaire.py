"""What is asked next: on its own over answers that are made up, and several at once over one file."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from charterkit.files.load import load
from charterkit.insight.evaluations.evaluated import NOT_RATED, RatingState, Standing, standing
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Rating
from charterkit.session.questionnaire import Questionnaire
from tests.insight.samples import charter, evaluation

from .files import FOLDER, NOW, TWO_POINTS, asked, opened, workspace


def read(text: str) -> Charter:
    found = load(Charter, text.encode()).model
    assert found
    return found


@dataclass
class MadeUp:
    """Answers that lie in no file."""

    charter: Charter = field(default_factory=lambda: read(TWO_POINTS))
    levels: dict[str, str] = field(default_factory=dict)

    @property
    def standings(self) -> dict[str, Standing]:
        return {
            aspect: standing(Rating(rating=self.levels.get(aspect)), None, self.charter)
            if aspect in self.levels
            else NOT_RATED
            for aspect in self.charter.aspects
        }

    def before(self, aspect: str) -> Standing | None:
        return Standing(RatingState.NOT_APPLICABLE) if aspect == "post" else None


def test_a_new_one_begins_at_the_first_aspect_and_writes_nothing(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    questions = Questionnaire(file)
    assert (str(file.cycle), file.path, questions.progress) == ("2026-27", f"{FOLDER}/2026-27.yaml", (0, 5))
    question = questions.question
    assert question
    assert (question.aspect.id, question.key_point.id, question.point_number) == ("gate", "welcome", 1)
    assert (question.number, question.of, question.now.state, question.before) == (1, 3, RatingState.NOT_RATED, None)
    questions.skip()
    questions.back()
    assert not (tmp_path / FOLDER).exists()


def test_it_goes_on_at_the_first_that_is_open(tmp_path: Path) -> None:
    text = evaluation({"gate": "red", "phone": "na", "post": "gren", "maths": None}, "2026-27", "2026-10-01")
    questions = Questionnaire(opened(workspace(tmp_path, {"now": text})))
    assert (asked(questions), questions.progress) == ("post", (2, 5))


def test_a_question_says_where_it_stands_and_what_was_said() -> None:
    questions = Questionnaire(MadeUp(levels={"reading": "amber"}))
    questions.position = 4
    question = questions.question
    assert question
    assert (question.key_point.id, question.point_number, question.number, question.of) == ("learning", 2, 2, 2)
    assert (question.now.word, question.before) == ("amber", None)
    questions.position = 2
    question = questions.question
    assert question
    assert question.before == Standing(RatingState.NOT_APPLICABLE)


def test_forward_skip_back_and_jump() -> None:
    questions = Questionnaire(MadeUp(levels={"gate": "red"}))
    assert asked(questions) == "phone"
    assert questions.skip()
    assert asked(questions) == "post"
    questions.forward()
    assert asked(questions) == "maths"
    assert questions.skip()
    questions.forward()
    assert asked(questions) == "phone", "after the last one, back to the first that is open"
    assert questions.back()
    assert asked(questions) == "gate"
    assert not questions.back()
    assert questions.jump(2)
    assert asked(questions) == "maths"
    assert questions.jump(1)
    assert asked(questions) == "phone", "the first open one of the key point"
    assert [questions.jump(number) for number in (0, 3, -1)] == [False] * 3
    assert asked(questions) == "phone"


def test_the_end_and_back_from_it() -> None:
    questions = Questionnaire(MadeUp(levels={"gate": "red"}))
    questions.jump(2)
    questions.skip()
    assert not questions.skip()
    assert questions.question is None
    questions.forward()
    assert questions.question is None
    assert questions.back()
    assert asked(questions) == "reading"
    questions.skip()
    questions.resume()
    assert asked(questions) == "phone"


def test_all_answered_is_the_end_and_a_jump_goes_to_the_first() -> None:
    everything = dict.fromkeys(("gate", "phone", "post", "maths", "reading"), "green")
    questions = Questionnaire(MadeUp(levels=everything))
    assert (questions.question, questions.progress) == (None, (5, 5))
    assert questions.jump(2)
    assert asked(questions) == "maths"


def test_a_charter_without_aspects_asks_nothing() -> None:
    questions = Questionnaire(MadeUp(read(charter([]))))
    assert (questions.question, questions.progress) == (None, (0, 0))
    assert not questions.back()
    assert not questions.skip()
    assert not questions.jump(1)
    questions.forward()
    assert questions.question is None


@pytest.mark.parametrize("level", ["not-applicable", "gold"])
def test_what_counts_as_answered(level: str) -> None:
    questions = Questionnaire(MadeUp(levels={"gate": level}))
    is_answered = level == "not-applicable"
    assert (asked(questions), questions.progress) == (("phone", (1, 5)) if is_answered else ("gate", (0, 5)))


def test_two_over_one_file_keep_their_places_and_see_each_others_answers(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    mine, yours = Questionnaire(file), Questionnaire(file)
    assert yours.jump(2)
    file.rate("phone", "green")
    assert (asked(mine), asked(yours)) == ("phone", "maths"), "an answer moves nobody"
    mine.forward()
    assert asked(mine) == "post"
    assert mine.progress == yours.progress == (2, 5)
    file.rate("maths", "amber")
    mine.forward()
    assert asked(mine) == "reading", "what was answered in the other one is not asked again"
    assert mine.back()
    question = mine.question
    assert question
    assert question.now.word == "amber"
    file.undo()
    assert mine.progress == yours.progress == (2, 5)
    question = yours.question
    assert question
    assert question.now.state is RatingState.NOT_RATED
