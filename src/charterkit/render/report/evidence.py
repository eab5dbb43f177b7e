"""Where a rating can be seen, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from charterkit.files.workspace import SchoolFolder
from charterkit.model.evaluation import Evidence
from charterkit.model.survey import Question, Survey
from charterkit.render.shared.audience import Audience
from charterkit.text.safe import safe_link
from charterkit.text.speech import mark, tr

KINDS = {
    "survey": mark("Survey"),
    "document": mark("Document"),
    "link": mark("Link"),
    "walkthrough": mark("Walkthrough"),
    "observation": mark("Observation"),
    "conversation": mark("Conversation"),
}
FEWEST_ANSWERS = 10
"""A public report shows no survey question that fewer people answered: few answers could point at a person."""
FEW = 5
"""Nor one in which fewer than this, but somebody, answered one way."""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence. `link` is an address that may be followed, or empty."""

    kind: str
    text: str = ""
    link: str = ""
    note: str = ""

    @property
    def brief(self) -> str:
        """In a line without its link: "Observation: 2 November 2026"."""
        return f"{self.kind}: {self.text}" if self.text else self.kind


def surveys(folder: SchoolFolder) -> dict[str, Survey]:
    """The school's readable surveys by id."""
    return {document.stem: document.model for document in folder.surveys if document.model}


def evidence_lines(
    found: tuple[Evidence, ...], known: Mapping[str, Survey], reader: Audience
) -> tuple[EvidenceLine, ...]:
    """What an audience may see of it."""
    lines = (_line(evidence, known, reader) for evidence in found)
    return tuple(dict.fromkeys(line for line in lines if line is not None))


def _line(evidence: Evidence, known: Mapping[str, Survey], reader: Audience) -> EvidenceLine | None:
    kind = tr(KINDS[evidence.kind])
    if reader.evidence == "counts":
        result = _result(evidence, known, fewest=FEWEST_ANSWERS) if evidence.kind == "survey" else ""
        return EvidenceLine(kind, result) if result else None
    if evidence.kind == "survey":
        text = _result(evidence, known) or _survey_named(evidence, known)
        return EvidenceLine(kind, text, note=_note(evidence, reader))
    if reader.evidence == "kinds":
        return EvidenceLine(kind, evidence.date.spoken if evidence.date else "")
    link = evidence.url if evidence.url and safe_link(evidence.url) else ""
    return EvidenceLine(kind, _details(evidence), link, _note(evidence, reader))


def _note(evidence: Evidence, reader: Audience) -> str:
    return evidence.note or "" if reader.notes else ""


def _details(evidence: Evidence) -> str:
    parts = [
        evidence.path or "",
        evidence.url if evidence.url and not safe_link(evidence.url) else "",
        evidence.date.spoken if evidence.date else "",
        tr("with %(people)s", people=evidence.with_) if evidence.with_ else "",
        tr("by %(people)s", people=evidence.by) if evidence.by else "",
    ]
    return ", ".join(part for part in parts if part)


def _survey_named(evidence: Evidence, known: Mapping[str, Survey]) -> str:
    survey = known.get(evidence.survey or "")
    if survey is None:
        return (
            tr("%(survey)s (not found among the school’s surveys)", survey=evidence.survey) if evidence.survey else ""
        )
    named = f"{survey.title}, {survey.date.spoken}" if survey.date else survey.title
    return tr("%(survey)s: question not found", survey=named) if evidence.question else named


def _result(evidence: Evidence, known: Mapping[str, Survey], fewest: int = 0) -> str:
    """As in: “I feel welcome”: 160 of 187 agreed (Parent survey, October 2025). Else empty."""
    survey = known.get(evidence.survey or "")
    question = next((each for each in survey.questions if each.id == evidence.question), None) if survey else None
    if survey is None or question is None or question.agree is None:
        return ""
    answers = _answers(question, survey)
    if answers < fewest or (fewest and any(0 < few < FEW for few in (question.agree, answers - question.agree))):
        return ""
    when = f", {survey.date.spoken}" if survey.date else ""
    share = tr("%(count)s agreed", count=question.agree)
    if answers >= question.agree:
        share = tr("%(count)s of %(of)s agreed", count=question.agree, of=answers)
    return f"“{question.text}”: {share} ({survey.title}{when})"


def _answers(question: Question, survey: Survey) -> int:
    """How many answered the question; how many answered the survey where the question does not say."""
    given = (question.agree, question.neutral, question.disagree)
    if all(count is not None for count in given):
        return sum(count or 0 for count in given)
    return survey.responses or 0
