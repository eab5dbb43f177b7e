"""The table of a trust's policies and its members: who has adopted which, and in which version."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from charterkit.exchange.tables.columns import TidyTable, flag, text, when
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.exchange.tables.policies import PolicyRow
from charterkit.insight.policies.adopting import Adopted


class AdoptionRow(NamedTuple):
    """A policy, and what one of the members that it applies to says of it."""

    of: PolicyRow
    adopted: Adopted


def adoptions_of(policies: Iterable[PolicyRow]) -> Iterator[AdoptionRow]:
    """Each policy of a trust or an authority with each member that has a folder; none of a school's own."""
    for policy in policies:
        for adopted in {each.school.slug: each for each in policy.of.adoptions}.values():
            yield AdoptionRow(policy, adopted)


ADOPTIONS = TidyTable(
    "adoptions",
    "Each policy of a trust or an authority beside each member that it applies to, adopted or not yet.",
    ("school", "policy", "member"),
    (
        text("school", "of.slug", "", "The folder that the policy lies in: the trust's or the authority's.").filled,
        text("policy", "of.id", "policy/id").filled,
        text("member", "adopted.school.slug", "", "The member's folder.").filled,
        flag("is_adopted", lambda its: its.adopted.adoption is not None, "", "Whether it says that it has.").filled,
        text("version", "adopted.version", "", "The version that it adopted: as it says, else the one that held then."),
        flag("is_older", "adopted.is_older", "", "Whether another version has been approved since.").filled,
        *when("date", lambda its: its.adopted.adoption and its.adopted.adoption.date, "adoption/date"),
        flag(
            "has_changes",
            lambda its: bool(its.adopted.adoption and its.adopted.adoption.changes),
            "",
            "Whether the member does anything otherwise than the text says.",
        ).filled,
        text("path", lambda its: its.adopted.document and its.adopted.document.path, "", "The member's file."),
    ),
    (TO_SCHOOL, (("school", "policy"), "policies")),
)
