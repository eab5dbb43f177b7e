"""The action plan as a sheet of a workbook, to sort, filter and hand round."""

from collections.abc import Sequence

from charterkit.render.actions.line import STATES, PlanLine
from charterkit.render.shared.workbook import SheetColumn, SheetPage

SHEET = "Action plan"
COLUMNS = (
    SheetColumn("School", 24, "school"),
    SheetColumn("Action", 48, "action"),
    SheetColumn("Aspect", 36, "aspect"),
    SheetColumn("Owner", 22, "owner"),
    SheetColumn("Due", 18, "due", is_date=True),
    SheetColumn("State", 14, "state", choices=tuple(STATES.values())),
    SheetColumn("How we will know", 36, "success"),
    SheetColumn("Note", 36, "note"),
    SheetColumn("Closed", 18, "closed", is_date=True),
    SheetColumn("Since", 18, "since"),
    SheetColumn("ID", 24, "id"),
)


def plan_sheet(title: str, lines: Sequence[PlanLine]) -> SheetPage:
    """The plan of somebody, a row an action."""
    rows = [
        {
            "school": line.folder.school.name,
            "action": line.action.action,
            "aspect": line.aspect,
            "owner": line.action.owner,
            "due": line.action.due,
            "state": STATES[line.state],
            "success": line.action.success,
            "note": line.action.note,
            "closed": line.action.closed,
            "since": line.tracked.since.spoken if line.tracked.since else "",
            "id": line.tracked.id,
        }
        for line in lines
    ]
    late = frozenset({STATES["overdue"]})
    return SheetPage(SHEET, f"{title}: action plan", COLUMNS, rows, late, stay=2)
