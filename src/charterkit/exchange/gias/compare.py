"""What an extract says otherwise than a file: what is taken over, and what stays because a person wrote it.

Three things are compared: what the file says, what the extract says, and what the extract said the last time. Where the
file still says what the extract said, nobody has touched it, and it follows; else it is a person's, and stays.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from charterkit.exchange.gias.facts import plain_words
from charterkit.files.yaml.edit import Change
from charterkit.records import dataclass
from charterkit.text.safe import shown

FIELDS = (
    "name",
    "type",
    "dfe_number",
    "ukprn",
    "group_uid",
    "phase",
    "nation",
    "local_authority",
    "trust",
    "website",
    "address",
)
"""The keys of a school.yaml that an extract may say something of, in the order of a new one; beside them the URNs."""
_IN_WORDS = ("name", "local_authority", "address")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)


@dataclass
class GiasComparison:
    """What comes of one file: its changes, those in words, and what was left because a person wrote it, in words."""

    changes: list[Change] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Where the extract says something new against what a person wrote."""
    by_hand: list[str] = field(default_factory=list)
    """Where it says what it said before."""
    taken: set[str] = field(default_factory=set)
    """The keys that are changed."""


def compared(
    held: Mapping[str, str], said: Mapping[str, str], last: Mapping[str, str] | None, *, takes_all: bool
) -> GiasComparison:
    """Of what a file holds, an extract says, and the last one said (None: nobody knows), what is to be changed.

    `takes_all` has the extract win against what a person wrote, where it says something else and not the same in other
    letters. What it no longer says stays in the file.
    """
    made = GiasComparison()
    for key in FIELDS:
        here, there = held.get(key, ""), said.get(key, "")
        before = last.get(key, "") if last is not None else ""
        if here == there or not there:
            if before and here == before and not there:
                made.by_hand.append(f"{_label(key)}: {_text(here)}; the register no longer says any")
        elif here == before or (takes_all and not is_same(key, here, there)):
            made.changes.append(Change((key,), there))
            made.words.append(moved(key, here, there))
            made.taken.add(key)
        elif not is_same(key, here, there):
            (made.by_hand if before == there else made.kept).append(_stays(key, here, there))
    return made


def is_same(key: str, here: str, there: str) -> bool:
    """Whether two texts say the same, however they are written."""
    if key in _IN_WORDS:
        return plain_words(here) == plain_words(there)
    if key == "website":
        return _site(here) == _site(there)
    return False


def _site(address: str) -> str:
    return _SITE.sub("", address.strip(), count=1).rstrip("/").casefold()


def former(old: Sequence[str], more: Sequence[str]) -> list[Change]:
    """The changes that add to the URNs that a school had."""
    return [Change(("former_urns",), urn, append=True) for urn in more if urn not in old]


def moved(key: str, here: str, there: str) -> str:
    """What becomes of a key, in words."""
    return f"{_label(key)}: {_text(here)} → {_text(there)}" if here else f"{_label(key)}: {_text(there)}"


def _stays(key: str, here: str, there: str) -> str:
    stands = f"“{shown(here)}”" if here else "nothing"
    return f"{_label(key)}: {stands} stays; the register has “{shown(there)}”"


def _label(key: str) -> str:
    return "URN" if key == "urn" else {"dfe_number": "DfE number", "ukprn": "UKPRN"}.get(key, key.replace("_", " "))


def _text(text: str) -> str:
    return shown(text, 80)
