"""How many aspects stand where, as a table, a bar and a sentence."""

from charterkit.insight.evaluations.summary import Distribution
from charterkit.records import dataclass
from charterkit.render.shared.chart import Segment, bar
from charterkit.render.shared.levels import NOT_APPLICABLE, NOT_RATED, UNREADABLE, Badge, spoken
from charterkit.text.english import counted, joined, number, plain, plural
from charterkit.text.speech import has_words, ntr, tr

_FEW = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts worst first, then those without a level. A level that nothing stands at is there with 0."""

    counts: tuple[tuple[Badge, int], ...]
    segments: tuple[Segment, ...]
    rated: int
    applicable: int
    """All aspects but those that do not apply: what the rated and the met ones are counted of."""
    total: int
    met: int

    @property
    def words(self) -> str:
        """What the picture says, for those who do not see it: "2 red, 3 amber, 1 not yet rated"."""
        return ", ".join(f"{count} {standing_words(badge)}" for badge, count in self.counts if count) or tr("none")

    @property
    def met_words(self) -> str:
        """How many are met of those that apply: "4 of 4, 1 does not apply"; where none does, that alone."""
        if not self.applicable and self.total:
            return _beside(self.total).lstrip(", ")
        of = tr("%(met)s of %(all)s", met=self.met, all=self.applicable)
        return f"{of}{_beside(self.total - self.applicable)}"


def tally(found: Distribution, known: dict[str, Badge]) -> Tally:
    """A distribution to be shown."""
    states = ((NOT_APPLICABLE, found.not_applicable), (NOT_RATED, found.not_rated), (UNREADABLE, found.unreadable))
    counts = [(known[level], count) for level, count in found.levels.items()]
    counts += [(spoken(badge), count) for badge, count in states if count]
    return Tally(tuple(counts), bar(counts), found.rated, found.applicable, found.total, found.met)


def in_words(found: Tally) -> str:
    """The levels, best first: "18 are green, six are amber and none is red"; "28 at Yes and 15 at No".

    On long scales only those in use.
    """
    levels = [(badge, count) for badge, count in reversed(found.counts) if badge.is_level]
    if len(levels) > _FEW:
        levels = [(badge, count) for badge, count in levels if count]
    return joined([_many(badge, count) for badge, count in levels])


def rated_words(found: Distribution, noun: str = "aspect") -> str:
    """How far a self-evaluation has come: "24 of 39 aspects are rated, 1 does not apply"; `noun` is what is counted."""
    are = plural(found.rated, "is", "are")
    return f"{found.rated} of {found.applicable} {noun}s {are} rated{_beside(found.not_applicable)}"


def _beside(not_applicable: int) -> str:
    text = ntr(", %(count)s does not apply", ", %(count)s do not apply", not_applicable, count=not_applicable)
    return text if not_applicable else ""


_ADJECTIVES = frozenset({"red", "amber", "yellow", "orange", "green", "blue"})
"""Labels that can be said of an aspect: "six are amber". Others stand as names: "six at Yes"."""


def _is_said(badge: Badge) -> bool:
    return badge.word.casefold() in _ADJECTIVES and not has_words()


def standing_words(badge: Badge) -> str:
    """A level or a state behind a number: "red", "at Yes", "not yet rated"."""
    if not badge.is_level or _is_said(badge):
        return plain(badge.word)
    name = badge.name or badge.word
    return tr("at “%(level)s”", level=name) if len(name.split()) > _FEW else tr("at %(level)s", level=name)


def _many(badge: Badge, count: int) -> str:
    if _is_said(badge):
        return f"{counted(count, 'is', 'are') if count else 'none is'} {plain(badge.word)}"
    return f"{number(count) if count else tr('none')} {standing_words(badge)}"
