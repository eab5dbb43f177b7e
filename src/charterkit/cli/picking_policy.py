"""Which policy a command is about."""

import os
from datetime import date
from typing import TYPE_CHECKING

from charterkit.cli.options import Session, day
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.insight.policies.register import Registered

_MOST = 12


def find_policy(call: Session, name: str, school: str | None, today: date | None = None) -> "Registered":
    """The policy of an id: of one school, its trust's included, or the only one of the workspace.

    Where a school and its trust both have one, the school's own is meant. Raises CharterkitError where there is none,
    where there are several, or where its file cannot be read.
    """
    from charterkit.insight.policies.register import register

    slug = call.workspace.school(school).slug if school else None
    now = today or day(os.environ.get("CHARTERKIT_TODAY"))
    known = list(register(call.workspace, now, slug))
    matches = [one for one in known if one.id == name]
    own = [one for one in matches if one.folder.slug == slug] or matches
    if not own:
        raise _nothing(call, name, slug, [one.id for one in known])
    if len(own) > 1:
        raise _several(name, own)
    return own[0]


def _several(name: str, found: "list[Registered]") -> CharterkitError:
    schools = list(dict.fromkeys(one.folder.slug for one in found))
    if len(schools) == 1:
        paths = " and ".join(one.document.path for one in found)
        return CharterkitError(f"There are {len(found)} policies '{name}' here: {paths}.", "Give one another id.")
    return CharterkitError(f"Several schools have a policy '{name}'.", f"Add --school with one of: {_some(schools)}.")


def _nothing(call: Session, name: str, slug: str | None, known: list[str]) -> CharterkitError:
    from charterkit.insight.organisations import Organisations
    from charterkit.model.base import nearest

    slugs = call.workspace.slugs if slug is None else [slug, *Organisations(call.workspace).above(slug)]
    documents = [one for each in slugs for one in call.workspace.school(each).policies]
    for document in documents:
        if document.model is None and document.stem == name:
            return CharterkitError(f"{document.path} cannot be read.", "Run 'charterkit check' and mend what it names.")
    ids = list(dict.fromkeys(known))
    meant = nearest(name, ids)
    hint = f"Did you mean {meant}?" if meant else f"There is: {_some(ids)}."
    place = f" of {call.workspace.school(slug).school.name}" if slug else ""
    return CharterkitError(f"There is no policy '{name}'{place}.", hint if ids else "No policy is kept here yet.")


def _some(names: list[str]) -> str:
    if len(names) <= _MOST:
        return ", ".join(names)
    return f"{', '.join(names[:_MOST])} and {len(names) - _MOST} more"
