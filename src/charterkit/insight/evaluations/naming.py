"""Which aspect or key point people mean: by its id, its own words, or the number that it is shown with."""

import re
import unicodedata

from charterkit.errors import Conflict, NotThere
from charterkit.model.base import nearest, slug
from charterkit.model.charter import Charter, KeyPoint
from charterkit.text.english import alternatives
from charterkit.text.later import later
from charterkit.text.safe import shown


def plain_word(text: str) -> str:
    """A word as it is compared: in small letters, with one blank between its parts."""
    return " ".join(text.split()).casefold()


def aspect_meant(words: str, charter: Charter) -> str | None:
    """An aspect's id from its id, its own sentence, or its number; None where none or several are meant."""
    found = aspects_meant(words, charter)
    return found[0] if len(found) == 1 else None


def aspects_meant(words: str, charter: Charter, *, from_table: bool = False) -> list[str]:
    """All the aspects that some words may mean: an id before all else, then sentences, then numbers.

    Capitals, blanks and punctuation of a sentence make no difference. A number is the aspect's own; where it has none,
    the key point's and the aspect's under it (2.3), or, where the charter brings no numbers, its place among all (12).
    In a table 1.1 may be what Excel made of 1.10.
    """
    if words in charter.aspects:
        return [words]
    said = _plain(words)
    found = [name for name, aspect in charter.aspects.items() if said and said in (name, _plain(aspect.text))]
    return found or _with_number(_number(words), charter, from_table=from_table)


def key_point_meant(words: str, charter: Charter) -> KeyPoint | None:
    """A key point from its id, its heading, or its number; None where none or several are meant."""
    points = charter.key_points
    said, number = _plain(words), _number(words)
    found = [point for point in points if point.id == words] or [
        point for point in points if said and said in (point.id, _plain(point.title))
    ]
    found = found or [point for point in points if number and number == _number(point.number)]
    found = found or [point for place, point in enumerate(points, 1) if number and number == _of_point(point, place)]
    return found[0] if len(found) == 1 else None


def numbers_shown(charter: Charter) -> dict[str, str]:
    """Each aspect's number by its id: its own, or that of its key point and its place under it.

    Where key points alone are rated, each stands for itself: its number, or its place among them.
    """
    if charter.rated == "key-points":
        return {point.id: point.number or str(place) for place, point in enumerate(charter.key_points, 1)}
    return {
        aspect.id: aspect.number or f"{point.number or place}.{below}"
        for place, point in enumerate(charter.key_points, 1)
        for below, aspect in enumerate(point.aspects, 1)
    }


def demand_aspect(words: str, charter: Charter) -> str:
    """The id of the aspect that is meant. Raises CharterkitError where it is none, or where it may be several."""
    found = aspects_meant(words, charter)
    if len(found) > 1:
        raise Conflict("several-aspects", aspect=words, noun=charter.rated_noun, known=found)
    if not found:
        above, point, speak = _above(words, charter), key_point_meant(words, charter), _speak_of(words, charter)
        guess = "" if point or speak else nearest(slug(words), charter.aspects)
        raise NotThere(
            "no-aspect",
            aspect=words,
            kind=charter.rated_kind,
            meant=above.id if above else speak[0] if len(speak) == 1 and not point else guess,
            point=point.title if point else "",
            inside=[aspect.id for aspect in point.aspects] if point else [],
            speak=speak,
            charter=charter.id,
            version=charter.version,
        )
    return found[0]


def _speak_of(words: str, charter: Charter) -> list[str]:
    """The aspect whose id begins with some words, else those in whose sentence they stand."""
    said = _plain(words)
    begun = [name for name in charter.aspects if name.startswith(f"{said}-")]
    if len(begun) == 1 or len(said) < _FEW_LETTERS:
        return begun
    return [aspect.id for aspect in charter.aspects.values() if said in _plain(aspect.text)]


_FEW_LETTERS = 3
"""With fewer, words stand in any sentence."""


