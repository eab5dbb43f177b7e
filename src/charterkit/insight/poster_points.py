"""What a poster of a charter can list: its key points, or where they are too many its parts."""

from typing import Literal

from charterkit.model.charter import Charter

FEWEST, MOST = 1, 30
"""Lines that a poster can hold; many of them stand in columns."""
CROWDED = 24
"""From here on the parts are listed instead, where there are any."""


def parts_of(charter: Charter) -> tuple[str, ...]:
    """The headings above the key points, each once; none where a key point stands under none."""
    parts = tuple(dict.fromkeys(" ".join((point.part or "").split()) for point in charter.key_points))
    return () if "" in parts else parts


def poster_lists(charter: Charter) -> Literal["key points", "parts", ""]:
    """What its poster lists; empty where there is no poster."""
    count = len(charter.key_points)
    if count > CROWDED and FEWEST <= len(parts_of(charter)) <= CROWDED:
        return "parts"
    return "key points" if FEWEST <= count <= MOST else ""
