"""A self-evaluation: one school, one charter, one cycle; what its leaders think of each aspect."""

from dataclasses import field
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from charterkit.model.base import Id, Model, entry
from charterkit.model.charter import EvidenceKind
from charterkit.model.dates import Cycle, PartialDate


@entry
class Person:
    """Somebody with a role; the name may be left out."""

    role: str | None = None
    name: str | None = None


@entry
class Evidence:
    """Where the rating can be seen: on paper, on screen or in practice."""

    kind: EvidenceKind
    survey: Id | None = None
    """The survey's id, for kind survey."""
    question: Id | None = None
    path: str | None = None
    """A file inside the school's folder, for kind document."""
    sha256: str | None = None
    url: str | None = None
    date: PartialDate | None = None
    by: str | None = None
    with_: Annotated[str | None, Field(alias="with")] = None
    """With whom, for kind conversation."""
    note: str | None = None


@entry
class Rating:
    """What the school's leaders say about one aspect. Without a `rating` it is not yet rated."""

    rating: Id | None = None
    """A level of the charter's scale, or not-applicable."""
    reason: str | None = None
    """Why it does not apply; required for not-applicable."""
    strengths: str | None = None
    note: str | None = None
    ideas: tuple[str, ...] = ()
    """How the school might improve."""
    groups: dict[Id, Id] = field(default_factory=dict)
    """A level for one of the charter's focus groups."""
    evidence: tuple[Evidence, ...] = ()


@entry
class Action:
    """One line of the action plan."""

    action: str
    id: Id | None = None
    aspect: Id | None = None
    owner: str | None = None
    due: PartialDate | None = None
    success: str | None = None
    """How the school will know that it worked."""
    status: Literal["planned", "in-progress", "done", "dropped"] = "planned"


class Evaluation(Model):
    """One self-evaluation. A date or cycle that cannot be read is None, and a finding says so."""

    ENTRIES: ClassVar = (("ratings", "*"), ("actions", "*"))

    charter: Id
    charter_version: str
    cycle: Cycle | None
    date: PartialDate | None
    status: Literal["draft", "agreed"] = "draft"
    rated_by: tuple[Person, ...] = ()
    ratings: dict[Id, Rating]
    actions: tuple[Action, ...] = ()
