"""Languages, as BCP 47 tags them, and their names for tags that few people know by heart."""

from typing import Annotated

from pydantic import BeforeValidator

from charterkit.model.base import Model, pattern, reader
from charterkit.model.dates import PartialDate

_TAG = (
    "[A-Za-z]{2,3}"  # the language
    "(-[A-Za-z]{4})?"  # its script
    "(-[A-Za-z]{2}|-[0-9]{3})?"  # the country
    "(-[A-Za-z0-9]{5,8}|-[0-9][A-Za-z0-9]{3})*"  # a variety
)
"""RFC 5646, section 2.1, without what no translation needs: extended languages, extensions and private use."""
_tag = pattern(_TAG, "a language tag", "Write a BCP 47 tag, such as ur, cy or zh-Hant.")
Language = Annotated[str, BeforeValidator(reader(_tag))]


def language_tag(text: str) -> str:
    """A tag as it is usually written: `ur`, `ur-PK`, `zh-Hant`. Raises BadValue for what is none."""
    first, *rest = _tag(text.strip()).lower().split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([first, *(cased.get(len(part), str)(part) for part in rest)])


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
