"""The links file: which establishment came after which, as a graph that may have chains, mergers, splits and cycles."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import Literal

from charterkit.errors import Refused
from charterkit.exchange.gias.extract import LINKED, is_urn
from charterkit.exchange.gias.table import opened
from charterkit.model.base import nearest
from charterkit.records import dataclass
from charterkit.text.safe import shown

_COLUMNS = ("URN", LINKED, "LinkName", "LinkType")
_MERGED = ("merged", "result of amalgamation")
"""How types begin that join two establishments, without saying which of them went on."""
_LONGEST = 50
"""URNs of one school, one after another; the longest chain that the register has is of five."""
_MOST_SEEN = 1_000
"""Establishments that are looked at for what became of one."""
FateKind = Literal["closed", "merged", "split"]
IsOpen = Callable[[str], bool]
_MOST_PUZZLES = 100


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an establishment that is no more, and what there is in its place, by URN."""

    kind: FateKind
    ends: tuple[str, ...] = ()


@dataclass
class Links:
    """What came after, and before, each establishment, by URN; what is only said from one side counts as well."""

    after: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    """By URN what came after it, and how: "merged", "split", or "" for one in the place of another."""
    before: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    joined: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What is said to be merged, without which of the two is there now."""
    names: dict[str, str] = field(default_factory=dict)
    puzzles: list[str] = field(default_factory=list)

    def add(self, urn: str, other: str, said: str) -> None:
        """Take in one line: `other` is to `urn` what `said` says, such as "Predecessor - merged"."""
        words = said.casefold()
        if urn == other:
            return
        how = "split" if "split" in words else "merged" if "merged" in words or "amalgamated" in words else ""
        if words.startswith("successor"):
            self._follow(urn, other, how)
        elif words.startswith("predecessor"):
            self._follow(other, urn, how)
        elif words.startswith(_MERGED):
            self.joined[urn].add(other)
            self.joined[other].add(urn)

    def _follow(self, first: str, then: str, how: str) -> None:
        self.after[first].setdefault(then, set()).add(how)
        self.before[then].add(first)

    def heir(self, urn: str) -> str | None:
        """What came in the place of an establishment: the only one after it, as that is the only one before that."""
        then = self.after.get(urn, {})
        if len(then) != 1:
            return None
        found, how = next(iter(then.items()))
        return found if how == {""} and self.before[found] == {urn} else None

    def renewed(self, urn: str, is_open: IsOpen) -> list[str]:
        """The URNs that a school has had since, oldest first, up to one that is open; nothing where there is none."""
        chain: list[str] = []
        heir = self.heir(urn)
        while heir is not None and heir != urn and heir not in chain and len(chain) < _LONGEST:
            chain.append(heir)
            if is_open(heir):
                return chain
            heir = self.heir(heir)
        return []

    def former(self, urn: str) -> list[str]:
        """The URNs that a school had before, oldest first."""
        chain: list[str] = []
        here = urn
        while len(chain) < _LONGEST and len(earlier := self.before.get(here, ())) == 1:
            first = next(iter(earlier))
            if self.heir(first) != here or first == urn or first in chain:
                break
            chain.insert(0, first)
            here = first
        return chain

    def fate(self, urn: str, is_open: IsOpen) -> Fate:
        """What became of one that is closed: the open ones that can be reached from it, each way gone once."""
        waiting, seen, ends = [urn], {urn}, set()
        is_merged = is_split = False
        while waiting and len(seen) < _MOST_SEEN:
            here = waiting.pop()
            steps = self.after.get(here, {})
            for then, how in steps.items():
                is_merged |= "merged" in how or len(self.before[then]) > 1
                is_split |= "split" in how
                if is_open(then):
                    ends.add(then)
                elif then not in seen:
                    seen.add(then)
                    waiting.append(then)
        if not ends and (beside := {other for other in self.joined.get(urn, ()) if is_open(other)}):
            return Fate("merged", tuple(sorted(beside)))
        is_split = (is_split and bool(ends)) or len(ends) > 1
        kind: FateKind = "split" if is_split else "merged" if is_merged else "closed"
        return Fate(kind, tuple(sorted(ends)))


def read_links(path: Path) -> Links:
    """The links of a file. Raises CharterkitError for one that is no links file, or not whole."""
    with opened(path) as table:
        places = {heading.casefold(): at for at, heading in enumerate(table.headings)}
        if "establishmentname" in places:
            raise Refused("gias-not-links", name=path.name)
        for column in _COLUMNS:
            if column.casefold() not in places:
                raise Refused("gias-no-column", name=path.name, column=column, near=nearest(column, table.headings))
        urn_at, other_at, name_at, type_at = (places[column.casefold()] for column in _COLUMNS)
        made = Links()
        for number, cells in table.rows:
            urn, other, said = cells[urn_at].strip(), cells[other_at].strip(), " ".join(cells[type_at].split())
            if is_urn(urn) and is_urn(other):
                made.names.setdefault(other, " ".join(cells[name_at].split()))
                made.add(urn, other, said)
            elif len(made.puzzles) < _MOST_PUZZLES:
                numbers = f"{shown(urn)}” and “{shown(other)}"
                made.puzzles.append(f"{path.name}, row {number}: “{numbers}” are no two URNs, and the row is left out.")
        return made
