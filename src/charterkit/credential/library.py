"""The thin layer over `openbadgeslib`: sign a document, and look whether its signature holds. Nothing else calls it.

What is signed is what the JSON means (RDF), not its bytes; so besides the signature the JSON has to be exactly the
compact form of that meaning, or a member could be shown that no signature covers.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import Any

from charterkit.credential.contexts import PINNED, context
from charterkit.errors import Missing, Refused

Document = dict[str, Any]


@cache
def ldp() -> ModuleType:
    """The library's part for Data Integrity proofs. Raises Missing where the extra is not installed."""
    try:
        import pyld  # type: ignore[import-untyped]  # noqa: F401, PLC0415 - it comes with its extra only
        from openbadgeslib.ob3 import ldp as found  # noqa: PLC0415 - 0.3 s, and only credentials need it
    except ImportError:
        raise Missing("no-certificate-extra") from None
    return found


@cache
def _others() -> Mapping[str, Document] | None:
    """Our own contexts, where the library has other bytes under their names; None where it has the same."""
    from importlib.resources import files  # noqa: PLC0415 - as above

    from openbadgeslib.ob3 import contexts  # noqa: PLC0415 - as above

    names: dict[str, str] = getattr(contexts, "_URL_TO_RESOURCE", {})
    for address, (_, digest) in PINNED.items():
        place = files(contexts.__name__).joinpath(names.get(address, ""))
        if not place.is_file() or hashlib.sha256(place.read_bytes()).hexdigest() != digest:
            return {address: context(address) for address in PINNED}
    return None


def signed(document: Document, private: bytes, method: str, created: datetime) -> Document:
    """The document with its proof by a private key (PEM), which verifiers find under the name `method`.

    Raises Refused for one whose meaning would not be covered by the signature, which is a fault of ours.
    """
    library = ldp()
    others = _others()
    try:
        made: Document = library.add_data_integrity_proof(
            document, private, method, created=created, extra_contexts=others
        )
        _check_form(made)
    except library.ErrorSigningFile as error:
        raise Refused("not-signed", reason=error) from None
    return made


def check_signature(document: Document, public: bytes) -> None:
    """Raises Refused unless the document's proof was made over exactly what it says, by the key (PEM) given."""
    library = ldp()
    try:
        library.verify_data_integrity_proof(document, public, extra_contexts=_others())
    except library.OB3VerificationError as error:
        raise Refused("bad-signature", reason=error) from None
    _check_form(document)


def _check_form(document: Document) -> None:
    from openbadgeslib.ob3.contexts import document_loader  # noqa: PLC0415 - as above

    library = ldp()
    try:
        library._screen_structure(document, contexts=False)  # noqa: SLF001 - what the library's own verifier does first
        library._check_json_ld_form(document, document["proof"], document_loader(_others()))  # noqa: SLF001 - and then
    except library.OB3VerificationError as error:
        raise Refused("not-covered", reason=error) from None
    if name := _idle(document):
        raise Refused("not-covered", reason=f"{name}: an empty list, or an entry twice, means nothing there")


def _idle(node: Any) -> str:  # noqa: ANN401 - JSON
    """The first member that could be added without a change of meaning: an empty list, or one with an entry twice."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, inner in entries:
        if isinstance(inner, list) and len({json.dumps(each, sort_keys=True) for each in inner}) != (len(inner) or 1):
            return str(name)
        if deeper := _idle(inner):
            return deeper if isinstance(name, int) else f"{name}/{deeper}"
    return ""


def multikey(public: bytes) -> str:
    """A public key (PEM) as `publicKeyMultibase`."""
    ldp()
    from openbadgeslib.ob3.did import multikey_from_pem  # noqa: PLC0415 - as above

    return str(multikey_from_pem(public))


def public_of(multibase: str) -> bytes:
    """The public key (PEM) of a `publicKeyMultibase`. Raises Refused where it is none of Ed25519."""
    ldp()
    from openbadgeslib.errors import LibOpenBadgesException  # noqa: PLC0415 - as above
    from openbadgeslib.ob3.did import resolve_did  # noqa: PLC0415 - as above

    if not multibase.startswith("z6Mk"):  # the two bytes that stand before an Ed25519 key
        raise Refused("not-ed25519")
    try:
        return bytes(resolve_did(f"did:key:{multibase}"))
    except (LibOpenBadgesException, ValueError):
        raise Refused("not-ed25519") from None
