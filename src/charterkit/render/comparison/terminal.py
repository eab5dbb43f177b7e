"""The comparison in a terminal of 80 columns. Only `Text`, never markup: people's text stays text.

Everything is said in words, letters and shapes; colour comes on top and may be missing.
"""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from charterkit.render.comparison.all_cycles import AllCyclesView
from charterkit.render.comparison.groups import GroupSection
from charterkit.render.comparison.view import ActionSection, CompareView, KeyPointSection
from charterkit.render.comparison.wholes import WholeMove
from charterkit.render.shared.levels import Badge
from charterkit.render.shared.movement import Movement
from charterkit.text.english import counted
from charterkit.text.safe import visible
from charterkit.text.speech import draft_note, tr, tr_of

_HEADING = Style(bold=True)
_QUIET = Style(dim=True)
_PART = Style(bold=True, underline=True)
_LATE = Style(bold=True)
_WIDEST = 44
"""Columns that levels may take beside an aspect's name; wider ones stand on a line below it."""
_SIDE_BY_SIDE = 7
"""Cycles beside the aspects' names in 80 columns."""
_BRIEF = 12
"""From here on the aspects that stayed the same are counted, not listed."""


def compare_renderable(view: CompareView) -> RenderableType:
    """What changed between two cycles."""
    parts: list[RenderableType] = [
        _text(view.school, _HEADING),
        _text(f"{view.charter}", _QUIET),
        Text(),
        _text(view.summary, _HEADING),
        *(_text(tr("Please note: %(what)s", what=line)) for line in view.notes),
        *_counts(view),
        *(part for line in view.statements for part in (*_heading(line.name), _text(line.text))),
    ]
    for section in view.sections:
        parts += _section(section, view.noun)
    if view.wholes:
        parts += [*_heading(tr("Key points and the whole")), _wholes(view.wholes)]
    if view.stuck:
        parts += [*_heading(tr("Stuck")), _text(view.stuck_sentence), _changes(view.stuck, from_to=False)]
    for group in view.groups:
        parts += _group(group)
    if view.targets:
        parts += _heading(tr("Targets"))
        parts += [_entry(f"{line.title.rstrip('.')}: {line.target}. {line.became}.") for line in view.targets]
    if view.actions:
        parts += _heading(tr("Action plan"))
        parts += [_actions(section) for section in view.actions]
    if view.unreadable:
        parts += _heading(tr("Could not be read"))
        parts += [_entry(f"{line.what}: {line.why}") for line in view.unreadable]
    return Group(*parts, *_draft())


def _draft() -> list[RenderableType]:
    """That nobody has checked the words, where that is so."""
    note = draft_note()
    return [Text(), _text(note, _QUIET)] if note else []


def all_cycles_renderable(view: AllCyclesView) -> RenderableType:
    """Every cycle side by side: a letter and a shape a cycle, and what they stand for above."""
    return Group(
        _text(view.school, _HEADING),
        _text(view.charter, _QUIET),
        Text(),
        _text(view.summary, _HEADING),
        *(_text(tr("Please note: %(what)s", what=line)) for line in view.notes),
        Text(),
        _key(view),
        *(part for start in range(0, len(view.cycles), _SIDE_BY_SIDE) for part in (Text(), _cycles(view, start))),
        *_draft(),
    )


def _cycles(view: AllCyclesView, start: int) -> Table:
    """As many cycles as stand side by side, from one of them on; the aspects' names stand in every table."""
    chosen = slice(start, start + _SIDE_BY_SIDE)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, header_style=Style())
    table.add_column(Text(tr_of(view.noun, "Aspect"), style=_HEADING), ratio=1)
    for cycle in view.cycles[chosen]:
        table.add_column(_text(_stacked(cycle.cycle), _HEADING), justify="left", no_wrap=True)
    for point in view.key_points:
        table.add_row(Text())
        if point.part:
            table.add_row(_text(point.part, _PART))
        if point.has_heading:
            table.add_row(_text(point.numbered, _HEADING))
        for row in point.rows:
            table.add_row(_text(row.numbered), *(_mark(badge) for badge in row.badges[chosen]))
    return table


def level(badge: Badge) -> Text:
    """A level: "▲ A Amber", on its colour where there is one."""
    style = Style(color=badge.ink, bgcolor=badge.colour) if badge.is_level else _QUIET
    words = _text(badge.text)
    return Text.assemble((f" {words.plain} ", style)) if badge.is_level else Text(words.plain, style=style)


