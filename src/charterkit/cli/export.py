"""`charterkit export`: the whole workspace as tables for other programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import EXPORT_FORMATS
from charterkit.cli.gathering import HowToGather, tables
from charterkit.cli.options import Session, session
from charterkit.cli.output import foreign
from charterkit.cli.params import ClusterOption, JobsOption, TodayOption, choice_option, day

if TYPE_CHECKING:
    from charterkit.exchange.tables.export import Exported

app = typer.Typer(rich_markup_mode=None)
_MOST_NAMED = 20
"""Files that could not be read whole which are named before the rest is counted."""


@app.command(short_help="Write everything as tables for other programs.")
def export(
    ctx: typer.Context,
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR", help="The folder: a new one, or one of an earlier export; also s3://BUCKET/DIR and the like."
        ),
    ],
    output_format: Annotated[str, choice_option("--format", EXPORT_FORMATS, "The files' format.")] = "parquet",
    public: Annotated[bool, typer.Option("--public", help="Only what may be published.")] = False,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    today: TodayOption = None,
) -> None:
    """The whole workspace as tidy tables, with a dictionary of every column: Parquet, CSV, a workbook or a database.

    DIR/dictionary.md says what each holds. Without --public the tables hold what is private.
    """
    from charterkit.exchange.tables.export import exported, refuse_file
    from charterkit.exchange.tables.xlsx_file import likely_too_many
    from charterkit.files.notices import COPIES, passed_over
    from charterkit.files.store import is_store, said

    call = session(ctx)
    now = day(today)
    refuse_file(said(folder) if is_store(folder) else folder)
    with _place(folder) as (out, address):
        tops, way = foreign(call.root), HowToGather(jobs, cluster, is_cached=False)
        if output_format == "xlsx" and (many := likely_too_many(call.workspace.files("schools"))):
            call.warn(many)  # before it has been read for minutes
        with tables(call, way, now, output_format, public=public) as schools:
            found = exported(call.workspace, out, output_format, now, schools, public=public, tops=tops)
    passed_over(COPIES)  # they stand among what was not read
    _tell_unread(call, found, public=public)
    _say(call, address, found, public=public)


@contextmanager
def _place(folder: str) -> Iterator[tuple[Path, str]]:
    """Where the tables are written, and what people call it. What is for a store is first made whole here."""
    from charterkit.files.store import is_store, store_at

    if not is_store(folder):
        yield Path(folder), folder
        return
    store = store_at(folder)
    with TemporaryDirectory(prefix="charterkit-", ignore_cleanup_errors=True) as made:
        out = Path(made, "tables")
        yield out, store.address
        store.put(out)


def _tell_unread(call: Session, found: "Exported", *, public: bool) -> None:
    """Name what is not in the tables, of each file the first place."""
    from charterkit.text.english import counted
    from charterkit.text.safe import shown

    told = list(found.unread.values())[:_MOST_NAMED]
    for path, _, line, column, why in told:
        place = f"line {line}, column {column}: " if line else ""
        call.warn(f"{shown(path, 200)} is not read whole: {place}{shown(why, 300)}")
    more = found.rows["unread"] - len(told)
    if more > 0:
        where = "'charterkit check' shows them" if public else "the table 'unread' has them all"
        call.warn(f"{counted(more, 'more place').capitalize()} could not be read: {where}.")


def _say(call: Session, folder: str, found: "Exported", *, public: bool) -> None:
    from charterkit.text.english import counted

    what = f"{counted(found.rows['schools'], 'organisation')}, {counted(found.rows['evaluations'], 'self-evaluation')}"
    begin = f"{folder}/dictionary.md" if "://" in folder else Path(folder, "dictionary.md")
    private = "" if public else " It holds what is private: --public leaves that out."
    call.say(f"Written to {folder}: {what}. Begin with {begin}.{private}")
