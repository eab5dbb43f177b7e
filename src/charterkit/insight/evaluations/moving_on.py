"""What becomes of a self-evaluation's entries when it moves on to a later version of its charter; nothing is lost.

What an aspect is rated goes with it through `replaces`: to its new name, to each part of a split one, and of joined
ones the lowest rating, as a comparison has it, beside the words of all. What has no place in the later version is
kept whole under a key of the file's own, such as `x-ratings-of-version-1`, which nothing reads and nobody loses.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Any

from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.reader import Tree, copied, value_at
from charterkit.findings import TreePath
from charterkit.insight.evaluations.joining import Levels, joined_entry
from charterkit.insight.evaluations.lineage import lineage
from charterkit.model.base import slug
from charterkit.model.charter import Aspect, Charter
from charterkit.records import dataclass

SECTIONS = ("ratings", "key_points")


@dataclass(frozen=True, slots=True)
class SectionMove:
    """What becomes of the entries of one list of ratings, by their ids."""

    key: str
    aside: str
    """The key under which what has no place any more is kept."""
    becomes: Mapping[str, tuple[str, ...]]
    """Where an entry goes as it is: to itself, to another name, or to several."""
    merged: Mapping[str, tuple[str, ...]]
    """Which entries are joined into one."""
    made: Mapping[str, dict[str, Any]]
    """What each of these holds."""
    kept: tuple[str, ...]
    """The entries that are kept whole beside: joined ones, and those without a place."""

    @property
    def set_aside(self) -> list[str]:
        """Those of the kept ones that go into nothing."""
        joined = {old for olds in self.merged.values() for old in olds}
        return [old for old in self.kept if old not in joined and not self.becomes.get(old)]

    def moved(self, entries: Mapping[str, Tree]) -> tuple[dict[str, Tree], dict[str, Tree]]:
        """The entries as they are afterwards, and those that are kept beside."""
        found: dict[str, Tree] = {
            new: copied(entry) for old, entry in entries.items() for new in self.becomes.get(old, ())
        }
        found |= {new: copied(entry) for new, entry in self.made.items()}
        return found, {old: copied(entries[old]) for old in self.kept}

    @property
    def is_change(self) -> bool:
        """Whether any entry changes its name or its place."""
        return bool(self.merged) or any(news != (old,) for old, news in self.becomes.items())


@dataclass(frozen=True, slots=True)
class ActionTurn:
    """An action whose aspect has another name now; None where it has none any more."""

    action: str
    old: str
    new: str | None


@dataclass(frozen=True, slots=True)
class Moving:
    """What becomes of one file: its entries, and then the changes within them."""

    old: Charter
    new: Charter
    sections: tuple[SectionMove, ...]
    changes: tuple[Change, ...]
    rekeyed: Mapping[TreePath, str]
    """Keys that become keys of the file's own, which nothing reads, with all that stands under them."""
    actions: tuple[ActionTurn, ...]
    levels: tuple[tuple[str, str], ...]
    """Levels that are called otherwise now, as the file had them and as it has them."""
    starting: tuple[str, ...]
    """What the later version asks anew: nothing goes on in it."""
    groups_gone: tuple[str, ...]
    """The groups with levels in the file that the later version does not have."""


def levels_used(tree: Tree) -> Iterator[str]:
    """Every word that stands where a level belongs, as the file has it."""
    for _, entry in _entries(tree):
        groups, target = entry.get("groups"), entry.get("target")
        words = [entry.get("rating"), target.get("level") if isinstance(target, dict) else None]
        words += groups.values() if isinstance(groups, dict) else ()
        yield from (str(word) for word in words if word)


def _groups_used(tree: Tree) -> dict[str, None]:
    """Every group that has a level, in the file's order."""
    held = [entry.get("groups") for _, entry in _entries(tree)]
    return dict.fromkeys(str(group) for groups in held if isinstance(groups, dict) for group in groups)


