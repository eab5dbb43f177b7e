"""What a command finds out about every school: by several processes or machines, and only what is not known yet."""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from charterkit.cli.cluster import hands_of
from charterkit.cli.options import Session
from charterkit.cli.progress import progress
from charterkit.files.places import cache_folder
from charterkit.resources import builtin

if TYPE_CHECKING:
    from charterkit.exchange.tables.export import SchoolTables
    from charterkit.files.workspace import Workspace
    from charterkit.insight.overview.summary import SchoolSummary
    from charterkit.many.cache import Cache
    from charterkit.render.overview.document import Gather

_ROWS = "charterkit.exchange.tables.export:of_school"
_SUMMARY = "charterkit.insight.overview.summary:summary"


@dataclass(frozen=True)
class HowToGather:
    """How it is found out: by so many processes, by the workers of a scheduler, and whether what is known counts."""

    jobs: int | None = None
    cluster: str | None = None
    is_cached: bool = True


@contextmanager
def summaries(call: Session, way: HowToGather) -> "Iterator[Gather]":
    """What makes the summaries of schools. Raises CharterkitError where a scheduler is named that cannot be used."""
    with hands_of(call, way.cluster) as shared, progress(call, "Reading schools") as told:

        def gather(workspace: "Workspace", slugs: Sequence[str], today: date) -> "Iterator[SchoolSummary]":
            from charterkit.insight.overview.summary import SchoolSummary
            from charterkit.many.each import Failed, Keeping, SchoolQuestion, each
            from charterkit.many.hands import Processes

            cache = known(workspace) if way.is_cached else None
            keeping = Keeping(cache, SchoolSummary.from_data, is_daily=False) if cache else None
            hands = shared or Processes(way.jobs)
            question = SchoolQuestion(_SUMMARY, today)
            answers = each(workspace, question, slugs, hands=hands, keeping=keeping, progress=told)
            for slug, answer in answers:
                yield _failed(slug, answer) if isinstance(answer, Failed) else answer

        yield gather


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

    with hands_of(call, way.cluster) as shared, progress(call, "Reading schools") as told:
        question = SchoolQuestion(_ROWS, today, [chosen, "public" if public else "whole"])
        hands = shared or Processes(way.jobs)
        answers = each(call.workspace, question, call.workspace.own_slugs, hands=hands, progress=told)
        yield (
            not_read(slug, f"{answer.message} {answer.hint}".strip(), chosen, public=public)
            if isinstance(answer, Failed)
            else answer
            for slug, answer in answers
        )


def _failed(slug: str, failed: Any) -> "SchoolSummary":  # noqa: ANN401 - its class is loaded late
    """A school of which nothing could be found out: it is named, and the others count."""
    from charterkit.insight.overview.summary import SchoolSummary, UnreadFile

    unread = (UnreadFile(f"schools/{slug}", f"{failed.message} {failed.hint}".strip(), ""),)
    return SchoolSummary(slug, slug, "school", "", "", "", (), (), (), (), (), (), unread)


def known(workspace: "Workspace") -> "Cache | None":
    """What earlier calls found out about a workspace; None for a user who has no place for it."""
    from charterkit.many.cache import Cache
    from charterkit.many.program import program

    with contextlib.suppress(OSError):
        return Cache(cache_folder() / "check", workspace.root, program(builtin()))
    return None
