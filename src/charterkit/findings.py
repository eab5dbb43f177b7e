"""What is said about a file: a problem while it is being found, a finding once it has a name and a place."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from charterkit.choices import Severity

TreePath = tuple[str | int, ...]
"""The way to a value inside a file: keys and list positions, such as ("ratings", "gate-greeting", "rating")."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong inside one file. A line of 0 means: not looked up yet, `at` says where."""

    code: str
    message: str
    help: str = ""
    at: TreePath = ()
    on: Literal["key", "value"] = "value"
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem as a person meets it: the file (relative, forward slashes), line and column from 1, and the remedy.

    `excerpt` is the line of the file as it stands there, without its line end; empty where there is no text.
    """

    path: str
    line: int
    column: int
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How many files were looked at, what was found, by file and place, and which files those were."""

    files: int
    findings: tuple[Finding, ...]
    paths: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in Severity}
