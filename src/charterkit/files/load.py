"""One file's bytes in; a model out, with whatever could not be read left out of it and said as problems.

A bad entry (a rating, an action, an aspect ...) is kept beside the model as unreadable; a bad value elsewhere is dropped;
a required one gets a stand-in, so that the rest of the file can still be used.
"""

import copy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from charterkit.files.explain import explain
from charterkit.files.yaml_text import Parsed, Tree, parse
from charterkit.findings import Problem, TreePath
from charterkit.model.base import Model

M = TypeVar("M", bound=Model)

UNREADABLE = "unreadable"
_STAND_INS: tuple[Tree, ...] = (None, [], {}, UNREADABLE)
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry that could not be read: where it stands, the words it holds, and why."""

    at: TreePath
    raw: Tree
    problem: Problem


@dataclass(frozen=True, slots=True)
class Loaded(Generic[M]):
    """What became of one file. `model` is None only when the file holds nothing that could be one."""

    model: M | None
    problems: tuple[Problem, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    broken: frozenset[str] = field(default_factory=frozenset)
    """Top-level keys that hold a stand-in: required, and missing or wrong."""

    def unreadable_in(self, *way: str) -> dict[str | int, Unreadable]:
        """The unreadable entries right under a key, by their own key or position."""
        return {entry.at[-1]: entry for entry in self.unreadable if entry.at[:-1] == way}

    def position(self, key: str, number: int) -> int:
        """A readable list entry's position in the file, with the unreadable ones before it counted in."""
        for gone in sorted(int(at) for at in self.unreadable_in(key)):
            number += gone <= number
        return number


def load(kind: type[M], data: bytes) -> Loaded[M]:
    """Read one file of a kind. Never raises over what a person wrote."""
    parsed = parse(data)
    if parsed.tree is None:
        problems = parsed.problems or [Problem("CK116", "the file is empty", f"Write a {word(kind)} in it.", line=1, column=1)]
        return Loaded(None, tuple(problems))
    if not isinstance(parsed.tree, dict):
        message = "the file does not hold keys with values"
        return Loaded(None, (*parsed.problems, Problem("CK203", message, "Start with 'key: value' lines.", line=1, column=1)))
    if not parsed.problems:
        try:
            return Loaded(kind.model_validate(parsed.tree))
        except ValidationError:
            pass
    return _Mending(kind, parsed).run()


def word(kind: type[Model]) -> str:
    """The people's word for a file kind."""
    return {"Config": "workspace's settings"}.get(kind.__name__, kind.__name__.lower())


class _Mending(Generic[M]):
    """Takes out of a tree what the model refuses, until the rest is accepted.

    The first round names every problem, at its place in the file; the later rounds only repair what the first left:
    a required value that was taken out comes back as a stand-in.
    """

    def __init__(self, kind: type[M], parsed: Parsed) -> None:
        self.kind = kind
        self.parsed = parsed
        self.tree = copy.deepcopy(parsed.tree)
        self.problems: list[Problem] = []
        self.unreadable: dict[TreePath, Unreadable] = {}
        self.lost: set[TreePath] = set()
        self.broken: set[str] = set()
        self.tries: dict[TreePath, int] = {}

    def run(self) -> Loaded[M]:
        for problem in self.parsed.problems:
            self.say(problem)
            self.lost.add(self.entry_of(problem.at) or problem.at)
        for error in self.errors():
            self.name(error)
        for _ in range(_ROUNDS):
            self.delete_lost()
            left = self.errors()
            if not left:
                break
            for error in left:
                self.repair(_way(error), missing=error["type"] == "missing")
        model = None if self.errors() else self.kind.model_validate(self.tree)
        return Loaded(model, tuple(self.problems), tuple(self.unreadable.values()), frozenset(self.broken))

    def errors(self) -> list[Any]:
        try:
            self.kind.model_validate(self.tree)
        except ValidationError as invalid:
            return list(invalid.errors(include_url=False))
        return []

    def name(self, error: Any) -> None:  # noqa: ANN401 - Pydantic's ErrorDetails
        """Say one of the file's own mistakes, unless something about that place has been said."""
        at = _way(error)
        missing = error["type"] == "missing"
        is_empty_list = missing and at in self.parsed.empty and self.holds_entries(at)
        if not is_empty_list and not any(at[: len(lost)] == lost for lost in self.lost if lost):
            self.say(explain(self.kind, error, self.parsed))
        if not is_empty_list:
            self.broken.update(str(key) for key in at[:1] if missing and len(at) == 1)
        self.repair(at, missing=missing)

    def say(self, problem: Problem) -> None:
        self.problems.append(problem)
        entry = self.entry_of(problem.at)
        if entry is not None:
            self.unreadable.setdefault(entry, Unreadable(entry, _get(self.parsed.tree, entry), problem))

    def entry_of(self, at: TreePath) -> TreePath | None:
        """The separately read entry that a place lies in, if any."""
        for pattern in getattr(self.kind, "ENTRIES", ()):
            if len(at) >= len(pattern) and all(p in ("*", key) for p, key in zip(pattern, at, strict=False)):
                return at[: len(pattern)]
        return None

    def holds_entries(self, at: TreePath) -> bool:
        return len(at) == 1 and any(pattern[0] == at[0] for pattern in getattr(self.kind, "ENTRIES", ()))

    def repair(self, at: TreePath, *, missing: bool) -> None:
        entry = self.entry_of(at)
        if entry is not None:
            self.lost.add(entry)
        elif missing or at in self.tries:
            self.stand_in(at)
        else:
            self.lost.add(at)

    def stand_in(self, at: TreePath) -> None:
        """Give a required value the next stand-in to try; what takes none takes its container with it."""
        number = self.tries.get(at, 0)
        if number >= len(_STAND_INS):
            self.lost.add(at[:-1])
            return
        self.tries[at] = number + 1
        _put(self.tree, at, copy.deepcopy(_STAND_INS[number]))

    def delete_lost(self) -> None:
        """Delete what was taken out; in lists from the back, so that positions of the others hold."""
        self.broken.update(str(at[0]) for at in self.lost if len(at) == 1 and _is_required(self.kind, at))
        for at in sorted(self.lost, key=lambda way: [str(key).zfill(9) for key in way], reverse=True):
            _delete(self.tree, at)
        self.lost.clear()


def _way(error: Any) -> TreePath:  # noqa: ANN401 - Pydantic's ErrorDetails
    at: TreePath = error["loc"]
    return at[:-1] if at and at[-1] == "[key]" else at


def _is_required(kind: type[Model], at: TreePath) -> bool:
    found = kind.model_fields.get(str(at[0]))
    return found is not None and found.is_required()


def _get(tree: Tree, at: TreePath) -> Tree:
    for key in at:
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _put(tree: Tree, at: TreePath, value: Tree) -> None:
    around = _get(tree, at[:-1])
    if isinstance(around, dict):
        around[at[-1]] = value


def _delete(tree: Tree, at: TreePath) -> None:
    if not at:
        return
    around = _get(tree, at[:-1])
    if isinstance(around, dict):
        around.pop(at[-1], None)
    elif isinstance(around, list) and isinstance(at[-1], int) and at[-1] < len(around):
        del around[at[-1]]

