"""The tables about organisations themselves: schools, trusts and authorities, who belongs to whom, who has signed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from charterkit.exchange.tables.columns import BLANKS, TidyTable, flag, lines, public, spelt, text, when
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.organisations import Organisations
from charterkit.model.school import School, SignedCharter

_SLUG = "The folder's name below schools/."
TO_SCHOOL = (("school",), "schools")
"""The way from a table whose rows are a school's."""


class SchoolRow(NamedTuple):
    """An organisation and its folder's name."""

    slug: str
    school: School


SCHOOLS = TidyTable(
    "schools",
    "Every school, trust and local authority with a folder of its own, but for the made-up examples.",
    ("school",),
    (
        *public(
            text("school", "slug", "", _SLUG).filled,
            text("name", "school.name", "school/name").filled,
            text("kind", "school.kind", "school/kind").filled,
            text("type", "school.type_said", "school/type"),
            text("urn", "school.urn", "school/urn"),
        ),
        spelt("former_urns", "school.former_urns", "school/former_urns", BLANKS),
        text("dfe_number", "school.dfe_number", "school/dfe_number"),
        text("ukprn", "school.ukprn", "school/ukprn"),
        *public(
            text("phase", "school.phase", "school/phase"),
            text("nation", "school.nation", "school/nation"),
            text("local_authority", "school.local_authority", "school/local_authority"),
            text("trust", "school.trust", "school/trust"),
        ),
        text("website", "school.website", "school/website"),
        text("address", "school.address", "school/address"),
        flag("shares_practice", lambda its: bool(its.school.shares_practice), "school/shares_practice").filled,
        text("source", "school.source", "school/source"),
    ),
)


class Member(NamedTuple):
    """An organisation and one that belongs to it."""

    organisation: str
    member: str


MEMBERS = TidyTable(
    "members",
    "Which school belongs to which trust or local authority: what the one lists, and what the other says of itself.",
    ("organisation", "school"),
    (
        text("organisation", "organisation", "", "The trust's or the authority's folder.").filled,
        text("school", "member", "", "The member's folder, which need not be here.").filled,
    ),
    ((("organisation",), "schools"),),
)


def members_of(folder: SchoolFolder) -> Iterator[Member]:
    """The members of a trust or an authority; none of a school, of which no other file is looked at."""
    if folder.school.kind != "school" or folder.school.members:
        for slug in dict.fromkeys(Organisations(folder.workspace).members(folder.slug)):
            yield Member(folder.slug, slug)


class Signing(NamedTuple):
    """A school and a charter that it has signed up to."""

    slug: str
    signed: SignedCharter


SIGNINGS = TidyTable(
    "signings",
    "Which school has signed up to which charter.",
    ("school", "charter"),
    (
        *public(
            text("school", "slug", "", _SLUG).filled,
            text("charter", "signed.charter", "school/SignedCharter.charter").filled,
            *when("signed", "signed.signed", "school/SignedCharter.signed"),
        ),
        text("signed_by", "signed.signed_by", "school/SignedCharter.signed_by"),
        text(
            "pledges",
            lambda its: lines(f"{name} {done}" for name, done in its.signed.pledges.items()),
            "school/SignedCharter.pledges",
            "Each on a line of its own: the duty's id, a blank and the date.",
        ),
    ),
    (TO_SCHOOL,),
)


def signings_of(folder: SchoolFolder) -> list[Signing]:
    """What a school has signed; of two lines about one charter the first, with the duties of both."""
    found: dict[str, SignedCharter] = {}
    for signed in folder.school.charters:
        first = found.get(signed.charter, signed)
        found[signed.charter] = replace(first, pledges={**first.pledges, **signed.pledges})
    return [Signing(folder.slug, signed) for signed in found.values()]
