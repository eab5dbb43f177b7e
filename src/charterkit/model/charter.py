"""A charter: key points, each expanded into aspects that a school rates itself on."""

import re
from collections.abc import Iterable
from dataclasses import field
from functools import cached_property
from typing import ClassVar

from charterkit.choices import CharterStatus, DutyProof, EvidenceKind, Phase, RatedParts, SchoolType
from charterkit.model.base import Id, Model, entry, slug
from charterkit.model.dates import Interval
from charterkit.model.language import Language
from charterkit.model.scale import FEWEST, NOT_APPLICABLE, RED_AMBER_GREEN, RESERVED, Level


@entry
class Publisher:
    """Who gave the charter out."""

    name: str
    """Who gave the charter out, by name."""
    url: str | None = None
    """Where it was published: a web address."""


@entry
class FocusGroup:
    """A group of pupils whose families the charter was written for."""

    id: Id
    """Its short name, which ratings use: small letters, digits and hyphens."""
    name: str
    """The group as people call it."""


@entry
class Pledge:
    """One thing a school signs up to do."""

    id: Id
    """Its short name, which the school's sign-up uses: small letters, digits and hyphens."""
    text: str
    """The duty, in one sentence."""
    fulfilled_by: DutyProof | None = None
    """self-evaluation where agreeing one does it, poster where the poster's page on the school's site does."""
    within: Interval | None = None
    """How long after signing it is to be done, such as 3 months; 1 year when left out."""


@entry
class Reference:
    """A publication that is quoted or was read."""

    id: Id
    """Its short name, which `sources` uses: small letters, digits and hyphens."""
    text: str
    """Author, year and title, as in a list of references."""
    url: str | None = None
    """Where it can be read: a web address."""
    page: str | None = None
    """The page or pages that are meant."""


@entry
class Contact:
    """A person, or the role that answers."""

    name: str | None = None
    """The person's name; may be left out."""
    role: str | None = None
    """What they do, such as Headteacher."""
    email: str | None = None
    """An address for work, not a private one."""


@entry
class Example:
    """How another school does it; shown in italics."""

    text: str
    """What the other school does, in a sentence or two."""
    school: str | None = None
    """Whose practice it is, by name."""


@entry
class AppliesTo:
    """The schools that are asked; all of them when left out."""

    phases: tuple[Phase, ...] = ()
    """The phases at which it is asked, such as [primary]; a school whose phase is not known is asked too."""
    types: tuple[SchoolType, ...] = ()
    """The types of school at which it is asked, such as [academy]; one whose type is not known is asked too."""

    def holds(self, phase: Phase | None, type_: SchoolType | None) -> bool:
        """Whether a school of a phase and a type is asked. What is not known rules nothing out."""
        return not (
            (self.phases and phase and phase not in self.phases) or (self.types and type_ and type_ not in self.types)
        )


@entry
class Award:
    """What a school has earned once every aspect that applies to it is at a level or above."""

    id: Id
    """Its short name: small letters, digits and hyphens."""
    label: str
    """The award as people call it, such as Silver."""
    needs: Id
    """The level that every aspect must have reached; one with a lower mark of its own (`met_at`), that mark."""


@entry
class Aspect:
    """One thing a school rates itself on."""

    id: Id
    """Its short name, which evaluations use: small letters, digits and hyphens, unique in the charter."""
    text: str
    """One sentence that can be rated."""
    number: str | None = None
    """Its number in the framework, such as "1.2a", in quotes; shown in place of one that is counted."""
    detail: str | None = None
    """What it looks like when it is done well."""
    levels: dict[Id, str] = field(default_factory=dict)
    """What each level looks like here, by the level's id; any may be left out."""
    next: dict[Id, str] = field(default_factory=dict)
    """What takes a school from a level to the one above it, by the id of the level it is at."""
    met_at: Id | None = None
    """The level at which this aspect counts as met, where it is another than the charter's."""
    applies_to: AppliesTo | None = None
    """The schools that are asked; elsewhere it is not counted and needs no reason."""
    examples: tuple[Example, ...] = ()
    """How other schools do it; shown in italics."""
    evidence: tuple[EvidenceKind, ...] = ()
    """What a visitor will look at."""
    evidence_max_age: Interval | None = None
    """How old what a visitor looks at may be, such as 2 years; the charter's own `evidence_max_age` when left out."""
    sources: tuple[Id, ...] = ()
    """Ids of the charter's references that the aspect was read from."""
    replaces: tuple[Id, ...] = ()
    """Ids in an earlier version that this aspect renames, merges or splits."""


