"""The academy trusts that rows name: which of them are here already, by their number, their name, or their schools."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from charterkit.exchange.gias.extract import Establishment
from charterkit.exchange.gias.facts import SOURCE, is_academy_trust, one_line, plain_words
from charterkit.exchange.gias.folders import UNREADABLE, Folders, FoundFolder
from charterkit.exchange.gias.outcome import GiasPlan
from charterkit.exchange.gias.slugs import NamedPlace, folder_names
from charterkit.model.base import slug
from charterkit.records import dataclass

_MOST_DIGITS = 6
_LONGEST = 40


@dataclass
class GroupTrust:
    """A trust: by what it is known, one of the rows that name it, and its folder here, as far as there is one."""

    key: str
    row: Establishment
    known: FoundFolder | None = None
    maybe: FoundFolder | None = None
    """A trust here without a number, to which schools of this one say that they belong: a person has to say so."""
    hidden: str = ""
    """The folder that it may have, of which nothing can be read."""
    slug: str = ""

    @property
    def number(self) -> str:
        """Under which a folder is given to it, as an id is written; of its own also where that loses letters."""
        plain, whole = slug(self.key)[:_LONGEST].strip("-"), self.key.replace(" ", "-")
        return plain if plain == whole else f"{plain}-{sha256(self.key.encode()).hexdigest()[:6]}"

    @property
    def is_new(self) -> bool:
        """Whether a folder is to be made."""
        return self.known is None and self.maybe is None and not self.hidden

    @property
    def place(self) -> NamedPlace:
        """For its folder's name."""
        return NamedPlace(self.number, one_line(self.row.trust), ("trust",))

    @property
    def said(self) -> dict[str, str]:
        """What the register says of it."""
        number = {"group_uid": self.row.trust_code.strip()} if self.key.startswith("group ") else {}
        return {"name": one_line(self.row.trust), **number}

    def plan(self) -> GiasPlan:
        """What becomes of it; of one that is here, before its file is looked at."""
        said = self.said
        if self.maybe:
            path = self.maybe.document.path
            number = f' write group_uid: "{said["group_uid"]}" there' if "group_uid" in said else " give it this name"
            words = [f"schools of it say that they belong to {path}: if that is this trust,{number}"]
            return GiasPlan("left out", self.key, said["name"], words=words, is_trust=True)
        if self.hidden:
            words = [UNREADABLE.format(path=self.hidden, what="trust")]
            return GiasPlan("left out", self.key, said["name"], words=words, is_trust=True)
        if self.known:
            name, slug = self.known.school.name, self.known.slug
            return GiasPlan("stays", self.key, name, slug, said=said, is_trust=True)
        facts = {"name": said["name"], "kind": "trust", **said, "source": SOURCE}
        return GiasPlan("made", self.key, said["name"], self.slug, ["trust"], facts, said=said, is_trust=True)


def trust_key(row: Establishment) -> str:
    """By what an academy trust is known: its number, else its name; empty where a row names none."""
    name, code = one_line(row.trust), row.trust_code.strip()
    if not name or not is_academy_trust(row):
        return ""
    is_number = code.isascii() and code.isdecimal() and len(code) <= _MOST_DIGITS
    return f"group {code}" if is_number else f"trust {plain_words(name)}"


def trusts_of(
    rows: Sequence[Establishment], folders: Folders, here: Iterable[tuple[Establishment, FoundFolder]]
) -> dict[str, GroupTrust]:
    """By key the trusts that rows name. `here` are the rows of schools that have a folder."""
    found: dict[str, GroupTrust] = {}
    for row in sorted(rows, key=lambda row: row.urn):
        if key := trust_key(row):
            found.setdefault(key, GroupTrust(key, row))
    used = _known(found, folders)
    for key, schools in _belonging(here).items():
        trust = found[key]
        named = {folders.trust_of(school) for school in schools} - used
        maybe = [folders.by_slug[slug] for slug in sorted(named & folders.by_slug.keys())]
        maybe = [each for each in maybe if each.school.kind == "trust" and not each.school.group_uid]
        trust.maybe = maybe[0] if maybe and trust.known is None else None
    for trust in found.values():
        if folders.hidden and trust.is_new:
            trust.hidden = folders.hidden_at(folder_names(trust.place))
    return found


def _known(found: Mapping[str, GroupTrust], folders: Folders) -> set[str]:
    """Find those that are here, by number first; the slugs of these. No folder is two trusts'."""
    used: set[str] = set()
    for is_numbered in (True, False):
        for key in sorted(found):
            trust, (kind, _, number) = found[key], key.partition(" ")
            name = plain_words(trust.row.trust)
            named = folders.trusts.get(name, ()) or (folders.numbered.get(name, ()) if kind == "trust" else ())
            options = folders.by_group.get(number if kind == "group" else "", ()) if is_numbered else named
            free = [each for each in options if each.slug not in used]
            if free and trust.known is None:
                trust.known, trust.slug = free[0], free[0].slug
                used.add(free[0].slug)
    return used


def _belonging(here: Iterable[tuple[Establishment, FoundFolder]]) -> Mapping[str, list[FoundFolder]]:
    found: dict[str, list[FoundFolder]] = defaultdict(list)
    for row, folder in here:
        if key := trust_key(row):
            found[key].append(folder)
    return found
