"""Names that tell rows apart also where two lines of a file bear the same."""

from collections import Counter
from collections.abc import Callable


def apart() -> Callable[[str, str], str]:
    """What gives each name within a group as it is the first time, and with -2, -3 behind it where it comes again."""
    seen: set[tuple[str, str]] = set()
    tried: Counter[tuple[str, str]] = Counter()

    def named(group: str, name: str) -> str:
        made = name
        while (group, made) in seen:
            tried[group, name] += 1
            made = f"{name}-{tried[group, name] + 1}"
        seen.add((group, made))
        return made

    return named
