"""The table of concerns, counted: how many of which sort under which policy, and nothing by which one could be told."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from charterkit.exchange.tables.columns import TidyTable, text, whole
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.exchange.tables.policies import PolicyRow
from charterkit.insight.policies.concerns import is_open

WITHHELD = "withheld"
"""In place of a category that may be about a person."""


class ConcernRow(NamedTuple):
    """Some concerns of one sort under a policy, all of them open or all of them closed."""

    of: PolicyRow
    category: str
    state: str
    many: int


def concerns_of(policies: Iterable[PolicyRow]) -> Iterator[ConcernRow]:
    """The concerns under each policy, by category and whether they are open."""
    for policy in policies:
        found = Counter(
            (_category(each.category or ""), "open" if is_open(each) else "closed")
            for each in policy.of.policy.concerns
        )
        for (category, state), count in sorted(found.items()):
            yield ConcernRow(policy, category, state, count)


def _category(text: str) -> str:
    """A word or two as they are; addresses, telephone numbers and dates of birth all have an @ or a digit."""
    return WITHHELD if "@" in text or any(sign.isdigit() for sign in text) else " ".join(text.split())


CONCERNS = TidyTable(
    "concerns",
    "How many concerns were raised under a policy, by category and whether they are open: no date, no number of a file "
    "and no word of how one ended.",
    ("school", "policy", "category", "state"),
    (
        text("school", "of.slug", "", "The folder that the policy lies in.").filled,
        text("policy", "of.id", "policy/id").filled,
        text(
            "category",
            "category",
            "policy/Concern.category",
            f"Empty where none is said; {WITHHELD} where it may be about a person.",
        ).filled,
        text("state", "state", "", "open, or closed: closed on a date or with an outcome.").filled,
        whole("concerns", "many", "", "How many.").filled,
    ),
    (TO_SCHOOL, (("school", "policy"), "policies")),
)
