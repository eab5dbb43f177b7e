"""Every rule over a workspace, one family of organisations at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from charterkit.files.attachments import Answers
from charterkit.files.collector import uncollected
from charterkit.files.disk import UnfitError
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.marks import locate
from charterkit.files.yaml.reader import decode
from charterkit.findings import CheckResult, Finding, Problem
from charterkit.insight.organisations import tied
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context
from charterkit.rules.registry import RULES
from charterkit.rules.running.cache import digest
from charterkit.rules.running.capped import capped
from charterkit.rules.running.families import SHARED, Family, concerned, families, narrowed
from charterkit.rules.running.settings import Settings, settings
from charterkit.rules.running.suppression import is_mentioned, suppressed


@dataclass(frozen=True, slots=True)
class Examined:
    """What a check found in one family's files: plain data, which can be sent to another process or kept.

    `files` are those that were looked at and the bytes' digests, None for one that could not be read; `asked` is what
    was looked up on the disk besides them.
    """

    files: tuple[tuple[str, str | None], ...]
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
    slugs = workspace.snapshot.listing.schools
    every = families(slugs, {slug: _kin_of(workspace, slug) for slug in slugs})
    wanted = concerned(every, only)
    parts = [examine(workspace, family, chosen, today) for family in wanted]
    paths = (path for part in parts for path, _ in part.files)
    return narrowed(paths, chain.from_iterable(part.findings for part in parts), only)


def kin(data: bytes) -> tuple[str, ...]:
    """The organisations that a school's file names: its trust and its members."""
    school = tied(data)
    named = (school.trust, *school.members) if school else ()
    return tuple(sorted({name for name in named if name}))


def _kin_of(workspace: Workspace, slug: str) -> tuple[str, ...]:
    try:
        return kin(workspace.snapshot.peek(f"schools/{slug}/school.yaml"))
    except UnfitError:
        return ()


@uncollected
def examine(workspace: Workspace, family: Family, chosen: Settings, today: date) -> Examined:
    """Look at one family's files. What is read of a school is not kept: of very many few are wanted at a time."""
    workspace = workspace.apart()
    if family == SHARED:
        documents = tuple(workspace.read(path, kind) for path, kind in workspace.shared_paths())
        charters = tuple(workspace.charter_documents)
    else:
        documents = tuple(chain.from_iterable(workspace.school(slug).documents() for slug in family))
        charters = ()
    context = Context(workspace, today, documents, charters=charters, slugs=family, codes=RULES)
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
    files = tuple((one.path, digest(one.data) if one.is_fit else None) for one in documents)
    return Examined(files, tuple(findings), context.attachments.answers)


def _reports(context: Context, chosen: Settings) -> Iterator[Report]:
    for document in context.documents:
        for problem in document.loaded.problems:
            yield document, problem
    for code, rule in _LOOKING.items():
        if code in chosen.codes:
            yield from rule.check(context)


_LOOKING = {code: rule for code, rule in RULES.items() if type(rule).check is not Rule.check}
"""The rules that look at files once they are read; the others are about what is found on the way."""


def _findings(document: Document[Any], problems: list[Problem], chosen: Settings, today: date) -> Iterator[Finding]:
    is_commented = is_mentioned(document.data)
    if not problems and not is_commented:
        return
    text, _ = decode(document.data)
    wanted = chosen.at(document.path)
    if is_commented:
        placed = [(problem, *place) for problem, place in zip(problems, locate(text, problems), strict=True)]
        left = suppressed(text, placed, RULES, lambda code: code in wanted)
        problems = [replace(problem, line=line, column=column) for problem, line, column in left]
    problems = capped([problem for problem in problems if problem.code in wanted])
    lines = text.split("\n")
    excerpts: dict[tuple[str, int], str] = {}
    for problem, (line, column) in zip(problems, locate(text, problems), strict=True):
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
