"""One policy for other programs; what the keys mean is written in docs/json.md."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from charterkit.insight.policies.concerns import counted_concerns, is_open
from charterkit.insight.policies.register import Registered
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy
from charterkit.render.listings.register import register_row
from charterkit.render.policy.parts import ordered, unreadable_lines


def policy_json(registered: Registered, others: Sequence[Registered] = ()) -> dict[str, Any]:
    """The register's row, and what else the control page shows."""
    policy, publication, owner = registered.policy, registered.policy.publication, registered.policy.owner
    return {
        **register_row(registered),
        "owner_role": owner.role if owner else None,
        "operated_by": policy.operated_by,
        "statutory": policy.statutory,
        "issued": _date(policy.issued),
        "review_every": _text(policy.review.every) if policy.review else None,
        "review_early_if": policy.review.early_if if policy.review else None,
        "next_review_stated": _date(policy.next_review),
        "next_review_contradicts": registered.next.contradicts,
        "in_force": registered.is_in_force,
        "history": [
            {
                "date": str(event.date),
                "event": event.event,
                "version": event.version,
                "by": event.by,
                "outcome": event.outcome,
                "note": event.note,
            }
            for event in ordered(policy.history)
        ],
        "people": dict(policy.people),
        "chain": [{"step": step.step, "by": step.by, "every": _text(step.every)} for step in policy.approval_chain],
        "monitored_by": [
            {"who": monitoring.who, "reports_to": monitoring.reports_to, "every": _text(monitoring.every)}
            for monitoring in policy.monitored_by
        ],
        "responsibilities": [
            {"who": responsibility.who, "does": responsibility.does} for responsibility in policy.responsibilities
        ],
        "definitions": dict(policy.definitions),
        "commitments": [
            {
                "id": commitment.id,
                "what": commitment.what,
                "when": _text(commitment.when),
                "from": _date(commitment.from_),
                "audience": list(commitment.audience),
                "owner": list(commitment.owner),
                "aspects": list(commitment.aspects),
                "applies_to": list(commitment.applies_to),
            }
            for commitment in policy.commitments
        ],
        "related": _related(policy, others),
        "publication": {
            "url": publication.url,
            "visibility": publication.visibility,
            "published": _date(publication.published),
        }
        if publication
        else None,
        "references": [
            {"id": reference.id, "text": reference.text, "page": reference.page, "url": reference.url}
            for reference in policy.references
        ],
        "concerns": _concerns(policy),
        "acknowledged": [{"date": str(each.date), "staff": each.staff, "of": each.of} for each in policy.acknowledged],
        "document": policy.document,
        "source": policy.source,
        "unreadable": [{"what": line.what, "why": line.why} for line in unreadable_lines(registered)],
    }


def _related(policy: Policy, others: Sequence[Registered]) -> list[dict[str, Any]]:
    known: dict[str, Registered] = {}
    for other in others:
        known.setdefault(other.id, other)
    return [
        {
            "policy": name,
            "school": known[name].folder.slug if name in known else None,
            "title": known[name].title if name in known else None,
            "state": known[name].state.value if name in known else None,
        }
        for name in policy.related
    ]


def _concerns(policy: Policy) -> dict[str, Any]:
    """Counts alone: the references of the files stay on the page for staff."""
    found = policy.concerns
    count = counted_concerns(found)
    return {
        "count": len(found),
        "open": count.open,
        "closed": count.closed,
        "median_days": count.median_days,
        "by_category": [
            {
                "category": name,
                "count": count,
                "open": sum(is_open(concern) for concern in found if concern.category == name),
            }
            for name, count in Counter(concern.category for concern in found).items()
        ],
        "by_outcome": [
            {"outcome": name, "count": count}
            for name, count in Counter(concern.outcome for concern in found if not is_open(concern)).items()
        ],
    }


def _date(when: PartialDate | None) -> str | None:
    return str(when) if when else None


def _text(value: object) -> str | None:
    return str(value) if value is not None else None
