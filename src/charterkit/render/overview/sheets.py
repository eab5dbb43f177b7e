"""An overview as a workbook: aspects, groups and schools, each a sheet to sort and to filter."""

from typing import Any

from charterkit.insight.overview.overview import Overview
from charterkit.render.overview.view import OverviewView
from charterkit.render.overview.words import percent, standing
from charterkit.render.shared.levels import NOT_APPLICABLE, NOT_RATED, UNREADABLE, badges
from charterkit.render.shared.workbook import SheetColumn, SheetPage

_NUMBER = 12


def overview_sheets(found: Overview, view: OverviewView) -> list[SheetPage]:
    """The sheets, in the order of the pages."""
    title = f"{view.title}: {view.charter}, {view.cycle} ({view.counted})"
    pages = [_aspects(found, view, title)]
    if view.groups:
        pages.append(_groups(view, title))
    if found.lines:
        pages.append(_schools(found, view, title))
    return pages


def _aspects(found: Overview, view: OverviewView, title: str) -> SheetPage:
    levels = [SheetColumn(badge.word, _NUMBER, f"level {badge.id}") for badge in view.scale]
    rows = [
        {
            "number": line.number,
            "aspect": line.title,
            "point": line.key_point,
            "schools": line.tally.rated if line.tally else line.schools,
            "met": line.met,
            "moved": line.moved,
            "stuck": counted.stuck or None,
            **({f"level {badge.id}": many for badge, many in line.tally.counts} if line.tally else {}),
        }
        for line, counted in zip(view.aspects, found.aspects, strict=False)  # the view has none where none is counted
    ]
    return SheetPage(
        "Aspects",
        title,
        (
            SheetColumn("Number", 9, "number"),
            SheetColumn("Aspect" if view.noun == "aspect" else "Key point", 56, "aspect"),
            SheetColumn("Key point", 26, "point"),
            SheetColumn("Schools that rated it", 14, "schools"),
            *levels,
            SheetColumn("At the mark", 16, "met"),
            SheetColumn("Moved", 20, "moved"),
            SheetColumn("Schools stuck", _NUMBER, "stuck"),
        ),
        rows,
        stay=2,
    )


def _groups(view: OverviewView, title: str) -> SheetPage:
    levels = [SheetColumn(badge.word, _NUMBER, f"level {badge.id}") for badge in view.scale]
    rows = [
        {
            "name": line.name,
            "schools": line.schools,
            "met": line.met,
            "moved": line.moved,
            "more": line.more,
            **({f"level {badge.id}": many for badge, many in line.tally.counts} if line.tally else {}),
        }
        for line in view.groups
    ]
    return SheetPage(
        "Groups",
        title,
        (
            SheetColumn(view.by.capitalize(), 40, "name"),
            SheetColumn("Schools counted", 22, "schools"),
            *levels,
            SheetColumn("At the mark", 20, "met"),
            SheetColumn("Moved", 22, "moved"),
            SheetColumn("Besides", 36, "more"),
        ),
        rows,
    )


def _schools(found: Overview, view: OverviewView, title: str) -> SheetPage:
    """A school a row, its levels in words."""
    words = {str(rank): badge.word for rank, badge in enumerate(badges(found.charter).values())}
    words |= {".": NOT_RATED.word, "-": NOT_APPLICABLE.word, "?": UNREADABLE.word}
    rows: list[dict[str, Any]] = [
        {
            "name": line.name,
            "slug": line.slug,
            "trust": line.trust_name,
            "authority": line.local_authority,
            "phase": line.phase,
            "standing": standing(line),
            "date": line.day,
            "met": percent(line.counts.met, line.counts.rated) if line.counts else "",
            "certificate": str(line.recognised.certificate or ""),
            "until": line.recognised.until,
            "visit": line.recognised.last_visit,
            "actions": line.actions_overdue,
            "policies": line.policies_overdue,
            **{f"aspect {at}": words.get(sign, "") for at, sign in enumerate(line.ratings)},
        }
        for line in found.lines
    ]
    return SheetPage(
        "Schools",
        title,
        (
            SheetColumn("School", 40, "name"),
            SheetColumn("Folder", 22, "slug"),
            SheetColumn("Trust", 24, "trust"),
            SheetColumn("Local authority", 24, "authority"),
            SheetColumn("Phase", 14, "phase"),
            SheetColumn("Standing", 24, "standing"),
            SheetColumn("Date", 18, "date", is_date=True),
            SheetColumn("At the mark", _NUMBER, "met"),
            SheetColumn("Certificate", _NUMBER, "certificate"),
            SheetColumn("Valid until", 18, "until", is_date=True),
            SheetColumn("Last visit", 18, "visit", is_date=True),
            SheetColumn("Actions overdue", _NUMBER, "actions"),
            SheetColumn("Policies overdue", _NUMBER, "policies"),
            *(SheetColumn(line.numbered, 18, f"aspect {at}") for at, line in enumerate(view.aspects)),
        ),
        rows,
    )
