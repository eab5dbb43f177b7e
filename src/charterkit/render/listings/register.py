"""The register of policies: as a listing, and for other programs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from charterkit.choices import ReviewState
from charterkit.insight.addresses import Addresses
from charterkit.insight.policies.adopting import Adopted
from charterkit.insight.policies.deciding import APPROVERS, approver_name
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.review_cycle import interval
from charterkit.insight.policies.reviews import NextReview, in_force
from charterkit.insight.policies.sheet import STATUSES
from charterkit.model.dates import PartialDate
from charterkit.model.policy import ApprovedBy, Policy
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.text.english import counted, joined, plain, sentence

KEYS = (
    "school",
    "policy",
    "title",
    "owner",
    "approver",
    "approver_name",
    "version",
    "status",
    "last_review",
    "next_review",
    "applies_to",
    "next_review_from",
    "state",
    "school_name",
    "owner_role",
    "owner_email",
    "every",
    "statutory",
    "url",
    "note",
    "members_adopted",
    "acknowledged",
    "acknowledged_staff",
    "acknowledged_of",
)
STATES = {
    ReviewState.OVERDUE: Cell("Overdue", mark="▲", tone="late"),
    ReviewState.WAITING: Cell("Waiting", mark="▲", tone="late"),
    ReviewState.DUE: Cell("Due", mark="◆", tone="soon"),
    ReviewState.OK: Cell("In order", mark="●"),
    ReviewState.UNKNOWN: Cell("Not known", mark="?"),
}
_NO_DATE = {"live": "Kept up to date", "as-needed": "As needed", "unknown": "Not known"}


def register_json(found: Sequence[Registered]) -> list[dict[str, Any]]:
    """The register as plain data; what the keys mean is written in docs/json.md."""
    addresses = Addresses(found[0].folder.workspace) if found else None
    return [{**register_row(registered, addresses), **_acknowledged(registered)} for registered in found]


def _acknowledged(registered: Registered) -> dict[str, Any]:
    """The latest count of the staff who have read it."""
    found = registered.acknowledged
    return {
        "acknowledged": str(found.date) if found else None,
        "acknowledged_staff": found.staff if found else None,
        "acknowledged_of": found.of if found else None,
    }


def register_row(registered: Registered, addresses: Addresses | None = None) -> dict[str, Any]:
    """One policy's row; with the email address of its owner, or of the school's contact of that name or post.

    Many rows share one `addresses`.
    """
    policy = registered.policy
    approver, owner = policy.approver, policy.owner
    reached = (addresses or Addresses(registered.folder.workspace)).find(registered.folder, owner)
    return {
        "school": registered.folder.slug,
        "policy": registered.id,
        "title": registered.title,
        "owner": registered.owner,
        "approver": approver.body if approver else None,
        "approver_name": approver.name if approver else None,
        "version": registered.version,
        "status": registered.policy.status,
        "last_review": str(registered.last) if registered.last else None,
        "next_review": str(registered.next.due) if registered.next.due else None,
        "applies_to": list(registered.applies_to),
        "next_review_from": registered.next.source,
        "state": registered.state.value,
        "school_name": registered.folder.school.name,
        "owner_role": owner.role if owner else None,
        "owner_email": reached.address,
        "every": str(policy.review.every) if policy.review and policy.review.every else None,
        "statutory": policy.statutory,
        "url": policy.publication.url if policy.publication else None,
        "note": policy.note,
        "members_adopted": [
            {
                "school": each.school.slug,
                "version": each.version,
                "date": str(each.adoption.date) if each.adoption.date else None,
                "by": each.adoption.by,
                "changes": each.adoption.changes,
                "older": each.is_older,
            }
            for each in registered.adoptions_here
            if each.adoption
        ],
    }


def register_cells(registered: Registered, addresses: Addresses | None = None) -> dict[str, Any]:
    """The same row in cells of text."""
    return {
        **register_row(registered, addresses),
        "members_adopted": members_adopted(registered),
        **_acknowledged(registered),
    }


def approver_inside(approver: ApprovedBy | None) -> str:
    """The same within a sentence: a name stays as it is, what it is begins small."""
    return approver.name if approver and approver.name else plain(approver_name(approver))


def body_inside(name: str) -> str:
    """A body within a sentence: what it is begins small, a name of its own stays."""
    return plain(name) if name in APPROVERS.values() else name


def next_review_words(registered: Registered) -> str:
    """The date, or why there is none."""
    if not registered.is_in_force:
        return "None"
    if registered.next.source == "waiting":
        return "Once it is decided"
    return registered.next.due.spoken if registered.next.due else _NO_DATE.get(registered.next.source, "")


def said_of_next(found: NextReview, policy: Policy) -> str:
    """The next review in a sentence."""
    if found.source == "waiting":
        return f"Next review: counts from the decision of {body_inside(found.by)}, who has it now."
    if not in_force(policy):
        return "It is not in force: nobody is reminded of a review."
    if found.due is None:
        return f"Next review: {_NO_DATE[found.source].lower()}."
    every = interval(policy.review)
    how = "as stated" if found.source == "stated" else f"{every} after the last" if every else ""
    return f"Next review: {found.due.spoken}{f' ({how})' if how else ''}."


def register_listing(
    found: Sequence[Registered], title: str, today: date, unread: Sequence[str] = (), of: int | None = None
) -> Listing:
    """The register as people read it: a heading an organisation, where there are several.

    `of` is how many there are, where `found` is only a choice of them.
    """
    folders = dict.fromkeys(registered.folder.slug for registered in found)
    names = {registered.folder.slug: registered.folder.school.name for registered in found}
    is_alone = list(names.values()) == [title]
    sections = tuple(
        Section(
            "" if is_alone else names[slug],
            tuple(_row(registered) for registered in found if registered.folder.slug == slug),
        )
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
        empty="" if of else 'Make one with: charterkit new policy "Title of the policy"',
    )


def _lead(found: Sequence[Registered], of: int | None) -> tuple[str, ...]:
    late = [registered for registered in found if registered.state is ReviewState.OVERDUE]
    soon = [registered for registered in found if registered.state is ReviewState.DUE]
    unknown = [registered for registered in found if registered.state is ReviewState.UNKNOWN]
    waiting = [registered for registered in found if registered.undecided]
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


def _row(registered: Registered) -> tuple[Cell, ...]:
    is_whole = not registered.document.loaded.problems
    below = [
        f"version {registered.version}" if registered.version else "",
        _whose(registered),
        _adopted(registered),
        f"read by {acknowledged_words(registered)}" if registered.acknowledged else "",
        "" if is_whole else "parts of the file cannot be read",
    ]
    last = registered.last.spoken if registered.last else "None on record"
    next_below = (
        {"stated": "stated", "derived": "worked out"}.get(registered.next.source, "") if registered.is_in_force else ""
    )
    if registered.too_late is not None and registered.is_in_force and registered.policy.review:
        next_below = f"stated, but {interval(registered.policy.review)} would be {registered.too_late.spoken}"
    if registered.next.contradicts and registered.is_in_force:
        next_below = (
            f"{next_below}; the file says {registered.policy.next_review.spoken}"
            if registered.policy.next_review
            else ""
        )
    if registered.latest and registered.is_in_force and registered.next.due:
        next_below = f"{registered.latest.spoken}{f'; {next_below}' if next_below else ''}"
    approver = approver_inside(registered.policy.approver)
    return (
        Cell(registered.title, below=", ".join(part for part in below if part)),
        Cell(
            registered.owner or "Nobody named",
            below=f"approved by {approver}" if approver else "",
        ),
        Cell(last, below=who_last(registered)),
        Cell(next_review_words(registered), below=next_below),
        standing(registered),
    )


def acknowledged_words(registered: Registered) -> str:
    """How many of the staff have read it: "42 of 45 staff by 1 September 2026"; empty where nobody has counted."""
    found = registered.acknowledged
    if found is None:
        return ""
    many = f"{found.staff} of {found.of}" if found.of is not None else str(found.staff)
    return f"{many} staff by {found.date.spoken}"


def dated(when: PartialDate) -> str:
    """A date in a sentence: "on 3 March 2026", "in March 2026"."""
    return f"{'on' if when.first == when.last else 'in'} {when.spoken}"


def adopted_words(adopted: Adopted) -> str:
    """In which version, when and by whom: "version 2.0 on 3 March 2026 by the governing body"."""
    said = adopted.adoption
    if said is None:
        return "not yet"
    by = f"by {said.by}" if said.by else ""
    when = dated(said.date) if said.date else "on a date that is not said"
    words = [f"version {adopted.version}" if adopted.version else "", when, by]
    older = ", which the trust has replaced since" if adopted.is_older else ""
    return " ".join(word for word in words if word) + older


def members_adopted(registered: Registered) -> str:
    """The members that have adopted a trust's policy, for one cell: "selwyn 2.0 2026-03-03; portway 1.0 2024-09"."""
    told = []
    for each in registered.adoptions_here:
        if each.adoption:
            words = (each.school.slug, each.version or "", str(each.adoption.date or ""))
            told.append(" ".join(word for word in words if word))
    return "; ".join(told)


