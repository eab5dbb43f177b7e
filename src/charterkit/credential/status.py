"""Status lists: for all of an issuer's certificates one bit each, revoked or not, suspended or not.

Bitstring Status List v1.0 (W3C): a signed credential of its own, at least 131,072 bits long so that nobody can tell
from who asks for it which certificate is looked at.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from charterkit.credential.keys import SigningKey
from charterkit.credential.library import ldp, signed
from charterkit.credential.making import list_address
from charterkit.errors import Conflict
from charterkit.insight.certificates.bits import SIZE


def signed_list(
    issuer: str,
    address: str,
    purpose: str,
    places: Collection[int],
    *,
    key: SigningKey,
    made: datetime,
    until: datetime,
) -> dict[str, Any]:
    """An issuer's list for `revocation` or `suspension` with these places set, signed; nobody takes it after `until`.

    `address` is that of the folder of both lists.
    """
    ldp()
    from openbadgeslib.ob3.status_list import build_status_list_credential  # noqa: PLC0415 - of the extra

    document = build_status_list_credential(
        issuer, list_address(address, purpose), purpose, sorted(places), SIZE, issued=made, valid_until=until
    )
    return signed(document, key.private, key.method(issuer), made)


def free_place(taken: Collection[int]) -> int:
    """A place in the lists for a new certificate, drawn by lot: its number says nothing about how many there are.

    Raises Conflict where half of all places are taken.
    """
    if len(taken) > SIZE // 2:
        raise Conflict("status-full", most=SIZE // 2)
    while (place := secrets.randbelow(SIZE)) in taken:
        pass
    return place
