"""How schools word the titles of their policies: what says nothing, what says the same, what tells documents apart."""

from typing import ClassVar

from charterkit.model.base import Id, Model, entry


@entry
class SamePhrase:
    """Words that say the same: an abbreviation and what it is short for, an old name and the present one."""

    means: str
    """The words that they are read as."""
    says: tuple[str, ...]
    """What stands in titles."""
    source: str
    """Where it is known from."""


@entry
class UsualTitle:
    """Other titles under which schools keep what an entry of a rule pack asks for."""

    entry: Id
    """The entry's id, in whichever pack."""
    names: tuple[str, ...] = ()
    """Titles that answer it."""
    near: tuple[str, ...] = ()
    """Titles that may answer it, or something else: they are named beside it, and count once the policy says so."""
    source: str | None = None
    """Where they are known from; the list's `basis` when left out."""


class Titles(Model):
    """The whole list."""

    ENTRIES: ClassVar = (("phrases", "*"), ("usual", "*"))

    title: str
    """What the list is called."""
    basis: str
    """What it was drawn from, and what could not be checked."""
    fillers: tuple[str, ...]
    """Words that leave a title what it is."""
    apart: tuple[str, ...]
    """Words that make another document of it: a policy for staff, a form, a risk assessment."""
    phrases: tuple[SamePhrase, ...]
    """Words that say the same."""
    usual: tuple[UsualTitle, ...]
    """Other titles, by the entry that they answer."""
