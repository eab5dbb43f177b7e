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
    parts += _section(
        "Review and approval", [_item(f"{step.by}: {_comma(step.does, step.every)}") for step in view.chain]
    )
    parts += _section(
        "Monitoring",
        [
            _item(
                _comma(
                    monitoring.who, monitoring.reports_to and f"reports to {monitoring.reports_to}", monitoring.every
                )
            )
            for monitoring in view.monitoring
        ],
    )
    for duty in view.duties:
        first = duty is view.duties[0]
        parts += [*(_heading("Who does what") if first else []), _under(duty.who), *(_item(does) for does in duty.does)]
    parts += _section("What it promises", _promises(view.commitments, is_roomy) if view.commitments else [])
    parts += _concerns(view.concerns)
    parts += _section(
        "Read with", [_item(_related(name.title, name.state.plain if name.state else "")) for name in view.related]
    )
    parts += _publication(view)
    parts += _section("What the words mean", [_defined(term, meaning) for term, meaning in view.definitions])
    parts += _section(
        "References", [_item(_comma(reference.text, reference.page, reference.url)) for reference in view.references]
    )
    parts += _section("Could not be read", [_item(f"{unread.what}: {unread.why}") for unread in view.unreadable])
    parts += _last(view)
    return Group(*parts)


def _whose(view: PolicyView) -> str:
    return f"{view.school}, a policy of {view.keeper}" if view.keeper else view.school


def _facts(view: PolicyView, is_roomy: bool) -> RenderableType:
    if not is_roomy:
        return Group(*(_item(f"{fact.name}: {fact.text}", fact.below) for fact in view.facts))
    table = _grid(2)
    for fact in view.facts:
        table.add_row(_text(fact.name, _QUIET), _with_below(fact.text, fact.below))
    return table


def _history(lines: Sequence[EventLine], is_roomy: bool) -> RenderableType:
    if not is_roomy:
        return Group(*(_item(_comma(line.date, line.event, _version(line)), _details(line)) for line in lines))
    table = _grid(4)
    for line in lines:
        more = "\n".join(part for part in (line.outcome, line.note) if part)
        cells = (_text(line.date), _text(line.event), _text(_version(line)), _with_below(line.by, more))
        table.add_row(*cells)
    return table


def _version(line: EventLine) -> str:
    return f"version {line.version}" if line.version else ""


def _details(line: EventLine) -> str:
    return "\n".join(part for part in (line.by and f"by {line.by}", line.outcome, line.note) if part)


def _promises(lines: Sequence[CommitmentLine], is_roomy: bool) -> list[RenderableType]:
    if not is_roomy:
        return [_item(line.what, _comma(line.when, line.audience, line.owner)) for line in lines]
    headings = ("Promise", "How often", "For", "By")
    rows = [(line.what, line.when, line.audience, line.owner) for line in lines]
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
        _item(_comma(f"{group.category}: {group.count}", group.open and f"{group.open} open", group.outcomes))
        for group in found.groups
    ]
    lines = [_item(_comma(line.reference, line.category, line.raised, line.ended)) for line in found.lines]
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
