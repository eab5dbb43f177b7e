"""Which row of a register names its columns, and what each column holds: by its words, and by what stands in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from charterkit.errors import Refused
from charterkit.exchange.cells import letters
from charterkit.exchange.grid import Grid
from charterkit.exchange.register import readings
from charterkit.exchange.register.headings import DATED, FIELDS, candidates, not_taken
from charterkit.exchange.register.readings import READERS, Unclear, When
from charterkit.exchange.register.words import BODY_OF, TICKS, is_committee, words_in
from charterkit.model.base import nearest, slug
from charterkit.model.dates import Interval
from charterkit.records import dataclass
from charterkit.text.safe import shown, visible

LOOKED_AT = 30
"""Rows among which the headings stand: a title and a date may come before them."""
_SAMPLE = 200
"""Rows that tell what a column holds."""
_LETTERS = re.compile("[A-Za-z]{1,2}")
_TEXTS = ("title", "owner", "role", "note", "by", "school", "version", "committee", "id")
"""Columns that may hold any text."""
_HALF = 0.5
STRANGE = "it is none of the columns that are known"
_SHORT = 3
"""Words of a heading such as Curriculum, or Pay and personnel."""


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column: what it is taken for, and why where its heading does not say so. A body's own column names it."""

    at: int
    heading: str
    field: str
    why: str = ""
    body: readings.Body | None = None

    @property
    def letter(self) -> str:
        """As a spreadsheet calls it."""
        return letters(self.at)

    @property
    def taken_for(self) -> str:
        """In words."""
        said = f"approved by {self.heading}, where it is ticked" if self.body else FIELDS[self.field]
        return f"{said}: {self.why}" if self.why else said


@dataclass(frozen=True)
class Table:
    """One sheet as a register: the row of its headings, of two the lower one, and its columns."""

    grid: Grid
    top: int
    columns: tuple[RegisterColumn, ...]

    @cached_property
    def fields(self) -> Mapping[str, RegisterColumn]:
        """By what it holds, the column."""
        return {column.field: column for column in self.columns if column.field != "-" and not column.body}

    @property
    def known(self) -> int:
        """How many columns are taken in."""
        return sum(column.field != "-" for column in self.columns)

    @cached_property
    def rows(self) -> Sequence[int]:
        """The rows below the headings in which something stands."""
        cells, odd = self.grid.rows, {row for row, _ in self.grid.odd}
        return [row for row in range(self.top + 1, len(cells)) if row in odd or any(map(str.strip, cells[row]))]


@dataclass(frozen=True, slots=True)
class _Heads:
    """Headings that a row, or two together, may hold."""

    top: int
    texts: Sequence[str]

    @property
    def score(self) -> tuple[int, int]:
        """How many of them are known, each thing once; and how well."""
        best = [found[0] for text in self.texts if text and (found := candidates(text))]
        exact = sum(fits % 2 for _, fits in best)
        return len({name for name, _ in best}), exact


def find_table(grid: Grid, said: Sequence[str], today: date) -> Table | None:
    """The table of a sheet; None where no row names a column that can be the title's. `said` is as --map has it.

    Raises CharterkitError where what was said names nothing that a column can be.
    """
    pairs = [_pair(text) for text in said]
    width = grid.width
    options = [heads for row in range(min(len(grid.rows), LOOKED_AT)) for heads in _heads_at(grid, row, width)]
    wanted = {words_in(name) for name, _ in pairs if not _LETTERS.fullmatch(name)}
    fit = [heads for heads in options if _is_fit(heads, wanted)] or (options[:1] if pairs else [])
    if not fit:
        return None
    best = max(fit, key=lambda heads: (_said_in(heads, wanted), *heads.score, -heads.top))
    columns = _Finder(grid, best, today).columns(pairs)
    return Table(grid, best.top, columns) if any(column.field == "title" for column in columns) else None


def _said_in(heads: _Heads, wanted: set[str]) -> int:
    return len(wanted & {words_in(text) for text in heads.texts})


def _is_fit(heads: _Heads, wanted: set[str]) -> bool:
    """Two columns at least that are known, or said."""
    return len({name for text in heads.texts if text for name, _ in candidates(text)[:1]}) > 1 or bool(
        _said_in(heads, wanted)
    )


def _heads_at(grid: Grid, row: int, width: int) -> Iterator[_Heads]:
    """The headings of a row, and of it with the row below."""
    own = [" ".join(grid.text(row, at).split()) for at in range(width)]
    if sum(map(bool, own)) < 2:  # noqa: PLR2004 - one filled cell alone is a title
        return
    yield _Heads(row, own)
    under = [" ".join(grid.text(row + 1, at).split()) for at in range(width)]
    if any(under) and not any(at in range(width) for number, at in grid.dates if number == row + 1):
        spread = _spread(grid, row, own, under)
        yield _Heads(row + 1, [f"{high} {low}".strip() for high, low in zip(spread, under, strict=True)])


