"""`charterkit.yaml`: what holds for the whole workspace. All of it optional."""

from dataclasses import field
from typing import ClassVar, Literal

from pydantic import Field

from charterkit.model.base import Colour, Id, Model, entry
from charterkit.model.dates import Interval, PartialDate
from charterkit.model.translation import Language

Code = str


@entry
class Reminders:
    """When people are reminded."""

    within: str | None = None
    alarms: tuple[str, ...] = ()
    re_evaluate: Interval | None = None
    """How long after an evaluation the next one is due."""


@entry
class Check:
    """Which findings the workspace wants to see."""

    select: tuple[Code, ...] = ()
    ignore: tuple[Code, ...] = ()
    severity: dict[Code, Literal["error", "warning", "info"]] = field(default_factory=dict)
    paths: dict[str, tuple[Code, ...]] = field(default_factory=dict)


@entry
class Waiver:
    """An entry of a rule pack that does not hold here, and why."""

    entry: Id
    reason: str


class Config(Model):
    """The workspace's settings."""

    MAY_BE_EMPTY: ClassVar = True
    """An empty file says where the workspace is, which is enough."""

    organisation: str | None = None
    language: Language | None = None
    charter: Id | None = None
    """The default charter's id."""
    reminders: Reminders | None = None
    terms: dict[str, dict[Literal["autumn", "spring", "summer"], tuple[PartialDate, PartialDate]]] = Field(
        default_factory=dict
    )
    logo: str | None = None
    colours: dict[str, Colour] = Field(default_factory=dict)
    check: Check | None = None
    packs: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
