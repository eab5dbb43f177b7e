"""Whether a short text that is to be kept tells of a person: asked before it is written."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from charterkit.errors import Refused
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.register import Registered
from charterkit.rules.names import names_in
from charterkit.rules.personal import Span, births, emails, phones, pupil_numbers

LONGEST = {"category": 60, "reference": 60, "outcome": 200}
"""Characters of each text: more would be a story, which stays in the school's safe."""
_PERSONAL: dict[str, Callable[[str, date], Iterator[Span]]] = {
    "an email address": emails,
    "a telephone number": phones,
    "a pupil number": pupil_numbers,
    "a date of birth": births,
}


def demand_impersonal(
    workspace: Workspace, found: Registered, said: Mapping[str, str | None], today: date, *, sure: bool
) -> None:
    """Raises Refused for a text that tells of a person, or may; `sure` is that what looks like a name is none."""
    for key, text in said.items():
        if text is None:
            continue
        if not text.strip() or len(text) > LONGEST[key]:
            raise Refused("bad-text", key=key, what="empty" if not text.strip() else "too long: no story belongs here")
        if len(text.splitlines()) > 1:
            raise Refused("line-break", key=key)
        for what, find in _PERSONAL.items():
            if "@" in text or any(True for _ in find(text, today)):
                raise Refused("concern-personal", key=key, what="an email address" if "@" in text else what)
        allowed = [*found.title.split(), *found.folder.school.name.split()]
        names = [] if sure else list(dict.fromkeys(names_in(text, _people(workspace, found), allowed)))
        if names:
            raise Refused("concern-name", key=key, name=" ".join(names))


def _people(workspace: Workspace, found: Registered) -> list[str]:
    """The people whom the workspace knows by name: contacts, owners, and whose initials the policy explains."""
    policies = [policy.model for policy in found.folder.policies if policy.model]
    contacts = [each.name for slug in workspace.own_slugs for each in workspace.school(slug).school.contacts]
    owners = [policy.owner.name for policy in policies if policy.owner]
    return [name for name in (*contacts, *owners, *found.policy.people.values()) if name]
