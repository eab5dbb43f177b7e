"""What a body has to decide at its next meeting."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from charterkit.errors import Conflict, NotThere
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.deciding import awaited, bodies_of, plain_body, undecided
from charterkit.insight.policies.register import Registered, register, within
from charterkit.model.base import nearest
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy
from charterkit.records import dataclass


class Decision(StrEnum):
    """Why a policy comes before a body."""

    WAITING = "waiting"
    FIRST = "first-time"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One policy on the agenda, and by when it is due; None where no date says so."""

    why: Decision
    registered: Registered
    due: PartialDate | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a body has to decide. `until` is the day before which what is due is listed."""

    body: str
    meeting: date | None
    following: date | None
    until: date
    is_stated: bool
    """Whether charterkit.yaml states any meeting of the body."""
    items: tuple[AgendaItem, ...]


def known_bodies(workspace: Workspace, policies: Sequence[Registered]) -> list[str]:
    """All of them and those of which a meeting is stated, each once whatever its capitals."""
    stated = stated_bodies(workspace)
    names = [name for each in policies for name in bodies_of(each.policy, stated)]
    names += [meeting.body for meeting in workspace.config.meetings]
    found = {plain_body(name): name for name in reversed(names) if name.strip()}
    return sorted(found.values(), key=str.casefold)


def find_body(workspace: Workspace, policies: Sequence[Registered], said: str) -> str:
    """The body that is meant by its name, in capitals or not, or by a part of it that fits one.

    Raises NotThere where none is, Conflict where several are.
    """
    known, wanted = known_bodies(workspace, policies), plain_body(said)
    found = [name for name in known if plain_body(name) == wanted]
    found = found or [name for name in known if wanted and wanted in plain_body(name)]
    if not found:
        raise NotThere("no-body", name=said, meant=nearest(said, known), known=known)
    if len(found) > 1:
        raise Conflict("several-bodies", name=said, known=found)
    return found[0]


def is_decided_by(policy: Policy, body: str, stated: Collection[str]) -> bool:
    """Whether a body, as it is called, decides on a policy; `stated` as `stated_bodies` has them."""
    return plain_body(body) in map(plain_body, bodies_of(policy, stated))


def stated_bodies(workspace: Workspace) -> frozenset[str]:
    """The plain names of the bodies whose meetings charterkit.yaml states."""
    return frozenset(plain_body(meeting.body) for meeting in workspace.config.meetings)


def agenda(workspace: Workspace, today: date, said: str, slug: str | None = None, on: date | None = None) -> Agenda:
    """What a body has to decide at its meeting on a day, the next one that is stated where none is said.

    What is due before the meeting after that is listed too; where none is stated, what is due within the settings'
    window after it.
    """
    every = list(register(workspace, today, slug))
    body = find_body(workspace, every, said)
    stated = [each.date for each in workspace.config.meetings if plain_body(each.body) == plain_body(body)]
    days = sorted(each.first for each in stated if each.day)
    meeting = on or next((day for day in days if day >= today), None)
    start = meeting or today
    following = next((day for day in days if day > start), None)
    until = following or start + timedelta(days=within(workspace))
    names = stated_bodies(workspace)
    items = (item for each in every if is_decided_by(each.policy, body, names) for item in _items(each, until))
    order = list(Decision)
    return Agenda(
        body,
        meeting,
        following,
        until,
        bool(stated),
        tuple(sorted(items, key=lambda item: (order.index(item.why), item.due.last if item.due else date.max))),
    )


def _items(each: Registered, until: date) -> Iterator[AgendaItem]:
    policy, due = each.policy, each.next.due
    if awaited(policy) or (each.is_in_force and undecided(policy)):
        yield AgendaItem(Decision.WAITING, each, due if awaited(policy) else None)
    elif policy.status == "draft":
        yield AgendaItem(Decision.FIRST, each, None)
    elif each.is_in_force and due is not None and due.last < until:
        yield AgendaItem(Decision.DUE, each, due)
