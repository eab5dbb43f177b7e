"""A trust or an authority and its members, and whose policies hold for a school."""

from collections.abc import Iterator
from typing import TypeVar

from charterkit.files.disk import UnfitError
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.ties import ABOVE, MEMBERS, NO_TIES, TRUST, Belonging, ties_in
from charterkit.model.policy import Commitment, Policy
from charterkit.records import dataclass

T = TypeVar("T")


def is_made_at(commitment: Commitment, slug: str | None) -> bool:
    """Whether a trust's promise holds for a member; None stands for the trust itself, where all of them do."""
    return slug is None or not commitment.applies_to or slug in commitment.applies_to


def belonging(workspace: Workspace) -> Belonging:
    """Who belongs to whom, from one look at every school's file."""
    found = {}
    for slug in workspace.slugs:
        try:
            found[slug] = ties_in(workspace.snapshot.peek(f"schools/{slug}/school.yaml"))
        except UnfitError:
            continue
    return Belonging({slug: ties for slug, ties in found.items() if ties != NO_TIES}, workspace.snapshot.slug_set)


def tell(workspace: Workspace, known: Belonging) -> None:
    """Let a workspace know who belongs to whom, where that was found out already."""
    workspace.snapshot.memo[belonging] = known


@dataclass(frozen=True)
class Organisations:
    """What a workspace's organisations have to do with each other. All that are made of one share one look at it."""

    workspace: Workspace

    @property
    def _ties(self) -> Belonging:
        return self.workspace.once(belonging)

    def members(self, slug: str) -> tuple[str, ...]:
        """The slugs of a trust's or authority's members; none for a school."""
        return self._noted(MEMBERS, slug, self._ties.members.get(slug, ()))

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
        return list(self._noted(ABOVE, slug, tuple(self._ties.above.get(slug, ()))))

    def trust(self, slug: str) -> str:
        """The slug of the trust that a school's file names; empty for none."""
        return self._noted(TRUST, slug, self._ties.trust(slug))

    def _noted(self, what: str, slug: str, answer: T) -> T:
        self.workspace.snapshot.note(what, slug, answer)
        return answer

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
