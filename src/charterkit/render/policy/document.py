"""What a policy's control page is made of: the policy, its neighbours, and the text that its file names."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from charterkit.files.texts import Text, read_text
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.choosing import find_policy
from charterkit.insight.policies.register import Registered, register
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper
from charterkit.render.policy.data import policy_json
from charterkit.render.policy.paper import policy_paper
from charterkit.render.policy.view import PolicyView, policy_view, visibility
from charterkit.render.shared.voice import Voice
from charterkit.text.english import plural


@dataclass(frozen=True)
class PolicyPage:
    """One policy, as it is for one school, among the others there: for the school's own people or for families."""

    found: Registered
    others: Sequence[Registered]
    today: date
    school: str | None
    public: bool
    voice: Voice

    @cached_property
    def text(self) -> Text | None:
        """The policy's own text."""
        return own_text(self.found)

    @cached_property
    def view(self) -> PolicyView:
        """For people."""
        view = policy_view(
            self.found, self.others, today=self.today, school=self.school, public=self.public, text=self.text
        )
        if self.public and self.text and self.text.why_not:
            self.voice.warn(f"The policy's own text is left out: {self.text.name} {self.text.why_not}.")
        return view

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return policy_json(self.found, self.others)


def policy(workspace: Workspace, today: date, voice: Voice, *, name: str, school: str | None = None) -> PolicyPage:
    """The page of a policy, by its id, for the school's own people."""
    return _page(workspace, today, voice, name, school, public=False)


def policy_for_families(
    workspace: Workspace, today: date, voice: Voice, *, name: str, school: str | None = None
) -> PolicyPage:
    """Only what families may read of it; that nobody has said who may is said aloud."""
    return _page(workspace, today, voice, name, school, public=True)


def _page(
    workspace: Workspace, today: date, voice: Voice, name: str, school: str | None, *, public: bool
) -> PolicyPage:
    found = find_policy(workspace, name, school, today)
    number = len(found.document.loaded.problems)
    if number:
        is_are = plural(number, "is a mistake", f"are {number} mistakes")
        voice.warn(f"There {is_are} in {found.document.path}: 'charterkit check' says where.")
    if public and visibility(found.policy) is None:
        voice.warn(
            f"{found.document.path} does not say who may read the policy: add 'publication: {{visibility: public}}' "
            "if everybody may."
        )
    others = list(register(workspace, today, school or found.folder.slug))
    return PolicyPage(found, others, today, school, public, voice)


def own_text(found: Registered) -> Text | None:
    """The text that a policy's file names, as far as it can be read."""
    named, folder = found.policy.document, found.folder
    return read_text(folder.workspace.root, folder.path, "policies", named) if named else None


def policy_sheet(page: PolicyPage, today: date) -> Paper:
    """The page on paper, with the text as blocks."""
    return policy_paper(page.view, page.text, today)
