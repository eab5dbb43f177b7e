"""Where an owner can be written to: the own address, else the school's contact of the same name or role."""

import re
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.register import named
from charterkit.insight.reminder import Reminder
from charterkit.model.charter import Contact
from charterkit.model.evaluation import Person
from charterkit.records import dataclass

LONGEST_MAILBOX = 254
_ATOM, _LABEL = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAILBOX = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


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

    def of(self, reminder: Reminder) -> list[Reached]:
        """Where a reminder goes, for each owner: the own address, else that of a contact."""
        return [self.find(reminder.folder, person) for person in reminder.people]

    def find(self, folder: SchoolFolder, person: Person | None) -> Reached:
        """Where somebody can be reached: the contacts of an organisation are asked before those of its trust."""
        place, called = folder.school.name, named(person)
        if person is not None and person.email and is_address(person.email):
            return self._reached(person.email, person.name, person.role)
        if person is None or not called:
            return Reached(None, why=f"{place}: no owner is named")
        known = list(self._contacts(folder.slug))
        for key, other in (("name", "name"), ("role", "role"), ("role", "name"), ("name", "role")):
            wanted = _plain(getattr(person, key))
            found = [each for each in known if wanted and _plain(getattr(each, other)) == wanted]
            for each in found:
                if each.email and is_address(each.email):
                    return self._reached(each.email, each.name, each.role)
            if any(each.email for each in found):
                return Reached(None, why=f"{place}: the email address of {called} cannot be used")
            if found:
                return Reached(None, why=f"{place}: the contact {called} has no email address")
        return Reached(None, why=f"{place}: no contact has the name or role of {called}")

    def someone(self, folder: SchoolFolder, text: str) -> Reached:
        """Where a person of the settings can be reached: an address, or the name or role of a contact."""
        is_mail = is_address(text)
        return self.find(folder, Person(email=text) if is_mail else Person(name=text, role=text))

    def _reached(self, address: str, name: str | None, role: str | None) -> Reached:
        self.spelt.setdefault(address.casefold(), address)
        return Reached(address, name or role or "")

    def _contacts(self, slug: str) -> Iterator[Contact]:
        for each in (slug, *self._organisations.above(slug)):
            yield from self.workspace.school(each).school.contacts


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def is_address(text: str) -> bool:
    """Whether it is a mailbox that any mail server takes: the plain form of RFC 5322, section 3.4.1 (October 2008).

    Plain ASCII and one @; not longer than RFC 5321, section 4.5.3.1, allows.
    """
    return _MAILBOX.fullmatch(text) is not None and len(text) <= LONGEST_MAILBOX
