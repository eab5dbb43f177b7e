"""A certificate holds as it was issued, and no other way: what was changed is found, with the reason."""

import json
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from charterkit.credential.issuer import IssuerDocument, issuer_document, read_issuer
from charterkit.credential.issuing import issue, text_of
from charterkit.credential.library import signed
from charterkit.credential.status import free_place, signed_list
from charterkit.credential.verifying import check_list, check_signed
from charterkit.errors import CharterkitError, Refused
from charterkit.insight.certificates.bits import SIZE, places_set
from tests.credential.made import (
    FACTS,
    ISSUER,
    NOW,
    PLACE,
    STATUS,
    UNTIL,
    credential,
    issuer,
    key,
    lists,
    reason,
    verdict,
)
from tests.sampling import sample

SLOW = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_it_holds_and_says_what_it_is() -> None:
    found = verdict(credential())
    assert found.holds is True
    assert found.stated
    assert (found.stated.number, found.stated.school, found.stated.award) == ("CE-2026-014", FACTS.school, "Silver")
    assert (found.stated.valid_from, found.stated.valid_until) == ("2026-03-20", "2029-03-31")
    assert found.stated.charter_text == FACTS.charter_text
    assert found.stated.evidence == (("survey", "2025-10"), ("walkthrough", "2026-03-12"))


def test_other_orders_and_white_space_hold() -> None:
    def turned(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: turned(part[name]) for name in reversed(part)}
        return [turned(item) for item in part] if isinstance(part, list) else part

    assert reason(json.dumps(turned(credential())).encode()) == (True, "")
    assert reason(b"\xef\xbb\xbf\r\n\t" + json.dumps(credential(), indent="\t").encode()) == (True, "")


