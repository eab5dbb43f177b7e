"""CK42x: a survey's totals."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class TooManyAnswers(Rule):
    """A question has more answers than the survey has responses.

    Why: shares worked out from it would be wrong.
    Bad: responses: 187, and a question with agree: 160, neutral: 30, disagree: 15
    Good: responses: 187, and a question with agree: 160, neutral: 12, disagree: 15
    Mend: correct the count that is wrong.
    """

    code = Code.TOO_MANY_ANSWERS

    def check(self, context: Context) -> Iterator[Report]:
        """Every question of every survey; where the responses are not given, against the number sent."""
        for _, document, survey in context.surveys:
            most = survey.sent if survey.responses is None else survey.responses
            for number, question in enumerate(survey.questions):
                answers = sum(filter(None, (question.agree, question.neutral, question.disagree)))
                if most is not None and answers > most:
                    place = position(document, ("questions",), number)
                    were = "sent out" if survey.responses is None else "returned"
                    message = f"{shown(question.id)}: {answers:,} answers, and {most:,} were {were}"
                    yield document, self.problem(message, "Correct the wrong count.", "questions", place)


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
