"""What the pages of a site say that are of the site alone, and the way from one page to another."""

import posixpath
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from charterkit.files.load import UNREADABLE
from charterkit.model.charter import Charter
from charterkit.records import dataclass
from charterkit.render.shared.headings import examples, parts, with_number
from charterkit.render.shared.said import SaidGroup
from charterkit.render.shared.sign_up import Duty


@dataclass(frozen=True, slots=True)
class Way:
    """A link in the way through the site: its address from this page, its name, and whether it is this one.

    `is_above`: it leads to the list in which this page stands.
    """

    href: str
    name: str
    is_here: bool = False
    is_above: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link with a sentence about what it leads to.

    `path` counts from the organisation's own first page, with `/` before it from the top of the site; `href` from this
    page.
    """

    path: str
    name: str
    about: str = ""
    href: str = ""

    def within(self, root: str) -> str:
        """The path from the top of the site, of an organisation whose pages lie in `root`."""
        return self.path[1:] if self.path.startswith("/") else root + self.path


@dataclass(frozen=True, slots=True)
class Group:
    """Some links under a heading."""

    heading: str
    sentences: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexView:
    """A page that leads to others."""

    overline: str
    title: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    made: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be: where it lies in the school's folder, its template and what that shows.

    `way` is its name in the way through the site; empty for one that only its own index leads to.
    """

    path: str
    way: str
    template: str
    view: Mapping[str, Any]


@dataclass
class Pages:
    """What a school publishes. `notices` are sentences about what could not be made, and why."""

    pages: list[Page] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    papers: dict[str, str] = field(default_factory=dict)
    """Of each PDF among the files what it was made of: the same gives the same bytes."""

    @property
    def is_empty(self) -> bool:
        """Whether it publishes nothing at all."""
        return not (self.pages or self.files)


@dataclass(frozen=True, slots=True)
class AskedPoint:
    """A key point as the pledge page has it. `part` is the heading that begins above it; empty where none does."""

    title: str
    number: str = ""
    part: str = ""
    detail: str = ""
    examples: tuple[str, ...] = ()

    @property
    def numbered(self) -> str:
        """Its title with the number that the framework gives it."""
        return with_number(self.number, self.title)


@dataclass(frozen=True, slots=True)
class PledgeView:
    """What a school signed up to do, and what of it is done."""

    school: str
    charter: str
    version: str
    publisher: str
    purpose: str
    notes: tuple[str, ...]
    sentence: str
    duties: tuple[Duty, ...]
    points: tuple[str, ...]
    made: str
    origin: str
    asked: tuple[AskedPoint, ...] = ()
    """The same key points with what the charter says of them; empty where it says no more than their titles."""
    charter_lang: str = ""
    """The tag of the charter's language where it is not English."""
    untranslated: Mapping[str, str] = field(default_factory=dict)
    """The texts of a partly translated charter that are as they were written, each with the tag of its language."""


@dataclass(frozen=True, slots=True)
class SaidView:
    """What families said and what the school did, by survey."""

    school: str
    groups: tuple[SaidGroup, ...]
    made: str


def asked_points(charter: Charter) -> tuple[AskedPoint, ...]:
    """A charter's key points, without those whose title cannot be read."""
    above = parts(charter)
    return tuple(
        AskedPoint(point.title, point.number or "", above[point.id], point.detail or "", examples(point))
        for point in charter.key_points
        if point.title != UNREADABLE
    )


def way(to: str, here: str) -> str:
    """The address of a page of the site from another one; both count from its top."""
    return posixpath.relpath(to, posixpath.dirname(here) or ".")