def moving(
    tree: dict[str, Tree], old: Charter, new: Charter, versions: Sequence[Charter], levels: Mapping[str, str]
) -> Moving:
    """What becomes of a self-evaluation that can be read whole.

    `levels` says of the older scale's levels, by id, which of the newer one each is; `levels_used` has those it needs.
    """
    words = Levels(old, new, levels)
    ways = _ways(old, new, versions)
    sections = tuple(_section(tree, key, ways[key], words) for key in SECTIONS if _mapping(tree, key))
    turns, changes, rekeyed = _actions(tree, ways["ratings"], old, new)
    inside, said = _inside(tree, sections, words)
    if tree.get("overall") and not new.rates_key_points:
        rekeyed["overall",] = _free(tree, "x-overall-of-version-", old)
    changes = [Change(("charter_version",), new.version), *changes, *inside]
    line, known = ways[new.ratings_key]
    starting = tuple(name for name, olds in line.items() if not set(olds) & set(known))
    gone = tuple(group for group in _groups_used(tree) if group in words.groups_gone)
    return Moving(old, new, sections, tuple(changes), rekeyed, tuple(turns), tuple(dict.fromkeys(said)), starting, gone)


def meant(tree: dict[str, Tree], found: Moving) -> dict[str, Tree]:
    """The file's data with its entries and keys moved; the changes within them are still to be made."""
    made = copied(tree)
    for at, name in found.rekeyed.items():
        holder = value_at(made, at[:-1])
        holder[name] = holder.pop(at[-1])
    for section in found.sections:
        now, kept = section.moved(_mapping(tree, section.key))
        made[section.key] = now
        made |= {section.aside: kept} if kept else {}
    return dict(made)


# -- which entry goes where

_Way = tuple[Mapping[str, tuple[str, ...]], Mapping[str, Aspect]]
"""For each id of the later version those it goes on from, and what the earlier version has by id."""


def _ways(old: Charter, new: Charter, versions: Sequence[Charter]) -> dict[str, _Way]:
    """How aspects and key points go on. A key point has no `replaces`: it goes on where its id does."""
    points = {point.id: Aspect(id=point.id, text=point.title) for point in old.key_points}
    same = {point.id: (point.id,) if point.id in points else () for point in new.key_points}
    line = lineage(old, new, versions) if new.rated != "key-points" else {}
    return {
        "ratings": (line, old.aspects if old.rated != "key-points" else {}),
        "key_points": (same if new.rates_key_points else {}, points if old.rates_key_points else {}),
    }


def _section(tree: dict[str, Tree], key: str, way: _Way, words: Levels) -> SectionMove:
    entries = _mapping(tree, key)
    line, known = way
    becomes: dict[str, tuple[str, ...]] = dict.fromkeys(entries, ())
    merged: dict[str, tuple[str, ...]] = {}
    for new, olds in line.items():
        here = tuple(old for old in olds if old in entries)
        if len(here) > 1 and len(full := tuple(old for old in here if entries[old])) != 1:
            merged[new] = full or here
        elif here:
            old = next((old for old in here if entries[old]), here[0])
            becomes[old] = (*becomes[old], new)
    taken = {*merged, *(new for news in becomes.values() for new in news)}
    for name in entries:  # what the earlier version did not have either stays where it is, if it can
        if name not in known and name not in taken:
            becomes[name] = (name,)
    kept = tuple(name for name in entries if not becomes[name])
    made = {new: joined_entry(new, {old: entries[old] for old in olds}, known, words) for new, olds in merged.items()}
    return SectionMove(
        key, _free(tree, f"x-{key.replace('_', '-')}-of-version-", words.old), becomes, merged, made, kept
    )


def _free(tree: dict[str, Tree], start: str, charter: Charter) -> str:
    """A key of the file's own that it does not have yet."""
    name = f"{start}{slug(charter.version) or 'before'}"
    return next(each for each in chain((name,), (f"{name}-{n}" for n in count(2))) if each not in tree)


# -- what changes inside the entries


