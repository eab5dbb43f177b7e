"""Concerns raised under a school's policies, counted for its governors: how many, and how long they took."""

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.policies.concerns import counted_concerns
from charterkit.text.english import number, sentence
from charterkit.text.speech import ntr


def concerns_sentence(folder: SchoolFolder) -> str:
    """How many are open and closed under the school's own policies; empty where none is on record."""
    policies = [document.model for document in folder.policies if document.model]
    count = counted_concerns(concern for policy in policies for concern in policy.concerns)
    if not count.open and not count.closed:
        return ""
    parts = [
        ntr(
            "%(count)s concern raised under the school’s policies is open",
            "%(count)s concerns raised under the school’s policies are open",
            count.open,
            count=number(count.open),
        ),
        ntr("%(count)s is closed", "%(count)s are closed", count.closed, count=number(count.closed)),
    ]
    if count.median_days is not None:
        days = count.median_days
        parts.append(
            ntr(
                "the middle one of the closed took %(count)s day",
                "the middle one of the closed took %(count)s days",
                days,
                count=number(days),
            )
        )
    return sentence("; ".join(parts))
