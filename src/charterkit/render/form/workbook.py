"""The self-evaluation form as a workbook: fill it in, send it round, and `evaluate --from` reads it back.

Every text goes in as text, never as a formula or a link; the formulas there are (of the drop-down and the colours) are
ours alone and name cells. The sheet is protected without a password: that keeps the wording from slipping.
"""

import io
from dataclasses import field
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from charterkit.errors import Missing
from charterkit.insight.evaluations.form_layout import (
    AIMS,
    ANSWERS,
    ASPECT,
    CELL_UNITS,
    HEAD,
    SHEET,
    TEXT,
    fitting,
    key,
    units,
)
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.form.charter_sheets import charter_sheets
from charterkit.render.form.guidance import CHOOSE, TITLE_UNITS, hint, practice, rubric, rubric_title
from charterkit.render.form.other_sheets import PAPER, help_sheet, machine_sheet
from charterkit.render.form.plan_sheet import plan_sheet
from charterkit.render.form.print import MARGINS, Printed
from charterkit.render.form.view import FormAspect, FormPoint, FormView
from charterkit.text.safe import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

INSTALL = "Install it with: pip install 'charterkit[xlsx]'"
CUT = " … [cut]"
_WIDTHS = {
    "aspect": 27,
    "detail": 33,
    "examples": 30,
    "rubric": 42,
    "last": 13,
    "last-ideas": 24,
    "level": 14,
    "note": 26,
    "ideas": 32,
    "reason": 19,
    "target": 14,
    "target-by": 12,
    "value": 14,
}
"""In characters; the printed ones together as wide as a landscape page holds at about three quarters of the size."""
_LOOKS = {"aspect": {"bold": True}, "examples": {"italic": True}}
_OF_COLUMN = {"level": "rating", "aspect": TEXT}
_LABEL = {"target-by": "by-when"}
"""The label of a column, where it is called otherwise."""
_KEYS_ROW, _HEADER_ROW = 5, 6
_LINE = 15.0
"""Points of a line at 11 points."""
_HEADER_LINES = 3.4
_POINT = 22
"""Points of a key point's row."""
_LEAST, _MOST = 5 * _LINE, 409.0
"""Points of a row: room for a few ideas at least, and the most that a row may be high."""
_FULL = 1.1
"""How much of a column's width a line fills on the average, in characters; bold ones less."""
_BOLD = 0.98
_FONT = "Calibri"
_ERROR = "Please choose from the list, or leave the cell empty."
_HINTS = {
    "note": "What explains the rating. An empty cell leaves a note that was written before as it is.",
    "ideas": "One idea a line. Alt and Enter together begin a new line.",
    "reason": "Only where it does not apply to your school: say why.",
    "target-by": "A day, a month or a year, such as 2027-07.",
    "value": "What was counted or measured, with its unit: 62%, or 14 families.",
}