class KeyPoint(Model):
    """A heading of the charter, as on the poster, and its aspects."""

    id: Id
    """Its short name: small letters, digits and hyphens."""
    title: str
    """The heading, as people read it."""
    number: str | None = None
    """Its number in the framework, such as "1.2", in quotes; shown in place of one that is counted."""
    part: str | None = None
    """The heading it stands under, where a framework has one above its key points."""
    poster: str | None = None
    """One short line for the poster; the title when left out."""
    detail: str | None = None
    """What the key point is about, in a few sentences; shown before its aspects."""
    examples: tuple[Example, ...] = ()
    """How other schools do it; shown in italics."""
    sources: tuple[Id, ...] = ()
    """Ids of the charter's references that the detail and the examples were read from."""
    applies_to: AppliesTo | None = None
    """The schools that are asked about its aspects; elsewhere they are not counted and need no reason."""
    aspects: tuple[Aspect, ...]
    """What a school rates itself on under this heading, in the order in which it is asked."""


class Charter(Model):
    """One version of a charter."""

    ENTRIES: ClassVar = (("key_points", "*", "aspects", "*"),)

    id: Id
    """The charter's short name: small letters, digits and hyphens. All its versions share it."""
    version: str
    """Which version this file is, such as "1"; each version is a file of its own."""
    title: str
    """The charter's name, as people read it."""
    status: CharterStatus | None
    """draft while it is being written, published once schools use it, withdrawn when they no longer should."""
    publisher: Publisher | None = None
    """Who gave the charter out."""
    purpose: str | None = None
    """What the charter is for, in one paragraph."""
    strategic_priority: str | None = None
    """The plan it serves."""
    focus_groups: tuple[FocusGroup, ...] = ()
    """Groups of pupils whose families the charter was written for; ratings may name them."""
    provenance: str | None = None
    """Where the practice was collected from."""
    pledge: tuple[Pledge, ...] = ()
    """What a school signs up to do."""
    scale: tuple[Level, ...] = RED_AMBER_GREEN
    """From worst to best, 2 to 7 levels."""
    met_at: Id | None = None
    """The level at which an aspect counts as met; the last one when left out."""
    rated: RatedParts = "aspects"
    """What an evaluation gives a level to: aspects (also when left out), key-points, or both."""
    awards: tuple[Award, ...] = ()
    """What a school can earn, from lowest to highest; one, for every aspect met, when left out."""
    evidence_max_age: Interval | None = None
    """How old what a visitor looks at may be, such as 2 years, where an aspect says nothing else."""
    written_in: Language | None = None
    """The language the charter is written in, such as cy; the workspace's own when left out."""
    key_points: tuple[KeyPoint, ...]
    """The charter's headings, as on the poster, each with its aspects."""
    references: tuple[Reference, ...] = ()
    """Publications that are quoted or were read."""
    contacts: tuple[Contact, ...] = ()
    """Who can help with the charter."""

    @cached_property
    def aspects(self) -> dict[str, Aspect]:
        """Every aspect by id, in the charter's order; of two with one id, the first."""
        found: dict[str, Aspect] = {}
        for point in self.key_points:
            for aspect in point.aspects:
                found.setdefault(aspect.id, aspect)
        return found

    @cached_property
    def key_point_of(self) -> dict[str, KeyPoint]:
        """The key point each aspect stands under."""
        found: dict[str, KeyPoint] = {}
        for point in self.key_points:
            for aspect in point.aspects:
                found.setdefault(aspect.id, point)
        return found

    @cached_property
    def levels(self) -> dict[str, Level]:
        """The scale by id, worst first; of two with one id, the first."""
        found: dict[str, Level] = {}
        for level in self.scale:
            if level.id not in RESERVED:
                found.setdefault(level.id, level)
        return found

    @cached_property
    def _words(self) -> dict[str, str]:
        """By word, as `slug` makes it, what it means: ids, then labels that only one level has, then "n/a"."""
        found = {level: level for level in self.levels}
        labels = [slug(level.label) for level in self.levels.values()]
        for level in self.levels.values():
            if labels.count(slug(level.label)) == 1:
                found.setdefault(slug(level.label), level.id)
        for word in _NOT_APPLICABLE_WORDS:
            found.setdefault(word, NOT_APPLICABLE)
        return found

    def level_of(self, word: str) -> str | None:
        """The level, or not-applicable, that a word in a file means: an id or a label, in any case; else None."""
        return self._words.get(word) or self._words.get(slug(word))

    @property
    def has_scale(self) -> bool:
        """Whether ratings can be given and read: at least two levels, and none that could not be read itself."""
        return FEWEST <= len(self.levels) == len(self.scale)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Each level's place on the scale, the worst 0."""
        return {level: rank for rank, level in enumerate(self.levels)}

    @cached_property
    def met_rank(self) -> int:
        """The rank from which an aspect is met, where it does not say so itself."""
        return self.ranks.get(self.met_at or "", len(self.levels) - 1)

    @cached_property
    def _marks(self) -> dict[str, int]:
        return {name: self.ranks.get(aspect.met_at or "", self.met_rank) for name, aspect in self.aspects.items()}

    def mark(self, aspect: str) -> int:
        """The rank from which an aspect is met."""
        return self._marks.get(aspect, self.met_rank)

    def max_age(self, aspect: str) -> Interval | None:
        """How old what a visitor looks at may be for an aspect; None where the charter does not say."""
        known = self.aspects.get(aspect)
        return (known.evidence_max_age if known else None) or self.evidence_max_age

    def is_met(self, aspect: str, level: str | None) -> bool:
        """Whether a rating of an aspect reaches its mark."""
        rank = self.ranks.get(level or "")
        return rank is not None and rank >= self._marks.get(aspect, self.met_rank)

    @property
    def rates_key_points(self) -> bool:
        """Whether key points get a level of their own, and so the whole."""
        return self.rated != "aspects"

    @property
    def rated_noun(self) -> str:
        """What is counted as one: an aspect, or a key point where those alone are rated."""
        return "key point" if self.rated == "key-points" else "aspect"

    @property
    def rated_kind(self) -> str:
        """The same within a sentence, with its article."""
        return self.rated_article[:1].lower() + self.rated_article[1:]

    @property
    def rated_article(self) -> str:
        """The same at the start of a sentence, with its article."""
        return "A key point" if self.rated == "key-points" else "An aspect"

    @property
    def ratings_key(self) -> str:
        """The key of an evaluation's file under which what is rated one by one stands."""
        return "key_points" if self.rated == "key-points" else "ratings"

    def asked_of(self, phase: Phase | None, type_: SchoolType | None) -> "Charter":
        """The charter as a school of a phase and a type is asked: without what does not apply there."""
        if not any(point.applies_to or any(each.applies_to for each in point.aspects) for point in self.key_points):
            return self
        kept = [
            point.model_copy(update={"aspects": tuple(each for each in point.aspects if _applies(each, phase, type_))})
            for point in self.key_points
            if _applies(point, phase, type_)
        ]
        return self.with_points(point for point in kept if point.aspects)

    def as_rated(self) -> "Charter":
        """The charter as it is rated: where only key points are, each is the one thing to rate under itself."""
        if self.rated != "key-points":
            return self
        made = self.with_points(point.model_copy(update={"aspects": (_itself(point),)}) for point in self.key_points)
        made.__dict__["below"] = {point.id: point.aspects for point in self.key_points}
        return made

    @cached_property
    def below(self) -> dict[str, tuple[Aspect, ...]]:
        """Where key points alone are rated, what says under each what it is about, by its id; nothing elsewhere."""
        return {}

    def with_points(self, points: Iterable[KeyPoint]) -> "Charter":
        """The same with other key points. A copy keeps what was worked out from the old ones, which has to go."""
        copy = self.model_copy(update={"key_points": tuple(points)})
        for worked_out in ("aspects", "key_point_of", "_marks"):
            copy.__dict__.pop(worked_out, None)
        return copy


