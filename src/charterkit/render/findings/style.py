"""What a format may know of the place its text goes to, and what the formats share."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from charterkit.choices import Severity
from charterkit.findings import Finding
from charterkit.records import dataclass
from charterkit.text.english import figures
from charterkit.text.safe import one_line
from charterkit.text.wrap import filled

if TYPE_CHECKING:
    from charterkit.findings import CheckResult


@dataclass(frozen=True, slots=True)
class Style:
    """`folder` leads from the repository to the workspace ("", or "data/ours/"); `strict` makes warnings fail.

    `columns` is how wide the terminal is that the text is for; 0 where it is for none, and no line is broken. Without
    `notes` the text for people only counts them.
    """

    colour: bool = False
    strict: bool = False
    folder: str = ""
    columns: int = 0
    notes: bool = True

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the check fail."""
        return finding.severity is Severity.ERROR or (self.strict and finding.severity is Severity.WARNING)


PLAIN = Style()


class Format(Protocol):
    """A check's result as text."""

    def __call__(self, result: "CheckResult", style: Style = PLAIN) -> str:
        """The text, without a line end after its last line."""


WORDS: Mapping[str, str] = MappingProxyType({"error": "error", "warning": "warning", "info": "note"})
"""Each severity as people read it."""


def wrapped(text: str, columns: int, indent: str = "") -> str:
    """Words in lines of so many cells, each behind the indent; a word that is longer than a line stays whole."""
    return "\n".join(filled(text.split(" "), columns, indent)) if columns else indent + text


def place(finding: Finding) -> str:
    """`path:line:column`, as editors and terminals make a link of it."""
    return f"{one_line(finding.path)}:{finding.line}:{finding.column}"


def each_severity(counts: Mapping[str, int]) -> str:
    """How many of each severity: 2 errors, 1 warning. Empty where there is none."""
    return ", ".join(figures(count, WORDS[name]) for name, count in counts.items() if count)


def total(result: "CheckResult") -> str:
    """The last line: how much was found, and what the workspace's settings keep from being found."""
    said = f"{figures(result.files, 'file')} checked: {each_severity(result.counts) or 'nothing to mend'}."
    return f"{said} By the settings {'; '.join(result.settings)}." if result.settings else said
