"""The comparison as a sheet of a workbook: an aspect a row, its levels in words."""

from charterkit.render.comparison.all_cycles import AllCyclesView
from charterkit.render.comparison.view import CompareView
from charterkit.render.shared.levels import Badge
from charterkit.render.shared.workbook import SheetColumn, SheetPage
from charterkit.text.speech import tr


def compare_sheet(view: CompareView) -> SheetPage:
    """Two cycles, and what became of each aspect."""
    rows = [
        {
            "key_point": change.key_point_title,
            "aspect": change.numbered,
            "before": _words(change.before),
            "after": _words(change.after),
            "change": f"{change.arrow} {change.word}".strip(),
            "value": change.value,
        }
        for section in view.sections
        for change in section.changes
    ]
    columns = (
        *_about(),
        SheetColumn(view.before.cycle, 22, "before"),
        SheetColumn(view.after.cycle, 22, "after"),
        SheetColumn(tr("What became of it"), 24, "change"),
        *([SheetColumn("%", 18, "value")] if any(row["value"] for row in rows) else []),
    )
    return SheetPage("1", f"{view.school}: {view.charter}", columns, rows, stay=2)


def all_cycles_sheet(view: AllCyclesView) -> SheetPage:
    """Every cycle, a column each."""
    rows = [
        {
            "key_point": point.numbered,
            "aspect": row.numbered,
            **{f"cycle {number}": _words(badge) for number, badge in enumerate(row.badges)},
        }
        for point in view.key_points
        for row in point.rows
    ]
    cycles = (SheetColumn(line.cycle, 22, f"cycle {number}") for number, line in enumerate(view.cycles))
    return SheetPage("1", f"{view.school}: {view.charter}", (*_about(), *cycles), rows, stay=2)


def _about() -> tuple[SheetColumn, SheetColumn]:
    return SheetColumn(tr("Key point"), 26, "key_point"), SheetColumn(tr("Aspect"), 56, "aspect")


def _words(badge: Badge) -> str:
    """A level by its shape and its word, and not by colour."""
    return f"{badge.shape} {badge.word}".strip()
