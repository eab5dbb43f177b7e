"""The rows of a register, each with what it says of one policy; what is not understood is named by its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from charterkit.exchange.cells import cell, letters
from charterkit.exchange.register.columns import RegisterColumn, Table
from charterkit.exchange.register.headings import DATED
from charterkit.exchange.register.readings import READERS, Body, Unclear, When
from charterkit.exchange.register.words import TICKS, is_remark, is_total
from charterkit.model.dates import Interval, PartialDate
from charterkit.text.safe import shown

_DATES = (*DATED, "next_review")
_FORMULA = ("=", "+", "-", "@")


@dataclass(eq=False)
class RegisterRow:
    """What one row says. `said` is each thing as it was read, by what a column holds."""

    table: Table
    number: int
    """The row, from 0."""
    reader: "_RowReader"
    said: dict[str, Any]
    told: dict[str, str] | None = field(default=None, init=False)
    """The texts, where somebody asked for them."""
    ticks: tuple[str, ...] = field(default=(), init=False)
    """The columns of bodies that are ticked."""
    unread: tuple[tuple[str, str], ...] = field(default=(), init=False)
    """Columns of which a cell is not taken in, each with why."""
    puzzles: tuple[str, ...] = field(default=(), init=False)
    """What several cells leave open."""
    notes: tuple[str, ...] = field(default=(), init=False)
    """What was taken in otherwise than it stands there."""
    is_archived: bool = field(default=False, init=False)

    @property
    def texts(self) -> dict[str, str]:
        """Each thing as it stands in its cell."""
        if self.told is None:
            self.told = self.reader.texts(self.number)
        return self.told

    def where(self, name: str, *, sheet: bool = False) -> str:
        """The cell of a column, as a person finds it; its row where there is no such column."""
        column = self.table.fields.get(name)
        at = column.at if column else 0
        if sheet and self.table.grid.name:
            return cell(self.table.grid.name, self.number, at)
        return f"{letters(at)}{self.number + 1}" if column else f"row {self.number + 1}"

    def ask(self, name: str, why: str) -> None:
        """Names a cell that is not taken in."""
        self.unread = (*self.unread, (name, why))

    @property
    def questions(self) -> list[str]:
        """What is not understood, by cell."""
        texts = ((name, why, shown(self.texts.get(name, ""))) for name, why in self.unread)
        asked = [
            f"{self.where(name)}: “{text}”: {why}." if text else f"{self.where(name)}: {why}."
            for name, why, text in texts
        ]
        return [*asked, *self.puzzles]


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is no policy, and what it is taken for."""

    where: str
    text: str
    why: str


@dataclass(slots=True)
class RegisterRows:
    """All rows of one sheet."""

    table: Table
    rows: list[RegisterRow] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)


def read_rows(table: Table, today: date, *, archived: bool = False) -> RegisterRows:
    """The rows of a table. `archived` says that the whole sheet is about policies out of use."""
    made = RegisterRows(table)
    reader = _RowReader(table, today, _ticks_are_plain(table))
    at, heads = table.fields["title"].at, {column.heading for column in table.columns if column.heading}
    whole = {row for row, first, last, end in table.grid.merged if row == last and end - first > 1}
    for number in table.rows:
        if passed := _passed(table, number, at, heads, whole):
            made.passed.append(passed)
            continue
        row = reader.row(number)
        row.is_archived = archived or row.said.get("status") == "archived" or "archived" in row.said
        made.rows.append(row)
    return made


def _ticks_are_plain(table: Table) -> bool:
    """Whether a cross in the column of what the law requires can only be a tick: nothing else stands there."""
    column = table.fields.get("statutory")
    at, cells = column.at if column else 0, table.grid.rows
    texts = {cells[row][at] for row in table.rows if at < len(cells[row])} if column else set()
    return TICKS.issuperset({text.strip().casefold() for text in texts} - {""})


def _passed(table: Table, number: int, at: int, heads: set[str], whole: set[int]) -> Passed | None:
    """Why a row is passed over; None for one that is about a policy."""
    texts = table.grid.rows[number]
    if at < len(texts) and texts[at].strip():
        filled = list(filter(str.strip, texts))
        if len(filled) > _FEW and filled[0] not in heads:
            return None
    return _looked_at(table, number, at, heads, whole)


