"""Our certificates in another implementation, and its in ours: Digital Bazaar's, with its own status lists.

It is installed from the registry of npm into the user's cache, in the versions of second/package.json.
"""

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from charterkit.credential.contexts import PINNED, context
from charterkit.credential.issuer import issuer_document, read_issuer
from charterkit.credential.making import unsigned
from tests.credential.made import FACTS, ISSUER, NOW, PLACE, STATUS, credential, key, lists, reason
from tests.npm import installed

HERE = Path(__file__).parent / "second"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def second() -> Path:
    """The folder in which it is installed. Where it cannot be, that is said loudly: half of the proof is missing then."""
    return installed(HERE, "second.mjs")


def ask(second: Path, **asked: Any) -> Any:
    command = ["node", "second.mjs"]
    done = subprocess.run(
        command, cwd=second, input=json.dumps(asked), capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def served(status: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    """What would be on the web: contexts, the issuer's document and each of its keys, and the lists."""
    document = issuer_document(ISSUER, {key().id: key().public})
    [each] = document["verificationMethod"]
    method = {"@context": "https://w3id.org/security/multikey/v1", **each}
    return {
        **{address: context(address) for address in PINNED},
        ISSUER: document,
        each["id"]: method,
        **{each["id"]: each for each in status},
    }


def test_ours_in_theirs(second: Path) -> None:
    tampered = credential()
    tampered["credentialSubject"]["licenseNumber"] = "CE-2026-015"
    asked = {"do": "verify", "now": NOW.isoformat(), "credentials": [credential(), tampered]}
    good, bad = ask(second, documents=served(lists()), **asked)
    assert good == {"verified": True, "statuses": 2, "set": [], "error": None}
    assert bad["verified"] is False
    revoked, _ = ask(second, documents=served(lists((PLACE,), (PLACE,))), **asked)
    assert (revoked["verified"], revoked["set"]) == (True, ["revocation", "suspension"])


def test_theirs_in_ours(second: Path) -> None:
    asked = {"do": "make", "documents": served(()), "issuer": ISSUER, "address": STATUS}
    for revoked, expected in (([], (True, "")), ([PLACE], (False, "revoked"))):
        made = ask(second, credential=unsigned(FACTS), revoked=revoked, **asked)
        theirs = {"issuers": [read_issuer(made["issuer"])], "lists": made["lists"]}
        assert reason(made["credential"], **theirs) == expected
        changed = copy.deepcopy(made["credential"])
        changed["validUntil"] = "2039-03-31T23:59:59Z"
        assert reason(changed, **theirs) == (False, "bad-signature")
