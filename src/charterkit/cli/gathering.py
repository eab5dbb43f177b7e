"""What a command finds out about every school: by several processes or machines, and only what is not known yet."""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from charterkit.cli.cluster import hands_of
from charterkit.cli.options import Session
from charterkit.cli.progress import progress
from charterkit.files.places import cache_folder
from charterkit.records import dataclass
from charterkit.resources import builtin

if TYPE_CHECKING:
    from charterkit.exchange.tables.export import SchoolTables
    from charterkit.files.workspace import Workspace
    from charterkit.insight.overview.batch import Make
    from charterkit.insight.overview.summary import SchoolSummary
    from charterkit.many.cache import Cache
    from charterkit.many.each import Asking, Failed, SchoolBatch
    from charterkit.render.overview.document import Gather

_ROWS = "charterkit.exchange.tables.export:of_school"
_SUMMARY = "charterkit.insight.overview.summary:summary"
_HELD = 1 << 20
"""Bytes of summaries that are held before a file is made for them: some thousand schools."""


@dataclass(frozen=True)
class HowToGather:
    """How it is found out: by so many processes, by the workers of a scheduler, and whether what is known counts."""

    jobs: int | None = None
    cluster: str | None = None
    is_cached: bool = True


@contextmanager
def summaries(call: Session, way: HowToGather) -> "Iterator[Gather]":
    """What makes the summaries of schools. Raises CharterkitError where a scheduler is named that cannot be used."""
    made: list[Asking] = []
    with (
        hands_of(call, way.cluster, way.jobs) as shared,
        progress(call, "Reading schools") as told,
        SpooledTemporaryFile(_HELD) as spool,
    ):

        def gather(workspace: "Workspace", slugs: Sequence[str], today: date) -> "Iterator[SummaryBatch]":
            from charterkit.insight.overview.summary import SchoolSummary
            from charterkit.many.each import Asking, Keeping, SchoolQuestion
            from charterkit.many.hands import Processes

            cache = known(workspace) if way.is_cached else None
            keeping = Keeping(cache, SchoolSummary.from_data, is_daily=False) if cache else None
            question, hands = SchoolQuestion(_SUMMARY, today), shared or Processes(way.jobs)
            asking = Asking(workspace, question, slugs, hands, keeping, told)
            made.append(asking)
            yield from (SummaryBatch(workspace, batch, spool) for batch in asking)

        yield gather
        for asking in made:
            asking.keep()


@dataclass(frozen=True)
class SummaryBatch:
    """As `Batch` of the overview: answers as summaries, of those schools too at which nothing could be found out."""

    workspace: "Workspace"
    batch: "SchoolBatch"
    spool: IO[bytes]

    def summaries(self) -> "list[SchoolSummary]":
        """As in `Batch`."""
        return self._read(self.batch.answers())

    def once(self, name: str, make: "Make") -> Any:  # noqa: ANN401 - plain data
        """As in `Batch`."""
        return self.batch.once(name, lambda answers: make(self._read(answers)))

    def let_go(self) -> None:
        """As in `Batch`."""
        self.batch.let_go(self.spool)

    def _read(self, answers: "Sequence[Any]") -> "list[SchoolSummary]":
        from charterkit.many.each import Failed

        pairs = zip(self.batch.slugs, answers, strict=True)
        return [_failed(self.workspace, slug, each) if isinstance(each, Failed) else each for slug, each in pairs]


@contextmanager
def tables(
    call: Session, way: HowToGather, today: date, chosen: str, *, public: bool
) -> "Iterator[Iterator[SchoolTables]]":
    """The rows of every school for an export in a format; not kept, as they are many times what was read.

    Raises CharterkitError where a scheduler is named that cannot be used.
    """
    from charterkit.exchange.tables.export import not_read
    from charterkit.many.each import Failed, SchoolQuestion, each
    from charterkit.many.hands import Processes

    with hands_of(call, way.cluster, way.jobs) as shared, progress(call, "Reading schools") as told:
        question = SchoolQuestion(_ROWS, today, [chosen, "public" if public else "whole"])
        hands = shared or Processes(way.jobs)
        answers = each(call.workspace, question, call.workspace.own_slugs, hands=hands, progress=told)
        yield (
            not_read(slug, f"{answer.message} {answer.hint}".strip(), chosen, public=public)
            if isinstance(answer, Failed)
            else answer
            for slug, answer in answers
        )


def _failed(workspace: "Workspace", slug: str, failed: "Failed") -> "SchoolSummary":
    """An organisation of which nothing could be found out: it is named, and the others count. Its own file may tell
    what it is: a trust is no school that has not started.
    """
    from charterkit.insight.overview.summary import SchoolSummary, UnreadFile

    unread = (UnreadFile(f"schools/{slug}", f"{failed.message} {failed.hint}".strip(), ""),)
    try:
        found = workspace.school(slug).school
    except Exception:  # noqa: BLE001 - whatever it was that went wrong may go wrong once more
        return SchoolSummary(slug, slug, "school", "", "", "", (), (), (), (), (), (), unread)
    place = found.phase or "", found.local_authority or "", found.trust or ""
    return SchoolSummary(slug, found.name, found.kind, *place, found.members, (), (), (), (), (), unread)


def known(workspace: "Workspace") -> "Cache | None":
    """What earlier calls found out about a workspace; None for a user who has no place for it."""
    from charterkit.many.cache import Cache
    from charterkit.many.program import program

    with contextlib.suppress(OSError):
        return Cache(cache_folder() / "check", workspace.root, program(builtin()))
    return None
