"""A workspace in pieces that are looked at each for itself: one a school, and one for what all share."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from charterkit.files.disk import SCHOOLS

Piece = str
"""A school's slug; the empty one is what all share: the settings, the charters and what lies in no school."""

SHARED: Piece = ""
CHUNK = 64
"""Files that are looked at together: enough to be worth the way to another process and back, and for each rule to stay
at hand in the processor (a fifth of the time in November 2026); more would only take memory."""


def piece_of(path: str) -> Piece:
    """The piece in which a file, or a folder, below the workspace lies, if its school is looked at."""
    parts = path.split("/", 2)
    return parts[1] if parts[0] == SCHOOLS and len(parts) > 1 else SHARED


def concerned(slugs: Iterable[str], only: Collection[str] | None) -> list[Piece]:
    """The pieces in whose files, or around whose files, one of these files or folders may lie; and what all share."""
    if only is None or not {"", ".", SCHOOLS}.isdisjoint(only):
        return [SHARED, *slugs]
    named = {piece_of(text) for text in only}
    return [SHARED, *(slug for slug in slugs if slug in named)]


def chunks(sizes: Mapping[Piece, int]) -> Iterator[Sequence[Piece]]:
    """Pieces, given with the number of their files, in parts that are looked at together, in their order."""
    chunk: list[Piece] = []
    held = 0
    for piece, size in sizes.items():
        chunk.append(piece)
        held += max(1, size)  # a school without any file is some work too
        if held >= CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
