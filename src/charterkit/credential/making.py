"""From facts to the unsigned credential: Open Badges 3.0 on W3C Verifiable Credentials 2.0.

Names of members are those of Open Badges 3.0 (1EdTech, section B, read in November 2026) and of the context documents
in this package. The same facts make the same credential, byte for byte.

It names two statuses, revocation and suspension. W3C's model has any number of them; 1EdTech's, and its JSON schema,
one. With either alone a credential of ours is valid by that schema; with both, W3C's model is what it follows.
"""

import base64
import uuid
from datetime import UTC, date, datetime, time
from typing import Any

from charterkit.credential.contexts import BADGES, CREDENTIALS
from charterkit.credential.facts import CertificateFacts, StatusPlace

PURPOSES = ("revocation", "suspension")
"""What there is a status list for: taken back for good, and for the time being."""


def unsigned(facts: CertificateFacts) -> dict[str, Any]:
    """The credential of a certificate, which is not signed yet."""
    said = {
        "@context": [CREDENTIALS, BADGES],
        "id": _urn(facts, "credential"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{facts.charter_title}: certificate {facts.number}",
        "description": f"Made from commit {facts.commit}." if facts.commit else None,
        "issuer": _given(
            {"id": facts.issuer.id, "type": ["Profile"], "name": facts.issuer.name, "url": facts.issuer.url}
        ),
        "validFrom": stamp(facts.valid_from),
        "validUntil": stamp(facts.valid_until, time(23, 59, 59)),
        "credentialSubject": _subject(facts),
        "evidence": [
            _given({"type": ["Evidence"], "name": item.kind, "genre": item.kind, "description": item.when})
            for item in facts.evidence
        ],
        "relatedResource": [_text(facts)],
        "credentialStatus": entries(facts.status) if facts.status else None,
    }
    return _given(said)


def entries(place: StatusPlace) -> list[dict[str, str]]:
    """What a credential says of its status: one entry a list, at the same place in both."""
    return [
        {
            "id": f"{list_address(place.address, purpose)}#{place.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(place.index),
            "statusListCredential": list_address(place.address, purpose),
        }
        for purpose in PURPOSES
    ]


def list_address(folder: str, purpose: str) -> str:
    """The web address of a status list, from that of its folder."""
    return f"{folder.rstrip('/')}/{purpose}.json"


def stamp(day: date, at: time = time()) -> str:
    """A moment as credentials write it, in UTC; of a day its beginning."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, at, UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _subject(facts: CertificateFacts) -> dict[str, Any]:
    known = (("name", facts.school), ("ext:urn", facts.urn), ("ext:ukprn", facts.ukprn))
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
            for kind, value in known
            if value
        ],
        "licenseNumber": facts.number,
        "activityEndDate": stamp(facts.visited),
        "achievement": _achievement(facts),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": _urn(facts, "level"),
                "achievedLevel": _urn(facts, "level", facts.award),
            }
        ],
    }


def _achievement(facts: CertificateFacts) -> dict[str, Any]:
    whole = f"{facts.charter_title}, version {facts.charter_version}"
    criteria = f"A visitor found that the school meets {whole}. Its text has the hash {facts.charter_text}."
    return {
        "id": _urn(facts, "achievement"),
        "type": ["Achievement"],
        "achievementType": "QualityAssuranceCredential",
        "name": facts.charter_title,
        "description": f"What a school has earned that was visited and found to meet {whole}.",
        "version": facts.charter_version,
        "criteria": _given({"id": facts.charter_url, "narrative": criteria}),
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": facts.charter, "identifierType": "ext:charter"},
            {"type": "IdentifierEntry", "identifier": facts.charter_text, "identifierType": "ext:charter_text"},
        ],
        "resultDescription": [_levels(facts)],
    }


def _levels(facts: CertificateFacts) -> dict[str, Any]:
    return {
        "id": _urn(facts, "level"),
        "type": ["ResultDescription"],
        "name": "Award",
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": [
            {
                "id": _urn(facts, "level", award.id),
                "type": ["RubricCriterionLevel"],
                "name": award.label,
                "level": award.id,
            }
            for award in facts.awards
        ],
    }


def _text(facts: CertificateFacts) -> dict[str, str]:
    """The charter's exact text, named by its own digest (RFC 6920): a name that nobody can put another text behind."""
    digest = bytes.fromhex(facts.charter_text.removeprefix("sha256:"))
    name = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return {"id": f"ni:///sha-256;{name}", "digestSRI": f"sha256-{base64.b64encode(digest).decode()}"}


def _urn(facts: CertificateFacts, *parts: str) -> str:
    """A name of its own for a part of a certificate; an achievement and its levels are the charter's."""
    whose = (facts.number,) if parts == ("credential",) else (facts.charter, facts.charter_version, facts.charter_text)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join((facts.issuer.id, *whose, *parts)))}"


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, [], "")}