def _spread(grid: Grid, row: int, own: Sequence[str], under: Sequence[str]) -> list[str]:
    """The headings of an upper row, each over all columns that it stands above."""
    made = list(own)
    for top, first, _, last in grid.merged:
        if top == row and first < len(own):
            made[first : last + 1] = [own[first]] * (min(last + 1, len(own)) - first)
    if not any(top == row and last > first for top, first, _, last in grid.merged):
        for at in range(1, len(made)):
            if not made[at] and under[at] and under[at - 1]:
                made[at] = made[at - 1]
    return made


def _pair(text: str) -> tuple[str, str]:
    """The column, and what it is to be, of --map "Next due=next_review"."""
    column, equals, word = text.rpartition("=")
    name = word.strip().casefold().replace(" ", "_").replace("notes", "note")
    if not equals or not column.strip() or name not in FIELDS:
        raise Refused("no-register-map", text=text, meant=nearest(name, FIELDS), known=list(FIELDS))
    return column.strip(), name


class _Finder:
    """Says of each column of one table what it is taken for."""

    def __init__(self, grid: Grid, heads: _Heads, today: date) -> None:
        self.grid, self.heads, self.today = grid, heads, today
        below = (row for row in range(heads.top + 1, len(grid.rows)) if len(grid.filled(row)) > 1)
        self.sample = list(islice(below, _SAMPLE))
        self.taken: dict[str, int] = {}
        self.found: dict[int, RegisterColumn] = {}

    def columns(self, pairs: Sequence[tuple[str, str]]) -> tuple[RegisterColumn, ...]:
        """All with a heading, or something below it."""
        for said, name in pairs:
            self.take(self.named(said), name, "as you said")
        self.by_words()
        self.by_bodies()
        self.by_what_is_there()
        for at, text in enumerate(self.heads.texts):
            if at not in self.found and text:
                self.found[at] = RegisterColumn(at, text, "-", not_taken(text) or self.why_not(text))
        return tuple(self.found[at] for at in sorted(self.found))

    def why_not(self, text: str) -> str:
        """Why a column with a heading is not taken in."""
        other = next((name for name, _ in candidates(text) if name in self.taken), "")
        if other:
            return f"column {letters(self.taken[other])} is {FIELDS[other]}"
        return STRANGE

    def named(self, said: str) -> int:
        """The column of a heading, or of letters such as C."""
        exactly = [at for at, text in enumerate(self.heads.texts) if text and words_in(text) == words_in(said)]
        by_letters = [at for at in range(self.grid.width) if letters(at) == said.upper()]
        found = exactly or by_letters
        if not found:
            raise Refused("no-map-column", text=said, known=[shown(text) for text in self.heads.texts if text])
        return found[0]

    def take(self, at: int, name: str, why: str = "") -> None:
        """Says what a column is."""
        self.found[at] = RegisterColumn(at, self.heads.texts[at], name, why)
        if name != "-":
            self.taken[name] = at

    def by_words(self) -> None:
        """By their headings, those first that fit best; of one that may mean several things by what stands below."""
        options = [
            (fits, -at, name)
            for at, text in enumerate(self.heads.texts)
            if at not in self.found and text and not not_taken(text) and not self.is_school_again(text)
            for name, fits in candidates(text)
        ]
        late: list[tuple[int, int, str]] = []
        for fits, back, name in sorted(options, reverse=True):
            at = -back
            if at in self.found or name in self.taken:
                continue
            if self.rivals(at, fits) and name in ("last_review", "next_review"):
                late.append((fits, at, name))
            elif self.holds(at, name):
                self.take(at, name)
        for _, at, name in late:  # "Review date" may be the last one or the next one
            if at not in self.found and name not in self.taken and self.holds(at, name):
                self.take(at, self.last_or_next(at), "by its dates")

    def is_school_again(self, text: str) -> bool:
        """Whether a column has the names of schools, beside one that says which they are."""
        return words_in(text) == "school name" and any(words_in(each) == "school" for each in self.heads.texts)

    def rivals(self, at: int, fits: int) -> bool:
        """Whether a heading may mean the last review and the next one alike."""
        alike = {name for name, its in candidates(self.heads.texts[at]) if its == fits}
        return {"last_review", "next_review"} <= alike

    def last_or_next(self, at: int) -> str:
        """By the other columns; else the next one, unless all its dates are over."""
        free = [name for name in ("next_review", "last_review") if name not in self.taken]
        if len(free) == 1:
            return free[0]
        dates = [
            found.date or found.term
            for row in self.sample
            if isinstance(found := self.reading(row, at, "next_review"), When)
        ]
        return "last_review" if all(each is None or each.first <= self.today for each in dates) else "next_review"

    def by_bodies(self) -> None:
        """A column a committee, with ticks in it; beside a body that is known also those with another short heading."""
        ticked = [at for at, text in enumerate(self.heads.texts) if text and self.is_ticked(at)]
        sure = [at for at in ticked if self.is_body(self.heads.texts[at])]
        for at in ticked if sure else ():
            text = " ".join(visible(self.heads.texts[at]).split())
            if at in sure or len(text.split()) <= _SHORT:
                known = readings.body(text)
                named = known if isinstance(known, readings.Body) else readings.Body("committee", text)
                self.found[at] = RegisterColumn(at, text, "approver", body=named)

    @staticmethod
    def is_body(text: str) -> bool:
        """Whether a heading is a body's name."""
        return words_in(text) in BODY_OF or is_committee(text)

    def is_ticked(self, at: int) -> bool:
        """Whether only ticks stand in a column whose heading says nothing else."""
        filled = [said for row in self.sample if (said := self.grid.text(row, at).casefold())]
        is_free = at not in self.found or self.is_body(self.heads.texts[at])
        return bool(filled) and is_free and TICKS.issuperset(filled)

    def by_what_is_there(self) -> None:
        """What headings do not say and cells do: intervals, addresses, bodies, and titles where nothing else is one."""
        for at, text in enumerate(self.heads.texts):
            if at in self.found or not_taken(text):
                continue
            for name in ("every", "address", "approver"):
                if name not in self.taken and self.is_plainly(at, name):
                    self.take(at, name, "by what stands in it")
                    break
        if "title" in self.taken:
            return
        for at in range(self.grid.width):
            texts = [said for row in self.sample if (said := self.grid.text(row, at))]
            is_told = sum("polic" in said.casefold() for said in texts) > len(texts) * _HALF
            if at not in self.found and texts and is_told and len(set(texts)) == len(texts):
                self.take(at, "title", "by what stands in it")
                return

    def is_plainly(self, at: int, name: str) -> bool:
        """Whether all that stands in a column can be read as one thing, and some of it is no plain yes or no."""
        read = [found for row in self.sample if (found := self.reading(row, at, name)) is not None]
        return bool(read) and not any(isinstance(each, Unclear | bool) for each in read)

    def holds(self, at: int, name: str) -> bool:
        """Whether a column can be what its heading says: half of what stands in it at least can be read so."""
        filled = [row for row in self.sample if self.grid.text(row, at) or (row, at) in self.grid.dates]
        if not filled:
            return True
        if name == "id":
            return all((said := self.grid.text(row, at)) == slug(said) for row in filled)
        if name == "title" and "id" not in self.taken and self.is_of_ids(at, filled):
            self.take(at, "id", "its cells are ids")
            return False
        if name == "version":
            return not any((row, at) in self.grid.dates for row in filled)
        return self.reads(at, name, filled)

    def reads(self, at: int, name: str, filled: Sequence[int]) -> bool:
        """Whether half of the cells of a column, which are not empty, can be read."""
        most = len(filled) * _HALF
        dates = sum(isinstance(self.reading(row, at, "next_review"), When) for row in filled)
        if name in _TEXTS:
            return dates <= most
        if name == "every":
            return dates - self.often(at, filled) <= most
        good = sum(not isinstance(self.reading(row, at, name), Unclear) for row in filled)
        if name in (*DATED, "next_review"):
            return dates > 0 and good >= most
        return good >= most and (name != "approver" or not self.is_all_ticks(at, filled))

    def often(self, at: int, filled: Sequence[int]) -> int:
        """How many cells say how often."""
        return sum(isinstance(readings.every(self.grid.text(row, at)), Interval) for row in filled)

    def is_all_ticks(self, at: int, filled: Sequence[int]) -> bool:
        """Whether nothing but ticks stands in a column."""
        return TICKS.issuperset(self.grid.text(row, at).casefold() for row in filled)

    def is_of_ids(self, at: int, filled: Sequence[int]) -> bool:
        """Whether a column "policy" holds ids, beside one with the titles."""
        texts = [self.grid.text(row, at) for row in filled]
        titles = [
            words_in(text) in ("title", "policy title") for other, text in enumerate(self.heads.texts) if other != at
        ]
        return any(titles) and all(said == slug(said) for said in texts)

    def reading(self, row: int, at: int, name: str) -> object:
        """A cell as a column of some sort would have it."""
        iso = self.grid.dates.get((row, at))
        if iso is not None:
            return readings.when(iso[:10]) if name in (*DATED, "next_review") else Unclear("a date")
        return READERS[name](self.grid.text(row, at))


def unknown(columns: Sequence[RegisterColumn]) -> list[RegisterColumn]:
    """Columns that are left out though nobody said so and their heading is none of those that are known."""
    return [column for column in columns if column.field == "-" and column.why == STRANGE]
