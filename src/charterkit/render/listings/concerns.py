"""Concerns raised under policies: a listing, and rows for other programs. For the school's own people."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.insight.policies.choosing import find_policy, warn_of_unread_policies, whole_name
from charterkit.insight.policies.concerns import ConcernCount, Raised, counted_concerns, days_of, is_open, raised
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.voice import Voice
from charterkit.render.shared.workbook import SheetColumn, SheetPage
from charterkit.text.english import counted, figures, number, sentence

KEYS = (
    "school",
    "policy",
    "title",
    "id",
    "category",
    "reference",
    "raised",
    "closed",
    "outcome",
    "state",
    "days",
)
NO_CATEGORY = "No category"
_SHEET = (
    SheetColumn("School", 24, "school"),
    SheetColumn("Policy", 36, "title"),
    SheetColumn("Concern", 14, "id"),
    SheetColumn("Category", 22, "category"),
    SheetColumn("How it stands", 14, "state"),
    SheetColumn("Raised", 18, "raised", is_date=True),
    SheetColumn("Closed", 18, "closed", is_date=True),
    SheetColumn("Days", 8, "days"),
    SheetColumn("Outcome", 40, "outcome"),
    SheetColumn("Number in the school's safe", 24, "reference"),
)
_COLUMNS = (Column("Concern"), Column("Policy"), Column("Raised"), Column("How it stands"))


def concerns_listed(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    policy: str | None = None,
    state: str = "all",
    order: str = "state",
) -> Listed:
    """The concerns under a school's policies, or of all: the open ones first, those longest open at the top."""
    slug = workspace.school(school).slug if school else None
    unread = warn_of_unread_policies(workspace, slug, voice.warn)
    every = list(raised(workspace, today, slug))
    if policy is not None:
        path = find_policy(workspace, policy, school, today).document.path
        every = [each for each in every if each.found.document.path == path]
    wanted = [each for each in every if state == "all" or is_open(each.concern) == (state == "open")]
    wanted.sort(key=_order)

    def listing() -> Listing:
        return _listing(wanted, every, whole_name(workspace, slug), today=today, order=order, unread=unread)

    def sheet() -> SheetPage:
        rows = [{**_row(each, today), "state": _HEADINGS["state"](each)} for each in wanted]
        page = f"{whole_name(workspace, slug)}: record of concerns"
        return SheetPage("Concerns", page, _SHEET, rows, soon=frozenset({"Open"}), stay=3)

    return Listed([_row(each, today) for each in wanted], KEYS, listing, make_sheet=sheet)


def _order(each: Raised) -> tuple[bool, int, str, str]:
    """Open ones by when they were raised, closed ones from the newest."""
    concern = each.concern
    is_closed = not is_open(concern)
    when = concern.closed if is_closed and concern.closed else concern.raised
    day = when.first.toordinal() if when else 0
    return is_closed, -day if is_closed else day, each.found.title.casefold(), concern.id


def _row(each: Raised, today: date) -> dict[str, Any]:
    concern = each.concern
    return {
        "school": each.found.folder.slug,
        "policy": each.found.id,
        "title": each.found.title,
        "id": concern.id,
        "category": concern.category,
        "reference": concern.reference,
        "raised": str(concern.raised) if concern.raised else None,
        "closed": str(concern.closed) if concern.closed else None,
        "outcome": concern.outcome,
        "state": "open" if is_open(concern) else "closed",
        "days": days_of(concern, today),
    }


_HEADINGS: dict[str, Callable[[Raised], str]] = {
    "state": lambda each: "Open" if is_open(each.concern) else "Closed",
    "policy": lambda each: each.found.title,
    "category": lambda each: each.concern.category or NO_CATEGORY,
}


def _listing(
    found: Sequence[Raised], every: Sequence[Raised], name: str, *, today: date, order: str, unread: Sequence[str]
) -> Listing:
    heading = _HEADINGS[order]
    names = dict.fromkeys(map(heading, found))
    several = len({each.found.folder.slug for each in found}) > 1
    sections = [(text, [each for each in found if heading(each) == text]) for text in names]
    return Listing(
        "Record of concerns",
        name,
        _lead(every, len(found)),
        _COLUMNS,
        tuple(
            Section(
                text,
                tuple(_cells(each, today, is_of_several=several) for each in inside),
                said_of_concerns(inside) if order != "state" else "",
            )
            for text, inside in sections
        ),
        spoken(today),
        subtitle=f"as of {spoken(today)}",
        notes=tuple(f"{path} cannot be read and is left out." for path in unread),
        footer=("No story and no names: those stay in the school’s safe, under the number that is given here.",),
        empty="No concern is listed." if every else "",
    )


def said_of_count(count: ConcernCount) -> str:
    """The same of what was counted."""
    took = (
        f"; the middle one of those took {counted(count.median_days, 'day')}" if count.median_days is not None else ""
    )
    closed = number(count.closed) if count.closed else "none"
    return sentence(f"{counted(count.open, 'concern is', 'concerns are')} open and {closed} closed{took}")


def said_of_concerns(found: Sequence[Raised]) -> str:
    """How many are open and closed, and how long the closed ones took, in a sentence."""
    count = counted_concerns(each.concern for each in found)
    return said_of_count(count)


def _lead(every: Sequence[Raised], listed: int) -> tuple[str, ...]:
    if not every:
        return ("No concern is on record.",)
    by_policy = _split(every, _HEADINGS["policy"])
    by_category = _split(every, _HEADINGS["category"])
    left = len(every) - listed
    rest = sentence(f"{counted(left, 'more is', 'more are')} on record and not listed here") if left else ""
    lines = [said_of_concerns(every), f"By policy: {by_policy}.", f"By category: {by_category}.", rest]
    return tuple(line for line in lines if line)


def _split(every: Sequence[Raised], of: Callable[[Raised], str]) -> str:
    parts = []
    for name in sorted(dict.fromkeys(map(of, every)), key=str.casefold):
        inside = [each for each in every if of(each) == name]
        left = sum(is_open(each.concern) for each in inside)
        parts.append(f"{name} {len(inside)}{f' ({left} open)' if left else ''}")
    return ", ".join(parts)


def _cells(each: Raised, today: date, *, is_of_several: bool) -> tuple[Cell, ...]:
    concern, days = each.concern, days_of(each.concern, today)
    long = f"{figures(days, 'day')}" if days is not None else ""
    below = " · ".join(part for part in (concern.id, concern.reference or "no file number") if part)
    school = each.found.folder.school.name if is_of_several else ""
    when = concern.raised.spoken if concern.raised else "Date not said"
    if is_open(concern):
        stands = Cell("Open", below=f"for {long}" if long else "", mark="◆", tone="soon")
    else:
        closed = f"Closed {concern.closed.spoken}" if concern.closed else "Closed"
        said = [concern.outcome or "outcome not said", f"after {long}" if long else ""]
        stands = Cell(closed, below=", ".join(part for part in said if part), mark="●")
    return Cell(concern.category or NO_CATEGORY, below=below), Cell(each.found.title, below=school), Cell(when), stands
