"""The action plan for other programs; what the keys mean is written in docs/json.md."""

from collections.abc import Sequence
from typing import Any

from charterkit.render.actions.line import PlanLine

KEYS = (
    "school",
    "charter",
    "id",
    "action",
    "aspect",
    "owner",
    "due",
    "due_by",
    "state",
    "status",
    "days",
    "success",
    "note",
    "closed",
    "since",
    "cycle",
    "path",
)


def rows_of(lines: Sequence[PlanLine]) -> list[dict[str, Any]]:
    """The actions as plain data."""
    return [_row(line) for line in lines]


def _row(line: PlanLine) -> dict[str, Any]:
    tracked, action = line.tracked, line.action
    return {
        "school": line.folder.slug,
        "charter": tracked.charter,
        "id": tracked.id,
        "action": action.action,
        "aspect": action.aspect,
        "owner": action.owner,
        "due": str(action.due) if action.due else None,
        "due_by": action.due.last.isoformat() if action.due else None,
        "state": line.state,
        "status": action.status,
        "days": line.days,
        "success": action.success,
        "note": action.note,
        "closed": str(action.closed) if action.closed else None,
        "since": str(tracked.since) if tracked.since else None,
        "cycle": str(tracked.cycle) if tracked.cycle else None,
        "path": tracked.document.path,
    }
