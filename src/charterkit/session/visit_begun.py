"""Which visit is meant: the one that was asked for or begun, or a new one, its file and its charter version."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from charterkit.choices import VisitPurpose
from charterkit.errors import Conflict, Missing, Refused
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.charter_text import text_hash
from charterkit.insight.evaluations.choosing import charter_for
from charterkit.insight.evaluations.evaluated import asked_of, timeline
from charterkit.insight.visits.choosing import held_visit, in_time, is_open_request, open_request, visits_about
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.visit import Visit
from charterkit.records import dataclass

_GOES_ON = timedelta(days=30)
"""How long after its day a visit without an outcome is gone on with, where no day is said."""
_MOST_A_DAY = 9


@dataclass(frozen=True, slots=True)
class VisitMeant:
    """One visit to a school, there or to be begun."""

    folder: SchoolFolder
    path: str
    charter: Charter
    """In the version that the visit is about, as the school is asked."""
    whole: Charter
    """The same as its file has it."""
    existing: Document[Visit] | None
    head: Mapping[str, Any]
    """What the file says of the visit, where it does not yet."""


def visit_meant(
    workspace: Workspace,
    folder: SchoolFolder,
    charter: str | None,
    today: date,
    *,
    when: PartialDate | None = None,
    purpose: VisitPurpose | None = None,
) -> VisitMeant:
    """The visit of a day, else the newest that was asked for or begun and has not ended, else a new one.

    Raises CharterkitError for a day to come, where the file that is meant cannot be read, and where the school's own
    self-evaluations are of other versions of the charter than the visit.
    """
    if when and when.first > today:
        raise Refused("visit-not-come", when=when.spoken)
    chosen = charter_for(workspace, folder, charter)
    existing = _found(folder, chosen, today, when, purpose)
    its = existing.model if existing else None
    on = when or PartialDate.of(today)
    head = {"date": on, "purpose": purpose or (its.purpose if its else None) or "support"}
    made = _made(folder, chosen, existing, on, head)
    _refuse_other_version(workspace, folder, made)
    return replace(made, head={**made.head, "charter_text": text_hash(made.whole)})


def request_meant(workspace: Workspace, folder: SchoolFolder, charter: str | None, today: date) -> VisitMeant:
    """The request for a certification visit that is still open, else a new one of today. Raises as `visit_meant`."""
    chosen = charter_for(workspace, folder, charter)
    on = PartialDate.of(today)
    head = {"purpose": "certification", "requested": on}
    return _made(folder, chosen, open_request(folder, chosen.id), on, head)


def visit_of(workspace: Workspace, folder: SchoolFolder, charter: str | None, when: PartialDate | None) -> VisitMeant:
    """The visit of a day, else the newest that has taken place, as it stands. Raises NotThere where there is none."""
    existing = held_visit(workspace, folder, charter, when)
    chosen = charter_for(workspace, folder, charter)
    return _made(folder, chosen, existing, PartialDate.of(date.min), {})


def _made(
    folder: SchoolFolder, chosen: Charter, existing: Document[Visit] | None, on: PartialDate, head: Mapping[str, Any]
) -> VisitMeant:
    """The visit of a file, or of a new one of a day."""
    workspace = folder.workspace
    version = _version(workspace, existing, chosen) if existing else chosen.version
    document = workspace.charters[chosen.id, version]
    if document.model is None:
        raise Missing("unreadable-first", path=document.path)
    path = existing.path if existing else new_visit_path(workspace, folder, on)
    head = {"charter": chosen.id, "charter_version": version, **head}
    return VisitMeant(folder, path, asked_of(folder, document.model), document.model, existing, head)


def new_visit_path(workspace: Workspace, folder: SchoolFolder, when: PartialDate) -> str:
    """`visits/<day>.yaml`, with a number behind where there is one of that name. Raises CharterkitError for a tenth."""
    names = [str(when), *(f"{when}-{number}" for number in range(2, _MOST_A_DAY + 1))]
    for name in names:
        path = f"{folder.path}/visits/{name}.yaml"
        if not os.path.lexists(workspace.root / path):
            return path
    raise Conflict("visits-of-a-day", path=f"{folder.path}/visits/{when}.yaml")


def _found(
    folder: SchoolFolder, charter: Charter, today: date, when: PartialDate | None, purpose: VisitPurpose | None
) -> Document[Visit] | None:
    for document in folder.visits:
        if document.model is None and (when is None or document.stem.startswith(str(when))):
            raise Missing("unreadable-first", path=document.path)
    its = [each for each in visits_about(folder, charter.id) if each.model and purpose in (None, each.model.purpose)]
    if when is not None:
        dated = [each for each in its if each.model and each.model.date == when]
        return next(
            iter(dated), next((each for each in reversed(its) if each.model and is_open_request(each.model)), None)
        )
    open_ones = [each for each in its if each.model and _goes_on(each.model, today)]
    return max(open_ones, key=in_time, default=None)


def _goes_on(visit: Visit, today: date) -> bool:
    """Whether a visit has not ended: it was asked for, or its day is near and nobody wrote down an outcome."""
    if visit.outcome is not None:
        return False
    if visit.date is None:
        return visit.requested is not None
    return visit.date.first <= today <= visit.date.last + _GOES_ON


def _version(workspace: Workspace, document: Document[Visit], chosen: Charter) -> str:
    """The version that a visit's file names. Raises CharterkitError for one that the workspace lacks."""
    version = document.model.charter_version if document.model else None
    if version and (chosen.id, version) not in workspace.charters:
        known = [each.version for each in workspace.versions(chosen.id)]
        raise Missing("visit-of-no-version", path=document.path, version=version, charter=chosen.id, known=known)
    return version or chosen.version


def _refuse_other_version(workspace: Workspace, folder: SchoolFolder, made: VisitMeant) -> None:
    """Raises CharterkitError where the school has rated itself, but on no version that the visit is about."""
    own = timeline(workspace, folder, made.charter.id)
    version = made.charter.version
    if own and version not in {held.charter.version for held in own}:
        raise Refused("visit-of-other-version", path=made.path, version=version, own=own[-1].charter.version)