def _itself(point: KeyPoint) -> Aspect:
    """A key point as the one thing that is rated under it: its aspects are what it looks like when it is done well."""
    looks = "\n".join(aspect.text for aspect in point.aspects)
    kinds = tuple(dict.fromkeys(kind for aspect in point.aspects for kind in aspect.evidence))
    return Aspect(id=point.id, text=point.title, number=point.number, detail=looks or None, evidence=kinds)


def _applies(part: KeyPoint | Aspect, phase: Phase | None, type_: SchoolType | None) -> bool:
    return part.applies_to is None or part.applies_to.holds(phase, type_)


_NOT_APPLICABLE_WORDS = (NOT_APPLICABLE, "does-not-apply", "n-a", "na")
"""As answers from tables have them; a charter may have a level of such a name, which then is meant."""


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Sorts "1", "1.1", "1.2a", "v2", "10", "v11" as people count; no two texts are equal."""
    parts = re.findall(r"\d+|[^\d.-]+", re.sub(r"^[vV](?=\d)", "", version))
    return (*(_part_key(part) for part in parts), (-1, version))


def _part_key(part: str) -> tuple[int, str]:
    """Letters come before digits; numbers go by their length first, so that none is too long to be counted."""
    if not part.isdecimal():
        return 0, part
    digits = "".join(str(int(digit)) for digit in part).lstrip("0")
    return 1 + len(digits), digits
