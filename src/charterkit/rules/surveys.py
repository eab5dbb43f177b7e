"""CK42x: a survey's totals, and what they say of what is rated."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code, TreePath
from charterkit.insight.evaluations.newest import newest
from charterkit.insight.surveys.disagreement import disagrees
from charterkit.insight.surveys.results import fewest_shown
from charterkit.insight.surveys.suppression import withheld
from charterkit.insight.surveys.totals import AGREEING, THREE, answered
from charterkit.model.survey import Question, Survey, Totals
from charterkit.rules.base import Report, Rule, is_said, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


def _questions(context: Context) -> list[tuple[Document[Survey], Survey, Question, TreePath]]:
    """Every question of every survey, and its place."""
    return [
        (document, survey, question, ("questions", position(document, ("questions",), number)))
        for _, document, survey in context.surveys
        for number, question in enumerate(survey.questions)
    ]


def _parts(question: Question, at: TreePath) -> Iterator[tuple[str, Totals, TreePath]]:
    """A question's totals, and those of its groups, each with its name and place."""
    yield shown(question.id), question, at
    for name, totals in question.groups.items():
        yield f"{shown(question.id)}: {shown(name)}", totals, (*at, "groups", name)


class TooManyAnswers(Rule):
    """A question has more answers than the survey has responses, or a group more than the question.

    Why: shares worked out from it would be wrong.
    Bad: responses: 187, and a question with agree: 160, neutral: 30, disagree: 15
    Good: responses: 187, and a question with agree: 160, neutral: 12, disagree: 15
    Mend: correct the count that is wrong.
    """

    code = Code.TOO_MANY_ANSWERS

    def check(self, context: Context) -> Iterator[Report]:
        """Every question of every survey; where the responses are not given, against the number sent."""
        for document, survey, question, at in context.once(_questions):
            most = survey.sent if survey.responses is None else survey.responses
            answers = _stated(question)
            if most is not None and answers > most:
                were = "sent out" if survey.responses is None else "returned"
                message = f"{shown(question.id)}: {answers:,} answers, and {most:,} were {were}"
                yield document, self.problem(message, "Correct the wrong count.", *at)
            for name, totals, place in _parts(question, at):
                if totals is not question and answers and _stated(totals) > answers:
                    message = f"{name}: {_stated(totals):,} answers, and the question has {answers:,} in all"
                    yield document, self.problem(message, "Correct the wrong count.", *place, on_key=True)


def _stated(totals: Totals) -> int:
    """The answers that are counted, in either form; or how many there are said to be."""
    counts = [many.number for many in totals.answers.values() if not many.is_percent]
    three = sum(getattr(totals, name) or 0 for name in THREE)
    return max(three, int(sum(counts)), totals.responses or 0)


class TooManyResponses(Rule):
    """A survey has more responses than were sent out.

    Why: the response rate would be above 100 %; often the two numbers were mixed up.
    Bad: sent: 187, responses: 420
    Good: sent: 420, responses: 187
    Mend: correct the one that is wrong. Where a link was passed on, leave `sent` out.
    """

    code = Code.TOO_MANY_RESPONSES
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every survey."""
        for _, document, survey in context.surveys:
            if survey.sent is not None and survey.responses is not None and survey.responses > survey.sent:
                message = f"{survey.responses:,} responses, and only {survey.sent:,} were sent out"
                yield document, self.problem(message, "Correct the wrong one, or leave 'sent' out.", "responses")


class SharesOff(Rule):
    """The percentages of a question's answers do not add up to 100.

    Why: an answer is missing, or was typed wrongly, and the share that agrees may be wrong too.
    Bad: answers: {agree: 61%, disagree: 25%}
    Good: answers: {agree: 61%, disagree: 25%, dont-know: 14%}
    Mend: add the answer that is missing, or correct the share. What rounding alone makes of 100 is let be.
    """

    code = Code.SHARES_OFF
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every question, and every group, whose answers are all percentages."""
        for document, _, question, at in context.once(_questions):
            for name, totals, place in _parts(question, at):
                shares = [many.number for many in totals.answers.values() if many.is_percent]
                if len(shares) != len(totals.answers) or not shares or is_said(document, *place):
                    continue
                if abs(sum(shares, Decimal(-100))) > _rounding(shares):
                    message = f"{name}: the percentages add up to {sum(shares):f}"
                    yield document, self.problem(message, "Add what is missing, or correct a share.", *place, "answers")


def _rounding(shares: list[Decimal]) -> Decimal:
    """How far rounding may take the sum of so many shares from 100, each by half of its last digit."""
    digits = min(-int(share.as_tuple().exponent) for share in shares)
    return Decimal(len(shares)) * Decimal(5).scaleb(-digits - 1)


