"""For GitHub Actions: workflow commands, which show as annotations beside the changed lines of a pull request.

GitHub shows at most ten errors, ten warnings and ten notices of a step and drops the rest without a word; so the worst
come first, no more than that are sent, and the rest stand in the step's log, with a notice that says how many.
"""

from collections import Counter
from typing import TYPE_CHECKING

from charterkit.choices import Severity
from charterkit.findings import Finding
from charterkit.render.findings.as_concise import concise_line
from charterkit.render.findings.style import PLAIN, Style, each_severity, total
from charterkit.text.safe import visible

if TYPE_CHECKING:
    from charterkit.findings import CheckResult

MOST = 10
"""Annotations of one kind that GitHub shows of a step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(result: "CheckResult", style: Style = PLAIN) -> str:
    """A command a finding, worst first; then what found no room, and the sum."""
    by_severity = {
        severity: [found for found in result.findings if found.severity is severity] for severity in Severity
    }
    is_full = any(len(found) > MOST for found in by_severity.values())
    room = {
        severity: MOST - (is_full and severity is Severity.INFO) for severity in Severity
    }  # the last notice needs a place
    lines = [_command(found, style) for severity in Severity for found in by_severity[severity][: room[severity]]]
    rest = [found for severity in Severity for found in by_severity[severity][room[severity] :]]
    if rest:
        counts = Counter(found.severity.value for found in rest)
        more = each_severity({severity.value: counts[severity.value] for severity in Severity})
        lines.append(f"::notice title=charterkit::Not shown here: {more}. The log of this step lists them.")
        lines += ["::group::charterkit: what is not shown as annotations", *map(_logged, rest), "::endgroup::"]
    return "\n".join([*lines, harmless(total(result))])


def _command(finding: Finding, style: Style) -> str:
    properties = {
        "file": style.folder + finding.path,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": f"{finding.code} {finding.name}",
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    said = "\n".join(part for part in (finding.message, finding.help) if part)
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(said)}"


def _data(text: str) -> str:
    """As the runner's own toolkit escapes a message."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _logged(finding: Finding) -> str:
    return harmless(concise_line(finding))


def harmless(log: str) -> str:
    """Text for a step's log: the runner obeys `##[` anywhere in a line, and `::` at its beginning."""
    made = log.replace("##[", "# #[")
    return made if "::" not in made else "\n".join(_unmarked(line) for line in made.split("\n"))


def _unmarked(line: str) -> str:
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line
