"""What differs between two versions of a charter: aspect by aspect through `replaces`, and everything around them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import zip_longest

from charterkit.insight.charter_versions.facets import (
    ASPECT,
    CHARTER,
    KEY_POINT,
    LEVEL,
    PLAIN,
    Facets,
    Named,
    facets_of,
)
from charterkit.insight.evaluations.lineage import lineage
from charterkit.insight.evaluations.scales import scaling
from charterkit.model.charter import Aspect, Charter
from charterkit.records import dataclass


class DiffKind(StrEnum):
    """What became of a part of a charter. The value is its word in data."""

    NEW = "new"
    GONE = "gone"
    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    REWORDED = "reworded"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `before` and `after` are the words of it; empty where there are none."""

    kind: DiffKind
    part: str
    """What sort of part it is of: aspect, key-point, level, duty, focus-group, award, reference, contact or charter."""
    id: str
    """The part's id in the newer version; of one that is gone, in the older."""
    title: str
    """What people call the part today."""
    key_point: str
    """The heading that an aspect stands under, today; empty elsewhere."""
    facet: str
    """What of it differs, as a key of the file; `id` of a part as a whole."""
    before: str = ""
    after: str = ""
    from_ids: tuple[str, ...] = ()
    """The earlier aspects that it goes on from, where that is not itself alone."""


@dataclass(frozen=True, slots=True)
class CharterDiff:
    """Two versions and all that differs between them, in the newer one's order."""

    old: Charter
    new: Charter
    differences: tuple[Difference, ...]
    is_same_scale: bool
    """Whether both have the same levels, by their ids and in their order."""
    is_scale_told: bool
    """Whether each older level is one of the newer ones, by its id or through `replaces`."""

    def of(self, part: str, *kinds: DiffKind) -> list[Difference]:
        """The differences of one sort of part and some kinds, or of all kinds."""
        return [each for each in self.differences if each.part == part and (not kinds or each.kind in kinds)]


def charter_diff(old: Charter, new: Charter, versions: Sequence[Charter]) -> CharterDiff:
    """Compare two versions. `versions` are all of this charter, oldest first, through which `replaces` leads."""
    line = lineage(old, new, versions)
    found = [
        *_aspects(old, new, line),
        *_parts(KEY_POINT, old.key_points, new.key_points),
        *_order(old, new),
        *_parts(LEVEL, old.scale, new.scale),
    ]
    for part, held in PLAIN.items():
        found += _parts(part, held(old), held(new))
    whole = Difference(DiffKind.CHANGED, CHARTER, new.id, new.title, "", "id")
    found += _facets(whole, facets_of(CHARTER, old), facets_of(CHARTER, new))
    levels = scaling(old, new, versions)
    is_told = levels is not None and all(len(levels.became(level)) == 1 for level in old.levels)
    return CharterDiff(old, new, tuple(found), list(old.levels) == list(new.levels), is_told)


# -- aspects


def _aspects(old: Charter, new: Charter, line: Mapping[str, tuple[str, ...]]) -> Iterator[Difference]:
    children: dict[str, list[str]] = {name: [] for name in old.aspects}
    for name, olds in line.items():
        for each in olds:
            children[each].append(name)
    for name, aspect in new.aspects.items():
        yield from _aspect(old, new, aspect, line[name], children)
    for name, aspect in old.aspects.items():
        if not children[name]:
            point = old.key_point_of[name].title
            yield Difference(DiffKind.GONE, ASPECT, name, aspect.text, point, "id", before=aspect.text)


