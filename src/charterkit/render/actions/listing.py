"""The action plan as people read it: who does what by when, the overdue first."""

from collections.abc import Callable, Sequence

from charterkit.model.dates import Cycle
from charterkit.render.actions.line import STATES, PlanLine
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.listings.reminders import NOBODY, Window, spans, when
from charterkit.text.english import counted, number, plural, sentence

NO_DATE = "No date"
NO_ASPECT = "About no one aspect"
CLOSED = "Done or dropped"


def plan_listing(
    lines: Sequence[PlanLine],
    title: str,
    view: Window,
    order: str,
    left: int,
    *,
    notes: tuple[str, ...] = (),
    ids: bool = False,
) -> Listing:
    """The plan under the headings of an order. `left` is how many actions are not listed.

    Below each stands the aspect that it is to improve; or with `ids` the id that commands call it by.
    """
    ordered = sorted(lines, key=lambda line: (not line.tracked.is_open, line.tracked.due_by))
    is_of_several = len({line.folder.slug for line in lines}) > 1 and order != "school"

    def row(line: PlanLine) -> tuple[Cell, ...]:
        below = line.tracked.id if ids else line.aspect
        return _row(line, [below, line.folder.school.name if is_of_several else ""])

    return Listing(
        "Action plan",
        title,
        _lead(lines, left),
        (
            Column("Action", share=46),
            Column("Owner", share=20),
            Column("Due", is_fixed=True, share=19),
            Column("State", is_fixed=True, share=15),
        ),
        tuple(Section(heading, tuple(map(row, found))) for heading, found in ORDERS[order](ordered, view) if found),
        spoken(view.today),
        subtitle=f"as of {spoken(view.today)}",
        notes=(*notes, *_doubted(lines)),
        empty="" if lines or left else 'Add one with: charterkit action add "What is to be done"',
    )


def _lead(lines: Sequence[PlanLine], left: int) -> tuple[str, ...]:
    is_open = [line for line in lines if line.tracked.is_open]
    late, over = sum(line.is_overdue for line in is_open), len(lines) - len(is_open)
    many = f"{counted(len(is_open), 'action is', 'actions are')} open"
    are_late = plural(len(is_open), "it is", f"{number(late)} of them {plural(late, 'is', 'are')}")
    parts = [
        (f"{many}, and {are_late} overdue" if late else many) if is_open else "no action is open",
        f"{counted(over, 'is', 'are')} done or dropped" if over else "",
    ]
    said = [sentence("; ".join(part for part in parts if part))]
    rest = f"{counted(left, 'more is', 'more are')} on the plan and not listed here"
    return (*said, sentence(rest)) if left else tuple(said)


def _doubted(lines: Sequence[PlanLine]) -> tuple[str, ...]:
    """What a later line that cannot be read leaves open."""
    return tuple(
        f"“{line.action.action}” stands again in {line.tracked.unread}, where it cannot be read: it may be done by now."
        for line in lines
        if line.tracked.unread
    )


def _row(line: PlanLine, below: Sequence[str]) -> tuple[Cell, ...]:
    action, since = line.action, line.tracked.since
    written = f"since {Cycle(since.year)}" if since and line.is_older else ""
    closed = action.closed.spoken if action.closed else ""
    return (
        Cell(action.action, below=" · ".join(part for part in below if part)),
        Cell(action.owner or NOBODY),
        _due(line),
        Cell(STATES[action.status], below=written if line.tracked.is_open else closed),
    )


def _due(line: PlanLine) -> Cell:
    due, days = line.action.due, line.days
    if due is None:
        return Cell(NO_DATE)
    if days is None:
        return Cell(due.spoken)
    is_late = days < 0
    return Cell(due.spoken, below=when(days), mark="▲" if is_late else "", tone="late" if is_late else "")


# -- what the headings may be

Groups = list[tuple[str, list[PlanLine]]]


def _by_due(lines: Sequence[PlanLine], view: Window) -> Groups:
    is_open = [line for line in lines if line.tracked.is_open]
    left, made = [line for line in is_open if line.action.due], []
    for span in spans(view.today, view.school_days):
        made.append((span.heading, [line for line in left if line.tracked.due_by <= span.until]))
        left = [line for line in left if line.tracked.due_by > span.until]
    made.append((NO_DATE, [line for line in is_open if not line.action.due]))
    return [*made, (CLOSED, [line for line in lines if not line.tracked.is_open])]


def _grouped(lines: Sequence[PlanLine], name: Callable[[PlanLine], str], last: str = "") -> Groups:
    """By the heading that each has, the first line's first; `last` comes at the end."""
    names = sorted(dict.fromkeys(map(name, lines)), key=lambda heading: heading == last)
    return [(heading, [line for line in lines if name(line) == heading]) for heading in names]


def _by_owner(lines: Sequence[PlanLine], _: Window) -> Groups:
    """What nobody owns comes first of all."""
    groups = _grouped(lines, lambda line: line.action.owner or NOBODY)
    return sorted(groups, key=lambda group: group[0] != NOBODY)


def _by_aspect(lines: Sequence[PlanLine], _: Window) -> Groups:
    return _grouped(lines, lambda line: line.aspect or NO_ASPECT, NO_ASPECT)


def _by_state(lines: Sequence[PlanLine], _: Window) -> Groups:
    return [(words, [line for line in lines if line.state == state]) for state, words in STATES.items()]


def _by_school(lines: Sequence[PlanLine], _: Window) -> Groups:
    return _grouped(lines, lambda line: line.folder.school.name)


ORDERS: dict[str, Callable[[Sequence[PlanLine], Window], Groups]] = {
    "due": _by_due,
    "owner": _by_owner,
    "aspect": _by_aspect,
    "state": _by_state,
    "school": _by_school,
}
