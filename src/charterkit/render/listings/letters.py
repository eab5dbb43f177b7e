"""Who is told what: one letter a person, whatever she is called by, and who gets a copy of it."""

import hashlib
from collections import defaultdict
from collections.abc import Container
from dataclasses import field

from charterkit.insight.addresses import Addresses
from charterkit.insight.reminder import Reminder
from charterkit.insight.telling import Letter
from charterkit.records import dataclass
from charterkit.render.listings.due import Due
from charterkit.render.listings.reminder_letter import letter


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters, in the order of what is due first; by reason how many reminders reach nobody."""

    written: tuple[Letter, ...]
    lost: dict[str, int]
    known: int = 0
    """How many reminders were told at this step before."""


@dataclass(slots=True)
class _Pile:
    """What one person is told, by which marks that is remembered, and who gets a copy."""

    name: str
    found: list[Reminder] = field(default_factory=list)
    marks: dict[str, None] = field(default_factory=dict)
    copies: dict[str, None] = field(default_factory=dict)
    is_only_copy: bool = False
    """Whether she has it, and only a copy of it did not arrive."""

    def done(self, address: str, known: Container[str]) -> tuple[str, ...]:
        """Who has all of it already."""
        have = [each for each in self.copies if all(copied_mark(mark, each) in known for mark in self.marks)]
        return (*([address] if self.is_only_copy else []), *have)


def letters(due: Due, known: Container[str] = (), clerk: str | None = None) -> Letters:
    """The letters about what is due; what is `known` to have been told at this step is left out, for each address.

    `clerk` gets a copy of each, beside whom the settings name.
    """
    addresses, said = Addresses(due.workspace), due.workspace.config.reminders
    clerks = [text for text in (clerk or (said.clerk if said else None),) if text]
    piles: dict[str, _Pile] = {}
    late: dict[tuple[str, str], _Pile] = {}
    lost: dict[str, int] = defaultdict(int)
    told = 0
    for reminder, reached in ((each, found) for each in due.letters for found in addresses.of(each)):
        if reached.address is None:
            lost[reached.why] += 1
            continue
        key = reached.address.casefold()
        mark = _mark(key, reminder, due.telling.step(reminder))
        also = [due.telling.copied.to] if due.telling.copied and due.telling.is_copied(reminder) else []
        copies = [addresses.someone(reminder.folder, text) for text in (*clerks, *also)]
        if mark in known:
            told += 1
            for each in copies:
                if (
                    each.address
                    and owed_mark(mark, each.address) in known
                    and copied_mark(mark, each.address) not in known
                ):
                    pile = late.setdefault((key, each.address), _Pile(reached.name, is_only_copy=True))
                    pile.found.append(reminder)
                    pile.marks[mark] = pile.copies[each.address] = None
            continue
        pile = piles.setdefault(key, _Pile(reached.name))
        if mark in pile.marks:  # another owner with the same address
            continue
        pile.found.append(reminder)
        pile.marks[mark] = None
        for copied in copies:
            if copied.address is None:
                lost[f"{copied.why}, who is to get a copy"] += 0
            elif copied.address.casefold() != key:
                pile.copies[copied.address] = None
    every = [*piles.items(), *((key, pile) for (key, _), pile in late.items())]
    return Letters(tuple(_letter(pile, addresses.spelt[key], due, known) for key, pile in every), dict(lost), told)


def _letter(pile: _Pile, address: str, due: Due, known: Container[str]) -> Letter:
    said = letter(pile.name, pile.found, due.window, due.workspace)
    copies, marks, done = tuple(pile.copies), tuple(pile.marks), pile.done(address, known)
    return Letter(address, pile.name, said.subject, said.text, said.html, copies, marks, done)


def _mark(address: str, reminder: Reminder, step: str) -> str:
    """What stands for one thing told to one person at one step, from which nobody can read who or what it was."""
    said = (address, *reminder.key, str(reminder.due), step)
    return _digest(*said)


def owed_mark(mark: str, address: str) -> str:
    """What stands for a copy that an address is to get of a thing that was told."""
    return _digest(mark, "copy", address.casefold())


def copied_mark(mark: str, address: str) -> str:
    """What stands for a copy that was sent."""
    return _digest(mark, "copied", address.casefold())


def _digest(*said: str) -> str:
    return hashlib.sha256("\0".join(said).encode(errors="replace")).hexdigest()[:32]
