"""Answers in the shapes that sheets have of themselves: a cross under one of the levels, percentages, a row a school.

Every shape becomes answers as they are read elsewhere: what a cell means is decided there, against the charter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from charterkit.errors import Refused
from charterkit.exchange import columns
from charterkit.exchange.aims import MisreadCell
from charterkit.exchange.answers import answer_of
from charterkit.exchange.framework.columns import headings_at
from charterkit.exchange.framework.read import TICKS
from charterkit.exchange.framework.words import GROUPING, field_of, folded, label_of
from charterkit.exchange.grid import Grid, below, grids_of
from charterkit.exchange.workbook.rows import plain
from charterkit.files.yaml.subset import MOST_SAID
from charterkit.insight.evaluations.answers import Answer, level_meant
from charterkit.insight.evaluations.naming import aspect_meant
from charterkit.model.base import BadValue, nearest
from charterkit.model.charter import Charter
from charterkit.model.value import Value
from charterkit.records import dataclass
from charterkit.text.english import plural
from charterkit.text.safe import shown

_LOOKED_AT = 30
_LEAST = 2
"""Columns of levels, or of aspects, from which a table has such a shape."""
_ABOUT = ("statement", "aspect", "number")
_TEXTS = ("rating", "reason", "strengths", "note", "idea", "evidence")
_SHARES = frozenset({"%", "percent", "per cent", "percentage", "value", "% agree", "% agreed", "agree %", "% yes"})
_ORGANISATIONS = frozenset(
    {"school", "school name", "name of school", "organisation", "organization", "academy", "setting", "name", "urn"}
)


@dataclass(frozen=True, slots=True)
class AskedSchool:
    """Whose row is meant in a table of many."""

    name: str
    slug: str
    urn: str = ""

    def is_in(self, cells: Sequence[str]) -> bool:
        """Whether one of the cells that name a row's school names this one."""
        own = {plain(name) for name in (self.name, self.slug, self.urn) if name}
        return any(plain(cell) in own for cell in cells if cell)


@dataclass(frozen=True, slots=True)
class Shaped:
    """The answers of a table, and what the person should know about it, in sentences."""

    answers: list[Answer]
    notices: tuple[str, ...] = ()


