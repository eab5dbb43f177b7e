"""What became of the actions of one self-evaluation in a later one."""

from collections.abc import Iterable
from dataclasses import dataclass

from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.model.evaluation import Action

OVER = ("done", "dropped")


@dataclass(frozen=True, slots=True)
class ActionMove:
    """What became of one action: carried over, done, dropped, new, no longer listed while still open, or unreadable."""

    action: Action
    became: str


def action_moves(before: Evaluated, after: Evaluated) -> list[ActionMove]:
    """Every action of either, but for those that were over before and still are; the later ones first.

    An action is the same by its id, or by its words where one of the two has no id. One that cannot be read in one of
    the two evaluations is neither new nor gone.
    """
    left = list(before.evaluation.actions)
    found = []
    for action, same in _pairs(left, after.evaluation.actions):
        was_there = same is not None or is_among(action, unread_actions(before))
        found.append(ActionMove(action, _became(same, action, was_there=was_there)))
    unread = unread_actions(after)
    for action in left:
        if is_among(action, unread):
            found.append(ActionMove(action, "unreadable"))
        elif action.status not in OVER:
            found.append(ActionMove(action, "no longer listed"))
    return [move for move in found if move.became]


def _pairs(left: list[Action], later: Iterable[Action]) -> list[tuple[Action, Action | None]]:
    """Each later action with the earlier one that it is, which is taken out of `left`. An id goes before words."""
    pairs: list[tuple[Action, Action | None]] = [(action, None) for action in later]
    for is_same in (_same_id, _same_words):
        for number, (action, same) in enumerate(pairs):
            earlier = None if same else next((each for each in left if is_same(each, action)), None)
            if earlier is not None:
                left[:] = [action for action in left if action is not earlier]
                pairs[number] = (action, earlier)
    return pairs


def _same_id(action: Action, other: Action) -> bool:
    return action.id is not None and action.id == other.id


def _same_words(action: Action, other: Action) -> bool:
    return (action.id is None or other.id is None) and _words(action.action) == _words(other.action)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def unread_actions(evaluation: Evaluated) -> list[tuple[object, object]]:
    """Id and words of the actions that cannot be read, as far as they stand there."""
    raw = [entry.raw for entry in evaluation.document.loaded.unreadable_in("actions").values()]
    return [(entry.get("id"), entry.get("action")) for entry in raw if isinstance(entry, dict)]


def is_among(action: Action, unread: list[tuple[object, object]]) -> bool:
    """Whether an action is one of those that `unread_actions` found."""
    words = _words(action.action)
    by_id = action.id is not None and any(name == action.id for name, _ in unread)
    return by_id or any(isinstance(text, str) and _words(text) == words for _, text in unread)


def _became(earlier: Action | None, later: Action, *, was_there: bool) -> str:
    """Empty for an action that was over before and still is."""
    if later.status in OVER:
        return "" if earlier is not None and earlier.status == later.status else later.status
    return "carried over" if was_there else "new"
