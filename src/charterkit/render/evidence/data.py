"""The list of evidence for other programs; what the keys mean is written in docs/json.md."""

from collections.abc import Sequence
from typing import Any

from charterkit.insight.evidence.index import AspectEvidence, IndexedPiece

_OF_ASPECT = ("school", "aspect", "number", "rating", "asked", "missing", "thin")
_OF_PIECE = (
    "kind",
    "path",
    "url",
    "survey",
    "question",
    "date",
    "days",
    "by",
    "with",
    "note",
    "cycle",
    "since",
    "current",
    "looked_at",
    "flags",
)
KEYS = (*_OF_ASPECT, *_OF_PIECE)


def data_of(index: Sequence[AspectEvidence], school: str) -> list[dict[str, Any]]:
    """One mapping an aspect, with its pieces."""
    return [{**_aspect(found, school), "evidence": [_piece(piece, found) for piece in found.pieces]} for found in index]


def rows_of(index: Sequence[AspectEvidence], school: str) -> list[dict[str, Any]]:
    """One row a piece; of an aspect that has none, one row without a piece."""
    blank = dict.fromkeys(_OF_PIECE)
    return [
        {**_aspect(found, school), **piece}
        for found in index
        for piece in ([_piece(each, found) for each in found.pieces] or [blank])
    ]


def _aspect(found: AspectEvidence, school: str) -> dict[str, Any]:
    values = (
        school,
        found.aspect,
        found.number,
        found.standing.word,
        list(found.asked),
        list(found.kinds_missing),
        found.is_thin,
    )
    return dict(zip(_OF_ASPECT, values, strict=True))


def _piece(piece: IndexedPiece, found: AspectEvidence) -> dict[str, Any]:
    evidence = piece.evidence
    values = (
        evidence.kind,
        evidence.path,
        evidence.url,
        evidence.survey,
        evidence.question,
        str(piece.when) if piece.when else None,
        piece.days,
        evidence.by,
        evidence.with_,
        evidence.note,
        str(piece.cycle),
        str(piece.since),
        piece.cycle == found.newest,
        str(piece.looked_at) if piece.looked_at else None,
        [flag.value for flag in piece.flags],
    )
    return dict(zip(_OF_PIECE, values, strict=True))
