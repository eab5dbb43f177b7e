"""The context documents that a credential may name, as they lie in this package, each pinned by its SHA-256.

A context says what each member means, so another one under the same name would change what a signature covers: the
bytes are compared before they are used, old ones are kept, and every other context is refused. Sources, taken in
November 2026 from the copies in openbadgeslib 4.6.3: www.w3.org/ns/credentials/v2 (W3C) and 1EdTech's Open Badges 3.0.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from charterkit.errors import Refused

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
PINNED: Mapping[str, tuple[str, str]] = {
    CREDENTIALS: ("credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    BADGES: ("ob-context-3.0.3.json", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"),
}
"""By address: the file, and the SHA-256 of its bytes."""


@cache
def context(address: str) -> dict[str, Any]:
    """A context document. Raises Refused where our own file has been changed, KeyError for another."""
    name, digest = PINNED[address]
    data = files("charterkit.credential").joinpath("contexts", name).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise Refused("context-changed", name=name)
    found: dict[str, Any] = json.loads(data)
    return found


def refuse_foreign(document: Mapping[str, Any], allowed: tuple[list[str], ...]) -> None:
    """Raises Refused unless a document names one of these lists of contexts, and no part of it has one of its own."""
    if document.get("@context") not in allowed:
        raise Refused("foreign-context", known=[item for wanted in allowed for item in wanted])
    waiting: list[object] = [*document.values()]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if "@context" in part:
                raise Refused("foreign-context", known=[item for wanted in allowed for item in wanted])
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
