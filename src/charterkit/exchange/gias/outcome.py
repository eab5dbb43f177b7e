"""What an import of an extract comes to, as plain data: what becomes of each school, and what is said beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from charterkit.exchange.gias.folders import FoundFolder
from charterkit.exchange.gias.links import FateKind
from charterkit.files.yaml.edit import Change
from charterkit.records import dataclass

GiasBecomes = Literal["made", "changed", "stays", "left out"] | FateKind


@dataclass(slots=True)
class GiasPlan:
    """What becomes of one school or trust: its folder, in words, and what its file is to hold."""

    becomes: GiasBecomes
    key: str
    """By which the next call remembers it: "urn 100000" or "group 2053"."""
    name: str
    slug: str = ""
    words: list[str] = field(default_factory=list)
    facts: Mapping[str, object] | None = None
    """The file of a new one as plain data."""
    changes: Sequence[Change] = ()
    known: FoundFolder | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    """What the register says, by key."""
    was: str = ""
    """The key it had before it got a new number."""
    is_trust: bool = False


@dataclass
class GiasPlans:
    """All of them by name, and what stops the writing: `blocks` are sentences, as are the others."""

    plans: list[GiasPlan] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """What was left against the register because a person wrote it."""
    by_hand: list[str] = field(default_factory=list)
    """The same, where the register says nothing new."""
    absent: list[str] = field(default_factory=list)
    """Names of schools here of which no row has the number."""
    closed: int = 0
    """Rows of closed ones that are asked for and not here."""
    coming: int = 0
    """Rows of those that are yet to open."""

    def of(self, becomes: GiasBecomes) -> list[GiasPlan]:
        """Those of which that becomes."""
        return [plan for plan in self.plans if plan.becomes == becomes]
