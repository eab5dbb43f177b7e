"""Answers taken out of a file again: what goes along with them, and what is not left standing empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from charterkit.files.yaml.edit import Change
from charterkit.model.scale import NOT_APPLICABLE

OF_AN_ASPECT = 3
"""Keys to a text or the rating of an aspect: ratings, its id, and the name."""


def held(there: Mapping[str, Any], aspect: str, key: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """What stands under a key of an aspect; None where there is none. `there` is what stands for each aspect."""
    entry = there.get(aspect)
    return entry.get(key) if isinstance(entry, dict) else None


def without(there: Mapping[str, Any], aspect: str, name: str) -> list[Change]:
    """Takes out what stands under a key of an aspect, if it does; with a rating also why the aspect did not apply."""
    reason = without_reason(there, aspect, "") if name == "rating" else []
    is_there = held(there, aspect, name) is not None
    return [*([Change(("ratings", aspect, name), remove=True)] if is_there else []), *reason]


def pruned(made: Sequence[Change], there: Mapping[str, Any]) -> list[Change]:
    """The same changes; where they would leave an aspect's entry empty, the entry goes, and so with all the ratings.

    `there` is what stands in the file for each aspect.
    """
    kept = {change.at[1] for change in made if change.at[0] == "ratings" and not change.remove}
    gone: dict[str | int, set[str | int]] = {}
    for change in made:
        if change.remove and change.at[0] == "ratings" and len(change.at) == OF_AN_ASPECT:
            gone.setdefault(change.at[1], set()).add(change.at[2])
    empty = {aspect for aspect, names in gone.items() if aspect not in kept and set(there[str(aspect)]) <= names}
    if not empty:
        return list(made)
    rest = [change for change in made if not (change.remove and change.at[:2] in {("ratings", key) for key in empty})]
    if empty == set(there) and not kept:
        return [*rest, Change(("ratings",), {})]
    return [*rest, *(Change(("ratings", key), remove=True) for key in gone if key in empty)]


def looked_at(made: Sequence[Change], about: Sequence[str], there: Mapping[str, Any]) -> list[Change]:
    """The changes, and with them the mark goes that an aspect which they are about was only copied from last time."""
    of_ratings = [change for change in made if change.at[0] == "ratings" and len(change.at) > 1]
    gone = {change.at[1] for change in of_ratings if change.remove and len(change.at) < OF_AN_ASPECT}
    touched = {str(change.at[1]) for change in of_ratings}.union(about)
    marked = [aspect for aspect in there if aspect in touched - gone and held(there, aspect, "carried") is not None]
    marks = [Change(("ratings", aspect, "carried"), remove=True) for aspect in marked]
    return pruned([*made, *marks], there) if marks else list(made)


def without_reason(there: Mapping[str, Any], aspect: str, rating: str) -> list[Change]:
    """Takes away why an aspect did not apply, once it gets a level; `there` is what stands in the file."""
    was_apart = held(there, aspect, "rating") == NOT_APPLICABLE and held(there, aspect, "reason") is not None
    return [Change(("ratings", aspect, "reason"), remove=True)] if was_apart and rating != NOT_APPLICABLE else []
