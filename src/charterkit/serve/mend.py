"""What a check finds, in words, and an editor for the text of a file beside its findings."""

import contextlib
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.choices import Severity
from charterkit.errors import CharterkitError, Conflict, NotThere, Refused
from charterkit.files import write
from charterkit.files.places import cache_folder
from charterkit.files.workspace import Document
from charterkit.files.yaml.reader import BYTE_ORDER_MARK, decode
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.findings import CheckResult, Finding
from charterkit.many.cache import Cache
from charterkit.many.program import program
from charterkit.render.findings.diff import unified
from charterkit.render.findings.excerpt import pointed
from charterkit.render.findings.style import WORDS, total
from charterkit.resources import builtin
from charterkit.rules.running.fix import fixes
from charterkit.rules.running.narrowing import under, without
from charterkit.rules.running.run import Wish, run
from charterkit.serve.desk import Desk
from charterkit.serve.forms import leads, seen, told
from charterkit.serve.pages import desk_of, page, posted, status_of, text
from charterkit.serve.unseen import put_back
from charterkit.text.english import figures
from charterkit.text.safe import visible

MOST_FILES = 300
"""Files that are listed by their names."""


async def mend(request: Request) -> Response:
    """Everything that a check finds in the workspace, by file."""
    return _found(desk_of(request), told(request))


def _found(desk: Desk, notices: list[str], error: CharterkitError | None = None) -> Response:
    result, safe = _checked(desk), _fixes(desk)
    every = [path for path, _ in desk.workspace.paths()]
    matters = [finding for finding in result.findings if finding.severity is not Severity.INFO]
    notes = [finding for finding in result.findings if finding.severity is Severity.INFO]
    return page(
        desk,
        "mend.html.j2",
        status_of(error),
        here="mend",
        notices=notices,
        problem=error,
        total=total(result),
        files=_by_file(matters),
        notes=_by_file(notes),
        many_notes=len(notes),
        safe=[{"path": path, "diff": unified(path, *texts)} for path, texts in sorted(safe.items())],
        every=every[:MOST_FILES],
        more=max(len(every) - MOST_FILES, 0),
    )


async def fixed(request: Request) -> Response:
    """Mend what is safe to mend."""
    await posted(request)
    desk, done = desk_of(request), 0
    try:
        for path, (before, after) in sorted(_fixes(desk).items()):
            write.save(desk.root / path, before, after, desk.root)
            done += 1
    except CharterkitError as error:
        desk.workspace.refresh()
        return _found(desk, [f"Mended {figures(done, 'file')} before this one:"] if done else [], error)
    return leads(desk, "/mend", [f"Mended {figures(done, 'file')}." if done else "There was nothing to mend."])


async def edit(request: Request) -> Response:
    """The text of a file, beside what is found in it."""
    desk = desk_of(request)
    document = _document(desk, request.path_params["path"])
    return _editor(desk, document, told(request), line=request.query_params.get("line", ""))


async def save(request: Request) -> Response:
    """Put an edited text into its file, unless that is no longer the one that was shown."""
    fields, desk = await posted(request), desk_of(request)
    document = _document(desk, request.path_params["path"])
    typed = put_back(text(fields, "text"), _text(document.data))
    try:
        if len(typed.encode()) > MAX_BYTES:
            raise Refused("page-long-text", what=document.path, most=MAX_BYTES, length=len(typed))
        if text(fields, "seen") != seen(document.data):
            raise Conflict("page-moved-on")
        before, after = document.data, _as_before(typed, document.data)
        if after != before:
            write.save(desk.root / document.path, before, after, desk.root)
    except CharterkitError as error:
        desk.workspace.refresh()
        return _editor(desk, _document(desk, document.path), [], error, typed)
    said = f"Saved in {document.path}." if after != before else f"All of it stands in {document.path} already."
    return leads(desk, f"/mend/{document.path}", [said])


def _text(data: bytes) -> str:
    """A file's text with the line ends that a browser gives it; empty where it cannot be read."""
    return decode(data)[0].replace("\r\n", "\n")


def _as_before(typed: str, before: bytes) -> bytes:
    """A text as bytes, with the line ends and the mark at the beginning that its file had."""
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
    ends = typed.replace("\n", "\r\n") if b"\r\n" in before else typed
    return mark + ends.encode()


def _editor(
    desk: Desk,
    document: Document[Any],
    notices: list[str],
    error: CharterkitError | None = None,
    typed: str | None = None,
    *,
    line: str = "",
) -> Response:
    there, unfit = _text(document.data), decode(document.data)[1]
    only = run(desk.root, builtin(), Wish(desk.today, only=(document.path,), jobs=1))
    return page(
        desk,
        "mend-file.html.j2",
        status_of(error),
        here="mend",
        notices=notices,
        problem=error,
        path=document.path,
        unfit=f"{unfit.message}. {unfit.help}" if unfit else "",
        text=there if typed is None else typed,
        is_lossy=visible(there) != there,
        there=there if typed is not None and typed != there else "",
        is_moved=typed is not None,
        seen=seen(document.data),
        findings=[_shown(finding) for finding in only.findings],
        line=int(line) if line.isascii() and line.isdecimal() and len(line) < _DIGITS else 0,
        rows=min(max(there.count("\n") + 2, 12), 40),
    )


_DIGITS = 8


def _document(desk: Desk, path: str) -> Document[Any]:
    """A file that the workspace lists; its name is looked up, never made into a path."""
    known = dict(desk.workspace.paths())
    if path not in known:
        raise NotThere("no-path", path=path)
    return desk.workspace.read(path, known[path])


def _checked(desk: Desk) -> CheckResult:
    cache = None
    with contextlib.suppress(OSError):  # a user without a home has no cache
        cache = Cache(cache_folder() / "check", desk.root, program(builtin()))
    found = run(desk.root, builtin(), Wish(desk.today, jobs=1), cache)
    return without(found, made_up) if (made_up := _made_up(desk)) else found


def _fixes(desk: Desk) -> dict[str, tuple[bytes, bytes]]:
    made_up = _made_up(desk)
    return {path: texts for path, texts in fixes(desk.workspace).items() if not under(path, made_up)}


def _made_up(desk: Desk) -> frozenset[str]:
    """The folders of made-up schools, as in `check`: they count only where there is no other."""
    own = set(desk.workspace.own_slugs)
    return frozenset(f"schools/{slug}" for slug in desk.workspace.slugs if slug not in own) if own else frozenset()


def _by_file(findings: list[Finding]) -> list[dict[str, Any]]:
    found = groupby(findings, key=lambda finding: finding.path)
    return [{"path": path, "findings": [_shown(finding) for finding in its]} for path, its in found]


def _shown(finding: Finding) -> dict[str, Any]:
    excerpt, before = pointed(finding.excerpt, finding.column) if finding.excerpt.strip() else ("", 0)
    return {
        "line": finding.line,
        "code": finding.code,
        "severity": finding.severity.value,
        "word": WORDS[finding.severity.value],
        "message": finding.message,
        "help": finding.help,
        "excerpt": excerpt,
        "caret": f"{'':{before}}^" if before else "^",
    }


ROUTES: list[BaseRoute] = [
    Route("/mend", mend),
    Route("/mend", fixed, methods=["POST"]),
    Route("/mend/{path:path}", edit),
    Route("/mend/{path:path}", save, methods=["POST"]),
]
