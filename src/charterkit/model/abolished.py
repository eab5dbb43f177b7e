"""Bodies, schemes and documents that no longer exist and that old policies still name."""

from typing import ClassVar

from charterkit.model.base import Id, Model, entry
from charterkit.model.dates import PartialDate


@entry
class Ended:
    """One of them."""

    id: Id
    """Its short name."""
    names: tuple[str, ...]
    """What policies call it: whole words, in capitals or not."""
    abbreviations: tuple[str, ...] = ()
    """The same, with capitals just as they stand here."""
    ended: PartialDate | None = None
    """When it ended."""
    replaced_by: str | None = None
    """What took its place; nothing did when left out."""
    reference: str | None = None
    """The law that ended it."""
    url: str | None = None
    """Where that can be read: a web address."""
    note: str | None = None
    """What else is worth knowing."""


class Abolished(Model):
    """The list of them."""

    ENTRIES: ClassVar = (("entries", "*"),)

    title: str
    """What the list is called."""
    checked_on: PartialDate | None = None
    """When it was compared with its sources."""
    entries: tuple[Ended, ...]
    """What no longer exists."""
