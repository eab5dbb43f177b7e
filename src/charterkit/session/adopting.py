"""A trust's policy that a member adopts, written into the member's folder."""

import os
from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from charterkit.errors import Conflict, NotThere, Refused
from charterkit.files.schema_line import schema_line
from charterkit.files.together import NewFile, Rewrite
from charterkit.files.undo_notes import save_noted
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.emit import document
from charterkit.insight.policies.adopting import adopted_at, held_on
from charterkit.insight.policies.choosing import called, several_meant
from charterkit.insight.policies.control import LONGEST
from charterkit.insight.policies.deciding import approvals
from charterkit.insight.policies.register import Registered, register
from charterkit.model.base import nearest
from charterkit.model.dates import PartialDate
from charterkit.session.policy_step import write_all


class NewlyAdopted(NamedTuple):
    """What was written: the file, whether it is new, and the version; None where the trust's policy names none."""

    path: str
    is_new: bool
    version: str | None


def find_adoptable(workspace: Workspace, name: str, school: SchoolFolder, today: date) -> Registered:
    """The policy of the school's trust or authority that has an id or a title.

    Raises CharterkitError where there is none that holds for the school, or a title is that of several.
    """
    known = list(register(workspace, today, school.slug))
    above = {each.id: each for each in known if each.folder.slug != school.slug}
    found = [above[name]] if name in above else called(above.values(), name)
    if len(found) > 1:
        raise several_meant(name, found)
    if found:
        return found[0]
    if own := [each.id for each in known if each.id == name] or [each.id for each in called(known, name)]:
        raise Conflict("own-policy", name=own[0], school=school.school.name)
    raise NotThere("no-policy-above", name=name, school=school.school.name, meant=nearest(name, above), known=[*above])


def adopt(
    workspace: Workspace,
    found: Registered,
    school: SchoolFolder,
    said: Mapping[str, str | None],
    when: PartialDate,
    *,
    without: Collection[str] = (),
) -> NewlyAdopted:
    """Write that the school has adopted it. What is not `said` (version, by, changes) stays as it was.

    Keys of `without` (by, changes) are taken out.

    Raises CharterkitError for a version that the trust had not approved by then, and for a file with a mistake.
    """
    _refuse_texts(said)
    version = _version(found, said.get("version"), when)
    facts: dict[str, Any] = {"version": version, "date": when, "by": said.get("by"), "changes": said.get("changes")}
    facts = {key: value for key, value in facts.items() if value is not None}
    title = f"{found.title}: adopted {when.spoken}"
    before = adopted_at(school, found.folder.slug, found.id, found.policy).document
    if before is not None:
        if before.loaded.problems:
            raise Refused("has-mistake", path=before.path)
        changes = [Change((key,), value) for key, value in facts.items() if getattr(before.model, key) != value]
        changes += [Change((key,), remove=True) for key in without if getattr(before.model, key) is not None]
        if not changes:
            raise Conflict("adopted-already", path=before.path)
        after = remade(workspace.root / before.path, before.data, partial(edited, changes=changes))
        write_all(workspace, [Rewrite(before.path, before.data, after, title)])
        return NewlyAdopted(before.path, is_new=False, version=version)
    path = f"{school.path}/adopted/{found.id}.yaml"
    if os.path.lexists(workspace.root / path):
        raise Conflict("file-already", path=path)
    text = schema_line(workspace.root, path, "adoption") + document(
        {"policy": found.id, "from": found.folder.slug, **facts}
    )
    save_noted(workspace.root, [NewFile(path, text.encode(), title)])
    workspace.refresh()
    return NewlyAdopted(path, is_new=True, version=version)


def _refuse_texts(said: Mapping[str, str | None]) -> None:
    for key, text in said.items():
        if text is not None and (not text.strip() or len(text) > LONGEST):
            raise Refused("bad-text", key=key, what="empty" if not text.strip() else "too long")
        if text is not None and key != "changes" and len(text.splitlines()) > 1:
            raise Refused("line-break", key=key)


def _version(found: Registered, said: str | None, when: PartialDate) -> str | None:
    """The version that is meant: as said, else the one that held on the day."""
    known = approvals(found.policy)
    if said is None and not known:
        return None
    if said is not None and said not in known:
        raise NotThere("no-approved-version", version=said, title=found.title, known=list(known))
    version = said or held_on(found.policy, when)
    begun = known[version] if version else min(known.values())
    if version is None or when.last < begun.first:
        raise Refused("adopted-before-approved", when=when.spoken, spoken=begun.spoken, title=found.title)
    return version
