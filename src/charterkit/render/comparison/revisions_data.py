"""What changed between two git revisions, for other programs. What the keys mean is written in docs/json.md."""

from collections.abc import Sequence
from typing import Any

from charterkit.insight.changes import EvaluationChange, PolicyChange, SchoolChange
from charterkit.insight.evaluations.actions import ActionMove
from charterkit.insight.evaluations.compare import MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.model.evaluation import Rating
from charterkit.model.policy import Policy
from charterkit.render.comparison.aims import level_json
from charterkit.render.comparison.data import change_json
from charterkit.rules.running.silencing import Silencing, SilencingChanges


def changes_json(found: Sequence[SchoolChange], silencing: SilencingChanges, start: str, end: str) -> dict[str, Any]:
    """What `insight.changes.changes` and `silencing_changes` found, as plain data."""
    return {
        "from": start,
        "to": end,
        "settings": [_silencing("setting", each) for each in silencing.settings],
        "comments": [_silencing("path", each) for each in silencing.comments],
        "schools": [_school(school) for school in found],
    }


def _silencing(what: str, each: Silencing) -> dict[str, Any]:
    return {what: each.what, "from": each.before or None, "to": each.after or None}


def _school(school: SchoolChange) -> dict[str, Any]:
    return {
        "school": school.slug,
        "name": school.name,
        "evaluations": [_evaluation(each) for each in school.evaluations],
        "policies": [_policy(each) for each in school.policies],
    }


def _kind(before: object, after: object, *, is_unread: bool) -> str:
    if before is not None and after is not None:
        return "changed"
    if before is None:
        return "readable-again" if is_unread else "new"
    return "unreadable" if is_unread else "gone"


def _evaluation(change: EvaluationChange) -> dict[str, Any]:
    shown = change.after or change.before
    moves = change.comparison.moves if change.comparison else ()
    return {
        "charter": shown.charter.id if shown else None,
        "cycle": str(shown.cycle) if shown else None,
        "change": _kind(change.before, change.after, is_unread=change.is_unread),
        "status": {"from": _status(change.before), "to": _status(change.after)},
        "ratings": [change_json(move) for move in moves if move.kind is not MoveKind.UNCHANGED],
        "parts": [
            {"part": each.part, "title": each.title, "from": each.before.word, "to": each.after.word}
            for each in change.parts
        ],
        "targets": [
            {"aspect": each.aspect.id, "from": _target(each.before), "to": _target(each.after)}
            for each in change.aims
            if each.is_target
        ],
        "values": [
            {"aspect": each.aspect.id, "from": _value(each.before), "to": _value(each.after)}
            for each in change.aims
            if each.is_value
        ],
        "actions": [_action(each) for each in change.actions],
    }


def _target(rating: Rating) -> dict[str, str] | None:
    return level_json(rating.target) if rating.target else None


def _value(rating: Rating) -> str | None:
    return str(rating.value) if rating.value else None


def _status(evaluation: Evaluated | None) -> str | None:
    return evaluation.evaluation.status if evaluation else None


def _action(move: ActionMove) -> dict[str, Any]:
    action = move.action
    return {
        "action": action.action,
        "id": action.id,
        "change": move.became.replace(" ", "-"),
        "status": action.status,
        "owner": action.owner,
        "due": str(action.due) if action.due else None,
    }


def _policy(change: PolicyChange) -> dict[str, Any]:
    shown: Policy | None = change.after or change.before
    return {
        "policy": shown.id if shown else None,
        "title": shown.title if shown else None,
        "change": _kind(change.before, change.after, is_unread=change.is_unread),
        "facts": [
            {"fact": fact, "from": then or None, "to": now or None} for fact, (then, now) in change.differs.items()
        ],
    }
