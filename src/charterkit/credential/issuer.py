"""The issuer's public document: which keys may sign in its name. `did.json` (DID Core), and the same as JWKS."""

import base64
from collections.abc import Mapping
from typing import Any

from charterkit.credential.keys import method
from charterkit.credential.library import public_of
from charterkit.errors import Refused
from charterkit.records import dataclass

_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
_MOST_KEYS = 100


@dataclass(frozen=True, slots=True)
class IssuerDocument:
    """Whose it is, and its keys by the name that a proof has for them."""

    id: str
    keys: Mapping[str, str]
    """`publicKeyMultibase` of each."""


def issuer_document(issuer: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """`did.json` of an issuer with its keys: by id, the public halves. The one that signs now comes first."""
    named = {method(issuer, key, public): public for key, public in keys.items()}
    return {
        "@context": _CONTEXTS,
        "id": issuer,
        "verificationMethod": [
            {"id": name, "type": "Multikey", "controller": issuer, "publicKeyMultibase": public}
            for name, public in named.items()
        ],
        "assertionMethod": list(named),
    }


def key_set(document: IssuerDocument) -> dict[str, Any]:
    """The same keys as a JSON Web Key Set (RFC 7517, RFC 8037)."""
    return {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "x": _raw(public), "kid": name, "use": "sig", "alg": "EdDSA"}
            for name, public in document.keys.items()
        ]
    }


def read_issuer(document: Mapping[str, Any]) -> IssuerDocument:
    """What an issuer's document says. Raises Refused for one that is none, or whose keys are not its own."""
    issuer = document.get("id")
    methods, allowed = document.get("verificationMethod"), document.get("assertionMethod")
    if not isinstance(issuer, str) or not isinstance(methods, list) or not isinstance(allowed, list):
        raise Refused("no-issuer-document")
    if not issuer.startswith(("did:web:", "did:key:")) or len(methods) > _MOST_KEYS:
        raise Refused("no-issuer-document")
    keys: dict[str, str] = {}
    for each in methods:
        if not isinstance(each, dict) or each.get("controller") != issuer or each.get("type") != "Multikey":
            raise Refused("no-issuer-document")
        name, public = each.get("id"), each.get("publicKeyMultibase")
        if not isinstance(name, str) or not isinstance(public, str) or name.partition("#")[0] != issuer or name in keys:
            raise Refused("no-issuer-document")
        if issuer.startswith("did:key:") and issuer != f"did:key:{public}":
            raise Refused("no-issuer-document")
        public_of(public)
        if name in allowed:
            keys[name] = public
    return IssuerDocument(issuer, keys)


def _raw(public: str) -> str:
    """The 32 bytes of a public key, as JWK has them."""
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - of the extra

    loaded = form.load_pem_public_key(public_of(public))
    raw = loaded.public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
