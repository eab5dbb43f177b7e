"""Whether a credential holds: its contexts, its issuer, its signature, its dates and its status, all without a network.

What does not hold is Refused, what cannot be told is Missing; the sentences of both say why.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from charterkit.credential.carriers import extracted
from charterkit.credential.contexts import BADGES, CREDENTIALS, refuse_foreign
from charterkit.credential.issuer import IssuerDocument
from charterkit.credential.library import check_signature, public_of
from charterkit.credential.making import PURPOSES
from charterkit.credential.reading import parsed
from charterkit.credential.shown import Stated, stated
from charterkit.errors import CharterkitError, Missing, Refused
from charterkit.insight.certificates.bits import is_set, unpacked
from charterkit.records import dataclass

_BADGE = ([CREDENTIALS, BADGES],)
_LIST = ([CREDENTIALS],)
_PROOF = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
_MOST_ENTRIES = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about a credential."""

    holds: bool | None
    """None where it cannot be told."""
    stated: Stated | None
    """What the credential says; None where its signature does not hold, or was not looked at."""
    reason: CharterkitError | None = None
    """Why it does not hold, or why it cannot be told."""
    has_status: bool = True
    """Whether it names a status list; nobody can see of one without whether it was revoked."""


def verify(data: bytes, issuers: Iterable[IssuerDocument], lists: Sequence[Mapping[str, Any]], at: datetime) -> Verdict:
    """Whether the credential in a file holds at a moment, by the issuers that are trusted and their status lists.

    Raises Missing without the extra `certificate`; everything else is in the verdict.
    """
    public_of(_SELF_TEST)
    said: Stated | None = None
    try:
        document = parsed(extracted(data))
        _check_kind(document)
        issuer = _issuer(document, issuers)
        _check_proof(document, issuer)
        said = stated(document)
        unknown = _check_status(document, issuer, lists, at)
        _check_dates(document, at)
        if unknown is not None:
            raise unknown
    except Refused as error:
        return Verdict(False, said, error)
    except CharterkitError as error:
        return Verdict(None, said, error)
    return Verdict(True, said, has_status="credentialStatus" in document)


_SELF_TEST = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
"""A public key of an example in W3C's vc-di-eddsa: whether the library is there is asked before anything is read."""


def check_signed(document: dict[str, Any], issuer: IssuerDocument) -> None:
    """Raises CharterkitError unless a credential is whole, an issuer's, and signed with one of its keys."""
    _check_kind(document)
    _check_proof(document, _issuer(document, [issuer]))


def _check_kind(document: Mapping[str, Any]) -> None:
    if "proof" not in document or "credentialSubject" not in document:
        raise Missing("no-credential")
    refuse_foreign(document, _BADGE)
    kinds = document.get("type")
    if not isinstance(kinds, list) or not {"VerifiableCredential", "OpenBadgeCredential"} <= {
        str(kind) for kind in kinds
    }:
        raise Missing("no-credential")


def _issuer(document: Mapping[str, Any], issuers: Iterable[IssuerDocument]) -> IssuerDocument:
    named = issuer_named(document)
    for each in issuers:
        if each.id == named:
            return each
    raise Missing("issuer-unknown", issuer=named or "nobody")


def issuer_named(document: Mapping[str, Any]) -> str:
    """Whom a credential names as its issuer; empty where it names none."""
    issuer = document.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    return named if isinstance(named, str) else ""


def _check_proof(document: dict[str, Any], issuer: IssuerDocument) -> None:
    proof = document.get("proof")
    if not isinstance(proof, dict) or set(proof) != _PROOF:
        raise Refused("bad-proof")
    if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != (
        "DataIntegrityProof",
        "eddsa-rdfc-2022",
        "assertionMethod",
    ):
        raise Refused("bad-proof")
    public = issuer.keys.get(proof["verificationMethod"]) if isinstance(proof["verificationMethod"], str) else None
    if public is None:
        raise Refused("key-not-of-issuer", issuer=issuer.id)
    check_signature(document, public_of(public))


def _check_dates(document: Mapping[str, Any], at: datetime) -> None:
    first, last = moment(document.get("validFrom")), moment(document.get("validUntil"))
    if first is not None and at < first:
        raise Refused("not-yet-valid", day=first.date())
    if last is not None and at > last:
        raise Refused("expired", day=last.date())