class BadAnswers(Rule):
    """A question's totals contradict themselves: two forms at once, counts beside percentages, or what agrees is none.

    Why: nobody can tell which of the two to believe.
    Bad: agree: 160, answers: {yes: 160, no: 27}
    Good: answers: {yes: 160, no: 27}
    Mend: keep one form: agree, neutral and disagree; or `answers`, with `agreeing` that names some of them.
    """

    code = Code.BAD_ANSWERS

    def check(self, context: Context) -> Iterator[Report]:
        """Every question, and every group."""
        for document, _, question, at in context.once(_questions):
            for name, totals, place in _parts(question, at):
                yield from self._of(document, name, totals, place)
            for number, answer in enumerate(question.agreeing if not is_said(document, *at, "answers") else ()):
                if answer not in question.answers:
                    message = f"{shown(question.id)}: '{shown(answer)}' is none of the question's answers"
                    remedy = self.meant(context, document, answer, list(question.answers))
                    here = (*at, "agreeing", position(document, (*at, "agreeing"), number))
                    yield document, self.problem(message, remedy, *here)

    def _of(self, document: Document[Any], name: str, totals: Totals, at: TreePath) -> Iterator[Report]:
        kinds = {many.is_percent for many in totals.answers.values()}
        three = [key for key in THREE if getattr(totals, key) is not None]
        if totals.answers and three:
            message = f"{name}: '{three[0]}' stands beside 'answers', which says the same in another form"
            yield document, self.problem(message, "Keep one of the two.", *at, three[0], on_key=True)
        elif len(kinds) > 1:
            message = f"{name}: some answers are counts, and some are percentages"
            yield document, self.problem(message, "Write all of them one way.", *at, "answers")


class AgreeingNotSaid(Rule):
    """It is not said which of a question's own answers agree.

    Why: without that no share can be shown, and nothing compared with the last survey.
    Bad: answers: {often: 90, seldom: 20}
    Good: answers: {often: 90, seldom: 20}, agreeing: [often]
    Mend: add `agreeing`. Where the answers are yes, agree or strongly-agree it may be left out.
    """

    code = Code.AGREEING_NOT_SAID
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every question with answers of its own."""
        for document, _, question, at in context.once(_questions):
            is_known = bool(question.agreeing) or bool(AGREEING & set(question.answers))
            if question.answers and not is_known and not is_said(document, *at, "agreeing"):
                message = f"{shown(question.id)}: nothing says which answers agree"
                first = next(iter(question.answers))
                remedy = f"Add 'agreeing: [{shown(first)}]', or whichever it is."
                yield document, self.problem(message, remedy, *at, "answers", on_key=True)


class SmallGroup(Rule):
    """A file holds what so few families of a group answered that it points at people.

    Why: no document shows it, but whoever can read the repository can, and git keeps it for good.
    Bad: groups: {black-caribbean: {agree: 1, neutral: 0, disagree: 2}}
    Good: groups: {black-caribbean: {withheld: yes}}
    Mend: write `withheld: yes` in place of the totals.
    """

    code = Code.SMALL_GROUP
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every group of every question, and those that would give another one away."""
        for document, survey, question, at in context.once(_questions):
            if not question.groups:
                continue
            smallest = fewest_shown(survey)
            gone = frozenset(name for name, totals in question.groups.items() if totals.withheld)
            counts = {name: answered(totals, survey).answers for name, totals in question.groups.items()}
            total = answered(question, survey).answers
            for name in sorted(withheld(counts, total, smallest, gone) - gone):
                few = counts[name] < smallest
                why = f"only {counts[name]} answered" if few else "it would give a small group away"
                message = f"{shown(question.id)}: {shown(name)} is not shown, as {why}"
                remedy = "Write 'withheld: yes' in place of its totals."
                yield document, self.problem(message, remedy, *at, "groups", name, on_key=True)


class SurveyDisagrees(Rule):
    """An aspect is rated as met, and the last survey that asked about it says otherwise.

    Why: a visitor will ask; families may have met with something else than the leaders see.
    Bad: rating: green, where 98 of 296 agree that they find what they need on the website
    Good: rating: amber, with a note on what families said; or a note that says what has changed since
    Mend: rate it again, or say in the note why it is met all the same. It counts as otherwise where, allowing for
    chance, fewer than half of those who answered agree.
    """

    code = Code.SURVEY_DISAGREES
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Of each charter the school's newest evaluation."""
        asked = [folder for folder in context.schools if folder.surveys]
        latest = {document.path for folder in asked for document in newest(folder)}
        for folder, document, evaluation, charter in context.evaluations:
            for aspect, rating in evaluation.ratings.items() if charter and document.path in latest else ():
                found = charter and charter.is_met(aspect, rating.rating) and disagrees(aspect, folder)
                if found:
                    message = f"{shown(aspect)}: rated {rating.rating}, and only {shown(found.sentence)}"
                    remedy = "Rate it again, or say in its note why it is met all the same."
                    yield document, self.problem(message, remedy, "ratings", aspect, "rating")
