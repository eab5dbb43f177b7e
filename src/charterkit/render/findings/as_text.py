"""For people: where and how bad, what is wrong, the line with a caret below the place, and what to do about it."""

from typing import TYPE_CHECKING

from charterkit.findings import Finding, Severity
from charterkit.render.findings.excerpt import pointed
from charterkit.render.findings.style import PLAIN, Style, one_line, place, total

if TYPE_CHECKING:
    from charterkit.findings import CheckResult

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def as_text(result: "CheckResult", style: Style = PLAIN) -> str:
    """A block a finding and a sentence at the end; the same words with and without colour."""
    return "\n\n".join([*(_block(finding, style) for finding in result.findings), total(result)])


def _block(finding: Finding, style: Style) -> str:
    colour = _COLOURS[finding.severity] if style.colour else ""
    severity = _painted(f"{finding.severity.value} {finding.code}", colour)
    lines = [f"{_painted(place(finding), '1' if colour else '')} {severity}", f"  {one_line(finding.message)}"]
    if finding.excerpt.strip():
        text, before = pointed(finding.excerpt, finding.column)
        number = f"{finding.line:>5}"
        lines += [f"{number} | {text}", f"{'':>{len(number)}} | {'':>{before}}{_painted('^', colour)}"]
    if finding.help:
        lines.append(f"  {one_line(finding.help)}")
    return "\n".join(lines)


def _painted(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if colour else text
