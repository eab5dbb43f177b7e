"""What a rule is: a code, a name, a severity, a docstring that is its documentation, and mostly a check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from charterkit.files.workspace import Document, Workspace
from charterkit.findings import Problem, Severity

Report = tuple[Document[Any], Problem]
"""A problem and the file it is in."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at."""

    workspace: Workspace
    today: date


class Rule:
    """One rule. The docstring says in one sentence what is wrong, then under Why, Bad, Good and Mend the rest.

    A rule without a `check` of its own is about something that is found while a file is read.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR

    def check(self, context: Context) -> Iterator[Report]:  # noqa: ARG002 - the base looks at nothing
        """Every place where the rule is broken."""
        return iter(())

    def problem(self, message: str, remedy: str, *at: str | int, on_key: bool = False) -> Problem:
        """A problem of this rule at a place of the file."""
        return Problem(self.code, message, remedy, at, "key" if on_key else "value")
