"""Evidence written into a self-evaluation: each piece once, and looked at again where it stands there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.reader import parse, value_at
from charterkit.findings import TreePath
from charterkit.insight.evaluations.naming import demand_aspect
from charterkit.insight.evaluations.part_answers import part_meant, part_way, parts_of
from charterkit.insight.evidence.naming import identity
from charterkit.records import dataclass
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.in_file import placed

Piece = Mapping[str, Any]
"""A piece of evidence as files hold it."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it: the sentence of the aspect or the heading, and how many pieces are new or were said anew."""

    about: str
    new: int
    again: int


def record(file: EvaluationFile, words: str, pieces: Sequence[Piece]) -> Recorded:
    """Write pieces of evidence for the aspect that some words mean, or the key point where those are rated: one write.

    A piece that stands there already gets the date, hash and words that are given now. Raises CharterkitError where no
    one aspect is meant, and whatever the file raises; nothing is changed then.
    """
    charter = file.charter
    part = part_meant(words, charter)
    name = part or demand_aspect(words, charter)
    way = part_way(part) if part else ("ratings", name)
    made, new, again = _changes(_held(file, way), (*way, "evidence"), pieces)
    if made:
        file.plan(made, name)
    return Recorded(parts_of(charter)[part] if part else charter.aspects[name].text, new, again)


def _held(file: EvaluationFile, way: TreePath) -> list[Any]:
    """The list of evidence that stands in the file, whether or not it can be used."""
    found = value_at(parse(file.evaluated.document.data).tree, (*placed(way, file.charter), "evidence"))
    return found if isinstance(found, list) else []


def _changes(held: list[Any], at: TreePath, pieces: Sequence[Piece]) -> tuple[list[Change], int, int]:
    places = {identity(piece): place for place, piece in enumerate(held) if isinstance(piece, dict)}
    made, new, again = [], 0, 0
    for piece in {identity(piece): piece for piece in pieces}.values():
        place = places.get(identity(piece))
        if place is None:
            made.append(Change(at, dict(piece), append=True))
            new += 1
            continue
        other = {key: said for key, said in piece.items() if str(held[place].get(key, "")) != str(said)}
        made += [Change((*at, place, key), said) for key, said in other.items()]
        again += bool(other)
    return made, new, again
