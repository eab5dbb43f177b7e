"""The register as a sheet of a workbook, to work in; `import register` takes it back."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from charterkit.choices import ReviewState
from charterkit.insight.addresses import Addresses
from charterkit.insight.policies.deciding import APPROVERS
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.sheet import STATUSES, sheet_cells
from charterkit.render.listings.register import STATES, members_adopted
from charterkit.render.shared.workbook import MOST_CHOICES, SheetColumn, SheetPage
from charterkit.text.safe import visible

_EVERY = ("1 year", "2 years", "3 years", "4 years", "6 months", "live", "as needed")
_LATE, _SOON = STATES[ReviewState.OVERDUE].plain, STATES[ReviewState.DUE].plain


def register_sheet(found: Sequence[Registered], title: str) -> SheetPage:
    """The policies, a row each."""
    names = Counter(slug_name for slug_name in {each.folder.slug: each.folder.school.name for each in found}.values())
    addresses = Addresses(found[0].folder.workspace) if found else None
    rows = [_row(each, names, addresses) for each in found]
    committees = sorted({str(row["approver"]) for row in rows if row["approver"]} - set(APPROVERS.values()))
    columns = (
        SheetColumn("School", 24, "school"),
        SheetColumn("Policy", 40, "title"),
        SheetColumn("Owner", 22, "owner"),
        SheetColumn("Owner’s role", 22, "role"),
        SheetColumn("Owner’s email", 26, "email"),
        SheetColumn("Approved by", 26, "approver", choices=_fitting((*APPROVERS.values(), *committees))),
        SheetColumn("Statutory", 11, "statutory", choices=("Yes", "No")),
        SheetColumn("How often", 14, "every", choices=_EVERY),
        SheetColumn("Last review", 18, "last_review", is_date=True),
        SheetColumn("Next review", 18, "next_review", is_date=True),
        SheetColumn("State", 14, "state"),
        SheetColumn("Version", 10, "version"),
        SheetColumn("Status", 14, "status", choices=tuple(STATUSES.values())),
        SheetColumn("Website", 34, "address"),
        SheetColumn("Notes", 36, "note"),
        *(
            [SheetColumn("Members adopted", 36, "members_adopted")]
            if any(row["members_adopted"] for row in rows)
            else []
        ),
        SheetColumn("ID", 24, "id"),
    )
    page = f"{title}: register of policies"
    return SheetPage("Register", page, columns, rows, frozenset({_LATE}), frozenset({_SOON}), stay=2)


def _fitting(words: Sequence[str]) -> tuple[str, ...]:
    """As many words as a drop-down holds."""
    kept = [visible(word) for word in words if not {",", '"'} & set(word)]
    while len(",".join(kept)) > MOST_CHOICES:
        kept.pop()
    return tuple(kept)


def _row(each: Registered, names: Counter[str], addresses: Addresses | None) -> dict[str, Any]:
    """A school is called by its folder where two have one name."""
    name = each.folder.school.name
    reached = addresses.find(each.folder, each.policy.owner).address if addresses else None
    state = STATES[each.state].plain if each.is_in_force else ""
    return {
        "school": name if names[name] == 1 else each.folder.slug,
        **sheet_cells(each, reached or ""),
        "state": state,
        "members_adopted": members_adopted(each),
    }
