"""Where an owner can be written to: the school's contact of the same name, else of the same role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.reminders import Reminder
from charterkit.model.charter import Contact


@dataclass(frozen=True, slots=True)
class Reached:
    """An address and whose it is; without one, why nobody can be reached."""

    address: str | None
    name: str = ""
    why: str = ""


@dataclass
class Addresses:
    """The contacts of a workspace's organisations. `spelt` is each address as it was found, by its small letters."""

    workspace: Workspace
    spelt: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _organisations(self) -> Organisations:
        return Organisations(self.workspace)

    def of(self, one: Reminder) -> Reached:
        """Where a reminder goes: the contacts of its own organisation are asked before those of its trust."""
        place = one.folder.school.name
        if one.owner is None or not one.owner_name:
            return Reached(None, why=f"{place}: no owner is named")
        known = list(self._contacts(one.folder.slug))
        for key in ("name", "role"):
            wanted = _plain(getattr(one.owner, key))
            found = next((each for each in known if wanted and _plain(getattr(each, key)) == wanted), None)
            if found is None:
                continue
            if not found.email:
                return Reached(None, why=f"{place}: the contact {one.owner_name} has no email address")
            if not is_address(found.email):
                return Reached(None, why=f"{place}: the email address of {one.owner_name} cannot be used")
            self.spelt.setdefault(found.email.casefold(), found.email)
            return Reached(found.email, found.name or found.role or "")
        return Reached(None, why=f"{place}: no contact has the name or role of {one.owner_name}")

    def _contacts(self, slug: str) -> Iterator[Contact]:
        for each in (slug, *self._organisations.above(slug)):
            yield from self.workspace.school(each).school.contacts


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def is_address(text: str) -> bool:
    """Whether it is a mailbox that any mail server takes: ASCII, one @, and nothing that a header could mistake."""
    user, at, domain = text.partition("@")
    is_plain = text.isascii() and text.isprintable() and not set(text) & set(' ",;:<>()[]\\')
    return bool(is_plain and at and user and "@" not in domain and domain.strip(".") == domain and domain)