def _adopted(registered: Registered) -> str:
    """Of a trust's policy that any member has adopted, who has, in which version, and who has not."""
    done = [each for each in registered.adoptions if each.adoption]
    if not done:
        return ""
    here = registered.adoptions_here
    if registered.member is not None:
        words = adopted_words(here[0]) if here else ""
        return f"adopted {words}" if here and here[0].adoption else "not adopted here yet"
    left = [each.school.school.name for each in here if not each.adoption]
    if len(here) > _MOST:
        older = sum(each.is_older for each in done)
        return (
            f"adopted by {len(done)} of {counted(len(here), 'school')}{f', {older} in an older version' * bool(older)}"
        )
    said = [f"{each.school.school.name} ({adopted_words(each)})" for each in done]
    return f"adopted by {joined(said)}{f', not by {joined(left)}' if left else ''}"


_MOST = 4
"""Schools that are named in a cell."""


def who_last(registered: Registered) -> str:
    """What the last review was, where it was none, and by whom: "signed by B. Allford"."""
    what = "" if registered.last_kind == "reviewed" else registered.last_kind
    return f"{what} {f'by {registered.last_by}' if registered.last_by else ''}".strip()


def standing(registered: Registered) -> Cell:
    """How it stands: its review, or its status where that says more."""
    is_waiting = registered.policy.status == "under-review" and registered.state is not ReviewState.OVERDUE
    if registered.state is ReviewState.WAITING and registered.undecided:
        since = f"for {body_inside(registered.decided_by)}, since {registered.undecided.date.spoken}"
        return replace(STATES[ReviewState.WAITING], below=since)
    if registered.is_in_force and not is_waiting:
        return STATES[registered.state]
    since = f"since {registered.undecided.date.spoken}" if registered.undecided else ""
    return Cell(status_words(registered), below=since)


def status_words(registered: Registered) -> str:
    """Its status; a live policy that the last line of its history withdraws is withdrawn."""
    if registered.policy.status is None:
        return "Status cannot be read"
    is_withdrawn = registered.policy.status not in ("draft", "archived") and not registered.is_in_force
    return "Withdrawn" if is_withdrawn else STATUSES[registered.policy.status]


def _whose(registered: Registered) -> str:
    """Of a trust's policy, the schools it holds for."""
    if not registered.applies_to:
        return ""
    workspace = registered.folder.workspace
    names = [
        workspace.school(slug).school.name if workspace.has_school(slug) else slug for slug in registered.applies_to
    ]
    if len(names) > _MOST:
        return f"for {counted(len(names), 'school')}"
    return f"for {joined(names)}"
