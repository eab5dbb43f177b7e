"""Where there are many schools: those that somebody looks for in the list of the first page."""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.where import Whereabouts
from charterkit.records import dataclass


def _is_agreed(found: Whereabouts) -> bool:
    return found.newest is not None and found.newest.evaluation.status == "agreed"


def _has_trouble(found: Whereabouts) -> bool:
    return bool(found.unread or found.trouble)


MANY = 12
"""Of more schools than these the list is long: there is a field to find one, and none of them comes first."""
_LONGEST = 200
SHOWS: dict[str, tuple[str, Callable[[Whereabouts], bool]]] = {
    "all": ("All", lambda _: True),
    "overdue": ("Something is overdue", lambda each: bool(each.overdue)),
    "none": ("No self-evaluation yet", lambda each: each.newest is None and not _has_trouble(each)),
    "draft": ("Not agreed yet", lambda each: each.newest is not None and not _is_agreed(each)),
    "agreed": ("Agreed", _is_agreed),
    "trouble": ("Something in the files is wrong", _has_trouble),
}
"""What the list can be narrowed down to: its words, and whether a school is of it."""


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: a part of the name, how a school stands, and whose member it is."""

    name: str
    show: str
    of: str

    @staticmethod
    def asked(query: Mapping[str, str], workspace: Workspace) -> "Sought":
        """As an address has it; what it has of nothing that there is counts for nothing."""
        show, of = query.get("show", ""), query.get("of", "")
        return Sought(
            query.get("find", "").strip()[:_LONGEST],
            show if show in SHOWS else "all",
            of if workspace.has_school(of) and not workspace.school(of).is_school else "",
        )

    def among(self, workspace: Workspace, every: Sequence[Whereabouts]) -> list[Whereabouts]:
        """Those that fit."""
        members = members_here(workspace, self.of) if self.of else None
        fits, plain = SHOWS[self.show][1], _plain(self.name)
        return [
            each
            for each in every
            if plain in _plain(each.name) and fits(each) and (members is None or each.slug in members)
        ]


def bodies(workspace: Workspace) -> list[SchoolFolder]:
    """The trusts and authorities of a workspace."""
    return [folder for slug in workspace.own_slugs if not (folder := workspace.school(slug)).is_school]


def members_here(workspace: Workspace, body: str) -> Collection[str]:
    """The schools of a trust or an authority; none of one that has none here."""
    return workspace.once(_MembersOf(body))


@dataclass(frozen=True, slots=True)
class _MembersOf:
    """Found out anew where a file has changed: so all schools' own files are read where a change of one is noticed."""

    body: str

    def __call__(self, workspace: Workspace) -> Collection[str]:
        from charterkit.render.overview.document import members_of  # noqa: PLC0415 - the page opens without it

        bodies(workspace)
        try:
            return frozenset(members_of(workspace, self.body)) - {self.body}
        except CharterkitError:
            return frozenset()


def as_form(wanted: Sought, workspace: Workspace) -> dict[str, Any]:
    """The form that looks for schools, with what is looked for now."""
    return {
        "find": wanted.name,
        "shows": [{"value": key, "words": words, "is": key == wanted.show} for key, (words, _) in SHOWS.items()],
        "bodies": [
            {"value": each.slug, "words": each.school.name, "is": each.slug == wanted.of} for each in bodies(workspace)
        ],
    }


def _plain(text: str) -> str:
    """A name as people look for it: without accents, in small letters."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
