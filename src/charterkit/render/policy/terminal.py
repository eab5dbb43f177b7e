"""A policy's control page in a terminal. Only `Text`, never markup: people's text stays text."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from charterkit.render.policy.parts import CommitmentLine, Concerns, EventLine
from charterkit.render.policy.view import PolicyView
from charterkit.text.safe import visible

_BOLD, _QUIET = Style(bold=True), Style(dim=True)
_ROOMY = 64
"""From this many columns on, things stand side by side."""
_WIDEST = 100
"""Longer lines are hard to read."""


def policy_renderable(view: PolicyView, columns: int = 80) -> RenderableType:
    """The page, side by side where there is room, else one thing below the other."""
    is_roomy = columns >= _ROOMY
    parts: list[RenderableType] = [_text(view.title, _BOLD), _text(_whose(view), _QUIET)]
    if view.state:
        parts += [Text(), _text(f"{view.state.plain}", _BOLD if view.state.tone == "late" else None)]
    parts += [_text(f"Please note: {line}") for line in view.notes]
    parts += [Text(), _facts(view, is_roomy)]
    parts += _section("Document history", [_history(view.history, is_roomy)] if view.history else [])
    parts += _section("Review and approval", [_item(f"{one.by}: {_comma(one.does, one.every)}") for one in view.chain])
    parts += _section(
        "Monitoring",
        [
            _item(_comma(one.who, one.reports_to and f"reports to {one.reports_to}", one.every))
            for one in view.monitoring
        ],
    )
    for one in view.duties:
        first = one is view.duties[0]
        parts += [*(_heading("Who does what") if first else []), _under(one.who), *(_item(does) for does in one.does)]
    parts += _section("What it promises", _promises(view.commitments, is_roomy) if view.commitments else [])
    parts += _concerns(view.concerns)
    parts += _section(
        "Read with", [_item(_related(one.title, one.state.plain if one.state else "")) for one in view.related]
    )
    parts += _publication(view)
    parts += _section("What the words mean", [_defined(term, meaning) for term, meaning in view.definitions])
    parts += _section("References", [_item(_comma(one.text, one.page, one.url)) for one in view.references])
    parts += _section("Could not be read", [_item(f"{one.what}: {one.why}") for one in view.unreadable])
    parts += _last(view)
    return Group(*parts)


def _whose(view: PolicyView) -> str:
    return f"{view.school}, a policy of {view.keeper}" if view.keeper else view.school


def _facts(view: PolicyView, is_roomy: bool) -> RenderableType:
    if not is_roomy:
        return Group(*(_item(f"{one.name}: {one.text}", one.below) for one in view.facts))
    table = _grid(2)
    for one in view.facts:
        table.add_row(_text(one.name, _QUIET), _with_below(one.text, one.below))
    return table


def _history(lines: Sequence[EventLine], is_roomy: bool) -> RenderableType:
    if not is_roomy:
        return Group(*(_item(_comma(one.date, one.event, _version(one)), _details(one)) for one in lines))
    table = _grid(4)
    for one in lines:
        more = "\n".join(part for part in (one.outcome, one.note) if part)
        cells = (_text(one.date), _text(one.event), _text(_version(one)), _with_below(one.by, more))
        table.add_row(*cells)
    return table


def _version(one: EventLine) -> str:
    return f"version {one.version}" if one.version else ""


def _details(one: EventLine) -> str:
    return "\n".join(part for part in (one.by and f"by {one.by}", one.outcome, one.note) if part)


def _promises(lines: Sequence[CommitmentLine], is_roomy: bool) -> list[RenderableType]:
    if not is_roomy:
        return [_item(one.what, _comma(one.when, one.audience, one.owner)) for one in lines]
    headings = ("Promise", "How often", "For", "By")
    rows = [(one.what, one.when, one.audience, one.owner) for one in lines]
    used = [number for number in range(len(headings)) if any(row[number] for row in rows)]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, expand=True, header_style=Style())
    for number in used:
        table.add_column(_text(headings[number], _QUIET), ratio=5 if number == 0 else 3, overflow="fold")
    for row in rows:
        table.add_row(*(_text(row[number]) for number in used))
    return [table]


def _concerns(found: Concerns | None) -> list[RenderableType]:
    if found is None:
        return []
    groups = [
        _item(_comma(f"{one.category}: {one.count}", one.open and f"{one.open} open", one.outcomes))
        for one in found.groups
    ]
    lines = [_item(_comma(one.reference, one.category, one.raised, one.ended)) for one in found.lines]
    return [*_heading("Concerns"), _text(found.sentence), *groups, _under("Where their files are"), *lines]


def _publication(view: PolicyView) -> list[RenderableType]:
    said = view.publication
    if said is None:
        return []
    published = f"Published {said.published}" if said.published else ""
    return _section("Publication", [_item(part) for part in (said.visibility, published, said.url) if part])


def _last(view: PolicyView) -> list[RenderableType]:
    own = view.text_note or (f"The policy’s own text is in {view.text_name}." if view.text_name else "")
    source = f"These facts were taken from: {view.source}" if view.source else ""
    found = [_text(line, _QUIET) for line in (own, source) if line]
    return [Text(), *found] if found else []


def _related(title: str, state: str) -> str:
    return f"{title} ({state})" if state else title


def _defined(term: str, meaning: str) -> RenderableType:
    line = _text(term, _BOLD)
    return Padding(line.append_text(_text(f": {meaning}")), (0, 0, 0, 2))


def _with_below(words: str, below: str) -> Text:
    line = _text(words)
    if below:
        line.append_text(_text(f"\n{below}" if words else below, _QUIET))
    return line


def _comma(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _section(heading: str, parts: Sequence[RenderableType]) -> list[RenderableType]:
    return [*_heading(heading), *parts] if parts else []


def _heading(words: str) -> list[RenderableType]:
    return [Text(), _text(words, _BOLD)]


def _under(words: str) -> RenderableType:
    return Padding(_text(words, _QUIET), (0, 0, 0, 2))


def _item(words: str, below: str = "") -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(max_width=_WIDEST, overflow="fold")
    table.add_row(Text("-"), _with_below(words, below))
    return Padding(table, (0, 0, 0, 2))


def _grid(columns: int) -> Table:
    table = Table.grid(padding=(0, 2))
    for number in range(columns):
        table.add_column(no_wrap=number < columns // 2, max_width=_WIDEST, overflow="fold")
    return table


def _text(words: str, style: Style | None = None) -> Text:
    return Text(visible(words), style=style or Style())
