"""What makes a certificate: facts and a key in, the signed credential out, and its text as it lies on disk."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from charterkit.credential.facts import CertificateFacts
from charterkit.credential.keys import SigningKey
from charterkit.credential.library import signed
from charterkit.credential.making import unsigned


def issue(facts: CertificateFacts, key: SigningKey, created: datetime) -> dict[str, Any]:
    """The signed credential of a certificate. `created` is the moment of signing, with its time zone.

    Raises Missing without the extra `certificate`, and Refused for a did:key that is another key's.
    """
    return signed(unsigned(facts), key.private, key.method(facts.issuer.id), created)


def text_of(document: Mapping[str, Any]) -> bytes:
    """A credential, a list or an issuer's document as it is written to disk: people can read it, and git compare it."""
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n".encode()
