"""The levels a school is rated on, worst first. Red, amber and green unless a charter brings its own."""

import re
from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from charterkit.model.base import Colour, Id, entry
from charterkit.records import dataclass
from charterkit.text.later import later

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
    letter: str | None = None
    """What it is answered by and shows on its badge; else the number its label bears, its first letter or its place."""
    replaces: tuple[Id, ...] = ()
    """Levels of an earlier version's scale that this one stands for, so that ratings of both can be compared."""


RED_AMBER_GREEN: tuple[Level, ...] = (
    Level(id="red", label="Red", meaning="Not in place yet", colour="#7a0019"),
    Level(id="amber", label="Amber", meaning="Partly in place, or not yet for every family", colour="#ffb000"),
    Level(id="green", label="Green", meaning="In place, and families would say so", colour="#3d9a74"),
)


@dataclass(frozen=True, slots=True)
class LevelKey:
    """What a level is answered by, on a keyboard, in a cell and on the command line; in small letters."""

    key: str
    """Stands on its badge. One character, but for labels that bear a number above nine or are hardly longer."""
    also: str = ""
    """One that answers a question too where nothing else may be meant by it."""
    name: str = ""
    """The label without the number that it bears: "Inadequate" of "4 Inadequate"; the label where nothing is left."""


_NUMBER = later(r"(?:([^\W\d_]+)\s+)?(\d{1,3})(?!\w)[\s.:)–—-]*(.*)", re.DOTALL)
_NUMBER_BEHIND = later(r"(.*\S)\s*+\((\d{1,3})\)")
_SHORT = 3


def level_keys(scale: Sequence[Level]) -> tuple[LevelKey, ...]:
    """A key for each level, no two alike: the letters that the levels give themselves, where all of them do.

    Labels that bring their own numbers ("4 Inadequate", "Level 5", "Good (2)") are answered by those and by nothing
    else. Others by their initials, or by their place, from 1 for the worst, where two begin alike.
    """
    labels = [" ".join(level.label.split()) for level in scale]
    letters = [(level.letter or "").casefold() for level in scale]
    if _are_apart(letters):
        return _keys(
            letters, [""] * len(labels), [_name(label, letter) for label, letter in zip(labels, letters, strict=True)]
        )
    numbered = [_numbered(label) for label in labels]
    if _are_apart([number for number, _, _ in numbered]) and len({before for _, before, _ in numbered}) == 1:
        names = [rest or label for (_, _, rest), label in zip(numbered, labels, strict=True)]
        keys = [number for number, _, _ in numbered]
        return _keys(keys, [""] * len(labels), names if len(set(names)) == len(labels) else labels)
    initials = [label[:1].casefold() for label in labels]
    places = [str(place) for place in range(1, len(labels) + 1)]
    has_digits = any(initial.isdecimal() for initial in initials) or any(number for number, _, _ in numbered)
    if _are_apart(initials):
        return _keys(initials, [""] * len(labels) if has_digits else places, labels)
    if has_digits:
        short = [label.casefold() for label in labels]
        is_short = _are_apart(short) and max(map(len, short)) <= _SHORT
        return _keys(short if is_short else list(ascii_lowercase), [""] * len(labels), labels)
    return _keys(places, [initial if initials.count(initial) == 1 else "" for initial in initials], labels)


def keyed(scale: Iterable[Level]) -> list[tuple[Level, LevelKey]]:
    """Each level with its key."""
    levels = list(scale)
    return list(zip(levels, level_keys(levels), strict=True))


def _keys(keys: Sequence[str], also: Sequence[str], labels: Sequence[str]) -> tuple[LevelKey, ...]:
    return tuple(LevelKey(key, other, label) for key, other, label in zip(keys, also, labels, strict=False))


def _name(label: str, letter: str) -> str:
    """A label without the number that its letter says already."""
    number, _, rest = _numbered(label)
    return rest if rest and number == letter else label


def _are_apart(keys: Sequence[str]) -> bool:
    """Whether they can be typed, and no two are alike."""
    return all(key and key.isalnum() for key in keys) and len(set(keys)) == len(keys)


def _numbered(label: str) -> tuple[str, str, str]:
    """The number that a label bears, the word before it and what is left of the label; empty where there is none."""
    found = _NUMBER.fullmatch(label)
    if found:
        word = (found[1] or "").casefold()
        return str(int(found[2])), word, "" if word and not found[3] else found[3]
    behind = _NUMBER_BEHIND.fullmatch(label)
    return (str(int(behind[2])), "", behind[1]) if behind else ("", "", "")


def own_number(label: str) -> str:
    """The number that a label bears, as "4" of "4 Inadequate"; empty where it bears none."""
    return _numbered(" ".join(label.split()))[0]


def bears(label: str, key: str) -> bool:
    """Whether a label shows its key by itself, so that both beside each other would say one thing twice."""
    return own_number(label) == key or label.casefold().strip() == key
