"""Who belongs to whom, by what each organisation's own file says of others."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple

from charterkit.records import dataclass

MEMBERS, ABOVE, TRUST = "members", "above", "trust"
"""What is asked about an organisation, as it is noted."""


class Ties(NamedTuple):
    """What a school's file says of other organisations: its trust, empty where it names none, and its members."""

    trust: str = ""
    members: tuple[str, ...] = ()


NO_TIES = Ties()
_TELLING = (b"trust", b"members", b"\\")
"""A school's file without any of these names no other organisation: the last one may hide the others in escapes."""
_TRUST = re.compile(rb"^trust:[ \t]*+(?!null\b)([a-z0-9]++(?:-[a-z0-9]++)*+)[ \t]*+\r?$", re.MULTILINE)
"""The trust as nearly every file has it, for which it need not be read as a whole: among 25,000 that took seconds."""


def ties_in(data: bytes) -> Ties:
    """What a school's file says of others."""
    if not any(word in data for word in _TELLING):
        return NO_TIES
    plain = _TRUST.search(data)
    if plain and data.count(b"trust:") == 1 and b"members" not in data and b"\\" not in data and _is_plain(data):
        return Ties(plain[1].decode())
    from charterkit.files.load import load  # noqa: PLC0415 - where nothing has changed no file is read as a whole
    from charterkit.model.school import School  # noqa: PLC0415 - as above

    school = load(School, data).model
    return Ties(school.trust or "", school.members) if school else NO_TIES


def _is_plain(data: bytes) -> bool:
    """Whether no quoted text goes on over a line's end, in which anything may stand."""
    return not any(line.count(b'"') % 2 or line.count(b"'") % 2 for line in data.split(b"\n"))


@dataclass(frozen=True)
class Belonging:
    """Who belongs to whom in a workspace, by what each organisation's file says; those that say nothing left out."""

    named: Mapping[str, Ties]
    slugs: Collection[str]

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """By organisation its members: those it lists, in its order, then those that only name it as their trust."""
        listed = {slug: ties.members for slug, ties in self.named.items() if ties.members}
        naming: dict[str, list[str]] = defaultdict(list)
        for slug, ties in self.named.items():
            if ties.trust:
                naming[ties.trust].append(slug)
        every = dict.fromkeys([*listed, *naming])
        return {text: tuple(dict.fromkeys([*listed.get(text, ()), *naming.get(text, ())])) for text in every}

    @cached_property
    def above(self) -> dict[str, list[str]]:
        """By school the trust and the authority that it belongs to, as far as they have a folder here."""
        found: dict[str, list[str]] = defaultdict(list)
        for trust, members in self.members.items():
            for member in members if trust in self.slugs else ():
                found[member].append(trust)
        return found

    def trust(self, slug: str) -> str:
        """The trust that a school names; empty for none."""
        return self.named.get(slug, NO_TIES).trust
