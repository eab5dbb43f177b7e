"""What a credential says, for people to read and to compare with the paper in their hands."""

from collections.abc import Mapping
from typing import Any

from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Stated:
    """The parts of a credential that people look for; empty where it does not state them, as others' need not."""

    number: str
    issuer: str
    issuer_name: str
    school: str
    urn: str
    ukprn: str
    charter: str
    charter_title: str
    charter_version: str
    charter_text: str
    award: str
    visited: str
    valid_from: str
    valid_until: str
    evidence: tuple[tuple[str, str], ...]


def stated(document: Mapping[str, Any]) -> Stated:
    """What a credential says, whatever its form: a part that has another shape counts as not stated."""
    issuer, subject = document.get("issuer"), _first(document.get("credentialSubject"))
    achievement = _first(subject.get("achievement"))
    whose = {kind: value for value, kind in _pairs(subject.get("identifier"), "identityHash", "identityType")}
    other = {kind: value for value, kind in _pairs(achievement.get("otherIdentifier"), "identifier", "identifierType")}
    return Stated(
        number=_text(subject.get("licenseNumber")),
        issuer=_text(_first(issuer).get("id") or issuer),
        issuer_name=_text(_first(issuer).get("name")),
        school=whose.get("name", ""),
        urn=whose.get("ext:urn", ""),
        ukprn=whose.get("ext:ukprn", ""),
        charter=other.get("ext:charter", ""),
        charter_title=_text(achievement.get("name")),
        charter_version=_text(achievement.get("version")),
        charter_text=other.get("ext:charter_text", ""),
        award=_award(subject, achievement),
        visited=_text(subject.get("activityEndDate"))[:10],
        valid_from=_text(document.get("validFrom"))[:10],
        valid_until=_text(document.get("validUntil"))[:10],
        evidence=tuple(_pairs(document.get("evidence"), "genre", "description")),
    )


def _award(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> str:
    wanted = _text(_first(subject.get("result")).get("achievedLevel"))
    levels = _first(achievement.get("resultDescription")).get("rubricCriterionLevel")
    found = {_text(level.get("id")): _text(level.get("name")) for level in _all(levels)}
    return found.get(wanted, "")


def _all(said: object) -> list[Mapping[str, Any]]:
    items = said if isinstance(said, list) else [said]
    return [item for item in items if isinstance(item, dict)]


def _first(said: object) -> Mapping[str, Any]:
    return next(iter(_all(said)), {})


def _pairs(said: object, first: str, second: str) -> list[tuple[str, str]]:
    return [(_text(item.get(first)), _text(item.get(second))) for item in _all(said)]


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""
