"""Our credentials by others' rules: 1EdTech's JSON schema, W3C's, and the sentences of the data model that no schema has.

1EdTech's licence lets only its registered users give the schema out, so it is not in this repository: the source of
openbadgeslib on PyPI carries it as it was published in July 2026, the newest there is. It takes one `credentialStatus`
where W3C's model takes several, and our certificates have two; so they are held to it with each of the two in turn.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, Draft202012Validator
from openvc.keys import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.errors import ProofError
from platformdirs import user_cache_path

from charterkit.credential.contexts import BADGES, CREDENTIALS, PINNED, context
from charterkit.credential.facts import CertificateFacts, IssuerFacts
from charterkit.credential.issuer import key_set
from charterkit.credential.issuing import issue
from charterkit.credential.making import unsigned
from tests.credential.made import FACTS, ISSUER, NOW, credential, issuer, key, lists, reason
from tests.npm import loudly

NAME = "ob_v3p0_achievementcredential_schema.json"
DIGEST = "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea"
FEWEST = replace(FACTS, issuer=IssuerFacts(id=ISSUER, name="Made-up Borough"), urn=None, ukprn=None, charter_url=None)
FEWEST = replace(FEWEST, evidence=(), status=None, commit=None)
CONTEXTS = {address: context(address) for address in PINNED}


@pytest.fixture(scope="module")
def badges() -> Draft201909Validator:
    """1EdTech's schema, fetched once from the registry of Python into the user's cache."""
    path = user_cache_path("charterkit-tests") / NAME
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(from_the_registry(path.parent / "openbadgeslib"))
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == DIGEST, "another schema: look at what 1EdTech has changed"
    return Draft201909Validator(json.loads(data), format_checker=Draft201909Validator.FORMAT_CHECKER)


def from_the_registry(folder: Path) -> bytes:
    wanted = f"openbadgeslib=={version('openbadgeslib')}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "openbadgeslib", wanted]
    done = subprocess.run([*command, "--dest", folder], capture_output=True, encoding="utf-8", check=False, timeout=280)
    if done.returncode:
        loudly(f"pip could not fetch 1EdTech's schema: {done.stderr[-300:]}")
    [path] = folder.glob("*.tar.gz")
    with tarfile.open(path) as source:
        [name] = [name for name in source.getnames() if name.endswith(f"/{NAME}")]
        found = source.extractfile(name)
        assert found
        return found.read()


def made_of(facts: CertificateFacts) -> dict[str, Any]:
    return credential() if facts is FACTS else issue(facts, key(), NOW)


@pytest.mark.slow
def test_by_1edtechs_schema(badges: Draft201909Validator) -> None:
    document = credential()
    assert [list(error.path) for error in badges.iter_errors(document)] == [["credentialStatus"]]
    for status in document["credentialStatus"]:
        badges.validate(document | {"credentialStatus": status})
    badges.validate(made_of(FEWEST))
    for name in ("@context", "id", "type", "credentialSubject", "issuer", "validFrom"):  # that it looks at all
        without = {key: value for key, value in made_of(FEWEST).items() if key != name}
        assert not badges.is_valid(without), name


def test_by_w3cs_schema_and_the_data_models_own_sentences() -> None:
    """Sections 4.3 to 4.12 of the Verifiable Credentials Data Model 2.0, and section 2.1 of Bitstring Status List."""
    schema = json.loads((Path(__file__).parent / "schemas/verifiable-credential-schema.json").read_bytes())
    for document in (credential(), made_of(FEWEST), *lists()):
        Draft202012Validator(schema).validate(document)
        by_the_sentences(document)
    entries = credential()["credentialStatus"]
    assert {(each["statusListCredential"], each["statusPurpose"]) for each in entries} == {
        (each["id"], each["credentialSubject"]["statusPurpose"]) for each in lists()
    }
    for each in lists():
        assert each["credentialSubject"]["encodedList"].startswith("u")  # multibase, base64url


ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def by_the_sentences(document: dict[str, Any]) -> None:
    assert document["@context"][0] == CREDENTIALS  # 4.3: the first item
    assert document["@context"][1:] in ([BADGES], [])
    assert "VerifiableCredential" in document["type"]  # 4.5
    assert document["proof"]["type"] == "DataIntegrityProof"  # 4.12
    moments = [datetime.fromisoformat(document[name]) for name in ("validFrom", "validUntil")]
    assert all(first <= last for first, last in pairwise(moments))  # 4.9: validFrom is not behind validUntil
    for name, value in members(document):
        if name in ("id", "verificationMethod", "url", "statusListCredential"):
            assert ADDRESS.fullmatch(value), (name, value)  # 4.4: a URL, and one only
        if name in ("validFrom", "validUntil", "created", "activityEndDate"):
            assert STAMP.fullmatch(value), (name, value)  # 4.9: dateTimeStamp, with a time zone
        if name in ("credentialStatus", "evidence", "relatedResource"):
            for each in value:
                assert each.get("type") or name == "relatedResource", (name, each)  # 4.5, table: types that MUST be
        if name == "relatedResource":
            assert len({each["id"] for each in value}) == len(value)  # 5.3: an id of its own, and a digest
            assert all(each["digestSRI"].startswith("sha256-") for each in value)
        assert value not in (None, "", [], {}), name


def members(part: object) -> list[tuple[str, Any]]:
    """Every member of a document, however deep."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    own = list(part.items()) if isinstance(part, dict) else []
    return own + [found for each in inner for found in members(each)]


def test_a_third_implementation_and_ours_take_each_others() -> None:
    """openvc-core's own proofs; the second implementation is in test_second.py."""
    theirs = DataIntegrityProofSuite()
    [jwk] = key_set(issuer())["keys"]
    known: dict[str, Any] = {"public_key_jwk": jwk, "extra_contexts": CONTEXTS, "now": NOW}
    for document in (credential(), *lists()):
        theirs.verify(document, **known)
        with pytest.raises(ProofError):
            theirs.verify(document | {"validUntil": "2039-03-31T23:59:59Z"}, **known)
    signer = Ed25519SigningKey.from_pem(key().private, kid=key().method(ISSUER))
    made = theirs.add_proof(
        unsigned(FACTS),
        signing_key=signer,
        verification_method=key().method(ISSUER),
        created=NOW,
        extra_contexts=CONTEXTS,
    )
    assert reason(made) == (True, "")
    assert reason(made | {"name": "Another"}) == (False, "bad-signature")
