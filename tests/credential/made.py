"""A certificate of a made-up school, its issuer and its status lists, made once: keys and signatures take time."""

import copy
import stat
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from charterkit.credential.facts import AwardFacts, CertificateFacts, IssuerFacts, LookedAt, StatusPlace
from charterkit.credential.issuer import IssuerDocument, issuer_document, read_issuer
from charterkit.credential.issuing import issue, text_of
from charterkit.credential.keys import SigningKey, new_key, signing_key
from charterkit.credential.making import PURPOSES
from charterkit.credential.status import signed_list
from charterkit.credential.verifying import Verdict, verify

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
UNTIL = datetime(2026, 12, 22, tzinfo=UTC)
ISSUER = "did:web:charter.example"
STATUS = "https://charter.example/status"
PLACE = 4711
FACTS = CertificateFacts(
    number="CE-2026-014",
    issuer=IssuerFacts(id=ISSUER, name="Made-up Borough", url="https://charter.example"),
    school="Ysgol Gwneud, Llanfair “Example” School",
    urn="100001",
    ukprn="10000001",
    charter="community-engagement",
    charter_title="Charter for engaging families",
    charter_version="1",
    charter_text=f"sha256:{'0f' * 32}",
    charter_url="https://charter.example/charter",
    awards=(AwardFacts(id="silver", label="Silver"), AwardFacts(id="gold", label="Gold")),
    award="silver",
    visited=date(2026, 3, 12),
    valid_from=date(2026, 3, 20),
    valid_until=date(2029, 3, 31),
    evidence=(LookedAt(kind="survey", when="2025-10"), LookedAt(kind="walkthrough", when="2026-03-12")),
    status=StatusPlace(address=STATUS, index=PLACE),
    commit="0123456789abcdef0123456789abcdef01234567",
)


@cache
def key(which: int = 1) -> SigningKey:
    folder = Path(mkdtemp(prefix="ck-keys-"))
    folder.chmod(stat.S_IRWXU)
    made = new_key(folder, None, date(2026, 3, 1))
    assert which
    return signing_key(folder, made.id, None)


@cache
def _credential() -> dict[str, Any]:
    return issue(FACTS, key(), NOW)


def credential() -> dict[str, Any]:
    return copy.deepcopy(_credential())


def issuer(*keys: SigningKey) -> IssuerDocument:
    return read_issuer(issuer_document(ISSUER, {each.id: each.public for each in keys or (key(),)}))


@cache
def lists(revoked: tuple[int, ...] = (), suspended: tuple[int, ...] = ()) -> tuple[dict[str, Any], ...]:
    places = dict(zip(PURPOSES, (revoked, suspended), strict=True))
    return tuple(signed_list(ISSUER, STATUS, each, places[each], key=key(), made=NOW, until=UNTIL) for each in PURPOSES)


def verdict(document: dict[str, Any] | bytes, **other: Any) -> Verdict:
    data = document if isinstance(document, bytes) else text_of(document)
    given = {"issuers": [issuer()], "lists": lists(), "at": NOW, **other}
    return verify(data, **given)


def reason(document: dict[str, Any] | bytes, **other: Any) -> tuple[bool | None, str]:
    found = verdict(document, **other)
    return found.holds, found.reason.code if found.reason else ""
