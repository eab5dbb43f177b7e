"""The names of languages, for tags that few people know by heart."""

from charterkit.model.base import Model
from charterkit.model.dates import PartialDate


class Languages(Model):
    """A list of languages."""

    title: str
    """What the list is called."""
    checked_on: PartialDate | None = None
    """When it was compared with its source."""
    source: str | None = None
    """Where the tags and names can be read: a web address."""
    names: dict[str, str]
    """The English name of each language by its tag."""
