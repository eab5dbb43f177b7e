"""What an aspect's entry holds, each piece in a line, as a terminal and a page show it."""

from collections.abc import Sequence
from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import Tracked
from charterkit.model.evaluation import Action, Evidence
from charterkit.render.report.evidence import what_became

STATUS = {"in-progress": "in progress", "planned": "", "done": "done", "dropped": "dropped"}


def planned_words(action: Action) -> str:
    """An action with who and when."""
    more = [part for part in (action.owner, action.due.spoken if action.due else None) if part]
    return f"{action.action} ({', '.join(more)})" if more else action.action


def tracked_words(tracked: Tracked, today: date) -> str:
    """What, who, by when, and how it stands: "Draft the card (Deputy headteacher, March 2026, overdue)"."""
    action = tracked.action
    state = "overdue" if tracked.is_overdue(today) else STATUS[action.status]
    about = [action.owner or "nobody named", action.due.spoken if action.due else "no date", state]
    return f"{action.action} ({', '.join(part for part in about if part)})"


def all_seen(found: Sequence[Evidence], folder: SchoolFolder) -> list[str]:
    """What pieces of evidence show, else where they are; when that was, and what has become of their files since."""
    became = what_became(folder)
    return [words for evidence in found if (words := _seen_words(evidence, became(evidence)))]


def _seen_words(evidence: Evidence, became: str) -> str:
    said = evidence.note or evidence.path or evidence.url or ""
    more = [part for part in (evidence.date.spoken if evidence.date else "", became) if part]
    return f"{said} ({', '.join(more)})" if said and more else said
