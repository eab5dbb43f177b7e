"""Every rule over a workspace."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from charterkit.files.locate import locate
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml_text import decode
from charterkit.findings import Finding, Problem, Severity
from charterkit.rules.base import Context, Report
from charterkit.rules.capped import capped
from charterkit.rules.registry import RULES
from charterkit.rules.settings import Settings, settings
from charterkit.rules.suppression import is_mentioned, suppressed


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


def check(
    workspace: Workspace,
    today: date,
    only: Collection[str] | None = None,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> CheckResult:
    """Look at the whole workspace. With `only`, findings of other files are left out: paths of files or folders.

    `select` and `ignore` are codes or beginnings of some; how they go with the workspace's own is told at `settings`.
    Raises CharterkitError for one that no rule has.
    """
    chosen = settings(workspace.config.check, select, ignore)
    documents = tuple(workspace.documents())
    reports: dict[str, list[Problem]] = defaultdict(list)
    by_path: dict[str, Document[Any]] = {document.path: document for document in documents}
    for document, problem in _reports(Context(workspace, today, documents, frozenset(RULES)), chosen):
        if not document.builtin:
            by_path.setdefault(document.path, document)
            reports[document.path].append(problem)
    wanted = {path for path in by_path if only is None or under(path, only)}
    findings = sorted(
        found for path in wanted for found in _findings(by_path[path], reports.get(path, []), chosen, today)
    )
    paths = tuple(document.path for document in documents if document.path in wanted)
    return CheckResult(len(paths), tuple(findings), paths)


def _reports(context: Context, chosen: Settings) -> Iterator[Report]:
    for document in context.documents:
        for problem in document.loaded.problems:
            yield document, problem
    for code, rule in RULES.items():
        if code in chosen.codes:
            yield from rule.check(context)


def under(path: str, only: Collection[str]) -> bool:
    """Whether a file is one of those named, or lies in a folder that is."""
    return any(one in ("", ".") or path == one or path.startswith(f"{one}/") for one in only)


def _findings(document: Document[Any], problems: list[Problem], chosen: Settings, today: date) -> Iterator[Finding]:
    is_commented = is_mentioned(document.data)
    if not problems and not is_commented:
        return
    text, _ = decode(document.data)
    if is_commented:
        placed = [(problem, *place) for problem, place in zip(problems, locate(text, problems), strict=True)]
        left = suppressed(text, placed, RULES, lambda code: chosen.wants(document.path, code))
        problems = [replace(problem, line=line, column=column) for problem, line, column in left]
    problems = capped(problems)
    lines = text.split("\n")
    excerpts: dict[tuple[str, int], str] = {}
    for problem, (line, column) in zip(problems, locate(text, problems), strict=True):
        if not chosen.wants(document.path, problem.code):
            continue
        rule = RULES[problem.code]
        if (rule.code, line) not in excerpts:
            words = lines[line - 1].removesuffix("\r") if line <= len(lines) else ""
            excerpts[rule.code, line] = rule.excerpt(words, today)
        yield Finding(
            document.path,
            line,
            column,
            rule.code,
            rule.name,
            chosen.severity(rule.code),
            problem.message,
            problem.help,
            excerpts[rule.code, line],
        )
