"""Evidence in words: what a piece is called, how old it is, and what is wrong with it."""

from collections.abc import Mapping, Sequence

from charterkit.choices import EvidenceKind
from charterkit.insight.evidence.index import Flag, IndexedPiece
from charterkit.model.evaluation import Evidence
from charterkit.model.survey import Survey
from charterkit.render.report.evidence import KINDS
from charterkit.text.english import counted, joined

FLAGS = {
    Flag.OUTSIDE: "Outside the school’s folder",
    Flag.MISSING: "Not there",
    Flag.CHANGED: "Changed since",
    Flag.OUTDATED: "Too old",
    Flag.NOT_LOOKED_AT: "Not looked at",
}
_DAYS = ((730, 365, "year"), (60, 30, "month"))
"""From how many days on what is counted in which days."""


def named(evidence: Evidence, surveys: Mapping[str, Survey]) -> str:
    """What a piece is called: its file, address, question or note; else its kind."""
    survey = surveys.get(evidence.survey or "")
    asked = {question.id: question.text for question in survey.questions} if survey else {}
    question = asked.get(evidence.question or "", "")
    titled = f"{survey.title}: “{question}”" if survey and question else survey.title if survey else evidence.survey
    return evidence.path or evidence.url or titled or evidence.note or KINDS[evidence.kind]


def beside(evidence: Evidence) -> str:
    """Who saw it and with whom, and its note where that is not what it is called by."""
    is_named = bool(evidence.path or evidence.url or evidence.survey)
    parts = (
        f"with {evidence.with_}" if evidence.with_ else "",
        f"by {evidence.by}" if evidence.by else "",
        (evidence.note or "").strip() if is_named else "",
    )
    return " · ".join(part for part in parts if part)


def aged(days: int | None) -> str:
    """How old something is, in words short enough for a table."""
    if days is None:
        return ""
    size, unit = next(((size, unit) for least, size, unit in _DAYS if days >= least), (1, "day"))
    many = days // size
    return f"{many} {unit}{'s' if many != 1 else ''}" if days else "today"


def flagged(piece: IndexedPiece) -> str:
    """What is wrong with it, else that somebody looked at it, in words."""
    if piece.flags:
        return "; ".join(FLAGS[flag] for flag in piece.flags)
    return f"Visited {piece.looked_at.spoken}" if piece.looked_at else "In order"


def kinds_said(kinds: Sequence[EvidenceKind]) -> str:
    """Kinds in a sentence: survey, walkthrough and conversation."""
    return joined([KINDS[kind].lower() for kind in kinds])


def many_pieces(many: int) -> str:
    """How many pieces there are."""
    return f"{counted(many, 'piece')} of evidence"
