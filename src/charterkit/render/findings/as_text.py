"""For people: a block a file, a line a finding and its remedy below, and a sentence at the end."""

from itertools import groupby

from charterkit.findings import Finding
from charterkit.render.text import shown
from charterkit.rules.check import CheckResult


def as_text(result: CheckResult) -> str:
    """Plain lines, the same with and without a terminal."""
    blocks = []
    for path, findings in groupby(result.findings, key=lambda finding: finding.path):
        blocks.append("\n".join([shown(path), *(_line(finding) for finding in findings)]))
    return "\n\n".join([*blocks, _sum(result)])


def _line(finding: Finding) -> str:
    place = f"{finding.line}:{finding.column}"
    line = f"  {place:<8} {finding.severity.value:<8} {finding.code}  {shown(finding.message)}"
    return f"{line}\n{'':<27}{shown(finding.help)}" if finding.help else line


def _sum(result: CheckResult) -> str:
    files = f"{result.files} file{'s' if result.files != 1 else ''} checked"
    words = {"error": "error", "warning": "warning", "info": "note"}
    found = [f"{count} {words[name]}{'s' if count != 1 else ''}" for name, count in result.counts.items() if count]
    return f"{files}: {', '.join(found)}." if found else f"{files}: nothing to mend."
