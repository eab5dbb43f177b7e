"""Who is told what: one letter a person, whatever she is called by, and who gets a copy of it."""

import hashlib
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field

from charterkit.insight.addresses import Addresses
from charterkit.insight.reminder import Reminder
from charterkit.insight.telling import Letter
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


def letters(due: Due, known: Container[str] = (), clerk: str | None = None) -> Letters:
    """The letters about what is due; what is `known` to have been told at this step is left out.

    `clerk` gets a copy of each, beside whom the settings name.
    """
    addresses, said = Addresses(due.workspace), due.workspace.config.reminders
    clerks = [text for text in (clerk or (said.clerk if said else None),) if text]
    piles: dict[str, _Pile] = {}
    lost: dict[str, int] = defaultdict(int)
    told = 0
    for reminder, reached in ((each, found) for each in due.letters for found in addresses.of(each)):
        if reached.address is None:
            lost[reached.why] += 1
            continue
        key = reached.address.casefold()
        mark = _mark(key, reminder, due.telling.step(reminder))
        if mark in known:
            told += 1
            continue
        pile = piles.setdefault(key, _Pile(reached.name))
        if mark in pile.marks:  # another owner with the same address
            continue
        pile.found.append(reminder)
        pile.marks[mark] = None
        also = [due.telling.copied.to] if due.telling.copied and due.telling.is_copied(reminder) else []
        for text in (*clerks, *also):
            copied = addresses.someone(reminder.folder, text)
            if copied.address is None:
                lost[f"{copied.why}, who is to get a copy"] += 0
            elif copied.address.casefold() != key:
                pile.copies[copied.address] = None
    return Letters(tuple(_letter(pile, addresses.spelt[key], due) for key, pile in piles.items()), dict(lost), told)


def _letter(pile: _Pile, address: str, due: Due) -> Letter:
    words = letter(pile.name, pile.found, due.window, due.workspace)
    return Letter(address, pile.name, words.subject, words.text, words.html, tuple(pile.copies), tuple(pile.marks))


def _mark(address: str, reminder: Reminder, step: str) -> str:
    """What stands for one thing told to one person at one step, from which nobody can read who or what it was."""
    said = (address, *reminder.key, str(reminder.due), step)
    return hashlib.sha256("\0".join(said).encode(errors="replace")).hexdigest()[:32]
