"""Runs the parts of the soak: `python -m tests.soak [PART [COUNT]]...`; exits with 1 if anything was lost or broken."""

import sys
from collections.abc import Callable
from itertools import pairwise

from tests.soak import kills, page, race, rooms
from tests.soak.figures import Figures

PARTS: dict[str, tuple[Callable[[int], Figures], int]] = {
    "race": (race.race, 1_000),
    "unshared": (race.unshared, 200),
    "kills": (kills.kills, 2_000),
    "lines": (kills.lines, 1),
    "page": (page.kills, 300),
    "rooms": (rooms.kills, 160),
    # A further part (fresh mutations, pumps): a function that takes a count, and how many there are to be.
}
"""Each part by its name, with its rounds."""


def main(arguments: list[str]) -> int:
    """Run some parts, or all of them."""
    bad = 0
    names = [name for name in arguments if name in PARTS] or list(PARTS)
    counts = {name: int(count) for name, count in pairwise(arguments) if count.isdecimal()}
    for name in names:
        part, count = PARTS[name]
        found = part(counts.get(name, count))
        print(f"{name}: {found.line}", flush=True)  # noqa: T201 - this is what it is for
        bad += found.bad
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
