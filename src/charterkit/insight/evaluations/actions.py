"""What became of the actions of one self-evaluation in a later one, and which of all that were written are still open.

An action lives until somebody closes it: one that a later evaluation does not mention is still open. Where a later one
has it again, by its id or by its words, the earlier line is history and counts no more.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from itertools import count

from charterkit.choices import CLOSED_STATUSES
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.newest import plans
from charterkit.model.base import slug
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Action, Evaluation
from charterkit.records import dataclass

LONGEST_ID = 60
"""Characters of an id that is made of a text."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One action over all of a school's evaluations of a charter: its last line, and where that stands.

    `id` is the action's own, or one made of its words where it has none. `cycle` is that of the evaluation that holds
    its last line, `since` the one in which it was first written; None where a file does not tell. `number` is its place
    among the actions of `document` that can be read. `unread` is the path of a later evaluation that has it again in a
    line that cannot be read: nobody can tell then how far it has got.
    """

    id: str
    action: Action
    charter: str
    document: Document[Evaluation]
    number: int
    cycle: Cycle | None
    since: Cycle | None
    unread: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.action.status not in CLOSED_STATUSES

    def is_overdue(self, today: date) -> bool:
        """Open, and the last day its due date may mean is past."""
        return self.is_open and self.action.due is not None and self.action.due.last < today

    @property
    def due_by(self) -> date:
        """The last day it may be done; of one without a date, the end of time."""
        return self.action.due.last if self.action.due else date.max


def open_actions(
    folder: SchoolFolder, charter: str | None = None, until: Document[Evaluation] | None = None
) -> list[Tracked]:
    """A school's actions that nobody has closed, of one charter or of all, what is due first before the rest.

    `until` is the last evaluation to look at: what was open when that was the newest. What is overdue is asked of each
    (`is_overdue`). Those that cannot be read are in none of it: `unread_actions` has them.
    """
    found = [tracked for tracked in all_actions(folder, charter, until) if tracked.is_open]
    return sorted(found, key=lambda tracked: tracked.due_by)


def open_before(
    folder: SchoolFolder, charter: str, this: Document[Evaluation] | None, before: Document[Evaluation] | None
) -> list[Tracked]:
    """The actions that were open in the evaluation before and of which this one says nothing, by their due date.

    `this` is None where it is not begun.
    """
    last = this or before
    if last is None:
        return []
    path = this.path if this else ""
    return [tracked for tracked in open_actions(folder, charter, until=last) if tracked.document.path != path]


def all_actions(
    folder: SchoolFolder, charter: str | None = None, until: Document[Evaluation] | None = None
) -> list[Tracked]:
    """Every action of a school, once each, by its last line; in the order in which they were first written.

    Ids are made with a view to all charters, so that an action is called alike whichever of them are asked for.
    """
    found: list[Tracked] = []
    for name, documents in plans(folder).items():
        found += _followed(name, _up_to(documents, until))
    return [tracked for tracked in _named(found) if charter in (None, tracked.charter)]


def _up_to(documents: list[Document[Evaluation]], last: Document[Evaluation] | None) -> list[Document[Evaluation]]:
    for place, document in enumerate(documents):
        if last is not None and document.path == last.path:
            return documents[: place + 1]
    return documents


def _followed(charter: str, documents: Sequence[Document[Evaluation]]) -> list[Tracked]:
    """The actions of one charter, followed from each evaluation to the next."""
    found: list[Tracked] = []
    for document in documents:
        evaluation = document.model
        if evaluation is None:
            continue
        left = [tracked.action for tracked in found]
        cycle = evaluation.cycle
        for number, (action, same) in enumerate(_pairs(left, evaluation.actions, may_follow=_may_follow)):
            place = next((place for place, each in enumerate(found) if each.action is same), None)
            new = Tracked(action.id or "", action, charter, document, number, cycle, cycle)
            if place is None:
                found.append(new)
            else:
                found[place] = replace(new, id=new.id or found[place].id, since=found[place].since)
        unread = _unread(document)
        found = [
            replace(each, unread=document.path)
            if each.document is not document and is_among(each.action, unread)
            else each
            for each in found
        ]
    return found


def _may_follow(earlier: Action, later: Action) -> bool:
    """What was closed comes back by its id alone: the same words in another year are another action."""
    return earlier.status not in CLOSED_STATUSES or _same_id(earlier, later)


def _named(found: Sequence[Tracked]) -> list[Tracked]:
    """With an id made for each that has none."""
    taken = {tracked.id for tracked in found}
    named, tried = [], dict[str, int]()
    for tracked in found:
        name = tracked.id or new_id(tracked.action.action, tracked.action.aspect or "action", taken, tried)
        taken.add(name)
        named.append(replace(tracked, id=name))
    return named


def new_id(text: str, otherwise: str, taken: Iterable[str | None], tried: dict[str, int] | None = None) -> str:
    """A short name that no other action has, from its first words; from `otherwise` where they have no letters.

    Whoever makes many keeps in `tried` how far each name has been counted: of thousands alike none is counted anew.
    """
    known = taken if isinstance(taken, AbstractSet) else set(taken)
    tried = {} if tried is None else tried
    stem = "-".join(slug(text).split("-")[:5])[:LONGEST_ID].strip("-") or otherwise
    for number in count(tried.get(stem, 1)):
        name = stem if number == 1 else f"{stem}-{number}"
        if name not in known:
            break
    tried[stem] = number
    return name


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
        elif action.status not in CLOSED_STATUSES:
            found.append(ActionMove(action, "no longer listed"))
        elif action.closed is not None and before.day < action.closed.last and action.closed.first <= after.cycle.last:
            found.append(ActionMove(action, action.status))  # closed since, where it was written
    return [move for move in found if move.became]


def _pairs(
    left: list[Action], later: Iterable[Action], may_follow: Callable[[Action, Action], bool] | None = None
) -> list[tuple[Action, Action | None]]:
    """Each later action with the earlier one that it is, which is taken out of `left`. An id goes before words."""
    pairs: list[tuple[Action, Action | None]] = [(action, None) for action in later]
    for is_same in (_same_id, _same_words):
        for number, (action, same) in enumerate(pairs):
            fits = (each for each in left if is_same(each, action) and (may_follow is None or may_follow(each, action)))
            earlier = None if same else next(fits, None)
            if earlier is not None:
                left[:] = [each for each in left if each is not earlier]
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
    return _unread(evaluation.document)


def _unread(document: Document[Evaluation]) -> list[tuple[object, object]]:
    raw = [entry.raw for entry in document.loaded.unreadable_in("actions").values()]
    return [(entry.get("id"), entry.get("action")) for entry in raw if isinstance(entry, dict)]


def is_among(action: Action, unread: list[tuple[object, object]]) -> bool:
    """Whether an action is one of those that `unread_actions` found."""
    words = _words(action.action)
    by_id = action.id is not None and any(name == action.id for name, _ in unread)
    return by_id or any(isinstance(text, str) and _words(text) == words for _, text in unread)


def _became(earlier: Action | None, later: Action, *, was_there: bool) -> str:
    """Empty for an action that was over before and still is."""
    if later.status in CLOSED_STATUSES:
        return "" if earlier is not None and earlier.status == later.status else later.status
    return "carried over" if was_there else "new"
