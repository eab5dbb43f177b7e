"""The tables about surveys: totals, never a person's answers; small groups are as little in them as on any page."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from charterkit.exchange.tables.columns import (
    BLANKS,
    SECOND,
    CellKind,
    TableColumn,
    TidyTable,
    flag,
    public,
    spelt,
    text,
    when,
    whole,
)
from charterkit.exchange.tables.naming import apart
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.insight.public import followed
from charterkit.insight.surveys.results import GroupResult, QuestionResult, SurveyResult, fewest_shown, question_result
from charterkit.insight.surveys.totals import QuestionTotals
from charterkit.model.survey import YouSaidWeDid

_ID = "The survey's name, which is its file's."
TO_SURVEY = (("school", "survey"), "surveys")


class SurveyRow(NamedTuple):
    """A survey of a school and what it says."""

    slug: str
    document: Document[Any]
    result: SurveyResult


def surveys_of(folder: SchoolFolder) -> list[SurveyRow]:
    """A school's surveys by file name; what changed since others is not asked."""
    found = []
    for document in folder.surveys:
        if survey := document.model:
            smallest = fewest_shown(survey)
            questions = tuple(question_result(question, survey, smallest) for question in survey.questions)
            found.append(SurveyRow(folder.slug, document, SurveyResult(document.stem, survey, smallest, questions)))
    return found


SURVEYS = TidyTable(
    "surveys",
    "Every survey: whom it asked, and how many answered.",
    ("school", "survey"),
    (
        *public(
            text("school", "slug", "", "The school's folder.").filled,
            text("survey", "result.id", "", _ID).filled,
            text("title", "result.survey.title", "survey/title").filled,
            *when("date", "result.survey.date", "survey/date"),
            text("audience", "result.survey.audience", "survey/audience"),
        ),
        whole("sent", "result.survey.sent", "survey/sent"),
        whole("responses", "result.survey.responses", "survey/responses"),
        whole("smallest_group", "result.smallest", "survey/smallest_group").filled,
        text("path", "document.path", "", "Its file in the workspace.").filled,
    ),
    (TO_SCHOOL,),
)


class QuestionRow(NamedTuple):
    """A question of a survey, and what it is called here."""

    of: SurveyRow
    id: str
    position: int
    question: QuestionResult

    @property
    def totals(self) -> QuestionTotals:
        """What was answered."""
        return self.question.answered


def questions(surveys: Iterable[SurveyRow]) -> Iterator[QuestionRow]:
    """The surveys' questions in their order."""
    for asked in surveys:
        names = apart()
        for position, question in enumerate(asked.result.questions, 1):
            yield QuestionRow(asked, names("", question.question.id), position, question)


def _agreed(its: "QuestionRow | OfThem") -> int | None:
    return its.totals.agreed if its.totals else None


def _totals() -> tuple[TableColumn, ...]:
    return (
        whole("answers", lambda its: its.totals and (its.totals.answers or None), "", "How many answered it."),
        whole(
            "agreed",
            _agreed,
            "",
            "How many agree; empty where only shares are known.",
        ),
        TableColumn(
            "share",
            CellKind.SHARE,
            lambda its: its.totals and its.totals.share,
            "",
            "The part of them that agrees.",
        ),
    )


QUESTIONS = TidyTable(
    "questions",
    "What each survey asked, and what all who answered said.",
    ("school", "survey", "question"),
    (
        text("school", "of.slug", "", "The school's folder.").filled,
        text("survey", "of.result.id", "", _ID).filled,
        text("question", "id", "survey/Question.id", SECOND).filled,
        whole("position", "position", "", "Its place in the survey, from 1.").filled,
        text("text", "question.question.text", "survey/Question.text").filled,
        spelt(
            "aspects",
            "question.question.aspects",
            "survey/Question.aspects",
            BLANKS,
        ),
        *_totals(),
    ),
    (TO_SURVEY,),
)


class OfThem(NamedTuple):
    """What one group answered to a question."""

    of: QuestionRow
    group: GroupResult

    @property
    def totals(self) -> QuestionTotals | None:
        """What was answered; None where it is not shown."""
        return self.group.answered


def answers_of_groups(asked: Iterable[QuestionRow]) -> Iterator[OfThem]:
    """What each group answered."""
    for answered in asked:
        for group in answered.question.groups:
            yield OfThem(answered, group)


GROUP_ANSWERS = TidyTable(
    "group_answers",
    "What the families of a focus group answered. Of a small group, and of one that would tell of a small one by "
    "subtraction, there are no numbers.",
    ("school", "survey", "question", "group_id"),
    (
        text("school", "of.of.slug", "", "The school's folder.").filled,
        text("survey", "of.of.result.id", "", _ID).filled,
        text("question", "of.id", "survey/Question.id").filled,
        text("group_id", "group.id", "charter/FocusGroup.id").filled,
        flag("is_shown", lambda its: its.totals is not None, "", "Whether its numbers may be shown.").filled,
        *_totals(),
    ),
    ((("school", "survey", "question"), "questions"),),
)


class Reply(NamedTuple):
    """What families said in a survey and what was done about it, and its place from 1."""

    of: SurveyRow
    position: int
    reply: YouSaidWeDid


def replies(surveys: Iterable[SurveyRow], *, only_followed: bool = False) -> Iterator[Reply]:
    """What was said in each survey, in its order; or only what something was done about."""
    for asked in surveys:
        survey = asked.result.survey
        kept = followed(survey) if only_followed else survey.you_said_we_did
        for position, reply in enumerate(survey.you_said_we_did, 1):
            if reply in kept:
                yield Reply(asked, position, reply)


SAID = TidyTable(
    "said",
    "What families said in a survey, and what the school did about it.",
    ("school", "survey", "position"),
    public(
        text("school", "of.slug", "", "The school's folder.").filled,
        text("survey", "of.result.id", "", _ID).filled,
        whole("position", "position", "", "Its place in the survey, from 1.").filled,
        text("said", "reply.said", "survey/YouSaidWeDid.said").filled,
        text("did", "reply.did", "survey/YouSaidWeDid.did"),
        *when("date", "reply.date", "survey/YouSaidWeDid.date"),
    ),
    (TO_SURVEY,),
)
