"""The register of policies: as a listing, and for other programs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from charterkit.choices import ReviewState
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.reviews import NextReview, in_force
from charterkit.model.policy import Policy
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.text.english import counted, joined, plain, sentence

KEYS = (
    "school",
    "policy",
    "title",
    "owner",
    "approver",
    "version",
    "status",
    "last_review",
    "next_review",
    "applies_to",
    "next_review_from",
    "state",
)
APPROVERS = {
    "full-governing-body": "Full governing body",
    "committee": "Committee of the governing body",
    "individual-governor": "Individual governor",
    "headteacher": "Headteacher",
    "trustees": "Trustees",
    "proprietor": "Proprietor",
    "local-authority": "Local authority",
}
STATES = {
    ReviewState.OVERDUE: Cell("Overdue", mark="▲", tone="late"),
    ReviewState.DUE: Cell("Due", mark="◆", tone="soon"),
    ReviewState.OK: Cell("In order", mark="●"),
    ReviewState.UNKNOWN: Cell("Not known", mark="?"),
}
STATUSES = {"draft": "Draft", "live": "Live", "under-review": "Under review", "archived": "Archived"}
_NO_DATE = {"live": "Kept up to date", "as-needed": "As needed", "unknown": "Not known"}


def register_json(found: Sequence[Registered]) -> list[dict[str, Any]]:
    """The register as plain data; what the keys mean is written in docs/json.md."""
    return [register_row(one) for one in found]


def register_row(one: Registered) -> dict[str, Any]:
    """One policy's row."""
    return {
        "school": one.folder.slug,
        "policy": one.id,
        "title": one.title,
        "owner": one.owner,
        "approver": one.policy.approver,
        "version": one.version,
        "status": one.policy.status,
        "last_review": str(one.last) if one.last else None,
        "next_review": str(one.next.due) if one.next.due else None,
        "applies_to": list(one.applies_to),
        "next_review_from": one.next.source,
        "state": one.state.value,
    }


def next_review_words(one: Registered) -> str:
    """The date, or why there is none."""
    if not one.is_in_force:
        return "None"
    return one.next.due.spoken if one.next.due else _NO_DATE.get(one.next.source, "")


def said_of_next(found: NextReview, policy: Policy) -> str:
    """The next review in a sentence."""
    if not in_force(policy):
        return "It is not in force: nobody is reminded of a review."
    if found.due is None:
        return f"Next review: {_NO_DATE[found.source].lower()}."
    how = "as stated" if found.source == "stated" else f"{policy.review.every} after the last" if policy.review else ""
    return f"Next review: {found.due.spoken}{f' ({how})' if how else ''}."


def register_listing(
    found: Sequence[Registered], title: str, today: date, unread: Sequence[str] = (), of: int | None = None
) -> Listing:
    """The register as people read it: a heading an organisation, where there are several.

    `of` is how many there are, where `found` is only a choice of them.
    """
    folders = dict.fromkeys(one.folder.slug for one in found)
    names = {one.folder.slug: one.folder.school.name for one in found}
    is_alone = list(names.values()) == [title]
    sections = tuple(
        Section("" if is_alone else names[slug], tuple(_row(one) for one in found if one.folder.slug == slug))
        for slug in folders
    )
    columns = (
        Column("Policy"),
        Column("Owner, approver"),
        Column("Last review"),
        Column("Next review"),
        Column("State", is_fixed=True),
    )
    notes = tuple(f"{path} cannot be read and is left out." for path in unread)
    return Listing(
        "Register of policies",
        title,
        _lead(found, of),
        columns,
        sections,
        spoken(today),
        subtitle=f"as of {spoken(today)}",
        notes=notes,
        empty="No policy is listed.",
    )


def _lead(found: Sequence[Registered], of: int | None) -> tuple[str, ...]:
    late = [one for one in found if one.state is ReviewState.OVERDUE]
    soon = [one for one in found if one.state is ReviewState.DUE]
    unknown = [one for one in found if one.state is ReviewState.UNKNOWN]
    waiting = [one for one in found if one.undecided]
    if not found:
        return (f"None of {counted(of, 'policy', 'policies')} matches." if of else "There is no policy here yet.",)
    many = counted(len(found), "policy", "policies") if of is None else f"{len(found)} of {of} policies"
    parts = [
        f"{counted(len(late), 'review')} overdue" if late else "no review overdue",
        f"{counted(len(soon), 'review')} due soon" if soon else "",
        f"{counted(len(unknown), 'policy', 'policies')} without a date" if unknown else "",
        f"{counted(len(waiting), 'policy', 'policies')} waiting for a decision" if waiting else "",
    ]
    return (sentence(f"{many}: {joined([part for part in parts if part])}"),)


def _row(one: Registered) -> tuple[Cell, ...]:
    is_whole = not one.document.loaded.problems
    below = [
        f"version {one.version}" if one.version else "",
        _whose(one),
        "" if is_whole else "parts of the file cannot be read",
    ]
    last = one.last.spoken if one.last else "None on record"
    next_below = {"stated": "stated", "derived": "worked out"}.get(one.next.source, "") if one.is_in_force else ""
    if one.too_late is not None and one.is_in_force and one.policy.review:
        next_below = f"stated, but {one.policy.review.every} would be {one.too_late.spoken}"
    if one.next.contradicts and one.is_in_force:
        next_below = f"{next_below}; the file says {one.policy.next_review.spoken}" if one.policy.next_review else ""
    approver = APPROVERS.get(one.policy.approver or "", "")
    return (
        Cell(one.title, below=", ".join(part for part in below if part)),
        Cell(one.owner or "Nobody named", below=f"approved by {plain(approver)}" if approver else ""),
        Cell(last, below=who_last(one)),
        Cell(next_review_words(one), below=next_below),
        standing(one),
    )


def who_last(one: Registered) -> str:
    """What the last review was, where it was none, and by whom: "signed by B. Allford"."""
    what = "" if one.last_kind == "reviewed" else one.last_kind
    return f"{what} {f'by {one.last_by}' if one.last_by else ''}".strip()


def standing(one: Registered) -> Cell:
    """How it stands: its review, or its status where that says more."""
    is_waiting = one.policy.status == "under-review" and one.state is not ReviewState.OVERDUE
    if one.is_in_force and not is_waiting:
        return STATES[one.state]
    since = f"since {one.undecided.date.spoken}" if one.undecided else ""
    return Cell(status_words(one), below=since)


def status_words(one: Registered) -> str:
    """Its status; a live policy that the last line of its history withdraws is withdrawn."""
    if one.policy.status is None:
        return "Status cannot be read"
    is_withdrawn = one.policy.status not in ("draft", "archived") and not one.is_in_force
    return "Withdrawn" if is_withdrawn else STATUSES[one.policy.status]


def _whose(one: Registered) -> str:
    """Of a trust's policy, the schools it holds for."""
    if not one.applies_to:
        return ""
    workspace = one.folder.workspace
    names = [workspace.school(slug).school.name if workspace.has_school(slug) else slug for slug in one.applies_to]
    most = 4
    if len(names) > most:
        return f"for {counted(len(names), 'school')}"
    return f"for {joined(names)}"
