"""An export: the rows of every school written as tables, with the dictionary beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from charterkit.choices import EXPORT_FORMATS
from charterkit.errors import Refused
from charterkit.exchange.tables.about import ABOUT, Made
from charterkit.exchange.tables.columns import Row
from charterkit.exchange.tables.csv_files import CsvWriter
from charterkit.exchange.tables.dictionary import DICTIONARY, described, dictionary_markdown
from charterkit.exchange.tables.duck import DuckdbWriter, ParquetWriter
from charterkit.exchange.tables.rows import CharterKey, Rows, rows_of, shared_rows, tables, used_in
from charterkit.exchange.tables.unread import UNREAD, NotRead
from charterkit.exchange.tables.writer import TableWriter
from charterkit.exchange.tables.xlsx_file import XlsxWriter
from charterkit.files.collector import settled
from charterkit.files.whole_folder import whole_folder
from charterkit.files.workspace import Workspace

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


@dataclass
class Exported:
    """What was written: how many rows of each table; and, by file, the first place that could not be read."""

    rows: Counter[str] = field(default_factory=Counter)
    unread: dict[str, Row] = field(default_factory=dict)

    def count(self, rows: Rows) -> None:
        """Count some rows."""
        for name, found in rows.items():
            self.rows[name] += len(found)
        for row in rows.get(UNREAD.name, ()):
            if len(self.unread) < _MOST_TOLD:
                self.unread.setdefault(str(row[_PATH]), row)


_PATH = UNREAD.at("path")


def refuse_file(out: Path) -> None:
    """Raises Refused for the name of a file."""
    if told := _ENDINGS.get(out.suffix.casefold()):
        raise Refused("export-into-folder", out=out, chosen=told)


def of_school(workspace: Workspace, slug: str, today: date, shown: str) -> Rows:
    """The rows of one organisation as another process is asked for them; `shown` is "public" or "whole"."""
    return rows_of(workspace, slug, today, public=shown == "public")


def not_read(slug: str, why: str) -> Rows:
    """The rows of an organisation of which nothing can be found out."""
    return {UNREAD.name: UNREAD.rows([NotRead(f"schools/{slug}", 1, None, None, why)])}


def exported(
    workspace: Workspace,
    out: Path,
    chosen: str,
    today: date,
    schools: Iterable[Rows],
    *,
    public: bool,
    tops: Sequence[Path],
) -> Exported:
    """Write an export into the folder `out`, in one of EXPORT_FORMATS.

    `schools` are the rows of every organisation, which are gone over once. Raises CharterkitError for a folder that is
    not to be written to, for a package that is not installed, and where the disk refuses; then `out` is as it was.
    """
    refuse_file(out)
    every = (ABOUT, *tables(public=public), DICTIONARY)
    made, used = Exported(), set[CharterKey]()
    with whole_folder(out, workspace.root, tops) as folder, settled():
        writer = _WRITERS[chosen](folder, every)
        writer.add({ABOUT.name: [ABOUT.row(Made(today, public))], DICTIONARY.name: DICTIONARY.rows(described(every))})
        for rows in schools:
            writer.add(rows)
            made.count(rows)
            used |= used_in(rows, public=public)
        shared = shared_rows(workspace, used, public=public)
        writer.add(shared)
        made.count(shared)
        writer.finish()
        about = dictionary_markdown(every, is_public=public)
        (folder / "dictionary.md").write_text(about, encoding="utf-8", newline="\n")
    return made
