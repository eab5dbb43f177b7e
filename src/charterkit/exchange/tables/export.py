"""An export: the rows of every school written as tables, with the dictionary beside them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from charterkit.choices import EXPORT_FORMATS
from charterkit.errors import Refused
from charterkit.exchange.tables.about import ABOUT, Made
from charterkit.exchange.tables.columns import Row, TidyTable
from charterkit.exchange.tables.csv_files import CsvWriter
from charterkit.exchange.tables.dictionary import DICTIONARY, described, dictionary_markdown
from charterkit.exchange.tables.duck import DuckdbWriter, ParquetWriter
from charterkit.exchange.tables.organisations import SCHOOLS, SchoolRow
from charterkit.exchange.tables.rows import CharterKey, Rows, rows_of, shared_rows, tables, used_in
from charterkit.exchange.tables.unread import UNREAD, NotRead
from charterkit.exchange.tables.writer import TableWriter
from charterkit.exchange.tables.xlsx_file import XlsxWriter
from charterkit.files.collector import settled
from charterkit.files.whole_folder import whole_folder
from charterkit.files.workspace import Workspace
from charterkit.insight.public import demand_settled
from charterkit.model.school import School
from charterkit.records import dataclass

_WRITERS: dict[str, type[TableWriter]] = {
    "parquet": ParquetWriter,
    "csv": CsvWriter,
    "xlsx": XlsxWriter,
    "duckdb": DuckdbWriter,
}
_ENDINGS = {f".{name}": name for name in EXPORT_FORMATS}
"""Of a file that is asked for in place of a folder, by the format that is meant."""
_MOST_TOLD = 1_000
"""Files that could not be read whole which are kept to be told; the table has all."""


class SchoolTables(NamedTuple):
    """What one organisation, or what all share, gives to an export."""

    packed: Any
    """Its rows, as the writer of the format takes them."""
    counts: Mapping[str, int]
    """How many rows of each table."""
    used: Collection[CharterKey]
    """The charter versions that its self-evaluations were made with."""
    unread: Sequence[Row]
    """What of its files could not be read."""


@dataclass
class Exported:
    """What was written: how many rows of each table; and, by file, the first place that could not be read."""

    rows: Counter[str] = field(default_factory=Counter)
    unread: dict[str, Row] = field(default_factory=dict)

    def count(self, made: SchoolTables) -> None:
        """Count some rows."""
        self.rows.update(made.counts)
        for row in made.unread:
            if len(self.unread) < _MOST_TOLD:
                self.unread.setdefault(str(row[_PATH]), row)


_PATH = UNREAD.at("path")


def refuse_file(out: str) -> None:
    """Raises Refused for the name of a file, or for an address that ends in one."""
    if told := _ENDINGS.get(Path(out).suffix.casefold()):
        raise Refused("export-into-folder", out=out, chosen=told)


def of_school(workspace: Workspace, slug: str, today: date, how: Sequence[str]) -> SchoolTables:
    """The rows of one organisation as another process is asked for them.

    `how` is the format, one of EXPORT_FORMATS, and "public" or "whole".
    """
    chosen, shown = how
    public = shown == "public"
    return tabled(rows_of(workspace, slug, today, public=public), chosen, public=public)


def tabled(rows: Rows, chosen: str, *, public: bool) -> SchoolTables:
    """Rows as an export in a format takes them."""
    packed = _WRITERS[chosen].pack(rows, _by_name(public=public))
    counts = {name: len(found) for name, found in rows.items() if found}
    return SchoolTables(packed, counts, used_in(rows, public=public), rows.get(UNREAD.name, ()))


@cache
def _by_name(*, public: bool) -> Mapping[str, TidyTable]:
    return {table.name: table for table in (ABOUT, *tables(public=public), DICTIONARY)}


def not_read(slug: str, why: str, chosen: str, *, public: bool) -> SchoolTables:
    """What stands for an organisation of which nothing can be found out: why, and its line, as others lead to it."""
    rows: dict[str, Sequence[Row]] = {UNREAD.name: UNREAD.rows([NotRead(f"schools/{slug}", 1, None, None, why)])}
    if not public:
        rows[SCHOOLS.name] = [SCHOOLS.row(SchoolRow(slug, School(name=slug)))]
    return tabled(rows, chosen, public=public)


def exported(
    workspace: Workspace,
    out: Path,
    chosen: str,
    today: date,
    schools: Iterable[SchoolTables],
    *,
    public: bool,
    tops: Sequence[Path],
) -> Exported:
    """Write an export into the folder `out`, in one of EXPORT_FORMATS.

    `schools` are the rows of every organisation for that format, which are gone over once. Raises CharterkitError for a
    folder that is not to be written to, for a package that is not installed, where the disk refuses, and in public
    while two files are about one version of a charter; then `out` is as it was.
    """
    refuse_file(str(out))
    if public:
        demand_settled(workspace, ())
    every = tuple(_by_name(public=public).values())
    made, used = Exported(), set[CharterKey]()
    with whole_folder(out, workspace.root, tops) as folder, settled():
        writer = _WRITERS[chosen](folder, every)
        about = {ABOUT.name: [ABOUT.row(Made(today, public))], DICTIONARY.name: DICTIONARY.rows(described(every))}
        writer.add(tabled(about, chosen, public=public).packed)
        for found in schools:
            writer.add(found.packed)
            made.count(found)
            used.update(found.used)
        shared = tabled(shared_rows(workspace, used, public=public), chosen, public=public)
        writer.add(shared.packed)
        made.count(shared)
        writer.finish()
        page = dictionary_markdown(every, is_public=public)
        (folder / "dictionary.md").write_text(page, encoding="utf-8", newline="\n")
    return made
