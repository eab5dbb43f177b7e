"""One file's bytes in; a model out, with whatever could not be read left out of it and said as problems.

A bad entry (a rating, an action, an aspect ...) is kept beside the model as unreadable; a bad value elsewhere is
dropped; a required one gets a stand-in, so that the rest of the file can still be used.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import field, replace
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from charterkit.files.collector import uncollected
from charterkit.files.explain import OWN, explain, is_key_error, unknown_and_empty, unknown_key_meant, word_meant
from charterkit.files.yaml.reader import Parsed, Tree, copied, parse, value_at
from charterkit.files.yaml.subset import MOST_SAID
from charterkit.findings import Code, Problem, TreePath
from charterkit.model.base import Model
from charterkit.records import dataclass

M = TypeVar("M", bound=Model)

UNREADABLE = "unreadable"
_STAND_INS: tuple[Tree, ...] = (None, [], {}, UNREADABLE, "und")
"""For a required value; "und" is what BCP 47 calls an undetermined language."""
_ROUNDS = 12
_ANYTHING = "this cannot be read"
"""What is wrong with a value of a file that holds so many mistakes that they are only counted."""
_SHORT = 2
"""The length of a way to an entry of which only the first key is fixed."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry that could not be read: where it stands, the words it holds, and why."""

    at: TreePath
    raw: Tree
    problem: Problem


class WordMeant(NamedTuple):
    """A word of a file: where it stands, as it is written, and what it was taken for."""

    at: TreePath
    written: str
    meant: str


