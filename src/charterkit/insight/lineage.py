"""Which aspects of one charter version an aspect of another inherits from: renamed, merged and split ones."""

from collections.abc import Sequence
from itertools import pairwise

from charterkit.files.workspace import version_key
from charterkit.model.charter import Charter

Lineage = dict[str, tuple[str, ...]]
"""For each aspect of the later version asked about, its aspects in the earlier one; none for one that is new."""


def lineage(start: Charter, end: Charter, versions: Sequence[Charter]) -> Lineage:
    """Go from `start` to `end`, version by version; backwards too. `versions` are all of this charter, oldest first."""
    if start.version == end.version:
        return {aspect: (aspect,) for aspect in end.aspects}
    low, high = sorted((start, end), key=lambda one: version_key(one.version))
    between = [
        one for one in versions if version_key(low.version) < version_key(one.version) < version_key(high.version)
    ]
    way = [low, *between, high]
    upwards: Lineage = {aspect: (aspect,) for aspect in low.aspects}
    for older, newer in pairwise(way):
        step = parents(older, newer)
        upwards = {aspect: _through(step[aspect], upwards) for aspect in newer.aspects}
    return upwards if end is high else _turned(upwards, end)


def parents(older: Charter, newer: Charter) -> Lineage:
    """For each aspect of the newer version, the older ones it goes on from: itself, and those it `replaces`."""
    return {
        key: tuple(dict.fromkeys(old for old in (key, *aspect.replaces) if old in older.aspects))
        for key, aspect in newer.aspects.items()
    }


def _through(middle: tuple[str, ...], upwards: Lineage) -> tuple[str, ...]:
    return tuple(dict.fromkeys(old for key in middle for old in upwards.get(key, ())))


def _turned(upwards: Lineage, low: Charter) -> Lineage:
    """The other way round: for each older aspect, the newer ones that came of it."""
    return {old: tuple(new for new, olds in upwards.items() if old in olds) for old in low.aspects}
