"""One question's totals as one thing, in whichever of its two forms they were written."""

from collections.abc import Sequence
from functools import cached_property

from charterkit.insight.surveys.statistics import wilson
from charterkit.model.survey import Question, Survey, Totals
from charterkit.records import dataclass

THREE = ("agree", "neutral", "disagree")
AGREEING = frozenset({"yes", "agree", "strongly-agree", "agree-strongly", "tend-to-agree", "definitely-agree"})
"""Answers that agree wherever nothing else is said."""


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """One answer: its word, what part of all answers it has, and how many that were; None where only that is known."""

    id: str
    share: float
    count: int | None
    is_agreeing: bool

    @property
    def word(self) -> str:
        """As people read it: "Strongly agree"."""
        return self.id.replace("-", " ").capitalize()


@dataclass(frozen=True)
class QuestionTotals:
    """What was answered. `answers` is how many did, 0 where nobody did or that is not known."""

    counts: tuple[AnswerCount, ...]
    answers: int
    is_known: bool
    """Whether it is known which answers agree, and whether any were given."""

    @property
    def share(self) -> float | None:
        """The part that agrees, from 0 to 1, of all who answered; None where it is not known."""
        return min(sum(count.share for count in self.counts if count.is_agreeing), 1.0) if self.is_known else None

    @property
    def agreed(self) -> int | None:
        """How many agree; None where only their share is known."""
        found = [count.count for count in self.counts if count.is_agreeing]
        return None if not self.is_known or None in found else sum(number or 0 for number in found)

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares the true one lies, with 95% confidence; None where nobody knows how many answered."""
        return wilson(self.share, self.answers) if self.share is not None and self.answers else None


def answered(totals: Totals, survey: Survey, agreeing: Sequence[str] = ()) -> QuestionTotals:
    """The totals of a question or of a group. `agreeing` are the question's answers that agree, where it says so."""
    if not totals.answers:
        return _of_three(totals, survey)
    agree = set(agreeing) or AGREEING
    known = not any(many.is_percent for many in totals.answers.values())
    numbers = {answer: float(many.number) for answer, many in totals.answers.items()}
    of = sum(numbers.values()) if known else 100.0
    answers = int(of) if known else totals.responses or (survey.responses or 0 if isinstance(totals, Question) else 0)
    counts = tuple(
        AnswerCount(answer, number / of if of else 0.0, int(number) if known else None, answer in agree)
        for answer, number in numbers.items()
    )
    return QuestionTotals(counts, answers, bool(of and agree & set(numbers)))


def _of_three(totals: Totals, survey: Survey) -> QuestionTotals:
    """Of agree, neutral and disagree; where they are not all there, of all who answered the survey."""
    given = {name: getattr(totals, name) for name in THREE}
    stated = {name: count for name, count in given.items() if count is not None}
    answers = sum(stated.values())
    if len(stated) < len(THREE) and isinstance(totals, Question):
        answers = max(answers, totals.responses or survey.responses or 0) if "disagree" not in stated else answers
    counts = tuple(
        AnswerCount(name, count / answers if answers else 0.0, count, name == "agree") for name, count in stated.items()
    )
    is_known = totals.agree is not None and bool(answers) and (len(stated) > 1 or answers > totals.agree)
    return QuestionTotals(counts, answers, is_known)