@dataclass(frozen=True, slots=True)
class Loaded(Generic[M]):
    """What became of one file. `model` is None only when the file holds nothing that could be one."""

    model: M | None
    problems: tuple[Problem, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    broken: frozenset[str] = field(default_factory=frozenset)
    """Top-level keys that hold a stand-in: required, and missing or wrong."""
    gone: Mapping[TreePath, tuple[int, ...]] = field(default_factory=dict)
    """By list, what could not be read in it and was left out: how many readable entries stand before each."""
    meant: tuple["WordMeant", ...] = ()
    """Words that were taken for one of the small ones which may stand there."""

    def unreadable_in(self, *way: str) -> dict[str | int, Unreadable]:
        """The unreadable entries right under a key, by their own key or position."""
        return {entry.at[-1]: entry for entry in self.unreadable if entry.at[:-1] == way}

    def position(self, way: TreePath, number: int) -> int:
        """Where the file has a list's readable entry of a number, with those left out before it counted in.

        `way` leads to the list.
        """
        return number + bisect_right(self.gone.get(way, ()), number)


@uncollected
def load(kind: type[M], data: bytes) -> Loaded[M]:
    """Read one file of a kind. Never raises over what a person wrote."""
    parsed = parse(data)
    if parsed.tree is None and not parsed.problems and getattr(kind, "MAY_BE_EMPTY", False):
        return Loaded(kind.model_validate({}))
    if parsed.tree is None:
        empty = Problem(Code.EMPTY_FILE, "the file is empty", f"Write the {word(kind)} in it.", line=1, column=1)
        return Loaded(None, tuple(_listed(parsed.problems or [empty])))
    if not isinstance(parsed.tree, dict):
        message = "the file does not hold keys with values"
        wrong = Problem(Code.WRONG_SHAPE, message, "Start with 'key: value' lines.", line=1, column=1)
        return Loaded(None, tuple(_listed([*parsed.problems, wrong])))
    if b"x-" in data:
        parsed.tree = without_own_keys(parsed.tree)
    if parsed.empty:
        parsed.problems += unknown_and_empty(kind, parsed)
    if not parsed.problems:
        try:
            return Loaded(kind.model_validate(parsed.tree))
        except ValidationError:
            pass
    return _Mending(kind, parsed).run()


def without_own_keys(tree: Tree) -> Tree:
    """A tree without the keys that begin with x-: authors keep there what the format does not know."""
    if isinstance(tree, dict):
        return {key: without_own_keys(value) for key, value in tree.items() if not str(key).startswith(OWN)}
    return [without_own_keys(value) for value in tree] if isinstance(tree, list) else tree


def word(kind: type[Model]) -> str:
    """The people's word for a file kind."""
    return kind.__name__.lower()


def _listed(problems: list[Problem]) -> list[Problem]:
    """The problems, or of very many the first ones and a last one that counts the others."""
    if len(problems) <= MOST_SAID:
        return problems
    first, rest = problems[:MOST_SAID], problems[MOST_SAID:]
    counted = replace(
        rest[0], message=f"{rest[0].message}; {len(rest) - 1:,} more problems in this file are not listed"
    )
    return [*first, counted if len(rest) > 1 else rest[0]]


class _Mending(Generic[M]):
    """Takes out of a tree what the model refuses, until the rest is accepted.

    The first round names every problem, at its place in the file; the later rounds only repair what the first left:
    a required value that was taken out comes back as a stand-in.
    """

    def __init__(self, kind: type[M], parsed: Parsed) -> None:
        self.kind = kind
        self.parsed = parsed
        self.tree = copied(parsed.tree)
        self.problems: list[Problem] = []
        self.unreadable: dict[TreePath, Unreadable] = {}
        self.patterns = {pattern[0]: pattern for pattern in getattr(kind, "ENTRIES", ())}
        self.said: set[TreePath] = set()
        """Places whose value is already known to be lost: what the model misses there is no second mistake."""
        self.lost: set[TreePath] = set()
        self.broken: set[str] = set()
        self.gone: dict[TreePath, tuple[int, ...]] = {}
        self.tries: dict[TreePath, int] = {}
        self.meant: list[WordMeant] = []

    def run(self) -> Loaded[M]:
        for problem in self.parsed.problems:
            entry = self.entry_of(problem.at)
            self.say(problem, entry)
            self.lose(problem, entry)
        errors = self.errors()
        meant = (
            {at for error in errors if (at := unknown_key_meant(self.kind, error))} if len(errors) < MOST_SAID else ()
        )
        for error in errors:
            self.name(error, is_meant=_way(error) in meant)
        for _ in range(_ROUNDS):
            self.delete_lost()
            left = self.errors()
            if not left:
                break
            for error in left:
                at = _way(error)
                self.repair(at, self.entry_of(at), missing=error["type"] == "missing")
        return Loaded(
            self.made(),
            tuple(_listed(self.problems)),
            tuple(self.unreadable.values()),
            frozenset(self.broken),
            self.gone,
            tuple(self.meant),
        )

    def made(self) -> M:
        """The model; a top-level value that resisted every repair gives way to a stand-in, or is left out."""
        for key in {str(error["loc"][0]) for error in self.errors()}:
            self.tree.pop(key, None)
            self.broken.add(key)
            for stand_in in _STAND_INS if _is_required(self.kind, (key,)) else ():
                self.tree[key] = copied(stand_in)
                if all(error["loc"][0] != key for error in self.errors()):
                    break
        return self.kind.model_validate(self.tree)

    def errors(self) -> list[Any]:
        try:
            self.kind.model_validate(self.tree)
        except ValidationError as invalid:
            return list(invalid.errors(include_url=False))
        return []

    def lose(self, problem: Problem, entry: TreePath | None) -> None:
        """What the parser's problems cost: an entry, or a value of which nobody can tell what was meant."""
        at = problem.at
        value = value_at(self.parsed.tree, at)
        if value is None or problem.code in (Code.DUPLICATE_KEY, Code.MERGE_KEY, Code.BAD_KEY):
            self.said.add(at)
        if entry is not None:
            self.lost.add(entry)
        elif value is None or (problem.code == Code.DUPLICATE_KEY and isinstance(value, str)):
            self.lost.add(at)

    def name(self, error: Any, *, is_meant: bool) -> None:  # noqa: ANN401 - Pydantic's ErrorDetails
        """Say one of the file's own mistakes, unless something about that place has been said."""
        at = _way(error)
        if self.takes_as_meant(at, error):
            return
        entry = self.entry_of(at)
        missing = error["type"] == "missing"
        is_empty_list = missing and at in self.parsed.empty and self.holds_entries(at)
        is_known = at in self.said or (missing and bool(at[:-1]) and at[:-1] in self.said)
        if not is_empty_list and not is_known and not (missing and is_meant):
            many = len(self.problems) > MOST_SAID
            self.say(
                Problem(Code.WRONG_SHAPE, _ANYTHING, at=at) if many else explain(self.kind, error, self.parsed), entry
            )
        if missing and len(at) == 1 and not is_empty_list:
            self.broken.add(str(at[0]))
        self.repair(at, entry, missing=missing)

    def takes_as_meant(self, at: TreePath, error: Any) -> bool:  # noqa: ANN401 - Pydantic's ErrorDetails
        """Whether a word was meant for one that may stand there, which then takes its place; `meant` keeps the word."""
        around = value_at(self.tree, at[:-1])
        word = word_meant(error)
        if not word or not isinstance(around, dict) or at in self.said:
            return False
        self.meant.append(WordMeant(at, error["input"], word))
        around[at[-1]] = word
        return True

    def say(self, problem: Problem, entry: TreePath | None) -> None:
        self.problems.append(problem)
        if entry is not None and entry not in self.unreadable:
            raw = self.parsed.raw.get(entry, value_at(self.parsed.tree, entry))
            self.unreadable[entry] = Unreadable(entry, raw, problem)

    def entry_of(self, at: TreePath) -> TreePath | None:
        """The separately read entry that a place lies in, if any."""
        pattern = self.patterns.get(at[0]) if at else None
        if pattern is None or len(at) < len(pattern):
            return None
        if len(pattern) > _SHORT and any(p not in ("*", key) for p, key in zip(pattern, at, strict=False)):
            return None
        return at[: len(pattern)]

    def holds_entries(self, at: TreePath) -> bool:
        return len(at) == 1 and any(pattern[0] == at[0] for pattern in getattr(self.kind, "ENTRIES", ()))

    def repair(self, at: TreePath, entry: TreePath | None, *, missing: bool) -> None:
        if entry is not None:
            self.lost.add(entry)
        elif missing or at in self.tries:
            self.stand_in(at)
        else:
            self.lost.add(at)

    def stand_in(self, at: TreePath) -> None:
        """Give a required value the next stand-in to try; what takes none takes its container with it."""
        number = self.tries.get(at, 0)
        around = value_at(self.tree, at[:-1])
        if number >= len(_STAND_INS) or not isinstance(around, dict):
            self.lost.add(at[:-1])
            return
        self.tries[at] = number + 1
        around[at[-1]] = copied(_STAND_INS[number])

    def delete_lost(self) -> None:
        """Delete what was taken out: the deepest first, and of a list all at once, so that positions hold."""
        self.broken.update(str(at[0]) for at in self.lost if len(at) == 1 and _is_required(self.kind, at))
        gone: dict[TreePath, set[str | int]] = defaultdict(set)
        for at in self.lost:
            if at:
                gone[at[:-1]].add(at[-1])
        self.note(gone)
        for way in sorted(gone, key=len, reverse=True):
            around = value_at(self.tree, way)
            if isinstance(around, dict):
                for key in gone[way]:
                    around.pop(key, None)
            elif isinstance(around, list):
                around[:] = [value for number, value in enumerate(around) if number not in gone[way]]
        self.lost.clear()

    def note(self, gone: Mapping[TreePath, Collection[str | int]]) -> None:
        """Keep which places of lists are about to go, as they are counted in the file."""
        new: dict[TreePath, set[int]] = {}
        for way, keys in gone.items():
            whole = self.in_file(way)
            new[whole] = {self.position(whole, key) for key in keys if isinstance(key, int)}
        for way, places in new.items():
            if places:
                places |= {before + number for number, before in enumerate(self.gone.get(way, ()))}
                self.gone[way] = tuple(place - number for number, place in enumerate(sorted(places)))

    def in_file(self, at: TreePath) -> TreePath:
        """A place of the tree as it is now, as a place in the file."""
        way: TreePath = ()
        for key in at:
            way = (*way, self.position(way, key) if isinstance(key, int) else key)
        return way

    def position(self, way: TreePath, number: int) -> int:
        return number + bisect_right(self.gone.get(way, ()), number)


def _way(error: Any) -> TreePath:  # noqa: ANN401 - Pydantic's ErrorDetails
    at: TreePath = error["loc"]
    return at[:-1] if is_key_error(error) else at


def _is_required(kind: type[Model], at: TreePath) -> bool:
    found = kind.model_fields.get(str(at[0]))
    return found is not None and found.is_required()