def form_xlsx(view: FormView, today: date) -> Paper:
    """The form as an XLSX file, and what no cell of it could hold; the same view and day give the same bytes.

    Raises CharterkitError where the package to write it is missing.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - only workbooks need it
    except ImportError:
        raise Missing("needs-xlsxwriter") from None
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties(
            {
                "title": visible(view.title),
                "author": visible(view.school) or "charterkit",
                "created": datetime(today.year, today.month, today.day),  # noqa: DTZ001 - a day, without a place
            }
        )
        book.set_size(2400, 1500)
        writer = Writer(view, book)
        writer.form_sheet()
        plan_sheet(writer, view)
        help_sheet(writer)
        charter_sheets(writer, view)
        machine_sheet(writer)
    return Paper(held.getvalue(), tuple(writer.notices))


@dataclass
class Writer:
    """Writes one view's sheets."""

    view: FormView
    book: "Workbook"
    notices: list[str] = field(default_factory=list)
    sentences: dict[str, str] = field(default_factory=dict)
    """Each aspect's as it was written."""
    hints: dict[int, str] = field(default_factory=dict)
    """By the row of an aspect that has next steps: what shows beside the cell of its rating."""
    paper: Printed = field(init=False)
    _formats: dict[tuple[tuple[str, Any], ...], "Format"] = field(default_factory=dict)

    def look(self, **more: Any) -> "Format":  # noqa: ANN401 - xlsxwriter's own settings
        """A cell's look, each made once."""
        settings = {"font_name": _FONT, "font_size": 11, "valign": "top", "text_wrap": True, **more}
        settings |= {"border_color": builtin_tokens()["light"]["strong_rule"]} if "border" in more else {}
        settings |= {"indent": 1, "align": "left"} if "border" in more and self.view.dir == "ltr" else {}
        name = tuple(sorted(settings.items()))
        if name not in self._formats:
            self._formats[name] = self.book.add_format(settings)
        return self._formats[name]

    def put(self, sheet: "Worksheet", at: tuple[int, int], text: str, look: "Format", where: str = "") -> str:
        """A text as text; what was written. What no cell can hold is cut, and said: `where` begins the sentence."""
        said = visible(text.replace("\r\n", "\n"))
        if units(said) > CELL_UNITS:
            said = fitting(said, CUT)
            more = f"longer than the {CELL_UNITS:,} characters that a cell of a workbook holds: it is cut"
            self.notices.append(f"{where or 'A text'} is {more}.")
        if said:
            sheet.write_string(*at, said, look)
        else:
            sheet.write_blank(*at, None, look)
        return said

    # -- the sheet that people fill in

    def form_sheet(self) -> None:
        """Head, frozen header and a row an aspect under its key point's."""
        view = self.view
        sheet = self.book.add_worksheet(SHEET)
        left_out = ("last",) * (not view.last_cycle) + ("rubric",) * (not view.has_rubric)
        columns = [name for name in _WIDTHS if not name.startswith(left_out)]
        places = {name: number for number, name in enumerate(columns, 1)}
        self.paper = Printed(
            self.view.size,
            sum(_WIDTHS[name] * 7 + 5 for name in columns if name not in AIMS) * 0.75,
            _HEADER_LINES * _LINE,
        )
        self.paper.block(28 + 2 * 20 + 2 * _LINE + _HEADER_LINES * _LINE)
        self._page(sheet, places)
        self._head(sheet, places)
        row = _HEADER_ROW
        for point in view.points:
            first = row + 1
            row, above = self._point(sheet, row, places, point)
            for number, aspect in enumerate(point.aspects):
                row += 1
                height = self._aspect(sheet, row, places, aspect)
                if not aspect.is_part:
                    for name in AIMS:
                        sheet.write_blank(row, places[name], None, self.open_look())
                self.paper.block(height if number else height + above, row if number else first)
        self._answers(sheet, places, row)
        sheet.set_h_pagebreaks(self.paper.breaks)
        sheet.print_area(0, 0, row, len(columns) - len(AIMS))

    def _point(self, sheet: "Worksheet", row: int, places: dict[str, int], point: FormPoint) -> tuple[int, float]:
        """A key point's rows: a part's heading, its own, what it is about. The last of them, and their height."""
        headings = [(point.part.text, {"font_size": 15}), (point.heading, {})]
        above = 0.0
        for text, more in headings:
            if not text:
                continue
            row += 1
            for column in range(1, len(places) + 1):
                sheet.write_blank(row, column, None, self._heading_look(**more))
            self.put(sheet, (row, 1), text, self._heading_look(**more), "A key point")
            sheet.set_row(row, _POINT)
            above += _POINT
        texts = {"detail": point.detail.text, "examples": practice(point)}
        if any(texts.values()):
            row += 1
            for name, text in texts.items():
                look = self.look(border=1, **_LOOKS.get(name, {}))
                self.put(sheet, (row, places[name]), text, look, "A key point")
            height = _height(texts, least=2 * _LINE)
            sheet.set_row(row, height)
            above += height
        return row, above

    def _page(self, sheet: "Worksheet", places: dict[str, int]) -> None:
        sheet.set_column(0, 0, 12, None, {"hidden": True})
        for name, place in places.items():
            sheet.set_column(place, place, _WIDTHS[name])
        sheet.hide_gridlines(2)
        sheet.freeze_panes(_HEADER_ROW + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(PAPER[self.view.size])
        sheet.set_margins(*MARGINS)
        sheet.set_print_scale(self.paper.scale)
        sheet.repeat_rows(_HEADER_ROW)
        title = visible(self.view.title)[:120].replace("&", "&&")
        sheet.set_footer(f"&L&9{' ' if title[:1].isdigit() else ''}{title}&R&9&P / &N")
        if self.view.dir == "rtl":
            sheet.right_to_left()
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _head(self, sheet: "Worksheet", places: dict[str, int]) -> None:
        view, accent = self.view, builtin_tokens()["light"]["accent"]
        plain = {"text_wrap": False, "valign": "vcenter", **self._way}
        self.put(
            sheet, (0, 1), view.labels["title"].text, self.look(**plain, bold=True, font_size=18, font_color=accent)
        )
        sheet.set_row(0, 28)
        about = " · ".join(words.text for words in (view.charter, view.version, *view.marks))
        self.put(sheet, (1, 1), about, self.look(**plain), "The charter’s title")
        for row, (name, value) in enumerate(zip(HEAD, (view.school, view.cycle), strict=True), 2):
            is_open = not (name == "school" and view.school)
            self.put(sheet, (row, 0), key(name), self.look())
            self.put(sheet, (row, 1), view.labels[name].text, self.look(**plain, bold=True))
            look = self.open_look(valign="vcenter") if is_open else self.look(**plain)
            self.put(sheet, (row, 2), value, look)
            sheet.set_row(row, 20)
        sheet.data_validation(
            3, 2, 3, 2, {"validate": "any", "input_message": "2026-27, or 2026-27-autumn for one term."}
        )
        self.put(sheet, (4, 1), view.labels["help"].text, self.look(**plain, italic=True))
        sheet.set_row(_KEYS_ROW, None, None, {"hidden": True})
        self.put(sheet, (_KEYS_ROW, 0), ASPECT, self.look())
        header = self.look(bold=True, font_color="#ffffff", bg_color=accent, border=1, valign="vcenter", **self._way)
        self.put(sheet, (_HEADER_ROW, 0), "id", header)
        for name, place in places.items():
            last = f": {view.last_cycle}" if name == "last" else ""
            title = rubric_title(view) if name == "rubric" else view.labels[_LABEL.get(name, name)].text
            self.put(sheet, (_HEADER_ROW, place), f"{title}{last}", header)
            if _OF_COLUMN.get(name, name) in (*ANSWERS, *AIMS, TEXT):
                self.put(sheet, (_KEYS_ROW, place), key(_OF_COLUMN.get(name, name)), self.look())
        sheet.set_row(_HEADER_ROW, _HEADER_LINES * _LINE)

    def _aspect(self, sheet: "Worksheet", row: int, places: dict[str, int], aspect: FormAspect) -> float:
        """One row; its height is returned."""
        about = f"Of “{aspect.words.text[:60]}” a text"
        self.put(sheet, (row, 0), aspect.id, self.look())
        examples = "\n\n".join(
            f"{example.text} ({example.school})" if example.school else example.text for example in aspect.examples
        )
        texts = {
            "aspect": aspect.sentence,
            "detail": aspect.detail.text,
            "examples": examples,
        }
        texts |= {"rubric": rubric(self.view, aspect)} if "rubric" in places else {}
        for name, text in texts.items():
            said = self.put(sheet, (row, places[name]), text, self.look(border=1, **_LOOKS.get(name, {})), about)
            if name == "aspect":
                self.sentences[aspect.id] = said
        texts["last-ideas"] = self._last(sheet, row, places, aspect) if "last" in places else ""
        height = _height(texts)
        sheet.set_row(row, height)
        for name, place in places.items():
            if _OF_COLUMN.get(name, name) in ANSWERS:
                sheet.write_blank(row, place, None, self.open_look())
        if any(step.text for step in aspect.steps):
            self.hints[row] = hint(self.view, aspect)
        return height

    def _last(self, sheet: "Worksheet", row: int, places: dict[str, int], aspect: FormAspect) -> str:
        """Last time's rating and ideas; the ideas are returned."""
        last, look, text, ideas = aspect.last, self.look(border=1), "", ""
        if last:
            badge = last.badge
            text = f"{badge.lead} {last.words.text}".lstrip()
            ideas = "\n".join(f"– {idea.strip()}" for idea in last.ideas)
            look = (
                self.look(border=1, bg_color=badge.colour, font_color=badge.ink, bold=True) if badge.is_level else look
            )
        self.put(sheet, (row, places["last"]), text, look)
        about = f"Of “{aspect.words.text[:60]}” what was written last time"
        self.put(sheet, (row, places["last-ideas"]), ideas, self.look(border=1), about)
        return ideas

    def _answers(self, sheet: "Worksheet", places: dict[str, int], last_row: int) -> None:
        """The drop-down, its colours, and a word on what belongs in each column."""
        first, place = _HEADER_ROW + 1, places["level"]
        settings: dict[str, Any] = {
            "validate": "list",
            "source": "=charterkit_ratings",
            "error_title": "This is not a rating",
            "error_message": _ERROR,
            "input_title": _title(self.view.labels["level"].text),
        }
        start = first
        for row in [*self.hints, last_row + 1]:  # an aspect with next steps has a hint of its own
            if start < row:
                sheet.data_validation(start, place, row - 1, place, {**settings, "input_message": CHOOSE})
            if row in self.hints:
                sheet.data_validation(row, place, row, place, {**settings, "input_message": self.hints[row]})
            start = row + 1
        target = {"validate": "list", "source": "=charterkit_levels", "error_message": _ERROR}
        sheet.data_validation(first, places["target"], last_row, places["target"], target)
        for name, said in _HINTS.items():
            title = _title(self.view.labels[_LABEL.get(name, name)].text)
            settings = {"validate": "any", "input_title": title, "input_message": said}
            sheet.data_validation(first, places[name], last_row, places[name], settings)
        cell = f"${_letters(place)}{first + 1}"
        for number, level in enumerate(self.view.levels, 1):
            look = self.book.add_format({"bg_color": level.badge.colour, "font_color": level.badge.ink, "bold": True})
            rule = {"type": "formula", "criteria": f"={cell}=charterkit_rating_{number}", "format": look}
            sheet.conditional_format(first, place, last_row, place, rule)

    def open_look(self, **more: Any) -> "Format":  # noqa: ANN401 - xlsxwriter's own settings
        """A cell to write in: what is typed stays text, as "=" and "-" begin sentences too."""
        return self.look(**{"locked": False, "num_format": "@", "border": 1, "bg_color": "#fffdf2", **more})

    def _heading_look(self, **more: Any) -> "Format":  # noqa: ANN401 - xlsxwriter's own settings
        fill = builtin_tokens()["light"]["rule"]
        look = {"text_wrap": False, "bold": True, "font_size": 13, "bg_color": fill, "valign": "vcenter"}
        return self.look(**{**look, "top": 1, "bottom": 1, **self._way, **more})

    @property
    def _way(self) -> dict[str, int]:
        """The direction of the form's own words, where they are written from the right."""
        return {"reading_order": 2} if self.view.dir == "rtl" else {}


def _height(texts: dict[str, str], least: float = _LEAST) -> float:
    """Points of a row in which every text of it can be read, and something can be written beside them."""
    lines = [_lines(text, _WIDTHS[name] * (_BOLD if name == "aspect" else _FULL)) for name, text in texts.items()]
    return min(max(least, (max(lines) + 0.5) * _LINE), _MOST)


def _lines(text: str, width: float) -> int:
    return sum(max(len(wrap(line, int(width))), 1) for line in text.split("\n"))


def _letters(place: int) -> str:
    return chr(ord("A") + place)


def _title(text: str) -> str:
    """A hint's heading, as much of it as there is room for."""
    said = visible(text)[:TITLE_UNITS]
    return said if units(said) <= TITLE_UNITS else said[: TITLE_UNITS // 2]
