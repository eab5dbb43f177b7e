"""An issuer's keys, and what it publishes of them: nobody else's signs in its name, and what was revoked stays so."""

import base64
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from charterkit.credential.issuer import issuer_document, key_set, read_issuer
from charterkit.credential.issuing import text_of
from charterkit.credential.keys import known_keys, method, new_key, signing_key
from charterkit.credential.publishing import (
    LISTS,
    certificate_address,
    is_whole_host,
    publication,
    status_address,
    web_folder,
)
from charterkit.credential.status import free_place
from charterkit.errors import CharterkitError, Conflict, NotThere
from charterkit.insight.certificates.bits import SIZE, places_set
from tests.credential.made import ISSUER, NOW, STATUS, UNTIL, issuer, key

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes of files are those of POSIX")
OTHER = "did:web:other.example"
DAY = date(2026, 3, 1)


def why(call: Any, *given: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    """The code of what a call raises, and what it is about."""
    with pytest.raises(CharterkitError) as said:
        call(*given, **more)
    return said.value.code, said.value.facts


def code_of(call: Any, *given: Any, **more: Any) -> str:
    return why(call, *given, **more)[0]


# -- keys on disk


@POSIX
def test_a_key_is_made_whole_where_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "keys"
    plain, closed = new_key(folder, None, DAY), new_key(folder, b"horse", date(2026, 2, 1))
    assert [each.is_encrypted for each in (plain, closed)] == [False, True]
    assert known_keys(folder) == [closed, plain], "the oldest comes first"
    assert (plain.created, plain.id[:4], len(plain.id)) == ("2026-03-01", "key-", 12)
    assert json.loads((folder / f"{plain.id}.json").read_text(encoding="utf-8")) == {
        "id": plain.id,
        "publicKeyMultibase": plain.public,
        "created": "2026-03-01",
    }
    for path, mode in {folder: 0o700, folder / f"{plain.id}.pem": 0o600, folder / f"{plain.id}.json": 0o600}.items():
        assert path.stat().st_mode & 0o777 == mode
    for made, word in ((plain, None), (plain, b"ignored"), (closed, b"horse")):
        opened = signing_key(folder, made.id, word)
        assert (opened.id, opened.public) == (made.id, made.public)
        assert opened.private.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert code_of(signing_key, folder, closed.id, b"donkey") == "wrong-passphrase"
    assert code_of(signing_key, folder, closed.id, None) == code_of(signing_key, folder, closed.id, b"")
    assert code_of(signing_key, folder, closed.id, None) == "no-passphrase"
    folder.chmod(0o755)
    new_key(folder, None, DAY)
    assert folder.stat().st_mode & 0o777 == 0o700, "a folder that others could read is closed"
    assert known_keys(tmp_path / "nowhere") == []


@POSIX
def test_a_key_s_file_that_is_another_s_is_not_signed_with(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import x25519

    first, second = new_key(tmp_path, None, DAY), new_key(tmp_path, None, DAY)
    path = tmp_path / f"{first.id}.pem"
    own = path.read_bytes()
    of_another_kind = x25519.X25519PrivateKey.generate().private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    for data in ((tmp_path / f"{second.id}.pem").read_bytes(), of_another_kind, b"", own[:60], b"\n" + b"ENCRYPTED"):
        path.write_bytes(data)
        assert code_of(signing_key, tmp_path, first.id, None) == "key-spoilt", data[:40]
    path.write_bytes(own)
    for mode in (0o640, 0o604, 0o620, 0o601):
        path.chmod(mode)
        assert code_of(signing_key, tmp_path, first.id, None) == "key-readable"
    path.chmod(0o600)
    for name in ("key-0000000", f"{first.id}0", "../keys", f"{first.id.upper()}", "key-00000000"):
        assert code_of(signing_key, tmp_path, name, None) == "no-key"
    (tmp_path / "key-copy.pem").write_bytes(own)
    assert {each.id for each in known_keys(tmp_path)} == {first.id, second.id}
    for text in ("[]", "{}", "", '{"publicKeyMultibase": "z"}'):
        path = tmp_path / f"{first.id}.json"
        path.write_text(text, encoding="utf-8")
        assert why(known_keys, tmp_path) == ("key-spoilt", {"key": first.id, "path": path})
    path.unlink()
    (tmp_path / f"{first.id}.pem").unlink()
    (tmp_path / "key-00000000.json").write_text('{"publicKeyMultibase": "z", "created": "2026"}', encoding="utf-8")
    path = tmp_path / "key-00000000.pem"
    path.mkdir()
    assert why(known_keys, tmp_path) == ("key-not-read", {"path": path, "reason": "Is a directory"})


@POSIX
def test_no_key_is_made_in_what_others_get_to_see(tmp_path: Path) -> None:
    (tmp_path / "ours" / ".git").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "ours")
    for place in ("ours", "ours/deep/keys", "link", "link/keys"):
        assert code_of(new_key, tmp_path / place, None, DAY) == "key-in-repository"
    assert [path.name for path in (tmp_path / "ours").iterdir()] == [".git"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert why(new_key, tmp_path / "file", None, DAY) == (
        "file-not-written",
        {"path": tmp_path / "file", "reason": "File exists"},
    )


# -- the issuer's document


def test_under_what_name_a_key_signs() -> None:
    assert method(ISSUER, "key-1", "z6MkA") == f"{ISSUER}#key-1"
    assert method("did:key:z6MkA", "key-1", "z6MkA") == "did:key:z6MkA#z6MkA"
    assert code_of(method, "did:key:z6MkB", "key-1", "z6MkA") == "key-of-another-did"


def test_an_issuer_s_document_that_says_too_little_or_too_much_is_none() -> None:
    good = issuer_document(ISSUER, {key().id: key().public, key(2).id: key(2).public})
    assert good["@context"] == ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
    entry, name = good["verificationMethod"][0], f"{ISSUER}#{key().id}"
    assert [*read_issuer(good).keys] == [name, f"{ISSUER}#{key(2).id}"], "the one that signs now comes first"
    assert {**read_issuer({**good, "assertionMethod": [name]}).keys} == {name: key().public}, "the other may not sign"
    hundred = [{**entry, "id": f"{ISSUER}#key-{number}"} for number in range(101)]
    read_issuer({**good, "verificationMethod": hundred[:100]})
    own = f"did:key:{key().public}"
    assert read_issuer(issuer_document(own, {"key-1": key().public})).keys == {f"{own}#{key().public}": key().public}
    wrong: list[dict[str, Any]] = [
        {"id": 7},
        {"assertionMethod": None},
        {"verificationMethod": {}},
        {"verificationMethod": hundred},
        {"verificationMethod": [entry, entry]},
        *({"verificationMethod": [{**entry, **other}]} for other in WRONG),
    ]
    for other in wrong:
        assert code_of(read_issuer, {**good, **other}) == "no-issuer-document", other
    theirs = {**entry, "controller": own, "id": f"{own}#x", "publicKeyMultibase": key(2).public}
    spoilt = {"id": own, "verificationMethod": [theirs], "assertionMethod": []}
    assert code_of(read_issuer, spoilt) == "no-issuer-document"
    web = {**entry, "controller": "did:ion:x", "id": "did:ion:x#a"}
    assert code_of(read_issuer, {**good, "id": "did:ion:x", "verificationMethod": [web]}) == "no-issuer-document"
    p_256 = "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"
    for public in (p_256, "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "z6Mk!", "z6Mk", f"x{key().public}"):
        broken = good | {"verificationMethod": [{**entry, "publicKeyMultibase": public}]}
        assert code_of(read_issuer, broken) == "not-ed25519"


WRONG: list[dict[str, Any]] = [
    {"controller": OTHER},
    {"type": "JsonWebKey"},
    {"id": f"{OTHER}#key-1"},
    {"id": 7},
    {"publicKeyMultibase": None},
]


def test_the_same_keys_as_other_programs_have_them() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    (found,) = key_set(issuer())["keys"]
    raw = base64.urlsafe_b64decode(found.pop("x") + "=")
    assert found == {
        "kty": "OKP",
        "crv": "Ed25519",
        "kid": f"{ISSUER}#{key().id}",
        "use": "sig",
        "alg": "EdDSA",
    }
    signature = load_pem_private_key(key().private, None).sign(b"x")  # type: ignore[union-attr, call-arg]
    Ed25519PublicKey.from_public_bytes(raw).verify(signature, b"x")


# -- where it is published, and what stays


def test_where_on_the_web_it_is() -> None:
    assert web_folder("did:web:a.example%3A8443:b:c") == "https://a.example:8443/b/c"
    assert [is_whole_host(each) for each in ("did:web:a.example", "did:web:a.example:b", "did:key:z")] == [
        True,
        False,
        False,
    ]
    assert status_address("did:web:a.example:b", "https://c.example/", None) == "https://a.example/b/status"
    assert status_address("did:web:a.example", None, "https://d.example/lists/") == "https://d.example/lists"
    assert status_address("did:web:a.example", None, "https://d.example/X/") == "https://d.example/X"
    assert status_address("did:key:z", "https://c.example/X/", None) == "https://c.example/X/status"
    assert certificate_address("did:key:z", "https://c.example/X/", "Y") == "https://c.example/X/certificates/Y.html"
    assert code_of(status_address, "did:key:z", None, None) == "no-status-address"
    assert certificate_address("did:web:a.example:b", "https://c.example", "X") == (
        "https://a.example/b/certificates/X.html"
    )


def published(before: dict[str, bytes], which: int = 1, **more: Any) -> dict[str, bytes]:
    return publication(ISSUER, STATUS, key(which) if which > 1 else key(), before, now=NOW, until=UNTIL, **more)


def set_in(made: dict[str, bytes]) -> dict[str, set[int]]:
    return {purpose: {*places_set(json.loads(made[path]))} for purpose, path in LISTS.items()}


def test_what_was_published_stays_and_what_is_changed_is_that_alone() -> None:
    first = published({}, changes={"revocation": {7: True, 8: True}, "suspension": {9: True, 10: True}})
    assert set_in(first) == {"revocation": {7, 8}, "suspension": {9, 10}}
    second = published(first, 2, changes={"suspension": {9: False, 11: True, 12: False}})
    assert set_in(second) == {"revocation": {7, 8}, "suspension": {10, 11}}
    document = json.loads(second["did.json"])
    assert document["assertionMethod"] == [f"{ISSUER}#{key(2).id}", f"{ISSUER}#{key().id}"], "the newest key first"
    assert [each["kid"] for each in json.loads(second["jwks.json"])["keys"]] == document["assertionMethod"]
    for path in LISTS.values():
        said = json.loads(second[path])
        assert (said["id"], said["validUntil"]) == (f"{STATUS}/{path.partition('/')[2]}", "2026-12-22T00:00:00Z")
    third = published(second, 2, without=[key().id])
    assert json.loads(third["did.json"])["assertionMethod"] == [f"{ISSUER}#{key(2).id}"]
    assert set_in(third) == set_in(second)


def test_what_is_not_whole_or_another_s_is_not_gone_on_from() -> None:
    before = published({})
    revoked, suspended = LISTS.values()
    for spoilt, code in (
        ({name: data for name, data in before.items() if name != "did.json"}, "published-not-whole"),
        ({suspended: before[suspended]}, "published-not-whole"),
        ({name: data for name, data in before.items() if name != suspended}, "published-not-whole"),
        ({**before, "did.json": b"{}"}, "published-spoilt"),
        ({**before, revoked: before[suspended]}, "published-spoilt"),
        ({**before, revoked: before[revoked].replace(b"2026-12-22", b"2036-12-22")}, "published-spoilt"),
        ({**before, "did.json": text_of(issuer_document(OTHER, {"key-1": key().public}))}, "published-of-another"),
    ):
        assert code_of(published, spoilt) == code
    with pytest.raises(NotThere) as said:
        published(before, 2, without=["key-x", key().id])
    assert (said.value.code, said.value.facts) == ("no-published-key", {"key": "key-x", "known": [key().id]})
    assert code_of(published, before, without=[key().id]) == "no-published-key", "with it the next is signed"


def test_places_are_given_out_until_half_are_taken() -> None:
    half = SIZE // 2
    assert free_place(range(half)) >= half
    with pytest.raises(Conflict) as said:
        free_place(range(half + 1))
    assert said.value.facts == {"most": half}
    assert {free_place(range(1, half)) for _ in range(3)} <= {0, *range(half, SIZE)}