def _looked_at(table: Table, number: int, at: int, heads: set[str], whole: set[int]) -> Passed | None:
    """The same of a row that may be none."""
    texts = table.grid.rows[number]
    title = " ".join(texts[at].split()) if at < len(texts) else ""
    filled = table.grid.filled(number)  # dates too
    first = filled[0] if filled else at
    why = _why_passed([" ".join(texts[place].split()) for place in filled], title, heads, is_joined=number in whole)
    said = shown(title or table.grid.text(number, first), 60)
    return Passed(f"{letters(first)}{number + 1}", said, why) if why else None


def _why_passed(filled: Sequence[str], title: str, heads: set[str], *, is_joined: bool) -> str:
    """What a row is, by what stands in it and its title, where it is no policy."""
    if filled and is_total(filled[0]) and len(filled) <= _FEW:
        return "a total, or a heading: no policy"
    if len(filled) > 1 and set(filled) <= heads:
        return "the headings once more"
    if not title:
        return "no title stands in this row"
    if len(filled) == 1 and is_remark(title):
        return "a remark: no policy"
    is_heading = is_joined or title.isupper() or title.endswith(":") or title.casefold().endswith(" policies")
    return "a heading above other rows: no policy" if len(filled) == 1 and is_heading else ""


_FEW = 2