def _inside(
    tree: dict[str, Tree], sections: Sequence[SectionMove], words: Levels
) -> tuple[list[Change], list[tuple[str, str]]]:
    """Levels that are called otherwise, and groups that there are no longer; what stood there is kept beside."""
    changes: list[Change] = []
    said: _Said = []
    kept: dict[str, Any] = {}
    for at, entry in _entries(tree):
        section = next((each for each in sections if each.key == at[0]), None)
        places: list[TreePath] = [at]
        if section:
            places = [(section.key, new) for new in section.becomes[str(at[1])]]
        elif not words.new.rates_key_points:
            continue  # the whole is kept as it is
        ways, before, renamed = _of_entry(entry, words)
        changes += [
            Change((*place, *way), word) if word is not None else Change((*place, *way), remove=True)
            for place in places
            for way, word in ways
        ]
        said += renamed
        if before and places:
            holder = kept.setdefault(str(at[0]), {}) if section else kept
            holder[str(at[-1])] = before
    if kept:
        changes.append(Change((_free(tree, "x-levels-of-version-", words.old),), kept))
    return changes, said


_Ways = list[tuple[TreePath, Any]]
"""Places inside an entry, and what comes there; None: it goes."""
_Said = list[tuple[str, str]]


def _of_entry(entry: dict[str, Any], words: Levels) -> tuple[_Ways, dict[str, Any], _Said]:
    """What changes in one entry, what stood there, and the levels that are called otherwise."""
    ways, before, said = _of_groups(entry, words)
    target = entry.get("target")
    aim = target.get("level") if isinstance(target, dict) else None
    for way, word in ((("rating",), entry.get("rating")), (("target", "level"), aim)):
        now = words.now(str(word)) if word else word
        if now != word:
            ways.append((way, now))
            before[way[0]] = word if len(way) == 1 else {way[1]: word}
            said.append((str(word), str(now)))
    return ways, before, said


def _of_groups(entry: dict[str, Any], words: Levels) -> tuple[_Ways, dict[str, Any], _Said]:
    groups = entry.get("groups")
    if not isinstance(groups, dict) or not groups:
        return [], {}, []
    gone = {group: word for group, word in groups.items() if group in words.groups_gone}
    other = {group: word for group, word in groups.items() if group not in gone and words.now(str(word)) != word}
    ways: _Ways = [(("groups", group), words.now(str(word))) for group, word in other.items()]
    if len(gone) == len(groups):
        ways.append((("groups",), None if len(entry) > 1 else {}))  # an entry holds something
    else:
        ways += [(("groups", group), None) for group in gone]
    said = [(str(word), words.now(str(word))) for word in other.values()]
    return ways, {"groups": {**gone, **other}} if gone or other else {}, said


def _actions(
    tree: dict[str, Tree], way: _Way, old: Charter, new: Charter
) -> tuple[list[ActionTurn], list[Change], dict[TreePath, str]]:
    """An action goes with its aspect; of a split one with the first part. Where nothing goes on, its id is kept."""
    line, known = way
    turns: list[ActionTurn] = []
    changes: list[Change] = []
    rekeyed: dict[TreePath, str] = {}
    actions = tree.get("actions")
    points = {point.id for point in new.key_points}
    for number, action in enumerate(actions if isinstance(actions, list) else ()):
        name = action.get("aspect") if isinstance(action, dict) else None
        is_point = name in {point.id for point in old.key_points} and name not in known
        if not name or not (name in known or is_point):
            continue
        news = [each for each, olds in line.items() if name in olds] if not is_point else [name] * (name in points)
        if name in news:
            continue
        turns.append(ActionTurn(str(action.get("action", "")), name, news[0] if news else None))
        place = ("actions", number)
        if news:
            changes.append(Change((*place, "aspect"), news[0]))
        else:
            rekeyed[*place, "aspect"] = _free(action, "x-aspect-of-version-", old)
    return turns, changes, rekeyed


# -- reading the tree


def _mapping(tree: Mapping[str, Tree], key: str) -> dict[str, Any]:
    found = tree.get(key)
    return found if isinstance(found, dict) else {}


def _entries(tree: Tree) -> Iterator[tuple[TreePath, dict[str, Any]]]:
    """Every entry that holds something, with its place."""
    whole = tree if isinstance(tree, dict) else {}
    for key in SECTIONS:
        for name, entry in _mapping(whole, key).items():
            if isinstance(entry, dict):
                yield (key, name), entry
    if overall := _mapping(whole, "overall"):
        yield ("overall",), overall