def values(part: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if not isinstance(part, dict | list):
        return [way]
    inner = part.items() if isinstance(part, dict) else enumerate(part)
    return [found for name, value in inner for found in values(value, (*way, name))]


def changed(way: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    document = credential()
    part: Any = document
    for name in way[:-1]:
        part = part[name]
    if value is None:
        del part[way[-1]]
    else:
        part[way[-1]] = value
    return document


@pytest.mark.parametrize("how", ["other", pytest.param("gone", marks=SLOW), pytest.param("space", marks=SLOW)])
def test_every_changed_value_is_found(how: str) -> None:
    taken = []
    for way in sample(values(credential()), 1 if how == "other" else 3):
        old: Any = credential()
        for name in way:
            old = old[name]
        other = {"other": not old if isinstance(old, bool) else f"{old}x", "gone": None, "space": f"{old} "}[how]
        found = verdict(changed(way, other))
        if found.holds or found.stated:
            taken.append(way)
    assert taken == []


@SLOW
def test_every_changed_byte_of_the_signature_is_found() -> None:
    proof = credential()["proof"]["proofValue"]
    for place in sample(range(len(proof)), 3):
        other = "2" if proof[place] != "2" else "3"
        found, code = reason(changed(("proof", "proofValue"), proof[:place] + other + proof[place + 1 :]))
        assert (found, code) == (False, "bad-signature"), place


def test_what_is_added_is_found() -> None:
    for name, value in {
        "alsoKnownAs": "x",
        "note": "Gold",
        "https://example.org/x": "y",
        "termsOfUse": {"type": "X"},
    }.items():
        assert verdict({**credential(), name: value}).holds is False, name
    twice = [*credential()["credentialStatus"], credential()["credentialStatus"][0]]
    for name, idle in {"refreshService": [], "credentialStatus": twice}.items():  # means the same: no signature tells
        assert reason({**credential(), name: idle}) == (False, "not-covered"), name
    empty = credential()
    empty["credentialSubject"]["achievement"]["tag"] = []
    assert reason(empty) == (False, "not-covered")
    nested = credential()
    nested["credentialSubject"]["@context"] = {"@vocab": "https://example.org/"}
    assert reason(nested) == (False, "foreign-context")
    for contexts in ([*credential()["@context"], {"@vocab": "https://example.org/#"}], credential()["@context"][::-1]):
        assert reason({**credential(), "@context": contexts}) == (False, "foreign-context")


def test_days_of_validity() -> None:
    def at(*when: int) -> tuple[bool | None, str]:
        moment = datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]
        fresh = tuple(
            signed_list(ISSUER, STATUS, each, (), key=key(), made=moment, until=moment)
            for each in ("revocation", "suspension")
        )
        return reason(credential(), at=moment, lists=fresh)

    assert at(2026, 3, 19, 23, 59) == (False, "not-yet-valid")
    assert at(2026, 3, 20) == at(2029, 3, 31, 23, 59, 59) == (True, "")
    assert at(2029, 4, 1) == (False, "expired")


def test_keys_and_issuers() -> None:
    assert reason(credential(), issuers=[]) == (None, "issuer-unknown")
    assert reason(credential(), issuers=[issuer(key(2))]) == (False, "key-not-of-issuer")
    forged = issue(FACTS, key(2), NOW)
    assert reason(forged) == (False, "key-not-of-issuer")
    forged["proof"]["verificationMethod"] = credential()["proof"]["verificationMethod"]
    assert reason(forged) == (False, "bad-signature")
    assert reason(forged, issuers=[issuer(key(2), key())]) == (False, "bad-signature")
    rotated = issuer(key(2), key())
    assert reason(credential(), issuers=[rotated]) == reason(issue(FACTS, key(2), NOW), issuers=[rotated]) == (True, "")


def test_status() -> None:
    assert reason(credential(), lists=lists((PLACE,))) == (False, "revoked")
    assert reason(credential(), lists=lists((), (PLACE,))) == (False, "suspended")
    assert reason(credential(), lists=lists((PLACE - 1, PLACE + 1), (0, SIZE - 1))) == (True, "")
    assert reason(credential(), lists=()) == (None, "status-not-given")
    late = UNTIL + timedelta(days=1)
    assert reason(credential(), at=late) == (None, "status-old")
    assert reason(credential(), at=late, lists=lists((PLACE,))) == (False, "revoked")
    assert reason(credential(), at=late, lists=lists((), (PLACE,))) == (None, "status-old")
    older = signed_list(ISSUER, STATUS, "revocation", (), key=key(), made=NOW - timedelta(days=3), until=UNTIL)
    assert reason(credential(), lists=(*lists((PLACE,)), older)) == (False, "revoked")
    undated = again(lists()[0], validFrom=None)
    assert reason(credential(), lists=(undated, *lists((PLACE,)))) == (False, "revoked")
    assert reason(credential(), lists=({**lists((PLACE,))[0], "id": "https://charter.example/x"},)) == (
        None,
        "status-not-given",
    )


def again(document: dict[str, Any], **other: Any) -> dict[str, Any]:
    """It says something else, and its own issuer has signed that; None takes a member out."""
    said = {name: value for name, value in {**document, **other}.items() if value is not None and name != "proof"}
    return signed(said, key().private, key().method(ISSUER), NOW)


def entry(place: int | str = PLACE, **other: Any) -> dict[str, Any]:
    first: dict[str, Any] = credential()["credentialStatus"][0]
    return {**first, "id": f"{STATUS}#{place}", "statusListIndex": str(place), **other}


SIGNED: list[tuple[dict[str, Any], tuple[bool | None, str]]] = [
    ({"type": ["VerifiableCredential"]}, (None, "no-credential")),
    ({"type": "VerifiableCredential"}, (None, "no-credential")),
    ({"credentialSubject": None}, (None, "no-credential")),
    ({"issuer": None}, (None, "issuer-unknown")),
    ({"validUntil": "soon"}, (False, "bad-moment")),
    ({"validUntil": "2026-11-22T13:00:00+02:00"}, (False, "expired")),
    ({"validUntil": "2026-11-22T13:00:00-02:00"}, (True, "")),
    ({"credentialStatus": entry(type=["BitstringStatusListEntry", "Evidence"])}, (False, "status-bad-entry")),
    ({"credentialStatus": entry(statusPurpose="message")}, (False, "status-bad-entry")),
    ({"credentialStatus": entry(statusSize=2)}, (False, "status-bad-entry")),
    ({"credentialStatus": entry("-1")}, (False, "status-bad-entry")),
    ({"credentialStatus": entry("٣")}, (False, "status-bad-entry")),
    ({"credentialStatus": entry("33000000")}, (False, "status-no-place")),
    ({"credentialStatus": entry("033000000")}, (False, "status-bad-entry")),
    ({"credentialStatus": [entry(place) for place in range(8)]}, (True, "")),
    ({"credentialStatus": [entry(place) for place in range(9)]}, (False, "status-bad-entry")),
]
"""What its own issuer might sign in a certificate's place, and what becomes of that."""


def test_what_its_own_issuer_has_signed_is_looked_at_all_the_same() -> None:
    for other, wanted in SIGNED:
        assert reason(again(credential(), **other)) == wanted, other
    without = verdict(again(credential(), credentialStatus=None))
    assert (without.holds, without.has_status, verdict(credential()).has_status) == (True, False, True)
    proof = credential()["proof"]
    for spoilt in ({**proof, "domain": "x"}, {**proof, "proofPurpose": "authentication"}, "x"):
        assert reason({**credential(), "proof": spoilt}) == (False, "bad-proof"), spoilt
    unsigned = {name: value for name, value in credential().items() if name != "proof"}
    assert reason(unsigned) == (None, "no-credential")
    nobody = verdict({**credential(), "issuer": {}}).reason
    assert nobody
    assert nobody.facts == {"issuer": "nobody"}


def test_what_no_signature_would_cover_is_not_signed() -> None:
    for other, code in (
        ({"note": "x"}, "not-covered"),
        ({"refreshService": []}, "not-covered"),
        ({"@context": ["https://example.org/x"]}, "not-signed"),
    ):
        with pytest.raises(Refused) as said:
            again(credential(), **other)
        assert said.value.code == code
    nested = credential()["credentialSubject"]
    nested["achievement"]["tag"] = []
    with pytest.raises(Refused) as said:
        again(credential(), credentialSubject=nested)
    assert "credentialSubject/achievement/tag: an empty list" in said.value.message


def test_what_an_issuer_says_that_it_signed_is_that_and_a_certificate() -> None:
    check_signed(credential(), issuer())
    for document, by in (
        ({**credential(), "name": "Gold"}, issuer()),
        (credential(), issuer(key(2))),
        (credential(), IssuerDocument("did:web:other.example", issuer().keys)),
        (lists()[0], issuer()),
    ):
        with pytest.raises(CharterkitError):
            check_signed(document, by)


def test_a_list_is_its_issuer_s_and_for_its_purpose() -> None:
    good = lists()[0]
    check_list(good, "revocation", issuer())
    subject = good["credentialSubject"]
    for other, code in (
        ({"issuer": "did:web:other.example"}, "status-of-another"),
        ({"issuer": None}, "status-of-another"),
        ({"type": ["VerifiableCredential"]}, "status-spoilt"),
        ({"type": "BitstringStatusListCredential"}, "status-spoilt"),
        ({"credentialSubject": [subject]}, "status-spoilt"),
        ({"credentialSubject": {**subject, "type": "List"}}, "status-spoilt"),
        ({"credentialSubject": {**subject, "statusPurpose": "suspension"}}, "status-spoilt"),
    ):
        with pytest.raises(Refused) as said:
            check_list({**good, **other}, "revocation", issuer())
        assert said.value.code == code, other
        assert (said.value.facts.get("issuer") == "nobody") is (other == {"issuer": None})
    badge = again(good, **{"@context": credential()["@context"]})
    with pytest.raises(Refused) as said:
        check_list(badge, "revocation", issuer())
    assert said.value.code == "foreign-context"
    why = verdict(credential(), lists=({**good, "issuer": "did:web:other.example"},)).reason
    assert why
    assert "did:web:other.example" in why.message


def test_lists_that_are_not_to_be_relied_on() -> None:
    def with_first(first: dict[str, Any]) -> tuple[bool | None, str]:
        return reason(credential(), lists=(first, lists()[1]))

    bad = (None, "status-not-to-be-trusted")
    other = "did:web:other.example"
    assert with_first(signed_list(other, STATUS, "revocation", (), key=key(), made=NOW, until=UNTIL)) == bad
    assert with_first(signed_list(ISSUER, STATUS, "revocation", (), key=key(2), made=NOW, until=UNTIL)) == bad
    assert with_first({**lists()[0], "validUntil": "2030-01-01T00:00:00Z"}) == bad
    assert with_first({**lists()[1], "id": lists()[0]["id"]}) == bad
    spoilt = {name: value for name, value in lists()[0].items() if name != "proof"}
    short = {**spoilt, "credentialSubject": {**spoilt["credentialSubject"], "encodedList": "uH4sIAAAAAAAAA2NgAAAAAP__"}}
    made = signed(short, key().private, key().method(ISSUER), NOW)
    assert with_first(made) == (False, "status-spoilt")


def test_places_in_lists() -> None:
    assert places_set(lists((0, 7, 8, PLACE, SIZE - 1))[0]) == {0, 7, 8, PLACE, SIZE - 1}
    assert 0 <= free_place({1, 2, 3}) < SIZE


def test_hostile_json() -> None:
    good = text_of(credential())
    assert reason(good.replace(b'"validUntil"', b'"validUntil": "2099-01-01T00:00:00Z", "validUntil"')) == (
        False,
        "json-key-twice",
    )
    assert reason(b"[" * 100_000) == reason(b'{"a":' * 40 + b"1" + b"}" * 40) == (None, "json-too-deep")
    assert reason(b'{"a": "' + b"x" * 300_000 + b'"}') == (None, "json-too-large")
    assert reason(b'{"a": NaN}') == reason(b'{"a": 1e999}') == (False, "json-no-number")
    for other in (b"", b"x", b"[]", b"\xff\xfe{", b'{"a": "\\ud800"}', b"1" * 5000):
        assert reason(other) == (None, "not-json"), other[:20]
    assert reason(b"{}") == (None, "no-credential")


def test_an_issuers_document_is_its_own() -> None:
    good = issuer_document(ISSUER, {key().id: key().public})
    assert read_issuer(good).keys == {f"{ISSUER}#{key().id}": key().public}
    foreign = json.loads(json.dumps(good).replace("did:web:charter.example", "did:web:other.example"))
    for spoilt in (
        {**good, "id": "did:web:other.example"},
        {**foreign, "id": ISSUER},
        {},
        {**good, "verificationMethod": [3]},
    ):
        with pytest.raises(Exception, match="no issuer's document"):
            read_issuer(spoilt)