def _aspect(
    old: Charter, new: Charter, aspect: Aspect, olds: tuple[str, ...], children: Mapping[str, Sequence[str]]
) -> Iterator[Difference]:
    point = new.key_point_of[aspect.id]
    if not olds:
        yield Difference(DiffKind.NEW, ASPECT, aspect.id, aspect.text, point.title, "id", after=aspect.text)
        return
    texts = "\n".join(old.aspects[each].text for each in olds)
    if len(olds) > 1 or len(children[olds[0]]) > 1:
        kind = DiffKind.MERGED if len(olds) > 1 else DiffKind.SPLIT
        yield Difference(kind, ASPECT, aspect.id, aspect.text, point.title, "id", texts, aspect.text, olds)
    elif olds != (aspect.id,):
        yield Difference(DiffKind.RENAMED, ASPECT, aspect.id, aspect.text, point.title, "id", texts, aspect.text, olds)
    elif texts != aspect.text:
        yield Difference(DiffKind.REWORDED, ASPECT, aspect.id, aspect.text, point.title, "text", texts, aspect.text)
    was = old.key_point_of[olds[0]]
    if was.id != point.id:
        yield Difference(
            DiffKind.MOVED, ASPECT, aspect.id, aspect.text, point.title, "key_point", was.title, point.title
        )
    if len(olds) == 1 and (len(children[olds[0]]) == 1 or olds == (aspect.id,)):
        before = facets_of(ASPECT, old.aspects[olds[0]])
        about = Difference(DiffKind.CHANGED, ASPECT, aspect.id, aspect.text, point.title, "id")
        yield from _facets(about, before, facets_of(ASPECT, aspect))


def _order(old: Charter, new: Charter) -> Iterator[Difference]:
    """Key points that stand in another order."""
    both = {point.id for point in old.key_points} & {point.id for point in new.key_points}
    before = [point for point in old.key_points if point.id in both]
    after = [point for point in new.key_points if point.id in both]
    if [point.id for point in before] != [point.id for point in after]:
        was, now = ("; ".join(point.title for point in points) for points in (before, after))
        yield Difference(DiffKind.MOVED, CHARTER, new.id, new.title, "", "key_points", was, now)


# -- parts with ids of their own


def _parts(part: str, olds: Iterable[Named], news: Iterable[Named]) -> Iterator[Difference]:
    """What is new, gone or otherwise said, of parts that go on where their ids do, or `replaces` says so."""
    before = {each.id: each for each in olds}
    goes_on: set[str] = set()
    for each in news:
        froms = tuple(name for name in getattr(each, "replaces", ()) if name in before)
        froms = froms or ((each.id,) if each.id in before else ())
        goes_on.update(froms)
        title = facets_of(part, each).title
        if not froms:
            yield Difference(DiffKind.NEW, part, each.id, title, "", "id", after=title)
            continue
        was = facets_of(part, before[froms[0]])
        if len(froms) > 1 or froms != (each.id,):
            kind = DiffKind.MERGED if len(froms) > 1 else DiffKind.RENAMED
            titles = "\n".join(facets_of(part, before[name]).title for name in froms)
            yield Difference(kind, part, each.id, title, "", "id", titles, title, froms)
        elif was.title != title:
            yield Difference(DiffKind.REWORDED, part, each.id, title, "", "title", was.title, title)
        yield from _facets(Difference(DiffKind.CHANGED, part, each.id, title, "", "id"), was, facets_of(part, each))
    for name, each in before.items():
        if name not in goes_on:
            title = facets_of(part, each).title
            yield Difference(DiffKind.GONE, part, name, title, "", "id", before=title)


def _facets(about: Difference, was: Facets, now: Facets) -> Iterator[Difference]:
    """Each thing that is said of a part otherwise than before; of lists what came and what went."""
    for facet in dict.fromkeys([*was.words, *now.words]):
        before, after = was.words.get(facet, ()), now.words.get(facet, ())
        if before == after:
            continue
        gone = [words for words in before if words not in after]
        new = [words for words in after if words not in before]
        for old_words, new_words in zip_longest(gone, new, fillvalue=""):
            kind = DiffKind.CHANGED if old_words and new_words else DiffKind.NEW if new_words else DiffKind.GONE
            yield replace(about, kind=kind, facet=facet, before=old_words, after=new_words)
        if not gone and not new:
            was_said, now_said = "; ".join(before), "; ".join(after)
            yield replace(about, kind=DiffKind.MOVED, facet=facet, before=was_said, after=now_said)
