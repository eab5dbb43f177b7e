"""What a format may know of the place its text goes to, and what the formats share."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from charterkit.findings import Finding, Severity
from charterkit.render.findings.excerpt import cells
from charterkit.text.safe import REPLACEMENT, shown

if TYPE_CHECKING:
    from charterkit.findings import CheckResult


@dataclass(frozen=True, slots=True)
class Style:
    """`folder` leads from the repository to the workspace ("", or "data/ours/"); `strict` makes warnings fail.

    `columns` is how wide the terminal is that the text is for; 0 where it is for none, and no line is broken.
    """

    colour: bool = False
    strict: bool = False
    folder: str = ""
    columns: int = 0

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

_BREAKS = str.maketrans({"\n": " ", "\t": " ", "\u2028": REPLACEMENT, "\u2029": REPLACEMENT})


def one_line(text: str) -> str:
    """Text as it may be shown, on one line whatever it holds."""
    return shown(text).translate(_BREAKS)


def wrapped(text: str, columns: int, indent: str = "") -> str:
    """Words in lines of so many cells, each behind the indent; a word that is longer than a line stays whole."""
    if not columns:
        return indent + text
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cells(lines[-1]) + 1 + cells(word) <= columns:
            lines[-1] += f" {word}"
        else:
            lines.append(indent + word)
    return "\n".join(lines)


def place(finding: Finding) -> str:
    """`path:line:column`, as editors and terminals make a link of it."""
    return f"{one_line(finding.path)}:{finding.line}:{finding.column}"


def counted(counts: Mapping[str, int]) -> str:
    """How many of each severity: 2 errors, 1 warning. Empty where there is none."""
    return ", ".join(f"{count:,} {WORDS[name]}{'s' if count != 1 else ''}" for name, count in counts.items() if count)


def total(result: "CheckResult") -> str:
    """The sentence at the end."""
    files = f"{result.files:,} file{'s' if result.files != 1 else ''} checked"
    return f"{files}: {counted(result.counts) or 'nothing to mend'}."
