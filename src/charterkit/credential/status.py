"""Status lists: for all of an issuer's certificates one bit each, revoked or not, suspended or not.

Bitstring Status List v1.0 (W3C): a signed credential of its own, at least 131,072 bits long so that nobody can tell
from who asks for it which certificate is looked at.
"""

import base64
import binascii
import secrets
import zlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from charterkit.credential.keys import SigningKey
from charterkit.credential.library import ldp, signed
from charterkit.credential.making import list_address
from charterkit.errors import Conflict, Refused

SIZE = 131_072
"""Places in a list of ours, the fewest that the standard allows."""
_MOST_BYTES = 4 * 1024 * 1024
"""What a list may unpack to: 33 million places."""


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


def places_set(document: Mapping[str, Any]) -> frozenset[int]:
    """Every place that a list has set. Raises Refused for a list that cannot be read."""
    bits = unpacked(document)
    return frozenset(
        number * 8 + bit for number, byte in enumerate(bits) if byte for bit in range(8) if byte & (0x80 >> bit)
    )


def is_set(bits: bytes, place: int) -> bool:
    """Whether a place of an unpacked list is set. Raises Refused for one that the list does not have."""
    if not 0 <= place < len(bits) * 8:
        raise Refused("status-no-place", place=place)
    return bool(bits[place // 8] & (0x80 >> place % 8))


def unpacked(document: Mapping[str, Any]) -> bytes:
    """The bits of a list. Raises Refused for one that is spoilt, too short, or unpacks to too much."""
    subject = document.get("credentialSubject")
    packed = subject.get("encodedList") if isinstance(subject, dict) else None
    if not isinstance(packed, str) or not packed.startswith("u"):
        raise Refused("status-spoilt")
    try:
        data = base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4))
        inflating = zlib.decompressobj(wbits=31)
        bits = inflating.decompress(data, _MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        raise Refused("status-spoilt") from None
    if inflating.unconsumed_tail or not inflating.eof or len(bits) * 8 < SIZE:
        raise Refused("status-spoilt")
    return bits


def free_place(taken: Collection[int]) -> int:
    """A place in the lists for a new certificate, drawn by lot: its number says nothing about how many there are.

    Raises Conflict where half of all places are taken.
    """
    if len(taken) > SIZE // 2:
        raise Conflict("status-full", most=SIZE // 2)
    while (place := secrets.randbelow(SIZE)) in taken:
        pass
    return place
