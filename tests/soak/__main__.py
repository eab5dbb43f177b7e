"""Runs the parts of the soak: `python -m tests.soak [PART [COUNT]]...`; exits with 1 if anything was lost or broken.

^C ends it with 130. What has been found until then stands above.
"""

import sys
import time
import traceback
from collections.abc import Callable, Iterator

from tests.soak import kills, page, race, rooms, suite
from tests.soak.figures import Figures

PARTS: dict[str, tuple[Callable[[int], Figures], int, int]] = {
    "spoilt": (suite.spoilt, 20_000, 3),
    "sittings": (suite.sittings, 200, 2),
    "laws": (suite.laws, 1_000, 15),
    "race": (race.race, 1_000, 6),
    "unshared": (race.unshared, 200, 2),
    "kills": (kills.kills, 2_000, 20),
    "lines": (kills.lines, 1, 1),
    "page": (page.kills, 300, 8),
    "rooms": (rooms.kills, 160, 6),
}
"""Each part by its name, with its rounds, and about how many minutes they take on two processors with nothing else to do.

Reckoned from the processor time of a tenth of each (November 2026); where six share the two it is four times as long.
"""
STOPPED = 130
"""How a program ends after ^C."""


def main(arguments: list[str]) -> int:
    """Run some parts, or all of them: one that finds something does not keep the others from looking."""
    unknown = [word for word in arguments if word not in PARTS and not word.isdecimal()]
    if unknown:
        sys.stderr.write(f"There is no part {', '.join(unknown)}. There are: {', '.join(PARTS)}.\n")
        return 2
    chosen = list(_chosen(arguments)) or [(name, count) for name, (_, count, _) in PARTS.items()]
    bad = 0
    for name, count in chosen:
        part, usual, minutes = PARTS[name]
        _say(
            f"{name}: {count:,}, begun at {time.strftime('%H:%M')}, about {minutes * count / usual:.0f} min on a quiet machine"
        )
        try:
            found = part(count)
        except BaseException as error:  # noqa: BLE001 - a part that breaks is a find too, and the others go on
            if _is_stop(error):
                _say(f"{name}: stopped")
                return STOPPED
            traceback.print_exc()
            found = Figures("broken, as said above", 1)
        _say(f"{name}: {found.line}")
        bad += found.bad
    return int(bad > 0)


def _is_stop(error: BaseException | None) -> bool:
    """Whether ^C is behind it: a browser that has heard it too is gone when it is to be closed."""
    return isinstance(error, KeyboardInterrupt) or (error is not None and _is_stop(error.__context__))


def _chosen(arguments: list[str]) -> Iterator[tuple[str, int]]:
    for word, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if word in PARTS:
            yield word, int(after) if after.isdecimal() else PARTS[word][1]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
