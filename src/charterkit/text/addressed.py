"""How people are addressed: words behind which a name stands."""

import re

ALWAYS = frozenset(("mr", "mrs", "ms", "mx", "dr"))
"""Words that are never anything else, however they are written."""
_ADDRESSED = frozenset(re.findall(r"\S+", "mr mrs ms miss mx dr sir dame prof professor rev reverend father sister"))


def is_form(word: str) -> bool:
    """Whether it is one of these words, such as Sir, and so nobody's name."""
    return word.casefold() in _ADDRESSED


def addresses(word: str) -> bool:
    """Whether a name stands behind it: "mrs", "Miss"; nobody is meant by "to miss"."""
    return word.casefold() in ALWAYS or (word[0].isupper() and is_form(word))
