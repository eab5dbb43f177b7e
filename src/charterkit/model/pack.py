"""A rule pack: which policies a school must have, how often they are reviewed and who may approve them."""

from typing import ClassVar

from charterkit.choices import Approver, Phase, RequirementLevel, SchoolType
from charterkit.model.base import Id, Model, YesNo, entry
from charterkit.model.dates import Interval, PartialDate


@entry
class Requirement:
    """One policy or document that there must be."""

    id: Id
    """Its short name, which a policy's `requirement` and a waiver's `entry` use."""
    title: str
    """What it is called in the source."""
    names: tuple[str, ...] = ()
    """Other titles under which schools keep it."""
    kinds: tuple[SchoolType, ...] = ()
    """The kinds of school that must have it: maintained, academy; both when left out."""
    phases: tuple[Phase, ...] = ()
    """The phases for which it holds; all when left out."""
    level: RequirementLevel = "school"
    """Who must have it: each school, or the trust once."""
    every: Interval | None = None
    """The longest time from one review to the next; live, or as needed where the board is free."""
    recommended: YesNo = False
    """Whether the source recommends the interval rather than demands it."""
    approvers: tuple[Approver, ...] = ()
    """Who may approve it; anybody whom the board chooses when left out."""
    publish: YesNo | None = None
    """Whether it must be on the website."""
    reference: str | None = None
    """The law or guidance that demands it."""
    url: str | None = None
    """Where that can be read: a web address."""
    checked_on: PartialDate | None = None
    """When the entry was compared with its source; left out where it was not."""
    note: str | None = None
    """What else is worth knowing, such as a special case."""


class Pack(Model):
    """One list of what there must be, with its source. It is advice, and no more right than that."""

    ENTRIES: ClassVar = (("entries", "*"),)

    id: Id
    """The pack's short name, which charterkit.yaml uses under `packs`."""
    title: str
    """What the source is called."""
    publisher: str | None = None
    """Who published it."""
    url: str | None = None
    """Where it can be read: a web address."""
    published: PartialDate | None = None
    """When the source was published."""
    checked_on: PartialDate | None = None
    """When the pack was compared with it."""
    basis: str | None = None
    """What it was compared with, and what could not be checked."""
    replaces: Id | None = None
    """The pack whose source this one's replaced."""
    entries: tuple[Requirement, ...]
    """What there must be."""
