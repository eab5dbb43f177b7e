"""The workbook's sheet of the action plan: open actions with a choice each, and rows for new ones."""

from typing import TYPE_CHECKING, Any

from charterkit.insight.evaluations.form_layout import ACTION, MACHINE_SHEET, PLAN, PLAN_SHEET, key
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.form.plan import CHOICES, FormAction
from charterkit.render.form.view import FormView

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from charterkit.render.form.workbook import Writer

_KEYS, _HEADER = 2, 3
_NEW_ROWS = 20
_WIDTHS = {"what": 46, "who": 24, "by-when": 16, "about": 40, "became": 18, "note": 34}
_HINTS = {
    "by-when": "A day, a month or a year: 31/03/2027, 2027-03 or 2027.",
    "became": "Of an open action: choose from the list. Of a new one: leave it empty.",
}
BECAME, ASPECTS = "charterkit_became", "charterkit_aspects"
"""The names of what the two lists offer, on the hidden sheet."""


def plan_sheet(writer: "Writer", view: FormView) -> None:
    """The sheet, with the same hidden row and column as the form's own."""
    sheet = writer.book.add_worksheet(PLAN_SHEET)
    places = {name: number for number, name in enumerate(PLAN, 1)}
    last = _HEADER + len(view.actions) + _NEW_ROWS
    _page(sheet, view, places, last)
    plain = {"text_wrap": False, "valign": "vcenter"}
    accent = builtin_tokens()["light"]["accent"]
    writer.put(
        sheet, (0, 1), view.labels["plan"].text, writer.look(**plain, bold=True, font_size=18, font_color=accent)
    )
    writer.put(sheet, (1, 1), view.labels["plan-help"].text, writer.look(**plain, italic=True))
    header = writer.look(bold=True, font_color="#ffffff", bg_color=accent, border=1, valign="vcenter")
    writer.put(sheet, (_KEYS, 0), ACTION, writer.look())
    writer.put(sheet, (_HEADER, 0), "id", header)
    for name, place in places.items():
        writer.put(sheet, (_KEYS, place), key(name), writer.look())
        writer.put(sheet, (_HEADER, place), view.labels["aspect" if name == "about" else name].text, header)
    for row in range(_HEADER + 1, last + 1):
        at = row - _HEADER - 1
        _row(writer, sheet, row, places, view.actions[at] if at < len(view.actions) else None)
    _choices(sheet, view, places, last)


def _page(sheet: "Worksheet", view: FormView, places: dict[str, int], last: int) -> None:
    sheet.set_column(0, 0, 12, None, {"hidden": True})
    for name, place in places.items():
        sheet.set_column(place, place, _WIDTHS[name])
    sheet.set_row(0, 28)
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    sheet.set_row(_HEADER, 24)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(_HEADER + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9 if view.size == "A4" else 8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.print_area(0, 0, last, len(places))
    if view.dir == "rtl":
        sheet.right_to_left()
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _row(writer: "Writer", sheet: "Worksheet", row: int, places: dict[str, int], action: FormAction | None) -> None:
    """An open action, whose words and aspect are locked; or an empty row."""
    fixed, is_open = writer.look(border=1), writer.open_look()
    said = {"what": action.action, "about": action.aspect} if action else {}
    given = {"who": action.owner, "by-when": action.due_text} if action else {}
    writer.put(sheet, (row, 0), action.id if action else "", writer.look())
    for name, place in places.items():
        text = said.get(name, given.get(name, ""))
        writer.put(sheet, (row, place), text, fixed if name in said else is_open, "Of an action a text")
    longest = max(len(said.get(name, "")) / _WIDTHS[name] for name in ("what", "about"))
    sheet.set_row(row, 15.0 * max(2, min(int(longest) + 2, 20)))


def _choices(sheet: "Worksheet", view: FormView, places: dict[str, int], last: int) -> None:
    first, new = _HEADER + 1, _HEADER + 1 + len(view.actions)
    for name, hint in _HINTS.items():
        column = places[name]
        settings: dict[str, Any] = {"validate": "any"}
        if name == "became":
            settings = {"validate": "list", "source": f"={BECAME}", "error_message": "Please choose from the list."}
        sheet.data_validation(first, column, last, column, {**settings, "input_message": hint})
    column = places["about"]
    offered = {"validate": "list", "source": f"={ASPECTS}", "error_type": "warning"}
    sheet.data_validation(new, column, last, column, {**offered, "error_message": "This is no aspect of the charter."})


def choice_rows(view: FormView) -> list[tuple[str, ...]]:
    """What the hidden sheet says of the choices: the word of each key."""
    return [("became", view.labels[name].text, name) for name in CHOICES]


def made_rows(view: FormView) -> list[tuple[str, ...]]:
    """What it says of the open actions: owner and date as the form was made with, to tell what was changed."""
    return [("action", action.id, action.owner, action.due_text) for action in view.actions]


def define_names(writer: "Writer", became: tuple[int, int], aspects: tuple[int, int]) -> None:
    """Name the rows of the hidden sheet, from 1, that the lists offer."""
    for name, column, (first, last) in ((BECAME, "B", became), (ASPECTS, "C", aspects)):
        writer.book.define_name(name, f"={MACHINE_SHEET}!${column}${first}:${column}${last}")
