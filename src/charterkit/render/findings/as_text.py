"""For people: where and how bad, what is wrong, the line with a caret below the place, and what to do about it."""

from typing import TYPE_CHECKING

from charterkit.choices import Severity
from charterkit.findings import Finding
from charterkit.render.findings.excerpt import WIDTH, pointed
from charterkit.render.findings.notes import note_lines
from charterkit.render.findings.style import PLAIN, Style, place, total, wrapped
from charterkit.text.safe import one_line
from charterkit.text.wrap import cells

if TYPE_CHECKING:
    from charterkit.findings import CheckResult

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def as_text(result: "CheckResult", style: Style = PLAIN) -> str:
    """A block a finding and a sentence at the end; the same words with and without colour.

    Errors and warnings come first where notes are only counted.
    """
    found = [finding for finding in result.findings if style.notes or finding.severity is not Severity.INFO]
    notes = [finding for finding in result.findings if not style.notes and finding.severity is Severity.INFO]
    counted = [wrapped(line, style.columns) for line in note_lines(notes)]
    ends = ["\n".join(counted)] if counted else []
    return "\n\n".join([*(_block(finding, style) for finding in found), *ends, wrapped(total(result), style.columns)])


def _block(finding: Finding, style: Style) -> str:
    colour = _COLOURS[finding.severity] if style.colour else ""
    where, severity = place(finding), f"{finding.severity.value} {finding.code}"
    is_long = 0 < style.columns < cells(where) + 1 + len(severity)
    lines = [
        _painted(where, "1" if colour else "") + ("\n  " if is_long else " ") + _painted(severity, colour),
        wrapped(one_line(finding.message), style.columns, "  "),
    ]
    if finding.excerpt.strip():
        number = f"{finding.line:>5}"
        room = WIDTH if not style.columns else min(max(style.columns - len(number) - 5, WIDTH // 4), 2 * WIDTH)
        text, before = pointed(finding.excerpt, finding.column, room)
        lines += [f"{number} | {text}", f"{'':>{len(number)}} | {'':>{before}}{_painted('^', colour)}"]
    if finding.help:
        lines.append(wrapped(one_line(finding.help), style.columns, "  "))
    return "\n".join(lines)


def _painted(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if colour else text
