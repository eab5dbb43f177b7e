"""What is missing for a certification visit, aspect by aspect: the one home of that question.

A need that `blocks` stands against asking for the visit. The others are worth seeing to before it: a visitor will look
for evidence of the kinds that the charter names, and an action that is open shows that something is still to come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import Tracked, open_actions
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, timeline
from charterkit.model.charter import Aspect, Charter
from charterkit.text.english import alternatives

NeedKind = Literal["evaluation", "duty", "level", "evidence", "action"]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is missing, as a sentence without its full stop; `aspect` is empty where it is the school's."""

    kind: NeedKind
    text: str
    blocks: bool
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Where a school stands before a certification visit, by its newest agreed self-evaluation, else the newest."""

    charter: Charter
    found: Evaluated | None
    needs: tuple[Need, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands against asking for the visit."""
        return not any(need.blocks for need in self.needs)

    @property
    def blocking(self) -> list[Need]:
        """What stands against it."""
        return [need for need in self.needs if need.blocks]

    def of(self, aspect: str) -> list[Need]:
        """What is missing of an aspect."""
        return [need for need in self.needs if need.aspect == aspect]


def readiness(workspace: Workspace, folder: SchoolFolder, charter: Charter) -> Readiness:
    """What is missing for a school's visit by a charter, as the school is asked: of the whole first, then by aspect."""
    every = [held for held in timeline(workspace, folder, charter.id) if held.charter.version == charter.version]
    agreed = [held for held in every if held.evaluation.status == "agreed"]
    found = next(reversed(agreed or every), None)
    return Readiness(charter, found, tuple(_needs(folder, charter, found)))


def _needs(folder: SchoolFolder, charter: Charter, found: Evaluated | None) -> Iterator[Need]:
    yield from _duties(folder, charter)
    if found is None:
        yield Need("evaluation", "There is no self-evaluation of this version of the charter", blocks=True)
        return
    if found.evaluation.status != "agreed":
        text = f"The self-evaluation of {found.cycle.spoken} is a draft that the leaders have not agreed"
        yield Need("evaluation", text, blocks=True)
    actions = open_actions(folder, charter.id)
    for aspect in charter.aspects.values():
        yield from _of_aspect(aspect, found, actions)


def _duties(folder: SchoolFolder, charter: Charter) -> Iterator[Need]:
    """The sign-up, and those of its duties that nobody has ticked off."""
    signed = next((each for each in folder.school.charters if each.charter == charter.id), None)
    if signed is None:
        yield Need("duty", "The school has not signed up to the charter", blocks=True)
        return
    for pledge in charter.pledge:
        if pledge.id not in signed.pledges:
            yield Need("duty", f"Still to do: {pledge.text}", blocks=True)


def _of_aspect(aspect: Aspect, found: Evaluated, actions: list[Tracked]) -> Iterator[Need]:
    standing = found.standings.get(aspect.id)
    if standing is None or standing.state is RatingState.NOT_APPLICABLE:
        return
    if not found.is_met(aspect.id):
        mark = list(found.charter.levels.values())[found.charter.mark(aspect.id)].label
        states = {RatingState.NOT_RATED: "not yet rated", RatingState.UNREADABLE: "its rating cannot be read"}
        stands = standing.level.label if standing.level else states[standing.state]
        yield Need("level", f"{stands}; it counts as met at {mark}", blocks=True, aspect=aspect.id)
    seen = {piece.kind for piece in standing.entry.evidence} if standing.entry else set()
    if aspect.evidence and not seen & set(aspect.evidence):
        kinds = alternatives([_A[kind] for kind in aspect.evidence])
        yield Need(
            "evidence", f"no evidence of a kind that the charter asks for: {kinds}", blocks=False, aspect=aspect.id
        )
    for tracked in actions:
        if tracked.action.aspect == aspect.id:
            yield Need("action", f"an action is open: {tracked.action.action}", blocks=False, aspect=aspect.id)


_A = {
    "survey": "a survey",
    "document": "a document",
    "link": "a web page",
    "walkthrough": "a walk round",
    "observation": "an observation",
    "conversation": "a conversation",
}
"""Kinds of evidence in a sentence."""
