"""The table of concerns, counted: how many of which sort under which policy, and nothing by which one could be told."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from charterkit.exchange.tables.columns import TidyTable, text, whole
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.exchange.tables.policies import PolicyRow
from charterkit.insight.policies.concerns import is_open
from charterkit.text.addressed import ALWAYS, addresses

WITHHELD = "withheld"
"""In place of a category that may be about a person."""
_WORD = re.compile(r"[^\W\d_]+")


class ConcernRow(NamedTuple):
    """Some concerns of one sort under a policy, all of them open or all of them closed."""

    of: PolicyRow
    category: str
    state: str
    many: int


def concerns_of(policies: Iterable[PolicyRow]) -> Iterator[ConcernRow]:
    """The concerns under each policy, by category and whether they are open."""
    for policy in policies:
        people = _people(policy) if policy.of.policy.concerns else frozenset()
        found = Counter(
            (_category(each.category or "", people), "open" if is_open(each) else "closed")
            for each in policy.of.policy.concerns
        )
        for (category, state), count in sorted(found.items()):
            yield ConcernRow(policy, category, state, count)


def _category(text: str, people: frozenset[str]) -> str:
    """A word or two as they are, unless they may be about a person. Addresses, telephone numbers and dates of birth all
    have an @ or a digit; of names those can be told that stand behind Mr, Miss and the like, and those of `people`.
    """
    words = _WORD.findall(text)
    is_named = (
        not people.isdisjoint(words)
        or any(word.casefold() in ALWAYS for word in words)
        or any(addresses(before) and word[0].isupper() for before, word in pairwise(words))
    )
    is_reached = "@" in text or any(sign.isdigit() for sign in text)
    return WITHHELD if is_reached or is_named else " ".join(text.split())


def _people(policy: PolicyRow) -> frozenset[str]:
    """Every part of the names that the school and the policy have, and initials: as they are written, with a capital.

    What stands in the policy's title is none: what is asked of behaviour is about no Mrs Behaviour.
    """
    said, school = policy.of.policy, policy.of.folder.school
    names = [*said.people, *said.people.values(), *(each.name for each in school.contacts)]
    names += [said.owner.name] if said.owner else []
    parts = {part for name in names if name for part in _WORD.findall(name) if len(part) > 1 and not part.islower()}
    return frozenset(parts - {*_WORD.findall(said.title)})


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
