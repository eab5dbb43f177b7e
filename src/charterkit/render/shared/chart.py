"""The geometry of the pictures, in per cent, so that they stretch with the page while their letters keep their size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

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
class Ribbon:
    """How many aspects went from one level to another: an SVG path in a square of 100 by 100."""

    before: Badge
    after: Badge
    count: int
    way: Way
    path: str
    at: tuple[float, float]
    """Where its label stands, in per cent of the width and height: low on the way up, high on the way down, so that
    the labels of ribbons that cross keep out of each other's way."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Two bars and what flows between them."""

    before: tuple[Segment, ...]
    after: tuple[Segment, ...]
    ribbons: tuple[Ribbon, ...]


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


def flow(pairs: Sequence[tuple[Badge, Badge, Way]], before: Sequence[Badge], after: Sequence[Badge]) -> Flow | None:
    """Bars and ribbons from each aspect's badge before and after; `before` and `after` give the segments' order."""
    if not pairs:
        return None
    tops = bar([(badge, sum(pair[0] == badge for pair in pairs)) for badge in before])
    feet = bar([(badge, sum(pair[1] == badge for pair in pairs)) for badge in after])
    counts = Counter(pairs)
    ways = sorted(counts, key=lambda pair: (before.index(pair[0]), after.index(pair[1]), pair[2]))
    top = {segment.badge: segment.start for segment in tops}
    foot = {segment.badge: segment.start for segment in feet}
    step = {segment.badge: segment.width / segment.count for segment in tops}
    tread = {segment.badge: segment.width / segment.count for segment in feet}
    ribbons = []
    for source, target, way in ways:
        count = counts[source, target, way]
        left, right = top[source], top[source] + count * step[source]
        low, high = foot[target], foot[target] + count * tread[target]
        top[source], foot[target] = right, high
        at = _label((left + right) / 2, (low + high) / 2, way)
        ribbons.append(Ribbon(source, target, count, way, _path(left, right, low, high), at))
    return Flow(tops, feet, tuple(ribbons))


def _label(start: float, end: float, way: Way) -> tuple[float, float]:
    """A point on the middle line of a ribbon, a quarter of its curve from one end."""
    near, far, height = 0.84375, 0.15625, 70.3125  # the curve of `_path` at its parameter 0.75
    if way == "down":
        return round(near * start + far * end, 2), 100 - height
    return round(far * start + near * end, 2), height


def _path(left: float, right: float, low: float, high: float) -> str:
    return (
        f"M{left:.2f} 0C{left:.2f} 50 {low:.2f} 50 {low:.2f} 100H{high:.2f}C{high:.2f} 50 {right:.2f} 50 {right:.2f} 0Z"
    )
