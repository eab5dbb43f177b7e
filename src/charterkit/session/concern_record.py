"""A concern raised under a policy, put into its file, and closed: a date and a category, no story and no names."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from charterkit.errors import Conflict, Missing, NotThere, Refused
from charterkit.files.together import Rewrite
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.reader import parse, value_at
from charterkit.insight.policies.concerns import is_open, next_id, open_of
from charterkit.insight.policies.register import Registered
from charterkit.model.base import nearest
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Concern
from charterkit.session.policy_step import write_all


def add_concern(
    workspace: Workspace, found: Registered, when: PartialDate, said: Mapping[str, str | None], today: date
) -> str:
    """Put a concern into the policy's file; the id that was made for it. Raises CharterkitError for a day to come."""
    if when.first > today:
        raise Refused("not-come", when=when.spoken)
    tree = parse(found.document.data).tree
    entries = value_at(tree, ("concerns",))
    known = [str(value_at(entry, ("id",)) or "") for entry in entries] if isinstance(entries, list) else []
    name = next_id(known)
    facts = {"id": name, "raised": when, **{key: text for key, text in said.items() if text is not None}}
    _write(workspace, found, [Change(("concerns",), facts, append=True)], f"{found.title}: concern {name} added")
    return name


def close_concern(
    workspace: Workspace, found: Registered, name: str | None, when: PartialDate, outcome: str, *, today: date
) -> Concern:
    """Say when a concern was settled, and how; the concern as it was. `name` may be left out where one is open.

    Raises CharterkitError where there is none, where several are open, or for days that cannot be.
    """
    number, concern = _concern(found, name)
    if when.first > today:
        raise Refused("not-come", when=when.spoken)
    if concern.raised and when.last < concern.raised.first:
        raise Refused("closed-before-raised", when=when.spoken, raised=concern.raised.spoken)
    if not is_open(concern):
        raise Conflict("concern-closed-already", name=concern.id)
    place = found.document.loaded.position(("concerns",), number)
    changes = [Change(("concerns", place, "closed"), when), Change(("concerns", place, "outcome"), outcome)]
    _write(workspace, found, changes, f"{found.title}: concern {concern.id} closed")
    return concern


def _concern(found: Registered, name: str | None) -> tuple[int, Concern]:
    """The concern of an id, or of its file's number."""
    known = list(enumerate(found.policy.concerns))
    open_ones = open_of(found.policy)
    if name is None:
        if len(open_ones) == 1:
            return open_ones[0]
        if not open_ones:
            raise NotThere("no-open-concern", title=found.title)
        raise Conflict("several-open-concerns", title=found.title, known=[concern.id for _, concern in open_ones])
    meant = [each for each in known if name in (each[1].id, each[1].reference)]
    if not meant:
        ids = [concern.id for _, concern in known]
        raise NotThere("no-concern", name=name, title=found.title, meant=nearest(name, ids), known=ids)
    if len(meant) > 1:
        raise Conflict("several-open-concerns", title=found.title, known=[concern.id for _, concern in meant])
    return meant[0]


def _write(workspace: Workspace, found: Registered, changes: list[Change], said: str) -> None:
    path, data = found.document.path, found.document.data
    if found.document.model is None:
        raise Missing("unreadable", path=path)
    after = remade(workspace.root / path, data, partial(edited, changes=changes))
    write_all(workspace, [Rewrite(path, data, after, said)])
