"""What a trial run says: what each column is taken for, and the charter that would be made."""

from collections.abc import Iterator

from charterkit.exchange.cells import letters
from charterkit.exchange.framework.draft import Draft
from charterkit.insight.charter_sheet import HEADINGS
from charterkit.text.english import plural
from charterkit.text.safe import shown

_MOST_POINTS, _MOST_ASPECTS = 30, 3
"""What is listed; of more it is said how many."""


def told(draft: Draft) -> Iterator[str]:
    """The lines of a trial run; what was not understood is said elsewhere."""
    columns = draft.columns
    sheet = f" of the sheet “{shown(draft.sheet)}”" if draft.sheet else ""
    yield f"The headings stand in row {columns.top + 1}{sheet}. The columns are taken for:"
    said = {at: HEADINGS[name].lower() for name, at in columns.fields.items()}
    said |= {level.column: _level(level.label, columns.heads[level.column]) for level in columns.levels}
    said |= {at: f"next step after {shown(name)}" for name, at in columns.nexts.items()}
    said |= {at: f"left out: {why}" for at, why in columns.ignored.items()}
    for at in sorted(said):
        yield f"  {letters(at)}  {shown(columns.heads[at]):24.60}  {said[at]}"
    yield ""
    points, aspects = len(draft.points), len(draft.aspects)
    counted = f"{points} {plural(points, 'key point')}, {aspects} {plural(aspects, 'aspect')}"
    yield f"“{shown(draft.title, 200)}”: {counted}."
    yield _levels(draft)
    yield ""
    yield from _points(draft)
    if draft.notes:
        yield ""
        yield from draft.notes


def _level(label: str, head: str) -> str:
    return "level" if label == head else f"level {shown(label)}"


def _levels(draft: Draft) -> str:
    if not draft.levels:
        return "No column is a level: the levels are Red, Amber and Green."
    labels = ", ".join(shown(level.label) for level in draft.levels)
    how = "" if draft.columns.is_order_known else f" (as their columns stand; {_TURN})"
    return f"Levels, from worst to best: {labels}{how}."


_TURN = "if that is wrong, name each in its order, the worst first, with --map Level=HEADING"


def _points(draft: Draft) -> Iterator[str]:
    part = ""
    for number, point in enumerate(draft.points[:_MOST_POINTS], 1):
        if point.part != part:
            part = point.part
            yield shown(part)
        yield f"  {shown(point.number) or number}  {shown(point.title)} ({point.id})"
        for beside, aspect in enumerate(point.aspects[:_MOST_ASPECTS], 1):
            yield f"     {shown(aspect.number) or f'{number}.{beside}'}  {shown(aspect.text)} ({aspect.id})"
        if rest := len(point.aspects) - _MOST_ASPECTS:
            yield from [f"     and {rest} more"] if rest > 0 else []
    if len(draft.points) > _MOST_POINTS:
        yield f"  and {len(draft.points) - _MOST_POINTS} more key points"
