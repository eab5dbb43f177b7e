"""Which organisations' findings hang together: a trust with its members is looked at as one, so that a check can be cut
into parts that know nothing of each other.
"""

from collections.abc import Iterable, Mapping

from charterkit.files.disk import UnfitError
from charterkit.files.load import load
from charterkit.files.workspace import Workspace
from charterkit.model.school import School

Family = tuple[str, ...]
"""Slugs, sorted. The one without any is what all share: the settings, the charters and what lies in no school."""

SHARED: Family = ()
_TELLING = (b"trust", b"members", b"\\")
"""A school's file without any of these names no other organisation: the last one may hide the others in escapes."""


def kin(workspace: Workspace, slug: str) -> list[str]:
    """The organisations that a school's file names: its trust and its members. Nothing is kept of it."""
    try:
        data = workspace.disk.read(f"schools/{slug}/school.yaml")
    except UnfitError:
        return []
    school = load(School, data).model if any(word in data for word in _TELLING) else None
    named = (school.trust, *school.members) if school else ()
    return sorted({name for name in named if name})


def families(slugs: Iterable[str], kin_of: Mapping[str, Iterable[str]]) -> list[Family]:
    """Every organisation in one family, with all that it names and all that name it."""
    head = {slug: slug for slug in slugs}

    def top(slug: str) -> str:
        while head[slug] != slug:
            head[slug] = head[head[slug]]
            slug = head[slug]
        return slug

    for slug in list(head):
        for other in kin_of.get(slug, ()):
            if other in head:
                head[top(other)] = top(slug)
    found: dict[str, list[str]] = {}
    for slug in head:
        found.setdefault(top(slug), []).append(slug)
    return sorted(tuple(sorted(each)) for each in found.values())
