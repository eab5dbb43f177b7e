"""An overview in a terminal. Only `Text`, never markup: people's text stays text."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from charterkit.render.overview.view import AspectLine, GroupCountLine, OverviewView, StandLine, level_counts
from charterkit.render.shared.levels import Badge
from charterkit.render.shared.tally import Tally
from charterkit.text.english import joined_some
from charterkit.text.safe import visible

_HEADING = Style(bold=True)
_QUIET = Style(dim=True)
_NAMED = 12
"""Schools that a terminal names of those that are not counted."""


def overview_renderable(view: OverviewView, columns: int = 80) -> RenderableType:
    """The overview, in tables that fit the terminal, and in blocks where it is very narrow."""
    parts: list[RenderableType] = [
        _text(view.title, _HEADING),
        _text(f"{view.charter}, version {view.version}, {view.cycle}", _QUIET),
        Text(),
        *(_text(line) for line in view.lead),
        *(_text(f"Please note: {line}") for line in view.notes),
        *_titled("All ratings", [_levels(view.tally)]),
    ]
    for heading, lines in (("Weakest", view.weakest), ("Strongest", view.strongest)):
        if lines:
            parts += _titled(heading, [_aspects(lines, view, columns)])
    if view.stuck:
        stuck = [_entry(f"{line.stuck}: {line.numbered}") for line in view.stuck]
        parts += _titled(
            "Stuck below the mark for three cycles, by how many schools", [_text(view.with_three, _QUIET), *stuck]
        )
    parts += _titled("Where schools stand", [_stand(line) for line in view.stands])
    if view.groups:
        parts += _titled(f"By {view.by}", [_groups(view.groups)])
    if view.focus_groups:
        parts += _titled("Focus groups", [_groups(view.focus_groups)])
    parts += _titled("Recognition", [_pairs(view.recognition)])
    if view.overdue:
        parts += _titled("Overdue", [_pairs(view.overdue)])
    if view.aspects:
        heading = "Every aspect" if view.noun == "aspect" else "Every key point"
        parts += _titled(heading, [_aspects(view.aspects, view, columns)])
    if view.unread:
        parts += _titled("Could not be read", [_entry(f"{path}: {why}") for path, why in view.unread])
    return Group(*parts)


def _aspects(lines: Sequence[AspectLine], view: OverviewView, columns: int) -> RenderableType:
    """A line an aspect: how many schools at each level, and its sentence, which always has room of its own."""
    rows = [(level_counts(line.tally), line.schools, line.moved, line.numbered) for line in lines]
    width = max(cell_len(counts) + cell_len(moved) for counts, _, moved, _ in rows)
    if width > columns // 2 or not view.has_movement:
        return Group(
            *(
                part
                for counts, _, moved, title in rows
                for part in (_text(title), _entry(f"{counts}  {moved}".rstrip()))
            )
        )
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for counts, _, moved, title in rows:
        table.add_row(_text(counts), _text(moved, _QUIET), _text(title))
    return table


def _groups(lines: Sequence[GroupCountLine]) -> RenderableType:
    parts: list[RenderableType] = []
    for line in lines:
        parts.append(_text(line.name))
        said = [line.schools if line.tally is None else f"{line.schools} schools", level_counts(line.tally), line.moved]
        said.append(line.more)
        parts.append(_entry("; ".join(part for part in said if part)))
    return Group(*parts)


def _levels(tally: Tally) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for badge, count in tally.counts:
        table.add_row(_level(badge), _text(f"{count:,}"))
    return Padding(table, (0, 0, 0, 2))


def _level(badge: Badge) -> Text:
    if not badge.is_level:
        return _text(badge.text, _QUIET)
    return Text(f" {visible(badge.text)} ", style=Style(color=badge.ink, bgcolor=badge.colour))


def _stand(line: StandLine) -> RenderableType:
    names = f" ({joined_some(line.names, _NAMED)})" if line.names else ""
    return _entry(f"{line.what}: {line.schools:,}{names}")


def _pairs(pairs: Sequence[tuple[str, str]]) -> RenderableType:
    return Group(*(_entry(f"{name}: {said}") for name, said in pairs))


def _titled(heading: str, parts: Sequence[RenderableType]) -> list[RenderableType]:
    return [Text(), _text(heading, _HEADING), *parts]


def _entry(words: str) -> RenderableType:
    return Padding(_text(words), (0, 0, 0, 2))


def _text(words: str, style: Style | None = None) -> Text:
    return Text(visible(words), style=style or Style())
