"""A check of a workspace on disk as the command runs it: only what has changed, by as many processes as are worth it.

Little is imported before it is known that something has changed.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charterkit.choices import Severity
from charterkit.findings import CheckResult, Finding
from charterkit.many.cache import Cache, Found, Row
from charterkit.many.known import Known
from charterkit.many.pieces import SHARED, Piece, chunks, concerned
from charterkit.records import dataclass
from charterkit.rules.running.narrowing import Told, narrowed

if TYPE_CHECKING:
    from charterkit.files.workspace import Workspace
    from charterkit.many.hands import Hands
    from charterkit.rules.running.check import Examined
    from charterkit.rules.running.settings import Settings

_WORK = "check"
_KEPT_AT_ONCE = 512
"""Pieces that are put into the cache together: what is stopped in between is not looked at again."""
_Parts = tuple[list[str], list[Finding]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a check is asked for; as in `check`. `jobs` is how many processes; None for as many as are worth it."""

    today: date
    only: tuple[str, ...] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int | None = None


def run(
    root: Path,
    builtin: Path | None,
    wish: Wish,
    cache: Cache | None = None,
    *,
    hands: "Hands | None" = None,
    progress: "Callable[[int, int], None] | None" = None,
) -> CheckResult:
    """The same result as `check` gives, sooner. Raises CharterkitError for a code that no rule has.

    `hands` are whose work it is, the processes of this machine if left out; `progress` is told how many pieces of how
    many are done.
    """
    return _Run(root, builtin, wish, cache, hands, progress).result()


@dataclass
class _Run:
    root: Path
    builtin: Path | None
    wish: Wish
    cache: Cache | None
    hands: "Hands | None"
    progress: "Callable[[int, int], None] | None"

    def __post_init__(self) -> None:
        wish = self.wish
        told = [str(wish.today), sorted(wish.select), sorted(wish.ignore)]
        self.known = Known(self.root, self.cache, _WORK, told)

    def result(self) -> CheckResult:
        wanted = concerned(self.known.slugs, self.wish.only)
        fresh = self.known.still(wanted)
        bodies = self.known.bodies(fresh)
        stale = {piece: len(self.known.files(piece)) for piece in wanted if piece not in bodies}
        paths: list[str] = []
        findings: list[Finding] = []
        told: Iterable[Told] = ()
        for piece, body in bodies.items():
            paths += fresh[piece].files
            found, told_then = _unpacked(body)
            findings += found
            told = told_then or told
        for files, its in self._made(stale) if stale else ():
            paths += files
            findings += its
        self._keep({piece: (row, bodies[piece]) for piece, row in fresh.items() if row is not self.known.rows[piece]})
        self.known.tidy()
        return narrowed(paths, findings, self.wish.only, self.chosen.told if stale else told)

    # -- what has to be looked at

    @cached_property
    def workspace(self) -> "Workspace":
        from charterkit.files.workspace import Workspace
        from charterkit.insight.organisations import tell

        workspace = Workspace(self.root, self.builtin, listed=self.known.listing)
        tell(workspace, self.known.belonging)
        return workspace

    @cached_property
    def chosen(self) -> "Settings":
        """Which rules are wanted, and where."""
        from charterkit.rules.running.settings import settings

        return settings(self.workspace.config.check, self.wish.select, self.wish.ignore)

    def _made(self, sizes: Mapping[Piece, int]) -> Iterator[_Parts]:
        """What is found in each piece, given with the number of its files; kept as it comes."""
        rows: dict[Piece, Found] = {}
        done = 0
        for chunk, parts in self._handed(sizes):
            for piece, part in zip(chunk, parts, strict=True):
                listed, files = [*self.known.files(piece)], [path for path, _, _ in part.files]
                yield listed if listed == files else files, [*part.findings]  # of very many paths, one copy is enough
                if found := self._found(piece, part):
                    rows[piece] = found
            if len(rows) >= _KEPT_AT_ONCE:
                self._keep(rows)
                rows = {}
            done += len(chunk)
            if self.progress:
                self.progress(done, len(sizes))
        self._keep(rows)

    def _handed(self, sizes: Mapping[Piece, int]) -> "Iterator[tuple[list[Piece], list[Examined]]]":
        from charterkit.many.hands import WORTH_IT, Processes, Work
        from charterkit.rules.registry import RULES
        from charterkit.rules.running import check

        workspace, chosen, today = self.workspace, self.chosen, self.wish.today
        given = (self.root, self.builtin is not None, chosen, today)
        work = Work(lambda pieces: check.examine(workspace, pieces, chosen, today), f"{check.__name__}:afresh", given)
        hands = self.hands or Processes(self.wish.jobs)
        size = sum(max(1, size) for size in sizes.values())
        if size >= WORTH_IT:
            list(RULES.values())  # loaded once, before processes are copied off
        return hands.handed(work, [[*chunk] for chunk in chunks(sizes)], size)

    # -- what is kept

    def _found(self, piece: Piece, part: "Examined") -> Found | None:
        if not self.cache:
            return None
        body = _packed(part.findings, self.chosen.told if piece == SHARED else ())
        row = self.known.row(piece, {path: (when, text) for path, when, text in part.files}, part.asked, body)
        return (row, body) if row else None

    def _keep(self, rows: Mapping[Piece, tuple[Row, str]]) -> None:
        if rows:
            self.known.keep(rows)


_FIELDS = ("path", "line", "column", "code", "name", "severity", "message", "help", "excerpt")


def _packed(findings: Iterable[Finding], told: Iterable[Told]) -> str:
    """What was found and what settings left out, as it is kept; empty for nothing of either."""
    rows = [[getattr(finding, name) for name in _FIELDS] for finding in findings]
    left_out = [*told]
    return json.dumps([rows, left_out], separators=(",", ":")) if rows or left_out else ""


def _unpacked(body: str) -> tuple[list[Finding], list[Told]]:
    if not body:
        return [], []
    rows, told = json.loads(body)
    return [_finding(*row) for row in rows], [(place, words) for place, words in told]


def _finding(*row: Any) -> Finding:  # noqa: ANN401 - as they are packed
    path, line, column, code, name, severity, message, remedy, excerpt = row
    return Finding(path, line, column, code, name, Severity(severity), message, remedy, excerpt)
