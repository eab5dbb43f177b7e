"""Which column of a framework's table holds what: by its headings' words, where they stand, or as somebody said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from charterkit.errors import Refused
from charterkit.exchange.cells import letters
from charterkit.exchange.framework.words import (
    GROUPING,
    OF_ANSWERS,
    field_named,
    field_of,
    folded,
    label_of,
    next_of,
    of_levels,
    same,
    worst_first,
)
from charterkit.exchange.grid import Grid
from charterkit.insight.charter_sheet import HEADINGS, LEVEL_HEADINGS, NEXT
from charterkit.model.scale import FEWEST, MOST
from charterkit.records import dataclass
from charterkit.text.safe import shown

_LOOKED_AT = 30
"""Rows among which the headings stand: a title and a date may come before them."""
_SEVERAL = 2
_LETTERS = re.compile("[A-Za-z]{1,2}")
"""How a column may be called beside its heading."""
_ONE_CELL = ("part", "point-number", "point", "number", "aspect")
"""Columns whose heading has nothing below it but what it names; over others a wide heading may stand."""


@dataclass(frozen=True, slots=True)
class LevelColumn:
    """One level: its label, what its heading says it means, and where its rubric stands; -1 where it has no column."""

    label: str
    meaning: str
    column: int


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column is taken for."""

    top: int
    """The row of the headings; of two, the lower one."""
    heads: tuple[str, ...]
    fields: Mapping[str, int]
    """By what it holds, as `HEADINGS` calls it, the column."""
    levels: tuple[LevelColumn, ...]
    """From worst to best."""
    nexts: Mapping[str, int] = field(default_factory=dict)
    """By a level's label, the column with what takes a school on from it."""
    ignored: Mapping[int, str] = field(default_factory=dict)
    """Columns that are not taken in, and why."""
    is_order_known: bool = True
    """Whether the names of the levels tell which is the worst."""


def is_of_levels(grid: Grid) -> bool:
    """Whether a table is one of ours that says what levels mean."""
    heads = {folded(cell) for cell in grid.rows[0]} if grid.rows else set()
    return {folded(LEVEL_HEADINGS[name]) for name in ("label", "meaning", "id")} <= heads


def find(grid: Grid, said: Sequence[str]) -> Columns | None:
    """The columns of a table; None where no row names one that can be the aspect. `said` is as --map has it.

    Raises CharterkitError where what was said names no column or nothing that a column can be.
    """
    pairs = [_pair(text) for text in said]
    names = {folded(column) for _, column in pairs if not _LETTERS.fullmatch(column)}
    for top in range(min(len(grid.rows), _LOOKED_AT)):
        heads = headings_at(grid, top)
        for row, found in heads:
            known = [head for head in found if field_of(head) or folded(head) in names]
            is_aspect = any(field_of(head) == "aspect" for head in found)
            groups = [head for head in found if folded(head) in GROUPING]
            is_title = sum(map(bool, found)) < _SEVERAL
            is_said = bool(names) and not is_title and names <= {folded(head) for head in found}
            if is_aspect or is_said or (groups and len(known) + len(groups) > 1):
                return _columns(row, found, pairs)
    first = next((row for row in range(min(len(grid.rows), _LOOKED_AT)) if len(grid.filled(row)) >= _SEVERAL), None)
    if pairs and first is not None:
        return _columns(first, headings_at(grid, first)[0][1], pairs)
    return None


def headings_at(grid: Grid, top: int) -> list[tuple[int, list[str]]]:
    """The headings of a row; where the row below goes on with them, of both."""
    row = [grid.text(top, column) for column in range(grid.width)]
    above = [grid.text(top - 1, column) if top else "" for column in range(grid.width)]
    if sum(map(bool, above)) >= _SEVERAL:  # one filled cell alone is a title
        row = [own or over for own, over in zip(row, above, strict=True)]
    under = [grid.text(top + 1, column) for column in range(grid.width)]
    named = [at for at, head in enumerate(row) if field_of(head, row) in _ONE_CELL or folded(head) in GROUPING]
    goes_on = sum(map(bool, under)) >= _SEVERAL and named and not any(under[at] for at in named)
    if goes_on:
        return [(top + 1, [low or own for low, own in zip(under, row, strict=True)])]
    return [(top, row)]


def _pair(text: str) -> tuple[str, str]:
    """What a column is to be, and the column, of --map "Detail=What we look for"."""
    word, equals, column = text.partition("=")
    name = field_named(word.strip()) if equals else None
    if name is None or not column.strip():
        raise Refused("no-map", text=text, known=[*HEADINGS.values(), "Level", f"{NEXT}a level", "-"])
    return name, column.strip()


