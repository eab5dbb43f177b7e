"""What a rule pack misses: as a listing, and for other programs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from charterkit.insight.policies.gaps import NOTHING, Gap, GapKind
from charterkit.insight.policies.sheet import APPROVERS
from charterkit.model.dates import Interval
from charterkit.model.pack import Pack, Requirement
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.workbook import SheetColumn, SheetPage
from charterkit.text.english import alternatives, counted, joined, plain, plural, sentence
from charterkit.text.safe import safe_link

KEYS = (
    "school",
    "entry",
    "title",
    "gap",
    "policy",
    "certain",
    "wanted",
    "found",
    "pack",
    "reference",
    "url",
    "checked_on",
    "near",
    "school_name",
)
_SHEET = (
    SheetColumn("School", 24, "school_name"),
    SheetColumn("Policy or document", 40, "title"),
    SheetColumn("Gap", 18, "state"),
    SheetColumn("Kept as", 30, "kept_as"),
    SheetColumn("What is asked", 34, "wanted"),
    SheetColumn("What is found", 34, "found"),
    SheetColumn("If it applies", 12, "unsure"),
    SheetColumn("Where that is from", 34, "reference"),
    SheetColumn("Address", 36, "url"),
    SheetColumn("Checked on", 18, "checked_on", is_date=True),
)
WORDS = {
    GapKind.MISSING: Cell("Missing", mark="▲", tone="late"),
    GapKind.INTERVAL: Cell("Review interval", mark="◆", tone="soon"),
    GapKind.APPROVER: Cell("Approver", mark="◆", tone="soon"),
    GapKind.UNPUBLISHED: Cell("Not online", mark="◆", tone="soon"),
    GapKind.WAIVED: Cell("Waived", mark="–"),
    GapKind.SCHOOLS: Cell("Left to its schools", mark="–"),
    GapKind.MET: Cell("In order", mark="●"),
}
ORDER = tuple(WORDS)
"""Worst first."""


def gaps_json(found: Sequence[Gap]) -> list[dict[str, Any]]:
    """The gaps as plain data; what the keys mean is written in docs/json.md."""
    return [
        {
            "school": gap.folder.slug,
            "entry": gap.requirement.id,
            "title": gap.requirement.title,
            "gap": gap.kind.value,
            "policy": gap.policy.id if gap.policy else None,
            "certain": gap.is_certain,
            "wanted": wanted(gap) or None,
            "found": gap.detail or None,
            "pack": gap.pack.id,
            "reference": gap.requirement.reference,
            "url": gap.requirement.url or gap.pack.url,
            "checked_on": str(gap.requirement.checked_on) if gap.requirement.checked_on else None,
            "near": [each.policy.id for each in gap.near],
            "school_name": gap.folder.school.name,
        }
        for gap in found
    ]


def gaps_sheet(found: Sequence[Gap], title: str) -> SheetPage:
    """The gaps as a sheet of a workbook, worst first in each school."""
    order = sorted(found, key=lambda gap: (gap.folder.school.name, ORDER.index(gap.kind)))
    rows = [
        {
            **row,
            "state": WORDS[gap.kind].plain,
            "kept_as": gap.policy.title if gap.policy else "",
            "unsure": "" if gap.is_certain else "If it applies",
            "reference": row["reference"] or gap.pack.title,
        }
        for gap, row in zip(order, gaps_json(order), strict=True)
    ]
    tones = {tone: frozenset(cell.plain for cell in WORDS.values() if cell.tone == tone) for tone in ("late", "soon")}
    page = f"{title}: what the lists ask for"
    return SheetPage("Gaps", page, _SHEET, rows, tones["late"], tones["soon"], stay=2)


def wanted(gap: Gap) -> str:
    """What the pack asks for, where the gap is about that."""
    asked = gap.requirement
    if gap.kind is GapKind.INTERVAL and asked.every:
        verb = "recommends" if asked.recommended else "asks for"
        return f"the source {verb} {interval(asked.every)}"
    if gap.kind is GapKind.APPROVER:
        return f"approval by {alternatives([plain(APPROVERS[name]) for name in asked.approvers])}"
    return "publication on the website" if gap.kind is GapKind.UNPUBLISHED else ""


def interval(every: Interval) -> str:
    """How often, in words: "every year", "every 2 years"."""
    words = {"live": "keeping it up to date at all times", "as needed": "a review as needed"}
    often = f"a review every {plural(every.count, every.unit, str(every))}"
    return words.get(every.unit, often)


def gaps_listing(
    found: Sequence[Gap], packs: Sequence[Pack], title: str, today: date, *, is_asked: bool = True
) -> Listing:
    """The gaps as people read them, a heading a school."""
    slugs = dict.fromkeys(gap.folder.slug for gap in found)
    names = {gap.folder.slug: gap.folder.school.name for gap in found}
    sections = tuple(
        Section(
            names[slug],
            tuple(_row(gap) for gap in sorted(_of(found, slug), key=lambda each: ORDER.index(each.kind))),
            _unsure(_of(found, slug)),
        )
        for slug in slugs
    )
    return Listing(
        "What the lists ask for",
        title,
        _leads(found, is_asked=is_asked),
        (Column("Policy or document"), Column("Gap", is_fixed=True), Column("Where that is from")),
        sections,
        spoken(today),
        footer=tuple(about(pack) for pack in packs),
        empty="There is nothing more to show.",
    )


def _leads(found: Sequence[Gap], *, is_asked: bool) -> tuple[str, ...]:
    if not is_asked:
        return (
            "These lists are about schools: ask for one of the trust's or authority's schools by its folder's name.",
        )
    left = sum(gap.kind is GapKind.SCHOOLS for gap in found)
    trusts = (
        (f"{sentence(counted(left, 'entry is', 'entries are'))[:-1]} left to its schools. {_TRUSTS}",) if left else ()
    )
    return (_lead(found), *trusts, "This is advice. Each line names its source: read that before you act on it.")


_TRUSTS = (
    "A policy of the trust answers an entry for every school that it applies to; of what it leaves to them each needs"
    " its own."
)


def _of(found: Sequence[Gap], slug: str) -> list[Gap]:
    return [gap for gap in found if gap.folder.slug == slug]


def _lead(found: Sequence[Gap]) -> str:
    count = {kind: sum(gap.kind is kind for gap in found) for kind in GapKind}
    if not any(count[kind] for kind in (GapKind.MISSING, GapKind.INTERVAL, GapKind.APPROVER, GapKind.UNPUBLISHED)):
        return "Nothing is missing that these lists ask for."
    parts = [
        f"{counted(count[GapKind.MISSING], 'policy or document', 'policies or documents')} missing",
        f"{counted(count[GapKind.INTERVAL], 'review interval')} to look at" if count[GapKind.INTERVAL] else "",
        f"{counted(count[GapKind.APPROVER], 'approver')} to look at" if count[GapKind.APPROVER] else "",
        f"{counted(count[GapKind.UNPUBLISHED], 'policy', 'policies')} not on record as online"
        if count[GapKind.UNPUBLISHED]
        else "",
        f"{counted(count[GapKind.WAIVED], 'entry', 'entries')} waived" if count[GapKind.WAIVED] else "",
    ]
    return sentence(joined([part for part in parts if part]))


def _unsure(found: Sequence[Gap]) -> str:
    if all(gap.is_certain for gap in found):
        return ""
    school = found[0].folder.school
    lacking = [] if school.type or school.trust else ["type: maintained (or academy)"]
    lacking += [] if school.phase else ["phase: primary (or another)"]
    return f"Lines with “if it applies” hold for some schools only. To know, add {joined(lacking)} to its school.yaml."


def _row(gap: Gap) -> tuple[Cell, ...]:
    state = WORDS[gap.kind]
    doubt = "" if gap.is_whole else "parts of the policy's file cannot be read"
    is_bare = gap.kind in (GapKind.MISSING, GapKind.SCHOOLS) and not gap.policy
    detail = gap.detail.removeprefix(NOTHING).removeprefix("; ") if is_bare else gap.detail
    asked = [detail, wanted(gap), doubt, "" if gap.is_certain else "if it applies"]
    policy = f"kept as “{gap.policy.title}”" if gap.policy and gap.policy.title != gap.requirement.title else ""
    below = sentence("; ".join(part for part in [policy, *asked, *_near(gap)] if part))
    return Cell(gap.requirement.title, below=below), state, source(gap.requirement, gap.pack)


def _near(gap: Gap) -> list[str]:
    """The policies that may be meant, each with the line to write."""
    return [f"if “{each.policy.title}” is that, write '{each.line}' in its file" for each in gap.near]


def source(requirement: Requirement, pack: Pack) -> Cell:
    """Where a requirement is from and when that was looked at."""
    checked = f"checked {requirement.checked_on.spoken}" if requirement.checked_on else "not compared with a source"
    address = requirement.url or pack.url or ""
    return Cell(requirement.reference or pack.title, below=checked, link=safe_link(address) or "")


def about(pack: Pack) -> str:
    """What a pack is and what it was compared with."""
    made = f"{pack.title}{f' ({pack.publisher})' if pack.publisher else ''}"
    published = f", published {pack.published.spoken}" if pack.published else ""
    return f"{made}{published}. {pack.basis or ''}".strip()
