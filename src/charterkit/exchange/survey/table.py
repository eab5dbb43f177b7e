"""An export as a table: which tool made it, one heading a column, and the rows below."""

import re
from collections.abc import Sequence
from pathlib import Path

from charterkit.errors import Missing, Refused
from charterkit.exchange.answers import plain_bytes
from charterkit.exchange.grid import KNOWN, Grid, below, large_grids
from charterkit.exchange.survey.words import MACHINE, answer_id, family_of
from charterkit.records import dataclass

MOST_BYTES = 16 * 1024 * 1024
"""Of an export; ten thousand people's answers to forty questions have half of it."""
_TICKED = frozenset({"response", "open-ended-response", "other-please-specify", ""})


@dataclass(frozen=True, slots=True)
class ExportTable:
    """The headings by column, and the rows of the grid that hold answers. `ticks` are columns of one tick box each."""

    tool: str
    grid: Grid
    headings: dict[int, str]
    rows: list[int]
    ticks: frozenset[int] = frozenset()
    is_totals: bool = False
    """Whether a row is a question with its totals, and not a person."""
    top: int = 0


def read_export(path: Path, sheet: str | None = None) -> ExportTable:
    """The table of a file. Raises CharterkitError for one that cannot or must not be read, or has no answers."""
    if path.suffix.lower() not in KNOWN:
        raise Refused("no-table-format", name=path.name, known=KNOWN)
    data = plain_bytes(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise Refused("survey-too-large", name=path.name, most=MOST_BYTES // 1024 // 1024)
    grid = _chosen(path.name, large_grids(path.name, data, MOST_BYTES), sheet)
    filled = [row for row in range(len(grid.rows)) if grid.filled(row)]
    totals = next((row for row in filled[:_LOOKED_AT] if _is_totals(grid, row)), None)
    if totals is not None:
        return _totals(grid, totals)
    top = next((row for row in filled if len(grid.filled(row)) > 1), None)
    if top is None:
        raise Missing("no-survey-answers", name=path.name)
    found = _people(grid, top)
    if not found.rows:
        raise Missing("no-survey-answers", name=path.name)
    return found


_LOOKED_AT = 30


def _chosen(name: str, grids: Sequence[Grid], sheet: str | None) -> Grid:
    """The sheet of that name; else the one with most cells."""
    if sheet is not None:
        named = [grid for grid in grids if grid.name.casefold() == sheet.casefold()]
        if not named:
            raise Refused("no-such-sheet", name=name, sheet=sheet, known=[grid.name for grid in grids])
        return named[0]
    if not grids:
        raise Missing("no-survey-answers", name=name)
    return max(grids, key=lambda grid: len(grid.rows) * grid.width)


def _is_totals(grid: Grid, row: int) -> bool:
    """Whether the headings are answers: two at least, of one family, over numbers."""
    first = next(below(grid, row), None)
    if first is None or not grid.text(first, 0):
        return False
    over = [at for at in range(1, grid.width) if _NUMBER.fullmatch(grid.text(first, at))]
    return len([at for at in over if family_of({answer_id(grid.text(row, at))})]) > 1


_NUMBER = re.compile("[0-9.,]+ ?%?")


def _totals(grid: Grid, top: int) -> ExportTable:
    headings = {column: grid.text(top, column) for column in range(grid.width) if grid.text(top, column)}
    tool = "a table of totals, as Ofsted Parent View gives"
    return ExportTable(tool, grid, headings, list(below(grid, top)), is_totals=True, top=top)


def _people(grid: Grid, top: int) -> ExportTable:
    first = [_heading(grid, top, column) for column in range(grid.width)]
    rows = list(below(grid, top))
    second = [grid.text(rows[0], column) for column in range(grid.width)] if rows else []
    if _is_second_heading(first, second):
        headings, ticks = _of_two(first, second)
        return ExportTable("SurveyMonkey, with two rows of headings", grid, headings, rows[1:], ticks, top=rows[0])
    names = {answer_id(head) for head in first}
    tool = "a form tool"
    if "timestamp" in names:
        tool = "Google Forms"
    elif {"start-time", "completion-time"} <= names:
        tool = "Microsoft Forms"
    elif {"respondent-id", "collector-id"} & names:
        tool = "SurveyMonkey"
    return ExportTable(tool, grid, {at: head for at, head in enumerate(first) if head}, rows, top=top)


def _heading(grid: Grid, row: int, column: int) -> str:
    text = " ".join(grid.text(row, column).split())
    _, bracket, line = text.partition("[")  # Google Forms: a line of a grid stands in brackets behind its question
    return line[:-1] if bracket and len(line) > 1 and line.endswith("]") else text


def _is_second_heading(first: Sequence[str], second: Sequence[str]) -> bool:
    """SurveyMonkey's second row: "Response" below questions, blank below what it writes itself."""
    under = {answer_id(text) for text in second}
    blanks = [at for at, head in enumerate(first) if not head and at < len(second) and second[at]]
    machine = [at for at, head in enumerate(first) if answer_id(head) in MACHINE]
    is_blank = all(not second[at] for at in machine if at < len(second))
    return is_blank and bool({"response", "open-ended-response"} & under or (machine and blanks))


def _of_two(first: Sequence[str], second: Sequence[str]) -> tuple[dict[int, str], frozenset[int]]:
    """One heading a column, of the question above and the line below; and the columns that hold a tick each.

    Of several columns under one question, those whose own heading is a statement are lines of a grid; where they are
    answers, each is a tick box.
    """
    headings: dict[int, str] = {}
    parts: dict[str, list[int]] = {}
    last = ""
    for at, head in enumerate(first):
        last = head or last
        line = second[at] if at < len(second) else ""
        parts.setdefault(last, []).append(at)
        plain = answer_id(line) in _TICKED
        headings[at] = last if plain else line
    ticks: set[int] = set()
    for whole in parts.values():
        lines = [second[at] for at in whole if at < len(second)]
        if len(whole) > 1 and all(len(line.split()) <= _FEW_WORDS for line in lines):
            ticks |= {at for at in whole if second[at]}
    return {at: head for at, head in headings.items() if head}, frozenset(ticks)


_FEW_WORDS = 3