def _columns(top: int, heads: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Columns:
    fields: dict[str, int] = {}
    stated: list[int] = []
    nexts: dict[str, int] = {}
    ignored: dict[int, str] = {}
    for name, column in pairs:
        at = _column(column, heads)
        if name == "level":
            stated.append(at)
        elif name == "-":
            ignored[at] = "as you said"
        elif name.startswith(NEXT):
            nexts[same(name.removeprefix(NEXT))] = at
        else:
            fields[name] = at
    taken = {*fields.values(), *stated, *ignored, *nexts.values()}
    rest = [at for at, head in enumerate(heads) if head and at not in taken]
    rest = _plain(rest, heads, fields, ignored)
    for at in list(rest):
        if level := next_of(heads[at]):
            nexts[same(level)] = at
            rest.remove(at)
    for at in [at for at in rest if folded(heads[at]) in OF_ANSWERS]:
        ignored[at] = "it holds answers, or who sees to them"
        rest.remove(at)
    levels, is_known = _levels(stated, rest, heads, ignored)
    return Columns(top, tuple(heads), fields, levels, nexts, dict(sorted(ignored.items())), is_known)


def _column(said: str, heads: Sequence[str]) -> int:
    """The column of a heading, or of letters such as C."""
    exactly = [at for at, head in enumerate(heads) if head and same(head) == same(said)]
    nearly = [at for at, head in enumerate(heads) if head and folded(head) == folded(said)]
    by_letters = [at for at in range(len(heads)) if letters(at) == said.upper()]
    found = exactly or nearly or by_letters
    if not found:
        raise Refused("no-map-column", text=said, known=[shown(head) for head in heads if head])
    return found[0]


def _plain(rest: Sequence[int], heads: Sequence[str], fields: dict[str, int], ignored: dict[int, str]) -> list[int]:
    """Finds the columns that are told by their headings; those that are left are given back."""
    meant = {at: name for at in rest if (name := field_of(heads[at], heads))}
    groups = [at for at in rest if folded(heads[at]) in GROUPING]
    left = [at for at in rest if at not in meant and at not in groups]
    for at in [at for at, name in meant.items() if name in ("part", "point", "aspect", "point-id", "id")]:
        _take(meant.pop(at), at, fields, ignored)
    _group(groups, fields, ignored)
    for at, name in meant.items():
        _take(_beside(name, at, fields), at, fields, ignored)
    return left


def _take(name: str, at: int, fields: dict[str, int], ignored: dict[int, str]) -> None:
    if name in fields:
        ignored[at] = f"another column is the {HEADINGS[name].lower()}"
    else:
        fields[name] = at


def _group(groups: Sequence[int], fields: dict[str, int], ignored: dict[int, str]) -> None:
    """Columns such as "area" and "standard": the innermost is the key point, or the aspect where nothing else is."""
    free = list(groups)
    for name in ("aspect", "point", "part"):
        if name not in fields and free:
            fields[name] = free.pop()
    ignored.update(dict.fromkeys(free, "a charter has parts, key points and aspects, and nothing above"))


def _beside(name: str, at: int, fields: Mapping[str, int]) -> str:
    """Whether a column is about the key point or the aspect.

    A number stands before what it counts, a detail behind what it is about.
    """
    point, aspect = fields.get("point", -1), fields.get("aspect", -1)
    if name == "number" and at < point < aspect:
        return "point-number"
    if name in ("detail", "examples") and point < at < aspect and point >= 0:
        return f"point-{name}"
    return name


def _levels(
    stated: Sequence[int], rest: Sequence[int], heads: Sequence[str], ignored: dict[int, str]
) -> tuple[tuple[LevelColumn, ...], bool]:
    """The levels, worst first: those that were said, in that order; else the columns that nothing else is known of."""
    chosen = list(stated)
    if not chosen:
        chosen = [rest[at] for at in of_levels([heads[at] for at in rest])]
    ignored.update({at: "it is none of the columns that are known" for at in rest if at not in chosen})
    if not FEWEST <= len(chosen) <= MOST:
        reason = f"a charter has {FEWEST} to {MOST} levels, and {len(chosen)} of the columns could be one"
        ignored.update(dict.fromkeys(chosen, reason))
        return (), True
    labels = [(" ".join(heads[at].split()), "") if stated else label_of(heads[at]) for at in chosen]
    order = None if stated else worst_first([label for label, _ in labels])
    found = [LevelColumn(*labels[at], chosen[at]) for at in (range(len(chosen)) if order is None else order)]
    return tuple(found), bool(stated) or order is not None
