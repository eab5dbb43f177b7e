"""What to write where an action is added, changed, closed or carried over: changes to a file, none of them made here.

Each is of one entry of one file's `actions`. An action that had no id in its file gets the one that it is called by.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Literal

from charterkit.choices import OPEN_STATUSES, ActionStatus
from charterkit.errors import Conflict, Refused
from charterkit.files.workspace import Document
from charterkit.files.yaml.edit import Change
from charterkit.findings import TreePath
from charterkit.insight.evaluations.actions import Tracked
from charterkit.insight.evaluations.lineage import lineage
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Action, Evaluation
from charterkit.records import dataclass

LONGEST = 2000
"""Characters of a text about an action."""
_ORDER = ("id", "aspect", "action", "owner", "due", "success", "note", "status", "carried_from")
"""In which a new line has its keys."""

Became = Literal["done", "carry on", "drop"]
"""What people say of an open action."""
Facts = Mapping[str, Any]
"""Keys of an action and what they are to hold; an empty text takes the key out."""


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """What a form says of one action, and the cell it says it in. `id` is empty for a new one, `became` then None."""

    where: str
    id: str
    became: Became | None
    facts: Facts


def added(name: str, facts: Facts) -> Change:
    """A new line for the action plan."""
    return _line({"id": name, "status": "planned", **facts})


def changed(tracked: Tracked, facts: Facts) -> list[Change]:
    """Other facts for an action. One that was closed is open again with another status.

    Raises CharterkitError where its last line cannot be read, or nothing is to be changed.
    """
    _demand_readable(tracked)
    if not facts:
        raise Refused("nothing-to-change", name=tracked.id)
    at = _place(tracked)
    made = [_set(at, key, value) for key, value in facts.items()]
    if facts.get("status") in OPEN_STATUSES and tracked.action.closed is not None:
        made.append(Change((*at, "closed"), remove=True))
    return [*named(tracked), *made]


def closed(tracked: Tracked, status: ActionStatus, on: PartialDate, today: date, note: str | None) -> list[Change]:
    """That an action is done or dropped, and when. Raises CharterkitError for a day to come, or an unreadable line."""
    _demand_readable(tracked)
    if on.first > today:
        raise Refused("date-not-come", when=on.spoken)
    at = _place(tracked)
    said = [_set(at, "note", note)] if note else []
    return [*named(tracked), Change((*at, "status"), status), Change((*at, "closed"), on), *said]


def carried(tracked: Tracked, into: Document[Evaluation], aspect: str | None, facts: Facts) -> Change:
    """The line of a later evaluation by which an open action goes on there.

    Raises CharterkitError where it stands there already, is closed, or its last line cannot be read.
    """
    _demand_readable(tracked)
    if tracked.document.path == into.path:
        raise Conflict("action-there-already", name=tracked.id, path=into.path)
    if not tracked.is_open:
        raise Refused("action-is-closed", name=tracked.id, status=tracked.action.status)
    action = tracked.action
    kept = {key: getattr(action, key) for key in ("action", "owner", "due", "success", "status")}
    return _line({**kept, "id": tracked.id, "aspect": aspect, "carried_from": tracked.cycle, **facts})


def aspect_in(aspect: str | None, old: Charter | None, new: Charter, versions: list[Charter]) -> str | None:
    """The aspect of a later charter version that an action is about now; None where nobody can tell.

    It keeps its own name where the later version has it, else that of the only one that goes on from it.
    """
    if aspect is None or aspect in new.aspects or old is None or aspect not in old.aspects:
        return aspect if aspect in new.aspects else None
    heirs = [heir for heir, olds in lineage(old, new, versions).items() if aspect in olds]
    return heirs[0] if len(heirs) == 1 else None


def demand_fit(facts: Mapping[str, str | None]) -> None:
    """Raises CharterkitError for a text that is only blanks, too long, or on several lines where one is meant.

    An empty text is for taking a key out; of the action's own words something has to be left.
    """
    for key, text in facts.items():
        if text is None:
            continue
        if key == "action" and not text.strip():
            raise Refused("empty-action")
        if (text and not text.strip()) or len(text) > LONGEST:
            raise Refused("bad-text", key=key, what="too long" if len(text) > LONGEST else "empty")
        if key != "note" and len(text.splitlines()) > 1:
            raise Refused("line-break", key=key)


def _line(facts: Facts) -> Change:
    keys = [*_ORDER, *(each.name for each in fields(Action) if each.name not in _ORDER)]
    line = {key: facts[key] for key in keys if facts.get(key) not in (None, "")}
    return Change(("actions",), line, append=True)


def _place(tracked: Tracked) -> TreePath:
    return ("actions", tracked.document.loaded.position(("actions",), tracked.number))


def named(tracked: Tracked) -> list[Change]:
    """What gives an action in its own file the id that it is called by; nothing where it has one."""
    return [] if tracked.action.id else [Change((*_place(tracked), "id"), tracked.id)]


def _set(at: TreePath, key: str, value: Any) -> Change:  # noqa: ANN401 - a text, a date, a status
    return Change((*at, key), remove=True) if value == "" else Change((*at, key), value)


def _demand_readable(tracked: Tracked) -> None:
    if tracked.unread:
        raise Refused("action-unreadable", name=tracked.id, path=tracked.unread)
