"""What a file itself says has happened, and when: the only clock that a copy of the workspace shares with it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from charterkit.files.kinds import school_kind
from charterkit.files.workspace import Workspace
from charterkit.model.base import Model
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.visit import Visit

START = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
MOST = 2**31 - 1
"""The largest integer of RFC 5545, section 3.3.8; reached in 2068."""


def sequence(workspace: Workspace, path: str, today: date) -> int:
    """A number that grows with what happened, by the file alone: never by when it was copied or written to.

    It is the last day on which something happened, in seconds since 2000, and how often something did. What was agreed
    for a day to come has happened, the day has not.
    """
    model = workspace.read(path, school_kind(path)).model if workspace.snapshot.has(path) else None
    days = list(happenings(model)) if model else []
    last = max((day.last for day in days if day.first <= today), default=date.min)
    seconds = int(datetime.combine(last, time(), UTC).timestamp()) - START if last > date.min else 0
    return min(max(seconds, 0) + len(days), MOST)


def happenings(model: Model) -> Iterator[PartialDate]:
    """The dates of what happened to a policy, an evaluation with its actions, a visit or a school's sign-up."""
    if isinstance(model, Policy):
        yield from (event.date for event in model.history)
        yield from (day for day in (model.issued,) if day)
    elif isinstance(model, Evaluation):
        yield from (day for day in (model.date, *(action.closed for action in model.actions)) if day)
    elif isinstance(model, Visit):
        given = [made.issued for made in (model.certificate, *model.earlier_certificates) if made]
        yield from (day for day in (model.requested, model.date, *model.agreed_dates, *given) if day)
    elif isinstance(model, School):
        for signed in model.charters:
            yield from (day for day in (signed.signed, *signed.pledges.values()) if day)


def address(workspace: Workspace, path: str) -> str:
    """Where a policy can be read, as its file says; empty for what is no policy, or where it says nothing."""
    model = workspace.read(path, school_kind(path)).model if workspace.snapshot.has(path) else None
    publication = model.publication if isinstance(model, Policy) else None
    return (publication.url if publication else None) or ""
