"""What status lists say (Bitstring Status List, W3C): one bit a certificate, read without what signs them."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from charterkit.errors import Refused
from charterkit.files.certificates import certificate_data
from charterkit.files.disk import UnfitError, read_bytes

SIZE = 131_072
"""Places in a list of ours, the fewest that the standard allows."""
_MOST_BYTES = 4 * 1024 * 1024
"""What a list may unpack to: 33 million places."""


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


def place_in(document: Mapping[str, Any]) -> int | None:
    """A credential's place in the lists of ours, the same in both; None where it names none."""
    entries = document.get("credentialStatus")
    first = entries[0] if isinstance(entries, list) and entries else None
    said = first.get("statusListIndex") if isinstance(first, dict) else None
    if not isinstance(said, str) or not said.isascii() or not said.isdigit() or len(said) > len(str(SIZE)):
        return None
    return int(said) if int(said) < SIZE else None


def listed(root: Path, path: str) -> frozenset[int] | None:
    """Every place that a list in the workspace has set; None where there is none that can be read."""
    try:
        return places_set(_json(read_bytes(root, path)))
    except (UnfitError, Refused, ValueError, RecursionError):
        return None


def place_of(root: Path, slug: str, number: str) -> int | None:
    """The place in the lists of a certificate that lies in a school's folder; None where it cannot be told."""
    try:
        return place_in(_json(certificate_data(root, slug, number) or b""))
    except (ValueError, RecursionError):
        return None


def _json(data: bytes) -> dict[str, Any]:
    found = json.loads(data)
    return found if isinstance(found, dict) else {}
