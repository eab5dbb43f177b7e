"""The report for other programs: JSON. What the keys mean is written in docs/json.md.

It is made of what the audience may see, as its pages are: what they leave out is null, or an empty list.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import Tracked
from charterkit.insight.evaluations.aims import is_reached
from charterkit.insight.evaluations.awards import earned
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.insight.evaluations.summary import Distribution, by_key_point, distribution
from charterkit.model.charter import KeyPoint
from charterkit.render.report.aspects import AspectView, aspect_views
from charterkit.render.report.evidence import KINDS, EvidenceLine, surveys, what_became
from charterkit.render.report.view import told_plan
from charterkit.render.report.whole import note_of
from charterkit.render.shared.audience import ReportReader
from charterkit.render.shared.movement import is_draft
from charterkit.render.shared.plan import action_line, is_newest
from charterkit.text.speech import tr


def report_json(folder: SchoolFolder, found: Evaluated, reader: ReportReader, today: date) -> dict[str, Any]:
    """One self-evaluation as plain data for one audience; on `today` its actions may be overdue."""
    evaluation, charter = found.evaluation, found.charter
    views = aspect_views(found, reader, surveys(folder), None, what_became(folder))
    is_last = is_newest(folder, found)
    return {
        "school": folder.slug,
        "name": folder.school.name,
        "charter": charter.id,
        "version": charter.version,
        "title": charter.title,
        "cycle": str(found.cycle),
        "date": str(evaluation.date) if evaluation.date else None,
        "status": "draft" if is_draft(found) else "agreed",
        "audience": reader.name,
        "rated": charter.rated,
        "rated_by": [{"name": each.name, "role": each.role} for each in evaluation.rated_by] if reader.people else [],
        "intent": _text(evaluation.intent) if reader.aims else None,
        "impact": _text(evaluation.impact) if reader.aims else None,
        "levels": [{"level": level.id, "label": level.label} for level in charter.levels.values()],
        "counts": _counts(distribution(charter, found.standings)),
        "overall": _part(found, OVERALL, reader),
        "key_points": [_key_point(found, point, counted, reader) for point, counted in by_key_point(found)],
        "aspects": [_aspect(found, key, views, reader) for key in charter.aspects],
        "awards": [
            {
                "award": each.award.id,
                "label": each.award.label,
                "needs": each.award.needs,
                "reached": each.is_reached,
                "missing": list(each.missing),
            }
            for each in earned(found)
        ],
        "actions": [
            _action(each, found, today if is_last or reader.name == "public" else None, reader)
            for each in told_plan(folder, found, reader)
            if reader.people or each.action.aspect in charter.aspects
        ],
    }


def _counts(found: Distribution) -> dict[str, Any]:
    return {
        "levels": found.levels,
        "rated": found.rated,
        "met": found.met,
        "applicable": found.applicable,
        "not_applicable": found.not_applicable,
        "not_rated": found.not_rated,
        "unreadable": found.unreadable,
    }


def _part(found: Evaluated, part: str, reader: ReportReader) -> dict[str, Any] | None:
    """The level that leaders gave to a key point or to the whole; None where the charter does not rate it."""
    if part not in parts_of(found.charter):
        return None
    standing = found.overall if part == OVERALL else found.points[part]
    return {"rating": standing.word, "note": _text(note_of(standing, reader))}


def _key_point(found: Evaluated, point: KeyPoint, counts: Distribution, reader: ReportReader) -> dict[str, Any]:
    return {
        "key_point": point.id,
        "number": point.number,
        "title": point.title,
        "part": point.part,
        "counts": _counts(counts),
        "stated": _part(found, point.id, reader),
    }


def _aspect(found: Evaluated, key: str, views: Mapping[str, AspectView], reader: ReportReader) -> dict[str, Any]:
    view, standing, entry = views[key], found.standings[key], found.standings[key].entry
    aims = entry if reader.aims else None
    return {
        "aspect": key,
        "key_point": found.charter.key_point_of[key].id,
        "number": found.charter.aspects[key].number,
        "title": view.title,
        "rating": standing.word,
        "met": found.is_met(key) if standing.state is RatingState.RATED else None,
        "why": _text(view.why),
        "reason": _text(view.reason),
        "strengths": _text(view.strengths),
        "note": _text(view.note),
        "ideas": list(view.ideas),
        "evidence": [_evidence(line) for line in view.evidence],
        "groups": dict(entry.groups) if entry and reader.groups else {},
        "target": {
            "level": aims.target.level,
            "by": str(aims.target.by) if aims.target.by else None,
            "reached": is_reached(found, key),
        }
        if aims and aims.target
        else None,
        "value": str(aims.value) if aims and aims.value else None,
        "looks_like": _text(view.looks_like),
        "next_step": _text(view.next_step),
        "copied_from": str(aims.carried) if aims and aims.carried else None,
    }


def _evidence(line: EvidenceLine) -> dict[str, Any]:
    return {
        "kind": next(kind for kind, word in KINDS.items() if tr(word) == line.kind),
        "text": _text(line.text),
        "link": _text(line.link),
        "note": _text(line.note),
    }


def _action(tracked: Tracked, found: Evaluated, today: date | None, reader: ReportReader) -> dict[str, Any]:
    action = tracked.action
    line = action_line(action, found.charter, today, reader)
    return {
        "id": tracked.id if reader.people else None,
        "action": line.action,
        "aspect": action.aspect,
        "owner": _text(line.owner),
        "due": str(action.due) if action.due else None,
        "success": _text(line.success),
        "status": action.status,
        "open": line.is_open,
        "overdue": line.is_overdue,
        "since": str(tracked.since) if tracked.since and tracked.since != found.cycle else None,
    }


def _text(text: str | None) -> str | None:
    """As it was written; None for nothing."""
    return text if text and text.strip() else None
