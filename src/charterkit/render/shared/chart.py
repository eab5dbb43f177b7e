"""The geometry of the pictures, in per cent, so that they stretch with the page while their letters keep their size."""

from collections.abc import Sequence
from typing import Literal

from charterkit.records import dataclass
from charterkit.render.shared.levels import Badge

LEAST = 6.0
"""The narrowest segment that still holds a letter, in per cent of the bar."""
ROOMY = 11.0
"""From here a segment holds its number too."""

Way = Literal["up", "down", "same", "other"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a bar: where it starts and how wide it is, in per cent."""

    badge: Badge
    count: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return round(self.start + self.width / 2, 3)

    @property
    def label(self) -> str:
        """What fits inside: letter and number, or the letter alone; the shape where the letter is a number too."""
        mark = self.badge.shape if self.is_drawn else self.badge.letter
        return f"{mark} {self.number}".rstrip()

    @property
    def is_drawn(self) -> bool:
        """Whether the badge's shape stands for it."""
        return not self.badge.letter or self.badge.letter.isdigit()

    @property
    def number(self) -> str:
        """The count, where there is room for it."""
        return str(self.count) if self.width >= ROOMY else ""


@dataclass(frozen=True, slots=True)
class MoveStep:
    """How many aspects went from one level to another. `width` is its bar's, in per cent of the longest."""

    before: Badge
    after: Badge
    way: Way
    word: str
    arrow: str
    count: int
    width: float


def bar(counts: Sequence[tuple[Badge, int]]) -> tuple[Segment, ...]:
    """A stacked bar; what is there at all is at least wide enough for its letter."""
    found = [(badge, count) for badge, count in counts if count]
    total = sum(count for _, count in found)
    if not total:
        return ()
    shares = [max(100 * count / total, LEAST) for _, count in found]
    spare = [share - LEAST for share in shares]
    too_much = sum(shares) - 100
    widths = [
        share - (too_much * free / sum(spare) if sum(spare) else 0) for share, free in zip(shares, spare, strict=True)
    ]
    starts = [sum(widths[:place]) for place in range(len(widths))]
    return tuple(
        Segment(badge, count, round(start, 3), round(width, 3))
        for (badge, count), start, width in zip(found, starts, widths, strict=True)
    )


def steps(found: Sequence[tuple[Badge, Badge, Way, str, str, int]]) -> tuple[MoveStep, ...]:
    """Moves in the order given, each with a bar: before, after, way, word, arrow and how many."""
    most = max((count for *_, count in found), default=1)
    return tuple(MoveStep(*move, width=round(max(100 * move[-1] / most, LEAST), 2)) for move in found)