def read_shape(name: str, data: bytes, charter: Charter, school: AskedSchool) -> Shaped | None:
    """The answers of a file that has one of these shapes; None where it has none of them.

    Raises CharterkitError with every complaint and its cell, and where several sheets have such a shape.
    """
    try:
        tables = grids_of(name, data)
    except Refused:
        if name.lower().endswith(".csv"):
            return None  # whoever reads other tables says what is wrong with this one
        raise
    found = [(grid, shape) for grid in tables if (shape := _shape(grid, charter)) is not None]
    if not found:
        return None
    if len(found) > 1:
        raise Refused("tables-twice", name=name, titles=" and ".join(f"“{grid.name}”" for grid, _ in found[:3]))
    grid, shape = found[0]
    reader = _Reader(grid, charter, school, shape)
    answers = list(reader.of_organisation(name) if shape.organisations else reader.answers())
    if reader.complaints:
        rest = len(reader.complaints) - MOST_SAID
        more = [f"And {rest} more."] if rest > 0 else []
        raise Refused("bad-answers", complaints="\n".join([*reader.complaints[:MOST_SAID], *more]))
    if not answers:
        raise Refused("no-answers", name=name, columns=columns.COLUMNS)
    return Shaped(answers, tuple(reader.notices))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the columns of a table are, by column."""

    top: int
    heads: Sequence[str]
    texts: Mapping[int, str] = field(default_factory=dict)
    """Which aspect it is about, and what is written of it, as answers have it."""
    levels: Mapping[int, str] = field(default_factory=dict)
    shares: int = -1
    """The column of percentages."""
    organisations: tuple[int, ...] = ()
    aspects: Mapping[int, str] = field(default_factory=dict)
    left: tuple[int, ...] = ()
    """Columns that are none of these."""


def _shape(grid: Grid, charter: Charter) -> _Shape | None:
    for top in range(min(len(grid.rows), _LOOKED_AT)):
        if len(grid.filled(top)) < _LEAST:
            continue
        for row, heads in headings_at(grid, top):
            found = _by_aspect(row, heads, charter) or _by_school(row, heads, charter)
            if found is not None:
                return found
    return None


def _by_aspect(top: int, heads: Sequence[str], charter: Charter) -> _Shape | None:
    """A row an aspect, with crosses under levels, or with percentages."""
    texts: dict[int, str] = {}
    levels: dict[int, str] = {}
    shares: list[int] = []
    left = []
    for at, head in enumerate(heads):
        word = columns.meant(head)
        level = level_meant(label_of(head)[0], charter) if head else None
        if head and folded(head) in _SHARES:
            shares.append(at)
        elif word in (*_ABOUT, *_TEXTS) and word not in texts.values() and not (level and word == "number"):
            texts[at] = word
        elif level and level not in levels.values():
            levels[at] = level
        elif head and field_of(head, heads) == "aspect" and "statement" not in texts.values():
            texts[at] = "statement"
        elif head and not field_of(head, heads) and folded(head) not in GROUPING:
            left.append(at)
    is_about = bool(set(texts.values()) & set(_ABOUT))
    real = [level for level in levels.values() if level in charter.levels]
    if not is_about or not (len(real) >= _LEAST or len(shares) == 1):
        return None
    if "rating" in texts.values() or len(real) < _LEAST:
        levels = {}  # beside a rating, what stands under the levels is what they look like
    return _Shape(top, heads, texts, levels, shares[0] if len(shares) == 1 else -1, left=tuple(left))


def _by_school(top: int, heads: Sequence[str], charter: Charter) -> _Shape | None:
    """A row an organisation, and a column an aspect."""
    named = tuple(at for at, head in enumerate(heads) if folded(head) in _ORGANISATIONS)
    if not named:
        return None
    found = {at: aspect_meant(head, charter) for at, head in enumerate(heads) if head and at not in named}
    aspects = {at: aspect for at, aspect in found.items() if aspect}
    if len(aspects) < _LEAST:
        return None
    left = tuple(at for at, aspect in found.items() if not aspect)
    return _Shape(top, heads, organisations=named, aspects=aspects, left=left)


@dataclass
class _Reader:
    """Goes down the rows of one table."""

    grid: Grid
    charter: Charter
    school: AskedSchool
    shape: _Shape
    complaints: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def answers(self) -> Iterator[Answer]:
        """A row an aspect."""
        self.say_left([at for at in self.shape.left if any(self.grid.text(row, at) for row in self.rows())])
        for row in self.rows():
            before = len(self.complaints)
            cells = {name: self.text(row, at) for at, name in self.shape.texts.items()}
            places = {name: self.grid.where(row, at) for at, name in self.shape.texts.items()}
            level, place = self.level(row)
            if level:
                cells["rating"], places["rating"] = level, place
            share = self.share(row)
            is_said = share or any(text for name, text in cells.items() if name not in _ABOUT)
            if len(self.complaints) > before or not is_said:
                continue
            if not columns.aspect_in(cells)[0]:
                self.complain(row, next(iter(self.shape.texts)), "no aspect is named in this row")
                continue
            try:
                made = answer_of(cells, places[columns.aspect_in(cells)[1]], places)
            except MisreadCell as bad:
                self.complaints.append(f"{places[bad.column]}: {bad.why}")
                continue
            if share:
                where = self.grid.where(row, self.shape.shares)
                made = replace(made, value=share, places={**made.places, "value": where})
            yield made

    def rows(self) -> list[int]:
        """Those below the headings that hold something."""
        return list(below(self.grid, self.shape.top))

    def level(self, row: int) -> tuple[str, str]:
        """The level under which a row has its cross, and the cell."""
        found = []
        for at, level in self.shape.levels.items():
            said = self.text(row, at)
            if said and plain(said) not in TICKS:
                self.complain(row, at, f"‘{shown(said)}’ stands under a level: put an x under one of them")
            elif said:
                found.append((level, self.grid.where(row, at)))
        if len(found) > 1:
            names = " and ".join(f"“{shown(self.called(level))}”" for level, _ in found)
            self.complaints.append(f"{found[1][1]}: there is a cross under {names}: keep one.")
        return found[0] if len(found) == 1 else ("", "")

    def called(self, level: str) -> str:
        """A level's label."""
        return self.charter.levels[level].label if level in self.charter.levels else "Does not apply"

    def share(self, row: int) -> Value | None:
        """The percentage of a row, or what else was counted; None where there is none."""
        said = self.text(row, self.shape.shares) if self.shape.shares >= 0 else ""
        value = self.counted(row, self.shape.shares, said) if said else None
        is_percent = value is not None and folded(self.shape.heads[self.shape.shares]) != "value"
        if value is None or not is_percent or value.unit:
            return value
        if 0 < value.number < 1:
            both = f"{value.number * Decimal(100):f}".rstrip("0").rstrip(".")
            self.complain(row, self.shape.shares, f"{said} may be {both}% or {said}%: write the percent sign")
            return None
        return Value(value.number, "%")

    def of_organisation(self, name: str) -> Iterator[Answer]:
        """The row of the school that is meant; the others are counted."""
        row = self.own_row(name)
        answered = [at for at in self.shape.left if level_meant(self.grid.text(row, at), self.charter)]
        self.say_left([at for at in self.shape.left if at not in answered])
        for at in answered:
            self.complain(self.shape.top, at, f"‘{shown(self.shape.heads[at])}’ is no aspect of the charter")
        for at, aspect in self.shape.aspects.items():
            said, where = self.text(row, at), self.grid.where(row, at)
            places = {"aspect": self.grid.where(self.shape.top, at), "rating": where, "value": where}
            if said.endswith("%"):
                value = self.counted(row, at, said)
                yield from [Answer(aspect, where, value=value, places=places)] if value else []
            elif said:
                yield Answer(aspect, where, rating=said, places=places)

    def own_row(self, name: str) -> int:
        """The one row of the school. Raises CharterkitError where there is none, or more."""
        named = {row: [self.grid.text(row, at) for at in self.shape.organisations] for row in self.rows()}
        own = [row for row, cells in named.items() if self.school.is_in(cells)]
        others = [cells for row, cells in named.items() if row not in own]
        if len(own) > 1:
            rows = [self.grid.where(row, self.shape.organisations[0]) for row in own]
            raise Refused("school-twice-in-table", name=name, school=self.school.name, places=rows)
        if not own:
            known = {plain(cell): cell for cells in others for cell in cells if cell}
            meant = known.get(nearest(plain(self.school.name), known), "")
            raise Refused("school-not-in-table", name=name, school=self.school.name, count=len(others), meant=meant)
        if others:
            count = len(others)
            self.notices.append(f"{count} {plural(count, 'row')} of other organisations left out.")
        return own[0]

    def counted(self, row: int, column: int, said: str) -> Value | None:
        """A cell with a number and its unit; None where it is none, which is complained about."""
        try:
            return Value.parse(said)
        except BadValue as bad:
            self.complain(row, column, f"{bad.message}: {bad.remedy.rstrip('.')}")
            return None

    def say_left(self, left: Sequence[int]) -> None:
        """That columns are not taken in."""
        if left:
            names = ", ".join(f"“{shown(self.shape.heads[at])}”" for at in left[:5])
            rest = f" and {len(left) - 5} more" if len(left) > 5 else ""  # noqa: PLR2004 - as many as are named
            self.notices.append(f"Not taken in: {plural(len(left), 'the column', 'the columns')} {names}{rest}.")

    def text(self, row: int, column: int) -> str:
        """A cell's text; a complaint where none can be taken."""
        if (row, column) in self.grid.odd:
            self.complain(row, column, self.grid.odd[row, column])
        elif (row, column) in self.grid.formulas:
            self.complain(row, column, "a formula stands here, and none is worked out: write what it comes to")
            return ""
        return self.grid.text(row, column)

    def complain(self, row: int, column: int, said: str) -> None:
        """One more thing to mend."""
        self.complaints.append(f"{self.grid.where(row, column)}: {said}.")
