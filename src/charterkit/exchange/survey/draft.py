"""A survey that is being made of an export: its columns, what each is taken for and why, and its totals."""

from collections import Counter
from dataclasses import field
from typing import Any, Literal

from charterkit.insight.surveys.totals import AGREEING
from charterkit.records import dataclass

Use = Literal["question", "group", "text", "personal", "out"]
USES: tuple[Use, ...] = ("question", "group", "text", "out")
"""What somebody may say that a column is."""


@dataclass
class AskedColumn:
    """One column of an export. `at` counts from 0; `why` says in words why it is taken for its use."""

    at: int
    letter: str
    heading: str
    use: Use = "out"
    why: str = ""
    id: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    """How many gave each answer, in the order in which answers are written."""
    words: dict[str, str] = field(default_factory=dict)
    """Each answer as people ticked it."""
    shares: dict[str, str] = field(default_factory=dict)
    """Each answer's share, where a table gives percentages."""
    responses: int | None = None
    agreeing: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    whence: str = ""
    """Where the aspects come from, in words."""
    notes: list[str] = field(default_factory=list)
    groups: dict[str, Counter[str]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()

    @property
    def answers(self) -> int:
        """How many answered it."""
        return sum(self.counts.values())

    def facts(self) -> dict[str, Any]:
        """The question as its file has it."""
        made: dict[str, Any] = {"id": self.id, "text": self.heading}
        made |= {"aspects": list(self.aspects)} if self.aspects else {}
        made["answers"] = dict(self.shares or self.counts)
        if set(self.agreeing) != AGREEING & set(made["answers"]):
            made |= {"agreeing": list(self.agreeing)} if self.agreeing else {}
        made |= {"responses": self.responses} if self.responses is not None else {}
        groups: dict[str, Any] = {}
        for name, counts in self.groups.items():
            shown = {"answers": {answer: many for answer, many in counts.items() if many}}
            groups[name] = {"withheld": True} if name in self.withheld else shown
        return made | ({"groups": groups} if groups else {})


@dataclass
class SurveyDraft:
    """What an export makes: nothing of it has been written."""

    tool: str
    columns: list[AskedColumn]
    responses: int | None
    notes: list[str] = field(default_factory=list)
    """What has to be said of the whole: two answers of one person, rows that are short, nothing answered."""
    complaints: list[str] = field(default_factory=list)
    """What has to be mended before anything can be written."""
    date: str = ""
    """When most answered, as far as the time stamps tell it beyond doubt."""
    quotes: list[tuple[str, str]] = field(default_factory=list)
    """Lines of free text that were asked for, each with its place."""

    @property
    def questions(self) -> list[AskedColumn]:
        """The columns that are questions."""
        return [column for column in self.columns if column.use == "question"]
