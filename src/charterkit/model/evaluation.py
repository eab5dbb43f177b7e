"""A self-evaluation: one school, one charter, one cycle; what its leaders think of each aspect."""

from dataclasses import field
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from charterkit.choices import ActionStatus, EvaluationStatus, EvidenceKind
from charterkit.findings import TreePath
from charterkit.model.base import Id, Model, TextHash, entry
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.value import Value


@entry
class Person:
    """Somebody with a role; the name may be left out."""

    role: str | None = None
    """What they do, such as Headteacher."""
    name: str | None = None
    """The person's name; may be left out."""
    email: str | None = None
    """An address for work, not a private one."""


@entry
class Evidence:
    """Where the rating can be seen: on paper, on screen or in practice."""

    kind: EvidenceKind
    """What sort of evidence it is."""
    survey: Id | None = None
    """The survey's id, for kind survey."""
    question: Id | None = None
    """The id of the survey's question, for kind survey."""
    path: str | None = None
    """A file inside the school's folder, for kind document."""
    sha256: str | None = None
    """The file's SHA-256 hash, which shows whether it has changed since; for kind document."""
    url: str | None = None
    """A web address, for kind link."""
    date: PartialDate | None = None
    """When it was seen, heard or written."""
    by: str | None = None
    """Who saw or heard it."""
    with_: Annotated[str | None, Field(alias="with")] = None
    """With whom, for kind conversation."""
    note: str | None = None
    """What it shows."""


@entry
class TargetLevel:
    """The level the school means to reach, and by when."""

    level: Id
    """A level of the charter's scale."""
    by: PartialDate | None = None
    """By when: a day, a month or a year."""


@entry
class Rating:
    """What the school's leaders say about one aspect. Without a `rating` it is not yet rated."""

    rating: Id | None = None
    """A level of the charter's scale, or not-applicable."""
    reason: str | None = None
    """Why it does not apply; required for not-applicable."""
    strengths: str | None = None
    """What is going well."""
    note: str | None = None
    """Whatever explains the rating: one line, or several after a |."""
    ideas: tuple[str, ...] = ()
    """How the school might improve."""
    groups: dict[Id, Id] = field(default_factory=dict)
    """A level for one of the charter's focus groups."""
    evidence: tuple[Evidence, ...] = ()
    """Where the rating can be seen: on paper, on screen or in practice."""
    target: TargetLevel | None = None
    """The level the school means to reach, and by when."""
    value: Value | None = None
    """What was counted or measured, with its unit, such as 62% or 14 families."""
    carried: Cycle | None = None
    """The cycle from which what stands here was copied, as long as nobody has looked at it again."""


@entry
class Action:
    """One line of the action plan."""

    action: str
    """What is to be done, in one sentence."""
    id: Id | None = None
    """Its short name, unique in this file: small letters, digits and hyphens."""
    aspect: Id | None = None
    """The id of the aspect it is to improve."""
    owner: str | None = None
    """Who sees to it, by role or name."""
    due: PartialDate | None = None
    """By when: a day, a month or a year."""
    success: str | None = None
    """How the school will know that it worked."""
    status: ActionStatus = "planned"
    """How far it has got; planned when left out."""
    carried_from: Cycle | None = None
    """The cycle whose action of the same id this one goes on from: that line is history then."""
    closed: PartialDate | None = None
    """When it was done or dropped."""
    note: str | None = None
    """What became of it, or what stands in its way."""


class Evaluation(Model):
    """One self-evaluation. A date or cycle that cannot be read is None, and a finding says so."""

    ENTRIES: ClassVar = (("ratings", "*"), ("key_points", "*"), ("actions", "*"))
    EITHER: ClassVar = ("ratings", "key_points")
    """The first may be left out where the second stands: a charter may have key points rated and no aspect."""

    charter: Id
    """The id of the charter the school is rated on."""
    charter_version: str
    """The charter's version, such as "1"."""
    cycle: Cycle | None
    """The academic year, such as 2025-26, or one of its terms, such as 2025-26-autumn."""
    date: PartialDate | None
    """When the school rated itself: the day of the meeting."""
    status: EvaluationStatus = "draft"
    """draft while it is filled in (also when left out), agreed once the leaders stand by it."""
    charter_text: TextHash | None = None
    """What the charter's text was when it was agreed: sha256: and 64 digits, written by charterkit."""
    rated_by: tuple[Person, ...] = ()
    """Who rated the school."""
    ratings: dict[Id, Rating]
    """One entry for each aspect, by the aspect's id; what has no entry is not yet rated. Left out beside key_points."""
    key_points: dict[Id, Rating] = Field(default_factory=dict)
    """Where the charter rates key points: one entry for each, by the key point's id. Never worked out from aspects."""
    overall: Rating | None = None
    """What the leaders say of the whole. Never worked out from aspects or key points."""
    intent: str | None = None
    """What the school means to reach in this cycle, said at its start."""
    impact: str | None = None
    """What has changed for families, said at its end."""
    actions: tuple[Action, ...] = ()
    """The action plan: what will be done, by whom and by when."""
    rater: str | None = None
    """In evaluations/drafts/: whose ratings before the meeting these are."""

    @model_validator(mode="before")
    @classmethod
    def _without_ratings(cls, tree: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        ratings, points = cls.EITHER
        is_left_out = isinstance(tree, dict) and ratings not in tree and isinstance(tree.get(points), dict)
        return {**tree, ratings: {}} if is_left_out else tree

    @property
    def entries(self) -> list[tuple[TreePath, Rating]]:
        """Every entry with its place: about aspects, then about key points, then about the whole."""
        found: list[tuple[TreePath, Rating]] = [(("ratings", name), rating) for name, rating in self.ratings.items()]
        found += [(("key_points", name), rating) for name, rating in self.key_points.items()]
        return [*found, (("overall",), self.overall)] if self.overall else found


class RaterDraft(Evaluation):
    """One person's ratings before the meeting. No self-evaluation of the school: nothing but a merge reads it."""