def _mark(badge: Badge) -> Text:
    style = Style(color=badge.ink, bgcolor=badge.colour) if badge.is_level else _QUIET
    return _text(f" {badge.shape} {badge.letter} " if badge.letter else f" {badge.shape} ", style)


def _key(view: AllCyclesView) -> Text:
    used = dict.fromkeys(badge for point in view.key_points for row in point.rows for badge in row.badges)
    known = [*view.scale, *(badge for badge in used if not badge.is_level)]
    return Text("   ").join([Text.assemble(_mark(badge), f" {visible(badge.word)}") for badge in known])


def _stacked(cycle: str) -> str:
    """A cycle on two lines, term and year, so that several of them fit."""
    term, _, year = cycle.rpartition(" ")
    return f"{term.removesuffix(' term')}\n{year}" if term else year


def _counts(view: CompareView) -> list[RenderableType]:
    if not view.counts:
        return []
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    for word, arrow, count in view.counts:
        table.add_row(Text(str(count), style=_HEADING), Text(arrow), _text(word))
    return [Text(), Padding(table, (0, 0, 0, 2))]


def _section(section: KeyPointSection, noun: str) -> list[RenderableType]:
    parts = _heading(f"{section.changes[0].arrow} {section.heading} ({len(section.changes)})")
    if section.kind == "unchanged" and len(section.changes) > _BRIEF:
        counted_ones = [change for change in section.changes if change.value]
        return [*parts, _unchanged(section.changes, noun), _changes(counted_ones, from_to=False)]
    return [*parts, _changes(section.changes, from_to=section.kind != "unchanged")]


def _unchanged(changes: Sequence[Movement], noun: str) -> Table:
    """How many stayed where, instead of a long list of nothing new."""
    table = Table.grid(padding=(0, 2))
    for badge in dict.fromkeys(change.after for change in changes):
        count = sum(change.after == badge for change in changes)
        table.add_row(level(badge), _text(counted(count, noun)))
    return table


def _changes(changes: Sequence[Movement], *, from_to: bool) -> RenderableType:
    """A line a change: its levels, and the aspect's name, which always has room of its own."""
    lines = [(_levels(change) if from_to else [level(change.after)], _title(change)) for change in changes]
    if any(sum(text.cell_len + 1 for text in levels) > _WIDEST for levels, _ in lines):
        return Group(
            *(part for levels, title in lines for part in (title, Padding(Text(" ").join(levels), (0, 0, 0, 2))))
        )
    table = Table.grid(padding=(0, 1))
    for _ in range(3 if from_to else 1):
        table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for levels, title in lines:
        table.add_row(*levels, title)
    return table


def _levels(change: Movement) -> list[Text]:
    return [level(change.before), Text("→"), level(change.after)]


def _title(change: Movement) -> Text:
    title = _text(change.numbered)
    if change.from_titles:
        title.append_text(_text(f" (before: {'; '.join(change.from_titles)})", _QUIET))
    if change.why:
        title.append_text(_text(f" ({change.why})", _QUIET))
    if change.value:
        title.append_text(_text(f" {change.value}"))
    return title


def _wholes(moves: Sequence[WholeMove]) -> RenderableType:
    lines: list[RenderableType] = []
    for move in moves:
        levels = [level(move.before), Text("→"), level(move.after)]
        lines += [_text(move.title), Padding(Text(" ").join(levels), (0, 0, 0, 2))]
    return Group(*lines)


def _group(group: GroupSection) -> list[RenderableType]:
    parts = [*_heading(group.name), _text(group.sentence)]
    return [*parts, _changes(group.changes, from_to=True)] if group.changes else parts


def _actions(section: ActionSection) -> RenderableType:
    parts: list[RenderableType] = [_text(section.heading, _HEADING)]
    for action in section.actions:
        about = [action.owner, tr("due %(day)s", day=action.due) if action.due else ""]
        line = _text(f"- {action.action}")
        line.append_text(_text("".join(f", {part}" for part in about if part), _QUIET))
        if action.is_overdue:
            line.append_text(Text(f" {tr('OVERDUE')}", style=_LATE))
        parts.append(Padding(line, (0, 0, 0, 2)))
    return Group(*parts)


def _heading(words: str) -> list[RenderableType]:
    return [Text(), _text(words, _HEADING)]


def _entry(words: str) -> RenderableType:
    return Padding(_text(f"- {words}"), (0, 0, 0, 2))


def _text(words: str, style: Style | None = None) -> Text:
    return Text(visible(words), style=style or Style())
