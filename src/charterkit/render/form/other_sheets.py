"""The workbook's sheets that nobody fills in: how to use it, and what charterkit reads."""

from typing import TYPE_CHECKING

from charterkit.insight.evaluations.form_layout import FORMAT, HELP_SHEET, MACHINE_SHEET, MARK
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.form.help import help_lines
from charterkit.render.form.plan_sheet import choice_rows, define_names, made_rows

if TYPE_CHECKING:
    from charterkit.render.form.workbook import Writer

PAPER = {"A4": 9, "A3": 8}
"""What a workbook calls the sizes of paper."""


def help_sheet(writer: "Writer") -> None:
    """How to fill it in, what the levels mean, and how to hand it in."""
    sheet = writer.book.add_worksheet(HELP_SHEET)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.set_paper(PAPER[writer.view.size])
    sheet.fit_to_pages(1, 0)
    accent = builtin_tokens()["light"]["accent"]
    heading = writer.look(bold=True, font_size=18, font_color=accent, text_wrap=False)
    writer.put(sheet, (0, 0), HELP_SHEET, heading)
    row = 2
    for number, line in enumerate(help_lines(writer.view), 1):
        writer.put(sheet, (row, 0), f"{number}.", writer.look(align="right"))
        writer.put(sheet, (row, 1), line, writer.look())
        row += 1
    row += 1
    for level in writer.view.levels:
        look = writer.look(bg_color=level.badge.colour, font_color=level.badge.ink, bold=True, border=1)
        writer.put(sheet, (row, 0), level.option, look)
        writer.put(sheet, (row, 1), level.meaning.text, writer.look(border=1))
        row += 1
    writer.put(sheet, (row + 1, 1), writer.view.made.text, writer.look())
    sheet.protect("", {"format_rows": True, "format_columns": True})


def machine_sheet(writer: "Writer") -> None:
    """What charterkit reads: which charter this is, and the drop-down's entries."""
    view = writer.view
    sheet = writer.book.add_worksheet(MACHINE_SHEET)
    sheet.very_hidden()
    rows: list[tuple[str, ...]] = [
        (MARK, FORMAT),
        ("charter", view.charter_id),
        ("charter_version", view.charter_version),
        ("school", view.school_slug),
        ("language", view.lang),
    ]
    first = len(rows)
    rows += [("option", level.option, level.badge.id, level.badge.letter, level.words.text) for level in view.levels]
    apart = view.labels["not-applicable"].text
    rows.append(("option", apart, NOT_APPLICABLE, "", apart))
    last = len(rows)
    rows += [("aspect", *item) for item in writer.sentences.items()]
    choices = choice_rows(view)
    rows += choices
    define_names(writer, (len(rows) - len(choices) + 1, len(rows)), (last + 1, last + len(writer.sentences)))
    rows += made_rows(view)
    plain = writer.look(text_wrap=False)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            writer.put(sheet, (row, column), text, plain)
    sheet.protect("")
    writer.book.define_name("charterkit_ratings", f"={MACHINE_SHEET}!$B${first + 1}:$B${last}")
    writer.book.define_name("charterkit_levels", f"={MACHINE_SHEET}!$B${first + 1}:$B${last - 1}")
    for number in range(1, len(view.levels) + 1):
        writer.book.define_name(f"charterkit_rating_{number}", f"={MACHINE_SHEET}!$B${first + number}")
