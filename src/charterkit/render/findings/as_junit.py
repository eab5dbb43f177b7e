"""For CI servers that show test reports (GitLab, Jenkins, Azure): a test case a file, which fails as the check does.

Most servers show only the first failure of a case, so a file has one that lists all. What does not make the check fail
(warnings without --strict, notes) is the case's output.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

from charterkit.findings import Finding
from charterkit.render.findings.as_concise import concise_line
from charterkit.render.findings.style import PLAIN, Style
from charterkit.text.safe import one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from charterkit.findings import CheckResult

NAME = "charterkit check"


def as_junit(result: "CheckResult", style: Style = PLAIN) -> str:
    """XML 1.0 without the characters it cannot hold."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - only this format needs it

    found: dict[str, list[Finding]] = {path: [] for path in result.paths}
    for finding in result.findings:
        found.setdefault(finding.path, []).append(finding)
    failed = sum(any(map(style.fails, findings)) for findings in found.values())
    counts = {"tests": str(len(found)), "failures": str(failed), "errors": "0", "skipped": "0", "time": "0"}
    root = ET.Element("testsuites", {"name": NAME, **counts})
    suite = ET.SubElement(root, "testsuite", {"name": NAME, **counts})
    for path, findings in found.items():
        file = one_line(path)
        case = ET.SubElement(suite, "testcase", {"name": file, "classname": NAME, "file": file, "time": "0"})
        _fill(case, findings, style)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'


def _fill(case: "Element", findings: list[Finding], style: Style) -> None:
    kinds: dict[bool, list[Finding]] = defaultdict(list)
    for finding in findings:
        kinds[style.fails(finding)].append(finding)
    if kinds[True]:
        first, *others = kinds[True]
        more = f" (and {len(others):,} more in this file)" if others else ""
        message = f"{first.code} {one_line(first.message)}{more}"
        failure = case.makeelement("failure", {"type": first.code, "message": message})
        failure.text = "\n".join(map(_listed, kinds[True]))
        case.append(failure)
        case.set("line", str(first.line))
    if kinds[False]:
        output = case.makeelement("system-out", {})
        output.text = "\n".join(map(_listed, kinds[False]))
        case.append(output)


def _listed(finding: Finding) -> str:
    line = f"{concise_line(finding)} ({finding.severity.value})"
    return f"{line}\n    {one_line(finding.help)}" if finding.help else line
