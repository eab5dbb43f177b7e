"""The levels a school is rated on, worst first. Red, amber and green unless a charter brings its own."""

from charterkit.model.base import Colour, Id, entry

NOT_APPLICABLE = "not-applicable"
RESERVED = (NOT_APPLICABLE, "unreadable", "not-rated")
"""Words that stand for the absence of a level; no level may have one as its id."""

FEWEST, MOST = 2, 7
SHAPES = ("■", "▲", "●", "◆", "★", "✚", "⬟")
"""A shape a level, so that no level is told by colour alone; by position in the scale."""


@entry
class Level:
    """One level of a scale."""

    id: Id
    """Its short name, which ratings use: small letters, digits and hyphens."""
    label: str
    """The word people see, such as Amber."""
    meaning: str = ""
    """What the level means, in a plain sentence."""
    colour: Colour | None = None
    """Six digits in quotes, such as "#ffb000"."""


RED_AMBER_GREEN: tuple[Level, ...] = (
    Level(id="red", label="Red", meaning="Not in place yet", colour="#7a0019"),
    Level(id="amber", label="Amber", meaning="Partly in place, or not yet for every family", colour="#ffb000"),
    Level(id="green", label="Green", meaning="In place, and families would say so", colour="#3d9a74"),
)
