"""What is said of each part of a charter, as lists of words by the file's keys: what two versions are compared by."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from charterkit.model.charter import AppliesTo, Charter, Example
from charterkit.records import dataclass

ASPECT, KEY_POINT, LEVEL, CHARTER = "aspect", "key-point", "level", "charter"
DUTY, GROUP, AWARD, REFERENCE = "duty", "focus-group", "award", "reference"


class Named(Protocol):
    """A part with an id of its own."""

    @property
    def id(self) -> str:
        """Its short name."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What people call a part, and what else is said of it: by key (of levels, key and level: `levels.amber`) the
    words of each entry.
    """

    title: str
    words: Mapping[str, tuple[str, ...]]


PLAIN: Mapping[str, Callable[[Charter], Sequence[Any]]] = {
    DUTY: lambda charter: charter.pledge,
    GROUP: lambda charter: charter.focus_groups,
    AWARD: lambda charter: charter.awards,
    REFERENCE: lambda charter: charter.references,
}
"""Lists of parts that are compared by their ids alone."""

_TITLE = {ASPECT: "text", KEY_POINT: "title", LEVEL: "label", DUTY: "text", GROUP: "name", AWARD: "label"}
_KEYS: Mapping[str, tuple[str, ...]] = {
    ASPECT: (
        "number",
        "detail",
        "levels",
        "next",
        "met_at",
        "applies_to",
        "evidence",
        "evidence_max_age",
        "examples",
        "sources",
    ),
    KEY_POINT: ("number", "part", "poster", "detail", "examples", "applies_to", "sources"),
    LEVEL: ("meaning", "letter", "colour"),
    DUTY: ("fulfilled_by", "within"),
    GROUP: (),
    AWARD: ("needs",),
    REFERENCE: ("url", "page"),
    CHARTER: (
        "title",
        "status",
        "publisher",
        "purpose",
        "strategic_priority",
        "provenance",
        "rated",
        "met_at",
        "evidence_max_age",
        "written_in",
        "contacts",
    ),
}


def facets_of(part: str, held: Any) -> Facets:  # noqa: ANN401 - any part of a charter
    """What is said of a part."""
    title = str(getattr(held, _TITLE.get(part, "text" if part == REFERENCE else "title")))
    found: dict[str, tuple[str, ...]] = {}
    for key in _KEYS[part]:
        value = getattr(held, key)
        if isinstance(value, dict):
            found |= {f"{key}.{level}": (words,) for level, words in value.items()}
        else:
            found[key] = _words(value)
    return Facets(title, found)


def _words(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever stands there
    if value is None or value == "":
        return ()
    if isinstance(value, tuple | list):
        return tuple(_word(each) for each in value)
    return (_word(value),)


def _word(value: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(value, Example):
        return f"{value.text} ({value.school})" if value.school else value.text
    if isinstance(value, AppliesTo):
        return ", ".join([*value.phases, *value.types]) or "all schools"
    if hasattr(value, "email") or hasattr(value, "url"):
        parts = [getattr(value, name, None) for name in ("name", "role", "email", "url")]
        return ", ".join(str(each) for each in parts if each)
    return str(value)
