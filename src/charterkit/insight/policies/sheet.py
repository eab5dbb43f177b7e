"""A policy as a line of a spreadsheet: what `policies` writes into one, and `import register` takes back."""

from collections.abc import Mapping

from charterkit.insight.policies.register import Registered
from charterkit.model.dates import PartialDate
from charterkit.model.policy import ApprovedBy, Publication

APPROVERS = {
    "full-governing-body": "Full governing body",
    "committee": "Committee of the governing body",
    "individual-governor": "Individual governor",
    "headteacher": "Headteacher",
    "trustees": "Trustees",
    "proprietor": "Proprietor",
    "local-authority": "Local authority",
}
"""The bodies that approve policies, as people write them."""
STATUSES = {"draft": "Draft", "live": "Live", "under-review": "Under review", "archived": "Archived"}


def approver_words(approver: ApprovedBy | None) -> str:
    """Who approves: by its own name, else what it is; empty where nothing is said."""
    return (approver.name or APPROVERS[approver.body]) if approver else ""


def sheet_cells(registered: Registered, email: str = "") -> Mapping[str, str | PartialDate]:
    """What stands in each column of the sheet, by what `import register` calls the column; empty where nothing is said.

    `email` is the owner's, where only the school's contacts have it.
    """
    policy = registered.policy
    owner = policy.owner
    every = policy.review.every if policy.review else None
    return {
        "title": registered.title,
        "owner": (owner.name or "") if owner else "",
        "role": (owner.role or "") if owner else "",
        "email": ((owner.email if owner else "") or email),
        "approver": approver_words(policy.approver),
        "statutory": "" if policy.statutory is None else "Yes" if policy.statutory else "No",
        "every": str(every) if every else "",
        "last_review": registered.last or "",
        "next_review": (registered.next.due or "") if registered.is_in_force else "",
        "version": registered.version or "",
        "address": _address(policy.publication),
        "status": STATUSES.get(policy.status or "", ""),
        "note": policy.note or "",
        "id": registered.id,
    }


def _address(publication: Publication | None) -> str:
    """Where it can be read; Yes where only is known that everybody may."""
    if publication is None:
        return ""
    return publication.url or ("Yes" if publication.visibility == "public" else "")
