"""A PNG or JPEG with nothing but its picture: no place, no author, no words, and nothing behind its end."""

import re
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PARTS = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
        b"cICP",
    }
)
"""Of a PNG, all that says how the picture looks (W3C, PNG third edition, 11); no words, dates or EXIF."""
_NEXT = re.compile(rb"\xff+(?=[^\x00\xff\xd0-\xd7])")
"""Where the coded picture of a JPEG ends and a marker follows (ITU-T T.81, B.1.1.2)."""
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_FIRST_APP, _COLOURS, _ADOBE, _LAST_APP = 0xE0, 0xE2, 0xEE, 0xEF
_ORIENTATION = 0x0112


def bare_png(data: bytes) -> bytes:
    """A PNG's chunks that say how it looks. Raises ValueError for one that ends too early."""
    return _SIGNATURE + b"".join(_chunks(data))


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if end > len(data):
            break
        if kind in _PARTS:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
    raise ValueError("the picture ends too early")


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG's picture, which way up it is, and its colours. Raises ValueError for one that is broken."""
    return b"\xff\xd8" + b"".join(_segments(data))


def _segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - filling
            at += 1
            continue
        if marker == _END:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data) or end < at + 4:
            raise ValueError("the picture ends too early")
        yield from _kept(marker, data[at:end])
        at = end
        if marker == _SCAN:
            found = _NEXT.search(data, at)
            stop = found.start() if found else len(data)
            yield data[at:stop]
            at = found.end() - 1 if found else stop
    yield b"\xff\xd9"


def _kept(marker: int, segment: bytes) -> Iterator[bytes]:
    words = segment[4:]
    if words.startswith(b"Exif\0\0"):
        turned = _orientation(words[6:])
        if turned:
            entry = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes([turned]) + b"\x00\x00"
            tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"
            made = b"Exif\0\0" + tiff
            yield b"\xff\xe1" + (len(made) + 2).to_bytes(2) + made
        return
    is_look = marker == _ADOBE or (marker == _COLOURS and words.startswith(b"ICC_PROFILE\0"))
    if marker == _FIRST_APP and words.startswith(b"JFIF\0"):
        yield b"\xff\xe0\x00\x10" + words[:12] + b"\x00\x00"  # without its thumbnail
    elif is_look or (marker != _COMMENT and not _FIRST_APP <= marker <= _LAST_APP):
        yield segment


def _orientation(tiff: bytes) -> int:
    """Which way up a photograph is, from 1 to 8 (Exif 3.0, 4.6.5); 0 where it does not say."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return 0

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)  # type: ignore[arg-type]  # one of two

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        at = first + 2 + 12 * entry
        if number(at, 2) == _ORIENTATION:
            value = number(at + 8, 2)
            return value if value in range(1, 9) else 0
    return 0
