"""The action plan as a workbook, to sort, filter and hand round: real dates, a filter row, heads that stay."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from charterkit.errors import Missing
from charterkit.model.dates import PartialDate
from charterkit.render.actions.line import STATES, PlanLine
from charterkit.render.engine.paper import Paper
from charterkit.text.safe import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook

SHEET = "Action plan"
_HEAD = 1
"""The row of the headings, from 0; the title stands above it."""
MOST = 32_767
"""Characters that a cell holds (Microsoft, Excel specifications and limits, read November 2026)."""
_FORMATS = {"day": "d mmmm yyyy", "month": "mmmm yyyy", "year": "yyyy"}
"""How a date is shown, by how precise it is; the cell holds the last day that it may mean."""

COLUMNS: dict[str, tuple[int, Callable[[PlanLine], str | PartialDate | None]]] = {
    "School": (24, lambda line: line.folder.school.name),
    "Action": (48, lambda line: line.action.action),
    "Aspect": (36, lambda line: line.aspect),
    "Owner": (22, lambda line: line.action.owner),
    "Due": (18, lambda line: line.action.due),
    "State": (14, lambda line: STATES[line.state]),
    "How we will know": (36, lambda line: line.action.success),
    "Note": (36, lambda line: line.action.note),
    "Closed": (18, lambda line: line.action.closed),
    "Since": (18, lambda line: line.tracked.since.spoken if line.tracked.since else ""),
    "ID": (24, lambda line: line.tracked.id),
}
"""Each heading, how wide it is in characters, and what stands under it."""


class _Plan(Protocol):
    """What the workbook is made of."""

    @property
    def title(self) -> str:
        """Whose plan it is."""

    @property
    def lines(self) -> Sequence[PlanLine]:
        """The actions."""


def plan_xlsx(plan: _Plan, today: date) -> Paper:
    """The plan as an XLSX file; the same plan and day give the same bytes. No text in it runs or leads anywhere.

    Raises CharterkitError where the package to write it is missing.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - only workbooks need it
    except ImportError:
        raise Missing("needs-xlsxwriter") from None
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        made = datetime(today.year, today.month, today.day)  # noqa: DTZ001 - a day, without a place
        book.set_properties({"title": visible(f"{plan.title}: action plan"), "author": "charterkit", "created": made})
        _sheet(book, plan)
    return Paper(held.getvalue(), ())


def _sheet(book: "Workbook", plan: _Plan) -> None:
    sheet = book.add_worksheet(SHEET)
    cell: dict[str, Any] = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    text = book.add_format({**cell, "num_format": "@"})
    dates = {name: book.add_format({**cell, "num_format": form, "align": "left"}) for name, form in _FORMATS.items()}
    head = book.add_format({**cell, "bold": True, "bg_color": "#d8d2c4"})
    late = book.add_format({**cell, "bold": True, "bg_color": "#fdf0dc", "font_color": "#6b2400"})
    sheet.write_string(0, 0, _fit(f"{plan.title}: action plan"), book.add_format({"bold": True, "font_size": 16}))
    sheet.set_row(0, 26)
    for column, (heading, (width, _)) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD, column, heading, head)
    for row, line in enumerate(plan.lines, _HEAD + 1):
        for column, (heading, (_, of)) in enumerate(COLUMNS.items()):
            said = of(line)
            if isinstance(said, PartialDate):
                sheet.write_datetime(row, column, _at(said.last), dates[_precision(said)])
            else:
                is_late = heading == "State" and line.is_overdue
                sheet.write_string(row, column, _fit(said or ""), late if is_late else text)
    sheet.freeze_panes(_HEAD + 1, 2)
    sheet.autofilter(_HEAD, 0, _HEAD + max(len(plan.lines), 1), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as above


def _precision(when: PartialDate) -> str:
    if when.month is None:
        return "year"
    return "day" if when.day else "month"


def _fit(text: str) -> str:
    return visible(text)[:MOST]
