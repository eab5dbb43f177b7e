"""How a level is shown: a letter, a word, a shape and a colour, so that no level is told by its colour alone."""

from dataclasses import replace

from charterkit.insight.evaluations.evaluated import RatingState, Standing
from charterkit.insight.sight import luminance
from charterkit.model.charter import Charter
from charterkit.model.scale import SHAPES, bears, keyed
from charterkit.records import dataclass
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.text.speech import has_words, tr
from charterkit.text.speech import mark as mark_to_say

BLACK, WHITE = "#000000", "#ffffff"
_PALE = "#e7e4dc"


@dataclass(frozen=True, slots=True)
class Badge:
    """A level, or one of the states that are none. `ink` is black or white, whichever reads better on `colour`."""

    id: str
    letter: str
    word: str
    shape: str
    colour: str
    ink: str
    meaning: str = ""
    is_level: bool = False
    name: str = ""
    """The word without the number that it may bear, as sentences have it: "Inadequate" of "4 Inadequate"."""

    @property
    def lead(self) -> str:
        """The letter where it stands before the word; empty where the word bears it: "4 Inadequate"."""
        return "" if bears(self.word, self.letter.casefold()) else self.letter

    @property
    def text(self) -> str:
        """Everything but the colour: "▲ A Amber"."""
        return " ".join(part for part in (self.shape, self.lead, self.word) if part)


NOT_RATED = Badge("not-rated", "", mark_to_say("Not yet rated"), "○", _PALE, BLACK)
NOT_APPLICABLE = Badge("not-applicable", "", mark_to_say("Not applicable"), "–", _PALE, BLACK)
UNREADABLE = Badge("unreadable", "", mark_to_say("Unreadable"), "?", _PALE, BLACK)
ABSENT = Badge("absent", "", mark_to_say("Not in this version"), "–", _PALE, BLACK)

_STATES = {
    RatingState.NOT_RATED: NOT_RATED,
    RatingState.NOT_APPLICABLE: NOT_APPLICABLE,
    RatingState.UNREADABLE: UNREADABLE,
}


def badges(charter: Charter) -> dict[str, Badge]:
    """A badge for each level of the charter's scale by id, worst first."""
    made = {}
    for rank, (level, known) in enumerate(keyed(charter.levels.values())):
        colour = level.colour or _ramp(rank, len(charter.levels))
        look = (SHAPES[rank % len(SHAPES)], colour, ink(colour))
        letter = known.key.upper()
        made[level.id] = Badge(level.id, letter, level.label, *look, level.meaning, is_level=True, name=known.name)
    return made


def mark(charter: Charter, known: dict[str, Badge]) -> Badge:
    """The level at which an aspect counts as met."""
    return list(known.values())[charter.met_rank] if known else UNREADABLE


def badge_of(standing: Standing | None, known: dict[str, Badge]) -> Badge:
    """The badge of one aspect's standing; None is an aspect that the charter version does not have."""
    if standing is None:
        return spoken(ABSENT)
    if standing.level is not None:
        return known[standing.level.id]
    return spoken(_STATES[standing.state])


def spoken(state: Badge) -> Badge:
    """A state in the language that is spoken."""
    return replace(state, word=tr(state.word)) if has_words() else state


def _ramp(rank: int, levels: int) -> str:
    """A colour for a level without one: from dark to light, told apart in greyscale too."""
    ramp: list[str] = builtin_tokens()["levels"]["ramp"]
    return ramp[round(rank * (len(ramp) - 1) / max(levels - 1, 1))]


def ink(colour: str) -> str:
    """Black or white, whichever has the higher contrast on a colour; one of them always reaches 4.5 to 1."""
    return WHITE if contrast(colour, WHITE) > contrast(colour, BLACK) else BLACK


def contrast(text: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, "contrast ratio", w3.org/TR/WCAG22, read November 2026)."""
    low, high = sorted((luminance(text), luminance(other)))
    return (high + 0.05) / (low + 0.05)
