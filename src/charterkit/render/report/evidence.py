"""Where a rating can be seen, in words."""

from collections.abc import Callable, Mapping
from datetime import date

from charterkit.files.attachments import Attachments
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evidence.files import FileState, file_state
from charterkit.insight.surveys.disagreement import latest
from charterkit.insight.surveys.results import before, fewest_shown, oldest_first, question_result, when
from charterkit.insight.surveys.totals import answered
from charterkit.model.evaluation import Evidence
from charterkit.model.survey import Question, Survey
from charterkit.records import dataclass
from charterkit.render.shared.audience import ReportReader
from charterkit.render.shared.survey_words import change_words, percent, share_words
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


def what_became(folder: SchoolFolder, attachments: Attachments | None = None) -> Callable[[Evidence], str]:
    """Says of a piece of evidence whose hash was kept what has become of its file since, where it is not as it was."""
    attachments = attachments or Attachments(folder.workspace.root)

    def became(evidence: Evidence) -> str:
        return _BECAME.get(file_state(evidence, folder.path, attachments), "") if evidence.sha256 else ""

    return became


_BECAME: dict[FileState | None, str] = {
    FileState.CHANGED: "file changed since",
    FileState.MISSING: "file no longer there",
}


def evidence_lines(
    found: tuple[Evidence, ...],
    known: Mapping[str, Survey],
    reader: ReportReader,
    became: Callable[[Evidence], str] = lambda _: "",
) -> tuple[EvidenceLine, ...]:
    """What an audience may see of it; `became` says what has become of files since."""
    lines = (_line(evidence, known, reader, became) for evidence in found)
    return tuple(dict.fromkeys(line for line in lines if line is not None))


def _line(
    evidence: Evidence, known: Mapping[str, Survey], reader: ReportReader, became: Callable[[Evidence], str]
) -> EvidenceLine | None:
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
    return EvidenceLine(kind, _details(evidence, became(evidence)), link, _note(evidence, reader))


def _note(evidence: Evidence, reader: ReportReader) -> str:
    return evidence.note or "" if reader.notes else ""


def _details(evidence: Evidence, since: str) -> str:
    parts = [
        evidence.path or "",
        evidence.url if evidence.url and not safe_link(evidence.url) else "",
        evidence.date.spoken if evidence.date else "",
        tr("with %(people)s", people=evidence.with_) if evidence.with_ else "",
        tr("by %(people)s", people=evidence.by) if evidence.by else "",
        since,
    ]
    return ", ".join(part for part in parts if part)


def _survey_named(evidence: Evidence, known: Mapping[str, Survey]) -> str:
    survey = known.get(evidence.survey or "")
    if survey is None:
        missing = tr("%(survey)s (not found among the school’s surveys)", survey=evidence.survey)
        return missing if evidence.survey else ""
    named = _held(survey)
    return tr("%(survey)s: question not found", survey=named) if evidence.question else named


def _result(evidence: Evidence, known: Mapping[str, Survey], fewest: int = 0) -> str:
    """As in: “I feel welcome”: 160 of 187 agreed (Parent survey, October 2025). Else empty."""
    survey = known.get(evidence.survey or "")
    question = next((each for each in survey.questions if each.id == evidence.question), None) if survey else None
    if survey is None or question is None:
        return ""
    if not fewest:
        return _in_full(question, survey, known)
    found = answered(question, survey, question.agreeing)
    if found.share is None or found.answers < fewest:
        return ""
    agreed = round(found.share * found.answers) if found.agreed is None else found.agreed
    if any(0 < few < FEW for few in (agreed, found.answers - agreed)):
        return ""
    share = tr("%(count)s agreed", count=percent(found.share))
    if found.agreed is not None:
        share = tr("%(count)s of %(of)s agreed", count=agreed, of=found.answers)
    return f"“{question.text}”: {share} ({_held(survey)})"


def _in_full(question: Question, survey: Survey, known: Mapping[str, Survey]) -> str:
    """The share, how sure it is, and what has changed since the last survey."""
    earlier = before(survey, oldest_first(known))
    found = question_result(question, survey, fewest_shown(survey), earlier)
    if found.answered.share is None:
        return ""
    change = f". {change_words(found.change).rstrip('.')}" if found.change else ""
    return f"“{question.text}”: {share_words(found.answered)} ({_held(survey)}){change}"


def _held(survey: Survey) -> str:
    return f"{survey.title}, {survey.date.spoken}" if survey.date else survey.title


def speaking(
    aspect: str, named: tuple[Evidence, ...], known: Mapping[str, Survey], until: date | None, *, is_met: bool
) -> tuple[EvidenceLine, ...]:
    """Questions of the last surveys that speak to an aspect and are not among the evidence that was named; and that
    answers, named or not, say otherwise than the rating.
    """
    here = [(name, survey) for name, survey in oldest_first(known) if until is None or when(survey) <= until]
    seen = {(evidence.survey, evidence.question) for evidence in named}
    lines = []
    for each in latest(aspect, here):
        is_against = is_met and each.says_otherwise
        said = "Fewer than half agree, and the aspect is rated as met" if is_against else ""
        text = _in_full(each.question, each.survey, known)
        if text and (is_against or (each.survey_id, each.question.id) not in seen):
            lines.append(EvidenceLine(tr(KINDS["survey"]), text, note=said))
    return tuple(lines)
