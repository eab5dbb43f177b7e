"""The charter itself as a table beside its blank form: `new charter --from` makes a charter of it again."""

from typing import TYPE_CHECKING, Any

from charterkit.insight.charter_about import ABOUT_SHEET, about_rows
from charterkit.insight.charter_sheet import LEVELS_SHEET, SHEET, charter_rows, level_rows
from charterkit.render.form.view import FormView

if TYPE_CHECKING:
    from charterkit.render.form.workbook import Writer

_NARROW, _WIDE = 14, 34
_LONG = 30
"""Letters of a cell from which its column is a wide one."""


def charter_sheets(writer: "Writer", view: FormView) -> None:
    """A row an aspect, a column a level; what the levels mean, where they are its own, and what it says of itself."""
    if view.source is None:
        return
    _sheet(writer, SHEET, charter_rows(view.source), header=1)
    if levels := level_rows(view.source):
        _sheet(writer, LEVELS_SHEET, levels, header=0)
    if about := about_rows(view.source):
        _sheet(writer, ABOUT_SHEET, about, header=0)


def _sheet(writer: "Writer", name: str, rows: list[list[str]], *, header: int) -> None:
    sheet = writer.book.add_worksheet(name)
    sheet.freeze_panes(header + 1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column in range(len(rows[header])):
        longest = max(len(cells[column]) for cells in rows[header:])
        sheet.set_column(column, column, _WIDE if longest > _LONG else _NARROW)
    for row, cells in enumerate(rows):
        about: dict[str, Any] = {"border": 1} if row >= header else {"text_wrap": False}
        look = writer.look(num_format="@", **about, **({"bold": True} if row <= header else {}))
        for column, text in enumerate(cells):
            writer.put(sheet, (row, column), text, look, f"On the sheet “{name}” a text")
