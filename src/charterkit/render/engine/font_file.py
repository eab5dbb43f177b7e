"""Which characters a font file has: its `cmap` table, read without a font library.

The layout is that of the OpenType specification 1.9.1, "cmap" (learn.microsoft.com/typography/opentype/spec/cmap, read
November 2026): subtables of format 4 and format 12, one of which every Unicode font has. fontTools answers the same
question (a test compares the two), but takes ten times as long to be imported and asked.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

_ENTRY = 16
"""Bytes of one table's entry in the file's directory."""
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of Unicode subtables, those with all planes first."""


def characters(path: Path) -> frozenset[int]:
    """The code points a font has a glyph for. Raises ValueError for a file that is no such font."""
    data = path.read_bytes()
    try:
        return frozenset(_subtable(data, *_place(data)))
    except (struct.error, KeyError, StopIteration) as error:
        raise ValueError(f"{path.name} is no font with a Unicode cmap table") from error


def _place(data: bytes) -> tuple[int, int]:
    """Where the best subtable stands, and its format."""
    tables = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4s4xI4x", data, 12 + _ENTRY * number) for number in range(tables))
    cmap = dict(entries)[b"cmap"]
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    found = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)
        found[platform, encoding] = cmap + offset
    at = found[next(kind for kind in _UNICODE if kind in found)]
    return at, struct.unpack_from(">H", data, at)[0]


def _subtable(data: bytes, at: int, kind: int) -> Iterator[int]:
    return {4: _segments, 12: _groups}[kind](data, at)


def _groups(data: bytes, at: int) -> Iterator[int]:
    """Format 12: first and last code point of each group, and its first glyph."""
    for number in range(struct.unpack_from(">I", data, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield from range(first if glyph else first + 1, last + 1)


def _segments(data: bytes, at: int) -> Iterator[int]:
    """Format 4: four arrays of segments, whose last may lead on to single glyphs."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, offsets = (at + 14, at + 16 + 2 * count, at + 16 + 4 * count, at + 16 + 6 * count)
    for number in range(count):
        first, last, delta, offset = (
            struct.unpack_from(">H", data, array + 2 * number)[0] for array in (starts, ends, deltas, offsets)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code + delta
            if offset:
                glyph = struct.unpack_from(">H", data, offsets + 2 * number + offset + 2 * (code - first))[0]
            if glyph % 0x10000:
                yield code