def moment(said: object) -> datetime | None:
    """A moment that a credential states; None where it states none. Raises Refused for what is no moment."""
    if said is None:
        return None
    try:
        found = datetime.fromisoformat(said if isinstance(said, str) else "")
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused("bad-moment") from None


def _check_status(
    document: Mapping[str, Any], issuer: IssuerDocument, lists: Sequence[Mapping[str, Any]], at: datetime
) -> Missing | None:
    """Why it cannot be told whether it was revoked or suspended; None where it was not. Raises Refused where it was."""
    said = document.get("credentialStatus", [])
    entries = said if isinstance(said, list) else [said]
    if len(entries) > _MOST_ENTRIES:
        raise Refused("status-bad-entry")
    unknown = None
    for entry in entries:
        try:
            _check_entry(entry, issuer, lists, at)
        except Missing as error:
            unknown = unknown or error
    return unknown


def _check_entry(entry: object, issuer: IssuerDocument, lists: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """Revoked is revoked for good, so an old list tells that as well; of a suspension it tells nothing."""
    purpose, address, place = _entry(entry)
    found = _list(address, purpose, issuer, lists)
    last = moment(found.get("validUntil"))
    is_old = last is not None and at > last
    if is_set(_bits(found), place) and (purpose == "revocation" or not is_old):
        raise Refused("revoked" if purpose == "revocation" else "suspended")
    if is_old:
        raise Missing("status-old", purpose=purpose, day=last)


def _entry(entry: object) -> tuple[str, str, int]:
    if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
        raise Refused("status-bad-entry")
    purpose, address, place = (entry.get(key) for key in ("statusPurpose", "statusListCredential", "statusListIndex"))
    if purpose not in PURPOSES or not isinstance(address, str) or entry.get("statusSize", 1) != 1:
        raise Refused("status-bad-entry")
    if not isinstance(place, str) or not place.isascii() or not place.isdigit() or len(place) > len("33000000"):
        raise Refused("status-bad-entry")
    return str(purpose), address, int(place)


def _list(address: str, purpose: str, issuer: IssuerDocument, lists: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The newest list for a purpose at an address that its issuer has signed. Raises Missing where there is none."""
    named = [found for found in lists if found.get("id") == address]
    if not named:
        raise Missing("status-not-given", address=address)
    good = []
    trouble: CharterkitError | None = None
    for found in named:
        try:
            check_list(found, purpose, issuer)
            good.append(found)
        except Refused as error:
            trouble = error
    if not good:
        raise Missing("status-not-to-be-trusted", address=address, reason=trouble.message if trouble else "")
    return max(good, key=lambda found: moment(found.get("validFrom")) or datetime.min.replace(tzinfo=UTC))


def check_list(found: Mapping[str, Any], purpose: str, issuer: IssuerDocument) -> None:
    """Raises Refused unless a status list is an issuer's, for a purpose, and signed."""
    if issuer_named(found) != issuer.id:
        raise Refused("status-of-another", issuer=issuer_named(found) or "nobody")
    subject, kinds = found.get("credentialSubject"), found.get("type")
    if not isinstance(kinds, list) or "BitstringStatusListCredential" not in kinds or not isinstance(subject, dict):
        raise Refused("status-spoilt")
    if subject.get("type") != "BitstringStatusList" or subject.get("statusPurpose") != purpose:
        raise Refused("status-spoilt")
    _signed_list(json.dumps(found), issuer.id, tuple(sorted(issuer.keys.items())))


@lru_cache(maxsize=8)
def _signed_list(text: str, issuer: str, keys: tuple[tuple[str, str], ...]) -> None:
    """Raises Refused unless a list is signed. One list speaks for thousands of certificates, and is looked at once."""
    document = json.loads(text)
    refuse_foreign(document, _LIST)
    _check_proof(document, IssuerDocument(issuer, dict(keys)))


@lru_cache(maxsize=8)
def _unpacked(text: str) -> bytes:
    return unpacked({"credentialSubject": {"encodedList": text}})


def _bits(found: Mapping[str, Any]) -> bytes:
    return _unpacked(found["credentialSubject"].get("encodedList"))
