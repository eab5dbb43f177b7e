"""A visit as JSON: what the keys mean is written in docs/json.md."""

from typing import Any

from charterkit.insight.visits.agreement import Agreed, VisitAgreement
from charterkit.insight.visits.visited import Visited


def visit_json(found: Visited, agreed: VisitAgreement) -> dict[str, Any]:
    """A visit, the school's ratings beside the visitor's, and how both agree."""
    visit, answer = found.visit, found.visit.answer
    return {
        "school": found.folder.slug,
        "path": found.document.path,
        "charter": found.charter.id,
        "charter_version": found.charter.version,
        "charter_text": visit.charter_text,
        "date": str(visit.date) if visit.date else None,
        "purpose": visit.purpose,
        "visitors": [{"name": each.name, "role": each.role} for each in visit.visitors],
        "outcome": visit.outcome,
        "award": visit.award,
        "summary": visit.summary,
        "cycle": str(found.school.cycle) if found.school else None,
        "aspects": [
            {
                "aspect": aspect,
                "school": beside.word if (beside := found.of_school(aspect)) else None,
                "visitor": own.word,
                "note": own.entry.note if own.entry else None,
                "reason": own.entry.reason if own.entry else None,
                "groups": dict(own.entry.groups) if own.entry else {},
            }
            for aspect, own in found.standings.items()
        ],
        "in_the_way": [
            {"aspect": each.aspect, "whose": each.whose, "reason": each.reason or None} for each in found.in_the_way()
        ],
        "agreement": {
            **_agreed(agreed.all),
            "key_points": [{"key_point": point.id, **_agreed(both)} for point, both in agreed.points],
        },
        "answer": {
            "accurate": answer.accurate,
            "note": answer.note,
            "by": answer.by,
            "date": str(answer.date) if answer.date else None,
        }
        if answer
        else None,
        "support_log": [
            {"date": str(entry.date) if entry.date else None, "what": entry.what} for entry in visit.support_log
        ],
    }


def _agreed(found: Agreed) -> dict[str, Any]:
    kappa = found.kappa
    return {
        "of": found.of,
        "same": found.same,
        "higher": found.higher,
        "lower": found.lower,
        "kappa": {
            "value": round(kappa.value, 6),
            "low": round(kappa.low, 6),
            "high": round(kappa.high, 6),
            "weights": "linear",
        }
        if kappa
        else None,
    }