def why_none(words: str, charter: Charter, *, from_table: bool = False) -> str:
    """Why some words name no aspect, for a complaint about an answer."""
    if not words.strip():
        return f"no {charter.rated_noun} is named here"
    several = aspects_meant(words, charter, from_table=from_table)
    if len(several) > 1:
        named = [f"{name} (“{shown(charter.aspects[name].text)}”)" for name in several]
        return f"'{shown(words)}' may mean more than one {charter.rated_noun}: write the id, {alternatives(named)}"
    point = key_point_meant(words, charter)
    if point:
        only = f"write {point.id}=not-applicable and why, or one of its aspects"
        return f"'{shown(words)}' is a key point, not an aspect: {only}"
    above = _above(words, charter)
    if above:
        only = f"key points alone are rated here, so write {above.id}"
        return f"'{shown(words)}' stands under “{shown(above.title)}”, and {only}"
    guess = nearest(slug(words), charter.aspects) or _nearest_sentence(words, charter)
    hint = f": did you mean {guess}?" if guess else f" ({charter.id}, version {shown(charter.version)})"
    return f"'{shown(words)}' is not {charter.rated_kind} of this charter{hint}"


def _above(words: str, charter: Charter) -> KeyPoint | None:
    """Where key points alone are rated, the one under which some words stand as an aspect."""
    said, number = _plain(words), _number(words)
    for point in charter.key_points:
        for aspect in charter.below.get(point.id, ()):
            if said and (said in (aspect.id, _plain(aspect.text)) or number == _number(aspect.number)):
                return point
    return None


def _plain(text: str) -> str:
    """A sentence without what may differ in writing it: capitals, blanks, punctuation, one sort of apostrophe."""
    letters = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return "-".join(re.findall(r"[^\W_]+", letters))


def _number(text: str | None) -> str:
    """A number without what may differ in writing it: capitals, blanks and a dot behind it."""
    return "".join(unicodedata.normalize("NFKC", text or "").split()).casefold().removesuffix(".")


def _of_point(point: KeyPoint, place: int) -> str:
    return _number(point.number) or str(place)


_COUNTED = later(r"([0-9]{1,3})(?:\.([0-9]{1,3}))?")
_TEN = 10


def _with_number(number: str, charter: Charter, *, from_table: bool) -> list[str]:
    """The aspects with a number, as it is shown or counted."""
    if not number:
        return []
    own = {name: _number(aspect.number) for name, aspect in charter.aspects.items() if _number(aspect.number)}
    found = [name for name, its in own.items() if its == number]
    if from_table and found:
        found += [name for name, its in own.items() if "." in number and its.rstrip("0") == number != its]
    if found:
        return found
    counted = _COUNTED.fullmatch(number)
    if not own and not any(point.number for point in charter.key_points):
        return _counted(int(counted[1]), counted[2], charter) if counted else []
    return [name for name, its in numbers_shown(charter).items() if name not in own and _number(its) == number]


def _counted(first: int, second: str | None, charter: Charter) -> list[str]:
    """The aspect of a number. Excel writes 1.1 for 1.10, so that neither is taken where there are both."""
    if second is None:
        return list(charter.aspects)[first - 1 : first] if first else []
    if charter.rated == "key-points":
        return []
    points = dict(enumerate(charter.key_points, 1))
    aspects = [aspect.id for aspect in points[first].aspects] if first in points else []
    if len(aspects) >= _TEN and second.rstrip("0") in {str(number) for number in range(1, len(aspects) // _TEN + 1)}:
        return []
    return aspects[int(second) - 1 : int(second)] if int(second) else []


def _nearest_sentence(said: str, charter: Charter) -> str:
    sentences = {slug(aspect.text)[:_COMPARED]: aspect.text for aspect in charter.aspects.values()}
    guess = nearest(slug(said)[:_COMPARED], sentences)
    return f"“{shown(sentences[guess])}”" if guess else ""


_COMPARED = 80
"""Letters of a sentence, the most that are compared."""
