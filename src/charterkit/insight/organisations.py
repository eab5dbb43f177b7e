"""A trust or an authority and its members, and whose policies hold for a school."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from charterkit.files.disk import UnfitError
from charterkit.files.load import load
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.model.policy import Commitment, Policy
from charterkit.model.school import School

_TELLING = (b"trust", b"members", b"\\")
"""A school's file without any of these names no other organisation: the last one may hide the others in escapes."""


def tied(data: bytes) -> School | None:
    """A school's file, read only where it may name other organisations: its trust or its members."""
    return load(School, data).model if any(word in data for word in _TELLING) else None


def is_made_at(commitment: Commitment, slug: str | None) -> bool:
    """Whether a trust's promise holds for a member; None stands for the trust itself, where all of them do."""
    return slug is None or not commitment.applies_to or slug in commitment.applies_to


@dataclass(frozen=True)
class _Ties:
    """Who belongs to whom in a workspace, from one look at every school's file."""

    workspace: Workspace

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """By organisation its members: those it lists, in its order, then those that only name it as their trust."""
        listed: dict[str, tuple[str, ...]] = {}
        naming: dict[str, list[str]] = defaultdict(list)
        for slug in self.workspace.slugs:
            school = self._telling(slug)
            if school and school.members:
                listed[slug] = school.members
            if school and school.trust:
                naming[school.trust].append(slug)
        every = dict.fromkeys([*listed, *naming])
        return {text: tuple(dict.fromkeys([*listed.get(text, ()), *naming.get(text, ())])) for text in every}

    def _telling(self, slug: str) -> School | None:
        try:
            return tied(self.workspace.snapshot.peek(f"schools/{slug}/school.yaml"))
        except UnfitError:
            return None

    @cached_property
    def above(self) -> dict[str, list[str]]:
        """By school the trust and the authority that it belongs to, as far as they have a folder here."""
        found: dict[str, list[str]] = defaultdict(list)
        for trust, members in self.members.items():
            for member in members if self.workspace.has_school(trust) else ():
                found[member].append(trust)
        return found


@dataclass(frozen=True)
class Organisations:
    """What a workspace's organisations have to do with each other. All that are made of one share one look at it."""

    workspace: Workspace

    @property
    def _ties(self) -> _Ties:
        return self.workspace.once(_Ties)

    def members(self, slug: str) -> tuple[str, ...]:
        """The slugs of a trust's or authority's members; none for a school."""
        return self._ties.members.get(slug, ())

    def below(self, slug: str) -> list[str]:
        """The slugs of all that belong to it: its members, then theirs; each once, itself not among them."""
        found = {slug: None}
        waiting = [slug]
        for each in waiting:  # grows while it is gone through
            new = [member for member in self.members(each) if member not in found]
            found.update(dict.fromkeys(new))
            waiting += new
        return waiting[1:]

    def above(self, slug: str) -> list[str]:
        """The slugs of the trust and the authority that a school belongs to, as far as they have a folder here."""
        return list(self._ties.above.get(slug, ()))

    def applies_to(self, folder: SchoolFolder, policy: Policy) -> tuple[str, ...]:
        """The members a policy of a trust holds for: those it names, else all; none for a school's own."""
        return policy.applies_to or self.members(folder.slug)

    def policies(self, slug: str | None) -> Iterator[tuple[SchoolFolder, Document[Policy], Policy]]:
        """The policies that can be read, with the folder each lies in.

        Of one organisation its own, then those from above that hold for it; without a slug every policy once.
        """
        for text in self.workspace.own_slugs if slug is None else [slug]:
            yield from self._own(text)
        for text in self.above(slug) if slug is not None else ():
            for folder, document, policy in self._own(text):
                if slug in self.applies_to(folder, policy):
                    yield folder, document, policy

    def _own(self, slug: str) -> Iterator[tuple[SchoolFolder, Document[Policy], Policy]]:
        folder = self.workspace.school(slug)
        for document in folder.policies:
            if document.model is not None:
                yield folder, document, document.model
