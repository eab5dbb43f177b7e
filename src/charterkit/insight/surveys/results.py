"""What one survey says, question by question: shares, how sure they are, groups, and what has changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.surveys.statistics import two_proportions
from charterkit.insight.surveys.suppression import withheld
from charterkit.insight.surveys.totals import QuestionTotals, answered
from charterkit.model.base import slug
from charterkit.model.survey import SMALLEST_GROUP, Question, Survey
from charterkit.records import dataclass

SURE = 0.05
"""Below this a change is called more than chance: one comparison in twenty of what never changed looks like it."""
Chance = Literal["more", "perhaps", "unknown"]
"""Whether chance explains a change: it hardly does, it may, or too little is known to tell."""


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What one group answered; None where that is not shown."""

    id: str
    answered: QuestionTotals | None


@dataclass(frozen=True, slots=True)
class SurveyChange:
    """What became of a question's share since the last survey of the same audience that asked it."""

    survey: str
    since: Survey
    before: QuestionTotals
    points: int
    """Percentage points up or down, of the shares as they are shown."""
    chance: Chance


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question."""

    question: Question
    answered: QuestionTotals
    groups: tuple[GroupResult, ...] = ()
    change: SurveyChange | None = None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """One survey of a school."""

    id: str
    survey: Survey
    smallest: int
    questions: tuple[QuestionResult, ...]

    @property
    def rate(self) -> float | None:
        """The part of those asked who answered; None where that is not known, or more did than were asked."""
        sent, responses = self.survey.sent, self.survey.responses
        return responses / sent if sent and responses is not None and responses <= sent else None


def in_order(folder: SchoolFolder) -> list[tuple[str, Survey]]:
    """The school's readable surveys with their names, oldest first; those without a date before all others."""
    return oldest_first({document.stem: document.model for document in folder.surveys if document.model})


def oldest_first(known: Mapping[str, Survey]) -> list[tuple[str, Survey]]:
    """Surveys by their names in that order."""
    return sorted(known.items(), key=lambda each: (when(each[1]), each[0]))


def when(survey: Survey) -> date:
    """The last day it may have been held."""
    return survey.date.last if survey.date else date.min


def survey_result(name: str, survey: Survey, folder: SchoolFolder) -> SurveyResult:
    """What a survey of a school says, by its file's name, beside those that the school held before."""
    earlier = before(survey, in_order(folder))
    smallest = fewest_shown(survey)
    results = tuple(question_result(question, survey, smallest, earlier) for question in survey.questions)
    return SurveyResult(name, survey, smallest, results)


def before(survey: Survey, known: Sequence[tuple[str, Survey]]) -> list[tuple[str, Survey]]:
    """Of surveys, the oldest first, those of the same audience that were held before one; the newest first."""
    return [each for each in reversed(known) if each[1].audience == survey.audience and when(each[1]) < when(survey)]


def fewest_shown(survey: Survey) -> int:
    """The fewest answers of a group that may be shown."""
    return SMALLEST_GROUP if survey.smallest_group is None else survey.smallest_group


def question_result(
    question: Question, survey: Survey, smallest: int, earlier: Sequence[tuple[str, Survey]] = ()
) -> QuestionResult:
    """One question of a survey. `earlier` are those of the same audience before it, newest first."""
    found = answered(question, survey, question.agreeing)
    return QuestionResult(
        question, found, _groups(question, survey, found, smallest), _change(question, found, earlier)
    )


def _groups(question: Question, survey: Survey, whole: QuestionTotals, smallest: int) -> tuple[GroupResult, ...]:
    found: Mapping[str, QuestionTotals] = {
        name: answered(totals, survey, question.agreeing) for name, totals in question.groups.items()
    }
    gone = frozenset(name for name, totals in question.groups.items() if totals.withheld)
    counts = {name: each.answers for name, each in found.items()}
    hidden = withheld(counts, whole.answers, smallest, gone)
    return tuple(GroupResult(name, None if name in hidden else each) for name, each in found.items())


def _change(question: Question, now: QuestionTotals, earlier: Sequence[tuple[str, Survey]]) -> SurveyChange | None:
    """Since the last one that asked the same: by the question's words, else by its id where the words are not there."""
    for name, survey in earlier:
        before = _same(question, survey)
        if before is None:
            continue
        then = answered(before, survey, before.agreeing)
        if now.share is None or then.share is None:
            return None
        p = two_proportions(then.share, then.answers, now.share, now.answers)
        chance: Chance = "unknown" if p is None else "more" if p < SURE else "perhaps"
        return SurveyChange(name, survey, then, round(100 * now.share) - round(100 * then.share), chance)
    return None


def _same(question: Question, survey: Survey) -> Question | None:
    said = slug(question.text)
    by_words = [other for other in survey.questions if slug(other.text) == said]
    by_id = [other for other in survey.questions if other.id == question.id]
    return next(iter([*by_words, *by_id]), None)
