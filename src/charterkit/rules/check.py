"""Every rule over a workspace, one family of organisations at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from charterkit.files.attachments import Answers
from charterkit.files.marks import locate
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml_text import decode
from charterkit.findings import CheckResult, Finding, Problem
from charterkit.rules.base import Context, Report
from charterkit.rules.families import SHARED, Family, families, kin
from charterkit.rules.registry import RULES
from charterkit.rules.settings import Settings, settings
from charterkit.rules.suppression import is_mentioned, suppressed


@dataclass(frozen=True, slots=True)
class Part:
    """What a check found in one family's files: plain data, which can be sent to another process or kept.

    `paths` are the files that were looked at, `asked` is what was looked up on the disk besides them.
    """

    paths: tuple[str, ...]
    findings: tuple[Finding, ...]
    asked: Answers


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
    every = families(workspace.slugs, {slug: kin(workspace, slug) for slug in workspace.slugs})
    wanted = [family for family in (SHARED, *every) if concerns(family, only)]
    return joined([examine(workspace, family, chosen, today) for family in wanted], only)


def concerns(family: Family, only: Collection[str] | None) -> bool:
    """Whether one of these files or folders may lie in a family's, or around them."""
    if only is None or family == SHARED:
        return True
    folders = [f"schools/{slug}" for slug in family]
    return any(under(folder, only) or any(under(one, [folder]) for one in only) for folder in folders)


def joined(parts: Sequence[Part], only: Collection[str] | None) -> CheckResult:
    """The whole, or what is wanted of it."""
    paths = [path for part in parts for path in part.paths if only is None or under(path, only)]
    wanted = set(paths) if only is not None else None
    findings = sorted(found for part in parts for found in part.findings if wanted is None or found.path in wanted)
    return CheckResult(len(paths), tuple(findings), tuple(paths))


def under(path: str, only: Collection[str]) -> bool:
    """Whether a file is one of those named, or lies in a folder that is."""
    return any(one in ("", ".") or path == one or path.startswith(f"{one}/") for one in only)


def examine(workspace: Workspace, family: Family, chosen: Settings, today: date) -> Part:
    """Look at one family's files. What is read of a school is not kept."""
    if family == SHARED:
        documents = tuple(workspace.read(path, kind) for path, kind in workspace.shared_paths())
        charters = tuple(workspace.charter_documents)
    else:
        documents = tuple(chain.from_iterable(workspace.school(slug).documents() for slug in family))
        charters = ()
    context = Context(workspace, today, documents, charters, family, frozenset(RULES))
    by_path: dict[str, Document[Any]] = {document.path: document for document in documents}
    reports: dict[str, list[Problem]] = defaultdict(list)
    for document, problem in _reports(context, chosen):
        if not document.builtin:
            by_path.setdefault(document.path, document)
            reports[document.path].append(problem)
    findings = sorted(
        found
        for path, document in by_path.items()
        for found in _findings(document, reports.get(path, []), chosen, today)
    )
    for slug in family:
        workspace.leave(slug)
    return Part(tuple(document.path for document in documents), tuple(findings), context.attachments.answers)


def _reports(context: Context, chosen: Settings) -> Iterator[Report]:
    for document in context.documents:
        for problem in document.loaded.problems:
            yield document, problem
    for code, rule in RULES.items():
        if code in chosen.codes:
            yield from rule.check(context)


def _findings(document: Document[Any], problems: list[Problem], chosen: Settings, today: date) -> Iterator[Finding]:
    is_commented = is_mentioned(document.data)
    if not problems and not is_commented:
        return
    text, _ = decode(document.data)
    found = [(problem, line, column) for problem, (line, column) in zip(problems, locate(text, problems), strict=True)]
    if is_commented:
        found = suppressed(text, found, RULES, lambda code: chosen.wants(document.path, code))
    lines = text.split("\n")
    excerpts: dict[tuple[str, int], str] = {}
    for problem, line, column in found:
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
