"""An aspect that the school calls met, and a survey that says otherwise.

It says otherwise where even the upper end of the share's interval stays below a half: then fewer than half of those who
answered agree, and it is not chance that makes it look so. A lower bar, such as a quarter, would let a school call a
thing met that most of its families have not met with; a higher one would call every mixed answer a contradiction, and
neither would a head understand at once. Where nobody knows how many answered there is no interval, and nothing is said.
"""

from collections.abc import Sequence

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.surveys.results import in_order
from charterkit.insight.surveys.totals import QuestionTotals, answered
from charterkit.model.survey import Question, Survey
from charterkit.records import dataclass

HALF = 0.5


@dataclass(frozen=True, slots=True)
class SpeaksTo:
    """A question of a survey that is about an aspect, and what was answered."""

    survey_id: str
    survey: Survey
    question: Question
    answered: QuestionTotals

    @property
    def says_otherwise(self) -> bool:
        """Whether fewer than half agree, beyond chance."""
        return says_otherwise(self.answered)

    @property
    def sentence(self) -> str:
        """As in: only 42% agree that “I feel welcome” (Parent survey, October 2025)."""
        share = round(100 * (self.answered.share or 0))
        held = f", {self.survey.date.spoken}" if self.survey.date else ""
        return f"{share}% agree with “{self.question.text}” ({self.survey.title}{held})"


def says_otherwise(found: QuestionTotals) -> bool:
    """Whether fewer than half agree, beyond chance."""
    return found.interval is not None and found.interval[1] < HALF


def latest(aspect: str, known: Sequence[tuple[str, Survey]]) -> list[SpeaksTo]:
    """Of each audience the questions about an aspect in the last of some surveys, the oldest first, that has any."""
    found: dict[str | None, list[SpeaksTo]] = {}
    for name, survey in known:
        about = [question for question in survey.questions if aspect in question.aspects]
        if about:
            found[survey.audience] = [
                SpeaksTo(name, survey, question, answered(question, survey, question.agreeing)) for question in about
            ]
    return [each for audience in found.values() for each in audience]


def disagrees(aspect: str, folder: SchoolFolder) -> SpeaksTo | None:
    """What says most clearly that an aspect, by its id, is not met; None where no survey of the school does."""
    against = [each for each in latest(aspect, in_order(folder)) if each.says_otherwise]
    return min(against, key=lambda each: each.answered.share or 0, default=None)
