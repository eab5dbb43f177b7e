"""Which aspects of one charter version an aspect of another inherits from: renamed, merged and split ones."""

from collections.abc import Sequence
from itertools import pairwise

from charterkit.model.charter import Charter, version_key

Lineage = dict[str, tuple[str, ...]]
"""For each aspect of the later version asked about, its aspects in the earlier one; none for one that is new."""


def lineage(start: Charter, end: Charter, versions: Sequence[Charter]) -> Lineage:
    """Go from `start` to `end`, version by version; backwards too. `versions` are all of this charter, oldest first."""
    if start.version == end.version:
        return {aspect: (aspect,) if aspect in start.aspects else () for aspect in end.aspects}
    way = way_between(start, end, versions)
    low, high = way[0], way[-1]
    upwards: Lineage = {aspect: (aspect,) for aspect in low.aspects}
    dropped: Lineage = {}
    for older, newer in pairwise(way):
        known = {**dropped, **upwards}
        made = {key: _through(_parents(older, newer, key, known), known) for key in newer.aspects}
        dropped = {key: olds for key, olds in known.items() if key not in newer.aspects}
        upwards = made
    return upwards if end is high else _turned(upwards, end)


def way_between(start: Charter, end: Charter, versions: Sequence[Charter]) -> list[Charter]:
    """The two versions with those between them, oldest first."""
    low, high = sorted((start, end), key=lambda each: version_key(each.version))
    between = [
        charter
        for charter in versions
        if version_key(low.version) < version_key(charter.version) < version_key(high.version)
    ]
    return [low, *between, high]


def _parents(older: Charter, newer: Charter, key: str, known: Lineage) -> list[str]:
    """The earlier aspects that one goes on from: those it `replaces`, and its own id.

    An id that a version in between dropped comes back as the same aspect, unless another has taken its place since.
    What `replaces` names in both versions while it lives on in both was split before, and is not joined again: a next
    version begins as a copy.
    """
    was = older.aspects[key].replaces if key in older.aspects else ()
    apart = {old for old in was if old in older.aspects and old in newer.aspects}
    replaces = [old for old in newer.aspects[key].replaces if old not in apart]
    is_taken = key not in older.aspects and any(key in aspect.replaces for aspect in older.aspects.values())
    own = [] if is_taken else [key]
    return [old for old in (*own, *replaces) if old in known]


def _through(middle: Sequence[str], upwards: Lineage) -> tuple[str, ...]:
    return tuple(dict.fromkeys(old for key in middle for old in upwards.get(key, ())))


def _turned(upwards: Lineage, low: Charter) -> Lineage:
    """The other way round: for each older aspect, the newer ones that came of it."""
    return {old: tuple(new for new, olds in upwards.items() if old in olds) for old in low.aspects}
