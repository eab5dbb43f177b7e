"""How many aspects stand where, as a table, a bar and a sentence."""

from dataclasses import dataclass

from charterkit.insight.evaluations.summary import Distribution
from charterkit.render.shared.chart import Segment, bar
from charterkit.render.shared.levels import NOT_APPLICABLE, NOT_RATED, UNREADABLE, Badge
from charterkit.text.english import counted, joined, plain

_FEW = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts worst first, then those without a level. A level that nothing stands at is there with 0."""

    counts: tuple[tuple[Badge, int], ...]
    segments: tuple[Segment, ...]
    rated: int
    total: int
    met: int

    @property
    def words(self) -> str:
        """What the picture says, for those who do not see it: "2 red, 3 amber, 1 not yet rated"."""
        return ", ".join(f"{count} {plain(badge.word)}" for badge, count in self.counts if count) or "none"


def tally(found: Distribution, known: dict[str, Badge]) -> Tally:
    """A distribution to be shown."""
    states = ((NOT_APPLICABLE, found.not_applicable), (NOT_RATED, found.not_rated), (UNREADABLE, found.unreadable))
    counts = [(known[level], count) for level, count in found.levels.items()]
    counts += [(badge, count) for badge, count in states if count]
    return Tally(tuple(counts), bar(counts), found.rated, found.total, found.met)


def in_words(found: Tally) -> str:
    """The levels, best first: "18 are green, six are amber and none is red". On long scales only those in use."""
    levels = [(badge, count) for badge, count in reversed(found.counts) if badge.is_level]
    if len(levels) > _FEW:
        levels = [(badge, count) for badge, count in levels if count]
    return joined([f"{_many(count)} {plain(badge.word)}" for badge, count in levels])


def _many(count: int) -> str:
    return counted(count, "is", "are") if count else "none is"
