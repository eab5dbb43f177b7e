"""A survey for programs: what is not shown to people is not in it either."""

from typing import Any

from charterkit.insight.surveys.results import QuestionResult, SurveyChange, SurveyResult
from charterkit.insight.surveys.totals import QuestionTotals

KEYS = ("school", "survey", "question", "group", "text", "agreed", "answers", "share", "low", "high", "shown")


def survey_json(school: str, result: SurveyResult) -> dict[str, Any]:
    """The survey; what the keys mean is written in docs/json.md."""
    survey = result.survey
    return {
        "school": school,
        "survey": result.id,
        "title": survey.title,
        "date": str(survey.date) if survey.date else None,
        "audience": survey.audience,
        "sent": survey.sent,
        "responses": survey.responses,
        "response_rate": _rounded(result.rate),
        "smallest_group": result.smallest,
        "questions": [_question(each) for each in result.questions],
        "you_said_we_did": [
            {"said": each.said, "did": each.did, "date": str(each.date) if each.date else None}
            for each in survey.you_said_we_did
        ],
    }


def _question(result: QuestionResult) -> dict[str, Any]:
    question = result.question
    return {
        "question": question.id,
        "text": question.text,
        "aspects": list(question.aspects),
        **_share(result.answered),
        "by_answer": [
            {"answer": each.id, "share": _rounded(each.share), "count": each.count, "agreeing": each.is_agreeing}
            for each in result.answered.counts
        ],
        "change": _change(result.change) if result.change else None,
        "groups": [
            {"group": each.id, "shown": each.answered is not None, **(_share(each.answered) if each.answered else {})}
            for each in result.groups
        ],
    }


def _share(found: QuestionTotals) -> dict[str, Any]:
    low, high = found.interval or (None, None)
    return {
        "agreed": found.agreed,
        "answers": found.answers or None,
        "share": _rounded(found.share),
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _change(change: SurveyChange) -> dict[str, Any]:
    return {"since": change.survey, "points": change.points, "more_than_chance": _MORE[change.chance]}


_MORE = {"more": True, "perhaps": False, "unknown": None}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def survey_rows(school: str, result: SurveyResult) -> list[dict[str, Any]]:
    """A row a question, and a row a group."""
    rows: list[dict[str, Any]] = []
    for each in result.questions:
        about = {"school": school, "survey": result.id, "question": each.question.id, "text": each.question.text}
        rows.append({**about, "group": None, "shown": True, **_share(each.answered)})
        for group in each.groups:
            is_shown = group.answered is not None
            share = _share(group.answered) if group.answered else {}
            rows.append({**about, "group": group.id, "shown": is_shown, **share})
    return rows
