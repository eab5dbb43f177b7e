"""The promises of a year for other programs; what the keys mean is written in docs/json.md."""

from datetime import date
from typing import Any

from charterkit.insight.promises.beside import Beside
from charterkit.insight.promises.kinds import PromiseKind
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.year import AUDIENCE_WORDS, Planned
from charterkit.render.promises.words import Year, why

KEYS = (
    "school",
    "policy",
    "commitment",
    "title",
    "what",
    "audience",
    "owner",
    "when",
    "from",
    "kind",
    "dates",
    "why",
)


def promise_row(planned: Planned, plan: YearPlan) -> dict[str, Any]:
    """One promise as plain data."""
    promise, commitment = planned.promise, planned.promise.commitment
    return {
        "school": promise.folder.slug,
        "policy": promise.policy.id,
        "commitment": commitment.id,
        "title": promise.policy.title,
        "what": commitment.what,
        "audience": list(commitment.audience),
        "owner": list(commitment.owner),
        "when": str(commitment.when) if commitment.when else None,
        "from": str(commitment.from_) if commitment.from_ else None,
        "kind": planned.kind.value,
        "dates": [str(each.first) for each in planned.occurrences] if planned.kind is PromiseKind.DATED else [],
        "periods": [_period(each.first, each.last, each.period) for each in planned.occurrences],
        "why": why(planned, plan) or None,
    }


def beside_row(beside: Beside) -> dict[str, Any]:
    """A report on a policy or a duty of a sign-up under the keys of a promise; of a duty `title` is the charter's."""
    first, is_report = beside.first, beside.first.kind == "monitoring"
    return {
        "school": first.folder.slug,
        "policy": first.about if is_report else None,
        "charter": None if is_report else first.about,
        "commitment": first.item,
        "title": beside.source,
        "what": first.title,
        "audience": [],
        "owner": [beside.owner] if beside.owner else [],
        "when": str(beside.when) if beside.when else None,
        "from": None,
        "kind": first.kind,
        "dates": [str(each.due_by) for each in beside.dates],
        "why": None,
    }


def _period(first: date, last: date, period: str) -> dict[str, str]:
    return {"period": period, "first": str(first), "last": str(last)}


def _beside(beside: Beside) -> dict[str, Any]:
    keys = ("school", "kind", "policy", "charter", "commitment", "title", "what", "owner", "when", "dates")
    row = beside_row(beside)
    return {"item" if key == "commitment" else key: row[key] for key in keys}


def promises_json(year: Year, slug: str | None) -> dict[str, Any]:
    """The year as plain data; what the keys mean is written in docs/json.md."""
    plan = year.plan
    return {
        "year": str(plan.year),
        "school": slug,
        "audiences": [text for text in AUDIENCE_WORDS if text in year.audiences],
        "terms": [
            {
                "term": term.key,
                "first": str(term.first),
                "last": str(term.last),
                "stated": term.is_stated,
            }
            for term in plan.terms
        ],
        "promises": [promise_row(planned, plan) for planned in year.found],
        "beside": [_beside(each) for each in year.beside],
        "unreadable": [{"path": unread.path, "commitment": unread.name or None} for unread in year.unread],
    }
