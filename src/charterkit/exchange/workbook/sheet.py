"""Answers from a workbook that is no form of ours: a sheet with a line of headings, as schools keep their own."""

from datetime import date, datetime, time, timedelta
from typing import Any

from charterkit.errors import Refused
from charterkit.exchange import columns
from charterkit.exchange.aims import MisreadCell
from charterkit.exchange.answers import answer_of
from charterkit.exchange.workbook.aims import aim_text
from charterkit.exchange.workbook.xlsx import Sheet, sheets
from charterkit.files.yaml.subset import MAX_BYTES, MOST_SAID
from charterkit.insight.evaluations.answers import Answer
from charterkit.text.safe import shown

_LOOKED_AT = 30
"""Rows among which the headings stand: a title and a date may come before them."""


def read_sheet(name: str, data: bytes) -> list[Answer]:
    """The answers of the sheet that has headings. Raises CharterkitError with every complaint and its cell."""
    if len(data) > MAX_BYTES:
        raise Refused("form-too-large", name=name)
    found = [(sheet, row) for sheet in sheets(name, data) if (row := _heading(sheet)) is not None]
    if not found:
        raise Refused("no-table", name=name, columns=columns.COLUMNS)
    if len(found) > 1:
        raise Refused("tables-twice", name=name, titles=" and ".join(f"“{sheet.name}”" for sheet, _ in found[:3]))
    reader = _Reader(*found[0])
    answers = reader.answers()
    if reader.complaints:
        rest = len(reader.complaints) - MOST_SAID
        more = [f"And {rest} more."] if rest > 0 else []
        raise Refused("bad-answers", complaints="\n".join([*reader.complaints[:MOST_SAID], *more]))
    if not answers:
        raise Refused("no-answers", name=name, columns=columns.COLUMNS)
    return answers


def _heading(sheet: Sheet) -> int | None:
    """The row with the columns' names."""
    for row, cells in enumerate(sheet.rows[:_LOOKED_AT]):
        if columns.is_heading([columns.meant(cell) for cell in cells]):
            return row
    return None


class _Reader:
    """Reads the rows below the headings."""

    def __init__(self, sheet: Sheet, top: int) -> None:
        self.sheet, self.top = sheet, top
        self.columns = [columns.meant(cell) for cell in sheet.rows[top]]
        self.complaints: list[str] = []

    def answers(self) -> list[Answer]:
        """Those of all rows that say something; what is wrong with them is noted."""
        wrong = columns.complaint(self.columns)
        if wrong:
            self.complain(self.top, wrong[0], f"{wrong[1]}: the columns are {', '.join(columns.COLUMNS)}")
            return []
        rows = range(self.top + 1, len(self.sheet.rows))
        return [answer for row in rows if (answer := self._answer(row)) is not None]

    def _answer(self, row: int) -> Answer | None:
        before = len(self.complaints)
        self._merged(row)
        cells = {name: self._text(row, at, name) for at, name in enumerate(self.columns) if name}
        if len(self.complaints) > before or not any(text.strip() for text in cells.values()):
            return None
        places = {name: self.sheet.where(row, at) for at, name in enumerate(self.columns) if name}
        if not columns.aspect_in(cells)[0]:
            self.complain(row, 0, "no aspect is named in this row")
            return None
        is_said = any(text.strip() for name, text in cells.items() if name in columns.COLUMNS and name != "aspect")
        try:
            return answer_of(cells, places[columns.aspect_in(cells)[1]], places) if is_said else None
        except MisreadCell as bad:
            self.complaints.append(f"{places[bad.column]}: {bad.why}")
            return None

    def _merged(self, row: int) -> None:
        """Cells that are joined to one in a row above: nobody can tell whether it speaks of this aspect too."""
        for first, left, last, right in self.sheet.merged:
            for at in range(left, right + 1) if first < row <= last else ():
                if at < len(self.columns) and self.columns[at]:
                    above = self.sheet.where(first, left)
                    self.complain(
                        row, at, f"this cell is merged with {above}: unmerge them, and write in each what it says"
                    )

    def _text(self, row: int, column: int, name: str) -> str:
        """A cell's text; a number counts as one where a rating, an aspect's number, a year or a value may stand."""
        at = (row, column)
        if at in self.sheet.formulas or at in self.sheet.errors:
            self.complain(*at, "a formula stands here, and none is worked out: write what it comes to")
            return ""
        value = self.sheet.value(*at)
        aim = aim_text(self.sheet, at, name)
        if aim is not None:
            return aim
        if isinstance(value, float) and name in {"rating", "number", "aspect"}:
            return f"{value:g}"
        if not isinstance(value, str):
            self.complain(*at, f"{_kind(value)} stands here, not text: write it as words")
            return ""
        return value

    def complain(self, row: int, column: int, said: str) -> None:
        """One more thing to mend."""
        self.complaints.append(f"{self.sheet.where(row, column)}: {shown(said, 300)}.")


def _kind(value: Any) -> str:  # noqa: ANN401 - a cell
    if isinstance(value, bool):
        return "a yes or no (TRUE or FALSE)"
    return "a date or time" if isinstance(value, date | datetime | time | timedelta) else "a number"
