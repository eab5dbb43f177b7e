"""Every rule over a workspace, some schools at a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from charterkit.files.attachments import Answers
from charterkit.files.collector import uncollected
from charterkit.files.digests import digest
from charterkit.files.disk import Stamp
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.marks import locate
from charterkit.files.yaml.reader import decode
from charterkit.findings import CheckResult, Finding, Problem
from charterkit.many.hands import Look
from charterkit.many.pieces import Piece, chunks, concerned
from charterkit.records import dataclass
from charterkit.resources import builtin
from charterkit.rules.base import Report
from charterkit.rules.context import Context
from charterkit.rules.registry import RULES, looks_at_some
from charterkit.rules.running.capped import capped
from charterkit.rules.running.narrowing import narrowed
from charterkit.rules.running.settings import Settings, settings
from charterkit.rules.running.suppression import is_mentioned, suppressed


@dataclass(frozen=True, slots=True)
class Examined:
    """What a check found in one piece's files: plain data, which can be sent to another process or kept.

    `files` are those that were looked at, each with the stamp that it had then and its bytes' digest, None for one that
    could not be read; `asked` is what was looked up besides them, on the disk and in other schools' files.
    """

    files: tuple[tuple[str, Stamp | None, str | None], ...]
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
    sizes = {piece: len(slugs.get(piece, ())) for piece in concerned(slugs, only)}
    parts = [part for chunk in chunks(sizes) for part in examine(workspace, chunk, chosen, today)]
    paths = (path for part in parts for path, _, _ in part.files)
    return narrowed(paths, chain.from_iterable(part.findings for part in parts), only, chosen.told)


def afresh(root: Path, with_builtin: bool, chosen: Settings, today: date) -> Look:
    """How another process, which was given this, looks at some pieces."""
    workspace = Workspace(root, builtin() if with_builtin else None)
    return lambda pieces: examine(workspace, pieces, chosen, today)


@uncollected
def examine(workspace: Workspace, pieces: Sequence[Piece], chosen: Settings, today: date) -> list[Examined]:
    """Look at the files of some pieces, all with one rule before the next; what is found in each, in their order.

    What is read of a school is not kept: of very many few are wanted at a time.
    """
    context = Context(workspace, today, pieces, RULES)
    by_path: dict[str, Document[Any]] = {document.path: document for document in context.documents}
    reports: dict[str, list[Problem]] = defaultdict(list)
    for document, problem in _reports(context, chosen):
        if not document.builtin:
            by_path.setdefault(document.path, document)
            reports[document.path].append(problem)
    findings: dict[Piece, list[Finding]] = defaultdict(list)
    for path, document in by_path.items():
        findings[context.piece(path)] += _findings(document, reports.get(path, []), chosen, today)
    return [
        Examined(_files(read, context.stamp_of), tuple(sorted(findings[piece])), context.asked(piece))
        for piece, read in context.read.items()
    ]


def _files(
    documents: Sequence[Document[Any]], stamp_of: Callable[[str], Stamp | None]
) -> tuple[tuple[str, Stamp | None, str | None], ...]:
    return tuple(
        (document.path, stamp_of(document.path), digest(document.data) if document.is_fit else None)
        for document in documents
    )


def _reports(context: Context, chosen: Settings) -> Iterator[Report]:
    for document in context.documents:
        for problem in document.loaded.problems:
            yield document, problem
    for code in RULES:
        if code in chosen.codes and looks_at_some(code, context):
            yield from RULES[code].check(context)


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
