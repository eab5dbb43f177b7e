"""What changed between two git revisions, for other programs. What the keys mean is written in docs/json.md."""

from collections.abc import Sequence
from typing import Any

from charterkit.insight.changes import EvaluationChange, PolicyChange, SchoolChange
from charterkit.insight.evaluations.actions import ActionMove
from charterkit.insight.evaluations.compare import Kind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.model.policy import Policy
from charterkit.render.comparison.data import change_json


def changes_json(found: Sequence[SchoolChange], start: str, end: str) -> dict[str, Any]:
    """What `insight.changes.changes` found, as plain data."""
    return {"from": start, "to": end, "schools": [_school(one) for one in found]}


def _school(one: SchoolChange) -> dict[str, Any]:
    return {
        "school": one.slug,
        "name": one.name,
        "evaluations": [_evaluation(each) for each in one.evaluations],
        "policies": [_policy(each) for each in one.policies],
    }


def _kind(before: object, after: object, *, is_unread: bool) -> str:
    if before is not None and after is not None:
        return "changed"
    if before is None:
        return "readable-again" if is_unread else "new"
    return "unreadable" if is_unread else "gone"


def _evaluation(one: EvaluationChange) -> dict[str, Any]:
    shown = one.after or one.before
    moves = one.comparison.moves if one.comparison else ()
    return {
        "charter": shown.charter.id if shown else None,
        "cycle": str(shown.cycle) if shown else None,
        "change": _kind(one.before, one.after, is_unread=one.is_unread),
        "status": {"from": _status(one.before), "to": _status(one.after)},
        "ratings": [change_json(move) for move in moves if move.kind is not Kind.UNCHANGED],
        "actions": [_action(each) for each in one.actions],
    }


def _status(one: Evaluated | None) -> str | None:
    return one.evaluation.status if one else None


def _action(one: ActionMove) -> dict[str, Any]:
    action = one.action
    return {
        "action": action.action,
        "id": action.id,
        "change": one.became.replace(" ", "-"),
        "status": action.status,
        "owner": action.owner,
        "due": str(action.due) if action.due else None,
    }


def _policy(one: PolicyChange) -> dict[str, Any]:
    shown: Policy | None = one.after or one.before
    return {
        "policy": shown.id if shown else None,
        "title": shown.title if shown else None,
        "change": _kind(one.before, one.after, is_unread=one.is_unread),
        "facts": [{"fact": fact, "from": then or None, "to": now or None} for fact, (then, now) in one.differs.items()],
    }
