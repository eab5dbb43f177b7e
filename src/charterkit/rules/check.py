"""Every rule over a workspace."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from charterkit.files.marks import locate
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml_text import decode
from charterkit.findings import Finding, Problem, Severity
from charterkit.rules.base import Context, Report
from charterkit.rules.registry import RULES


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How many files were looked at, and what was found, by file and place."""

    files: int
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in Severity}


def check(workspace: Workspace, today: date, only: Collection[str] | None = None) -> CheckResult:
    """Look at the whole workspace. With `only`, findings of other files are left out: paths of files or folders."""
    documents = list(workspace.documents())
    reports: dict[str, list[Problem]] = defaultdict(list)
    by_path: dict[str, Document[Any]] = {document.path: document for document in documents}
    for document, problem in _reports(Context(workspace, today), documents):
        if not document.builtin:
            by_path.setdefault(document.path, document)
            reports[document.path].append(problem)
    wanted = [path for path in by_path if only is None or _under(path, only)]
    findings = sorted(found for path in wanted for found in _findings(by_path[path], reports[path]))
    return CheckResult(sum(1 for document in documents if document.path in set(wanted)), tuple(findings))


def _reports(context: Context, documents: list[Document[Any]]) -> Iterator[Report]:
    for document in documents:
        for problem in document.loaded.problems:
            yield document, problem
    for rule in RULES.values():
        yield from rule.check(context)


def _under(path: str, only: Collection[str]) -> bool:
    return any(one in ("", ".") or path == one or path.startswith(f"{one}/") for one in only)


def _findings(document: Document[Any], problems: list[Problem]) -> Iterator[Finding]:
    if not problems:
        return
    text, _ = decode(document.data)
    for problem, (line, column) in zip(problems, locate(text, problems), strict=True):
        rule = RULES[problem.code]
        yield Finding(document.path, line, column, rule.code, rule.name, rule.severity, problem.message, problem.help)
