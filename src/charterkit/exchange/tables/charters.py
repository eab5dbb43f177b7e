"""The tables about charters: their versions, their levels, and what is rated one by one."""

from collections.abc import Iterator
from typing import NamedTuple

from charterkit.exchange.tables.columns import BLANKS, TidyTable, flag, public, spelt, text, whole
from charterkit.files.workspace import Document, Workspace
from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.model.charter import Aspect, Charter
from charterkit.model.scale import Level, level_keys

KEY = ("charter", "charter_version")
TO_CHARTER = (KEY, "charters")
"""The way from a table whose rows are of one version of a charter."""


class CharterVersion(NamedTuple):
    """A charter version that can be read."""

    document: Document[Charter]
    charter: Charter


def charter_versions(workspace: Workspace) -> list[CharterVersion]:
    """Every version that evaluations may name, by id and version."""
    found = ((document, document.model) for document in workspace.charters.values())
    versions = [CharterVersion(document, model) for document, model in found if model]
    return sorted(versions, key=lambda each: (each.charter.id, each.charter.version))


def is_given_out(charter: Charter) -> bool:
    """Whether a version may be shown to everybody: no draft, and its status can be read."""
    return charter.status in ("published", "withdrawn")


def _publisher(its: CharterVersion) -> str | None:
    return its.charter.publisher.name if its.charter.publisher else None


CHARTERS = TidyTable(
    "charters",
    "Every version of every charter that is here, those that come with charterkit too.",
    KEY,
    (
        *public(
            text("charter", "charter.id", "charter/id").filled,
            text("charter_version", "charter.version", "charter/version").filled,
            text("title", "charter.title", "charter/title").filled,
            text("status", "charter.status", "charter/status"),
            text("publisher", _publisher, "charter/Publisher.name"),
            text("purpose", "charter.purpose", "charter/purpose"),
            text("provenance", "charter.provenance", "charter/provenance"),
            text("rated", "charter.rated", "charter/rated").filled,
            text("met_at", "charter.met_at", "charter/met_at"),
            spelt("written_in", "charter.written_in", "charter/written_in"),
            flag("is_builtin", "document.builtin", "", "Whether it came with charterkit.").filled,
        ),
        text("strategic_priority", "charter.strategic_priority", "charter/strategic_priority"),
        spelt("evidence_max_age", "charter.evidence_max_age", "charter/evidence_max_age"),
    ),
)


class CharterLevel(NamedTuple):
    """A level of a charter version, its place from the worst one, and what it is answered by."""

    charter: Charter
    level: Level
    rank: int
    key: str


def levels_of(charter: Charter) -> Iterator[CharterLevel]:
    """A version's levels, worst first."""
    levels = list(charter.levels.values())
    for rank, (level, key) in enumerate(zip(levels, level_keys(levels), strict=True)):
        yield CharterLevel(charter, level, rank, key.key)


LEVELS = TidyTable(
    "levels",
    "The levels of each charter version, which ratings name.",
    (*KEY, "level"),
    public(
        text("charter", "charter.id", "charter/id").filled,
        text("charter_version", "charter.version", "charter/version").filled,
        text("level", "level.id", "charter/Level.id").filled,
        whole("rank", "rank", "", "Its place on the scale, the worst 0.").filled,
        text("label", "level.label", "charter/Level.label").filled,
        text("letter", "key", "charter/Level.letter"),
        text("meaning", lambda its: its.level.meaning or None, "charter/Level.meaning"),
        text("colour", "level.colour", "charter/Level.colour"),
    ),
    (TO_CHARTER,),
)


class CharterAspect(NamedTuple):
    """An aspect of a charter version, and how it is numbered."""

    charter: Charter
    aspect: Aspect
    position: int
    number: str


def aspects_of(charter: Charter) -> Iterator[CharterAspect]:
    """What of a version is rated one by one, in its order: where key points alone are rated, those."""
    rated = charter.as_rated()
    numbers = numbers_shown(rated)
    for position, (name, aspect) in enumerate(rated.aspects.items(), 1):
        yield CharterAspect(rated, aspect, position, numbers[name])


ASPECTS = TidyTable(
    "aspects",
    "What each charter version has rated one by one: its aspects, or its key points where those alone are rated.",
    (*KEY, "aspect"),
    (
        *public(
            text("charter", "charter.id", "charter/id").filled,
            text("charter_version", "charter.version", "charter/version").filled,
            text("aspect", "aspect.id", "charter/Aspect.id").filled,
            whole("position", "position", "", "Its place in the charter, from 1.").filled,
            text("number", "number", "", "Its number as documents show it.").filled,
            text("key_point", lambda its: its.charter.key_point_of[its.aspect.id].id, "charter/KeyPoint.id").filled,
            text(
                "key_point_title", lambda its: its.charter.key_point_of[its.aspect.id].title, "charter/KeyPoint.title"
            ).filled,
            text("text", "aspect.text", "charter/Aspect.text").filled,
            whole(
                "met_rank",
                lambda its: its.charter.mark(its.aspect.id),
                "",
                "The rank of the level from which it is met.",
            ).filled,
            spelt("replaces", "aspect.replaces", "charter/Aspect.replaces", BLANKS),
        ),
        text("detail", "aspect.detail", "charter/Aspect.detail"),
        spelt("evidence", "aspect.evidence", "charter/Aspect.evidence", BLANKS),
        spelt("evidence_max_age", "aspect.evidence_max_age", "charter/Aspect.evidence_max_age"),
    ),
    (TO_CHARTER,),
)