@dataclass
class _RowReader:
    """Reads rows of one table. What stood in a column once is not read again."""

    table: Table
    today: date
    ticks: bool
    columns: list[tuple[str, int, "_Known"]] = field(default_factory=list)
    width: int = 0
    unclear: set[str] = field(default_factory=set)
    """The columns in which a cell was come upon that is not understood."""
    special: set[int] = field(default_factory=set)
    """The dates, by their `id`, of which more is to be said."""
    bodies: list[RegisterColumn] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    joined: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    is_plain: bool = True

    def __post_init__(self) -> None:
        fields = self.table.fields
        self.columns = [(name, column.at, _Known(self, name)) for name, column in fields.items()]
        self.width = max(column.at for column in fields.values()) + 1
        self.dates = [name for name in _DATES if name in fields]
        self.bodies = [column for column in self.table.columns if column.body]
        for top, first, last, end in self.table.grid.merged:
            if last > top > self.table.top and first == end:
                self.joined.update({(row, first): (top, first) for row in range(top + 1, last + 1)})
        grid = self.table.grid
        self.is_plain = not (grid.odd or grid.dates or grid.formulas or self.joined)

    def row(self, number: int) -> RegisterRow:
        """One row that is about a policy."""
        cells = self.cells(number)
        said = {name: found for name, at, known in self.columns if (found := known[cells[at]]) is not None}
        row = RegisterRow(self.table, number, self, said)
        if not self.is_plain:
            for name in [name for name, at, _ in self.columns if name in said and self.is_odd(number, at)]:
                del said[name]
        for name in self.unclear:
            if type(said.get(name)) is Unclear:
                row.ask(name, said.pop(name).why)
        if not self.is_plain:
            for name, at, _ in self.columns:
                self.odd(row, name, at)
        self.settle(row)
        return row

    def cells(self, number: int) -> Sequence[str]:
        """The cells of a row, as many as there are columns."""
        cells = self.table.grid.rows[number]
        return cells if len(cells) >= self.width else [*cells, *[""] * (self.width - len(cells))]

    def texts(self, number: int) -> dict[str, str]:
        """What stands in a row's cells, by what their columns hold."""
        cells = self.cells(number)
        return {
            name: cells[at]
            for name, at, known in self.columns
            if known[cells[at]] is not None and not self.is_odd(number, at)
        }

    def is_odd(self, number: int, at: int) -> bool:
        """Whether a cell holds something else than its text."""
        place, grid = self.joined.get((number, at), (number, at)), self.table.grid
        is_formula = place in grid.formulas and not grid.text(*place)
        return is_formula or place in grid.dates or place in grid.odd or place != (number, at)

    def reading(self, name: str, text: str) -> Any:  # noqa: ANN401 - as the column has it
        """A text as its column has it."""
        if text[:1] == "'" and text[1:].lstrip()[:1] in _FORMULA and not self.table.grid.name:
            text = text[1:]  # what keeps a spreadsheet from taking it for a formula
        if not text or text.isspace():
            return None
        if name == "statutory" and self.ticks and text.strip().casefold() == "x":
            return True
        found = READERS[name](text)
        if type(found) is Unclear:
            self.unclear.add(name)
        elif type(found) is When and (found.every or found.term or found.date.first > self.today):  # type: ignore[union-attr]  # one is there
            self.special.add(id(found))
        return found

    def odd(self, row: RegisterRow, name: str, at: int) -> None:
        """Dates of a workbook, formulas, errors and joined cells."""
        grid = self.table.grid
        place = self.joined.get((row.number, at), (row.number, at))
        if iso := grid.dates.get(place):
            said = {"month": iso[:7], "year": iso[:4]}.get(grid.vague.get(place, ""), iso[:10])
            found = self.reading(name, said) if name in _DATES else None
            row.texts[name] = said
            if isinstance(found, When):
                row.said[name] = found
            else:
                row.ask(name, "a date stands here, which Excel makes of other things too: write it as text")
        elif place in grid.formulas and not grid.text(*place):
            text = grid.written.get(place, "")
            row.texts[name] = text or "a formula"
            if name == "note" and text:
                row.said[name] = READERS["note"](text)
                row.notes += (f"{row.where(name)}: the formula {shown(text)} is kept as text, and not worked out.",)
            else:
                row.ask(name, "a formula of which the file has no result: open it in Excel, and save it again")
        elif why := grid.odd.get(place):
            row.ask(name, why)
        elif place != (row.number, at):
            text = grid.text(*place)
            found = self.reading(name, text)
            if found is not None and not isinstance(found, Unclear):
                row.said[name], row.texts[name] = found, text

    def settle(self, row: RegisterRow) -> None:
        """What cells say together."""
        said = row.said
        for name in self.dates if self.special else ():
            found: When | None = said.get(name)
            if found is not None and id(found) in self.special and (found.every is not None or name != "next_review"):
                self.date(row, name, found)
        if self.bodies or "committee" in said:
            self.approver(row)

    def date(self, row: RegisterRow, name: str, found: When) -> None:
        """How often in the place of a date; a term in which something happened; a date that is still to come."""
        if found.every is not None:
            del row.said[name]
            if name != "next_review":
                row.ask(name, "how often, where a date should stand: write when it was")
            elif "every" not in row.said:
                row.said["every"] = found.every
                row.texts["every"] = row.texts[name]
                row.notes += (f"{row.where(name)}: “{shown(row.texts[name])}” is taken for how often: {found.every}.",)
            elif row.said["every"] != found.every:
                row.ask(name, "how often, and another column says otherwise: write when it is due")
        elif (found.term or found.date).first > self.today:  # type: ignore[union-attr]  # one of them is there
            del row.said[name]
            row.ask(name, "still to come, under a heading of what has happened: write when it was")
        elif found.term is not None:
            kept = f"is kept as {found.term.first.year}, with the term beside it"
            row.notes += (f"{row.where(name)}: “{shown(row.texts[name])}” {kept}: a history has no terms.",)

    def approver(self, row: RegisterRow) -> None:
        """The body of a ticked column; the committee of one that names it."""
        said, grid = row.said, self.table.grid
        ticked = [column for column in self.bodies if grid.text(row.number, column.at)]
        row.ticks = tuple(column.letter for column in ticked)
        if len(ticked) > 1:
            places = " and ".join(f"{column.letter}{row.number + 1}" for column in ticked)
            row.puzzles += (f"{places}: two bodies are ticked: leave the one that decides in the end.",)
        elif ticked and "approver" not in said:
            said["approver"] = ticked[0].body
        named = said.pop("committee", None)
        if isinstance(named, Body) and (
            "approver" not in said or (said["approver"].body == "committee" and not said["approver"].name)
        ):
            said["approver"] = named


class _Known(dict[str, Any]):
    """What stands in a column by its text, each read once."""

    def __init__(self, reader: _RowReader, name: str) -> None:
        super().__init__()
        self.reader, self.name = reader, name

    def __missing__(self, text: str) -> Any:  # noqa: ANN401 - as the column has it
        found = self[text] = self.reader.reading(self.name, text)
        return found


def happened(row: RegisterRow) -> Iterator[tuple[str, PartialDate, str]]:
    """What a row says has happened: the kind of event, its date, and the term where only that is known."""
    for name, kind in EVENTS.items():
        found = row.said.get(name)
        if isinstance(found, When):
            if found.term is not None:
                yield kind, PartialDate(found.term.first.year), " ".join(row.texts[name].split())
            elif found.date is not None:
                yield kind, found.date, ""


EVENTS: Mapping[str, str] = {
    "issued": "issued",
    "last_review": "reviewed",
    "approved": "approved",
    "ratified": "ratified",
    "archived": "withdrawn",
}
"""What each column of dates is in a history."""


def interval_of(row: RegisterRow) -> Interval | None:
    """How often a row says it is reviewed."""
    found = row.said.get("every")
    return found if isinstance(found, Interval) else None
