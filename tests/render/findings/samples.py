"""Results made by hand, for tests of the formats."""

from charterkit.choices import Severity
from charterkit.findings import CheckResult, Finding
from charterkit.rules.registry import RULES

PATH = "schools/lathom/evaluations/2025-26-autumn.yaml"


def finding(
    line: int = 7,
    column: int = 27,
    code: str = "CK304",
    *,
    path: str = PATH,
    severity: Severity | None = None,
    message: str = "gate-greeting: 'gren' is not a level",
    remedy: str = "Did you mean green?",
    excerpt: str = "  gate-greeting: {rating: gren}",
) -> Finding:
    rule = RULES[code]
    return Finding(path, line, column, code, rule.name, severity or rule.severity, message, remedy, excerpt)


def result(*findings: Finding, paths: tuple[str, ...] = ()) -> CheckResult:
    files = paths or tuple(sorted({one.path for one in findings}))
    return CheckResult(len(files), tuple(sorted(findings)), files)


def many(count: int, severity: Severity) -> list[Finding]:
    return [finding(line, severity=severity) for line in range(1, count + 1)]
