"""What a poster of a charter can list: its key points, or where they are too many its parts."""

from typing import Literal

from charterkit.model.charter import Charter

FEWEST, MOST = 1, 24
"""Lines that a poster can hold; many of them stand in two columns."""


def parts_of(charter: Charter) -> tuple[str, ...]:
    """The headings above the key points, each once; none where a key point stands under none."""
    parts = tuple(dict.fromkeys(point.part or "" for point in charter.key_points))
    return () if "" in parts else parts


def poster_lists(charter: Charter) -> Literal["key points", "parts", ""]:
    """What its poster lists; empty where there is no poster."""
    if FEWEST <= len(charter.key_points) <= MOST:
        return "key points"
    return "parts" if FEWEST <= len(parts_of(charter)) <= MOST else ""
