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
    ]
    stuck = [_entry(f"{line.stuck}: {line.numbered}") for line in view.stuck]
    every = "Every aspect" if view.noun == "aspect" else "Every key point"
    sections: tuple[tuple[str, Sequence[RenderableType]], ...] = (
        ("All ratings", _levels(view.tally) if view.tally.segments else ()),
        ("Weakest", _aspects(view.weakest, view, columns)),
        ("Strongest", _aspects(view.strongest, view, columns)),
        (
            "Stuck below the mark for three cycles, by how many schools",
            [_text(view.with_three, _QUIET), *stuck] if stuck else (),
        ),
        ("Where schools stand", [_stand(line) for line in view.stands]),
        (f"By {view.by}", _groups(view.groups)),
        ("Focus groups", _groups(view.focus_groups)),
        ("Recognition", _pairs(view.recognition)),
        ("Overdue", _pairs(view.overdue)),
        (every, _aspects(view.aspects, view, columns)),
        ("Could not be read", _pairs(view.unread)),
    )
    for heading, lines in sections:
        if lines:
            parts += (Text(), _text(heading, _HEADING), *lines)
    return Group(*parts)


def _aspects(lines: Sequence[AspectLine], view: OverviewView, columns: int) -> list[RenderableType]:
    """A line an aspect: how many schools at each level, and its sentence, which always has room of its own."""
    if not lines:
        return []
    rows = [(level_counts(line.tally), line.schools, line.moved, line.numbered) for line in lines]
    width = max(cell_len(counts) + cell_len(moved) for counts, _, moved, _ in rows)
    if width > columns // 2 or not view.has_movement:
        return [
            part for counts, _, moved, title in rows for part in (_text(title), _entry(f"{counts}  {moved}".rstrip()))
        ]
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for counts, _, moved, title in rows:
        table.add_row(_text(counts), _text(moved, _QUIET), _text(title))
    return [table]


def _groups(lines: Sequence[GroupCountLine]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for line in lines:
        parts.append(_text(line.name))
        said = [line.schools if line.tally is None else f"{line.schools} schools", level_counts(line.tally), line.moved]
        said.append(line.more)
        parts.append(_entry("; ".join(part for part in said if part)))
    return parts


def _levels(tally: Tally) -> list[RenderableType]:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for badge, count in tally.counts:
        table.add_row(_level(badge), _text(f"{count:,}"))
    return [Padding(table, (0, 0, 0, 2))]


def _level(badge: Badge) -> Text:
    if not badge.is_level:
        return _text(badge.text, _QUIET)
    return Text(f" {visible(badge.text)} ", style=Style(color=badge.ink, bgcolor=badge.colour))


def _stand(line: StandLine) -> RenderableType:
    names = f" ({joined_some(line.names, _NAMED)})" if line.names else ""
    return _entry(f"{line.what}: {line.schools:,}{names}")


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[RenderableType]:
    return [_entry(f"{name}: {said}") for name, said in pairs]


def _entry(words: str) -> RenderableType:
    return Padding(_text(words), (0, 0, 0, 2))


def _text(words: str, style: Style | None = None) -> Text:
    return Text(visible(words), style=style or Style())
