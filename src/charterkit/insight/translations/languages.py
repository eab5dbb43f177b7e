"""What a language tag stands for, in English: `so` is Somali."""

from functools import cache

from charterkit.files.load import load
from charterkit.model.base import nearest
from charterkit.model.language import Languages
from charterkit.resources import FACTS

_FILE = FACTS / "languages.yaml"
_LONGEST_PLACE = 4
"""Letters of the parts that name a script or a country; longer ones name a variety that only scholars use."""


@cache
def names() -> dict[str, str]:
    """The English names by tag. Raises ValueError where the list is broken."""
    loaded = load(Languages, _FILE.read_bytes())
    if loaded.model is None or loaded.problems:
        raise ValueError(f"{_FILE.name}: {loaded.problems[:1]}")
    return loaded.model.names


def named(tag: str, more: str = "") -> str:
    """A tag with its language's name before it: "Somali (so)", "Urdu (ur-PK)"; one that is not listed, by itself.

    `more` is what else is to be said of it: "Somali (so, version 1)", "qq (version 1)".
    """
    name = names().get(tag.split("-", maxsplit=1)[0].lower())
    aside = ", ".join(part for part in (tag if name else "", more) if part)
    return f"{name or tag} ({aside})" if aside else tag


def is_known(tag: str) -> bool:
    """Whether a tag is of a listed language, and of a script or country at most."""
    first, *rest = tag.lower().split("-")
    return first in names() and all(len(part) <= _LONGEST_PLACE for part in rest)


def meant(said: str) -> str:
    """The tag that was probably meant, where a name or an unknown tag was given; empty where that cannot be told."""
    tags = {name.lower(): tag for tag, name in names().items()}
    word = said.strip().lower()
    first = word.split("-")[0]
    if first in names():
        return first
    return tags.get(word) or tags.get(nearest(word, tags), "") or nearest(first, names())
