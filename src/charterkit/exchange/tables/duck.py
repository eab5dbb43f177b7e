"""DuckDB, where it is installed: a folder of Parquet files, or a database in one file. Imported here alone."""

import errno
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charterkit.errors import Missing, Refused
from charterkit.exchange.tables.columns import TidyTable
from charterkit.exchange.tables.rows import Rows
from charterkit.exchange.tables.spool import Packed, RowSpool, packed, selected
from charterkit.exchange.tables.sql import DUCKDB, comments, created, quoted, views_sql
from charterkit.exchange.tables.writer import SCRATCH
from charterkit.files.undisturbed import stops, undisturbed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DATABASE = "charterkit.duckdb"
"""The database's file."""
_GROUP = 40_960
"""Rows of a Parquet file that are held until they are written together: a third of the usual, for little memory."""
_MEMORY = "128MB"
"""What DuckDB may hold; the rest goes to the scratch folder."""


class ParquetWriter:
    """A file a table; of what belongs to a cycle a folder with a file a cycle, as Hive names them."""

    def __init__(self, folder: Path, tables: Sequence[TidyTable]) -> None:
        self._duckdb = _duckdb()
        self._folder, self._tables = folder, tables
        self._spool = RowSpool(folder / SCRATCH / "spool", tables, by_cycle=True)

    @staticmethod
    def pack(rows: Rows, tables: Mapping[str, TidyTable]) -> Packed:
        """Rows as the spool takes them."""
        return packed(rows, tables, by_cycle=True)

    def add(self, packed: Packed) -> None:
        """Take some rows."""
        self._spool.add(packed)

    def finish(self) -> None:
        """Make the files."""
        self._spool.flush()
        with _connected(self._duckdb, ":memory:", self._folder / SCRATCH) as database:
            for table in self._tables:
                for cycle, paths in self._spool.files(table):
                    self._copy(database, table, cycle, paths)
        shutil.rmtree(self._folder / SCRATCH)
        (self._folder / "views.sql").write_text(views_sql(self._tables, parquet_source), encoding="utf-8", newline="\n")

    def _copy(self, database: "DuckDBPyConnection", table: TidyTable, cycle: str, paths: Sequence[Path]) -> None:
        folder = self._folder / table.name / f"cycle={cycle}" if table.by_cycle else self._folder
        folder.mkdir(parents=True, exist_ok=True)
        target = quoted(str(folder / f"{table.name}.parquet"))
        query = selected(paths, table, without="cycle" if table.by_cycle else "")
        found = database.execute(
            f"COPY ({query}) TO {target} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"
        ).fetchone()
        _demand(self._spool, table, cycle, found)
        _let_go(paths)


def parquet_source(table: TidyTable) -> str:
    """What a table is read from, in the folder of the files."""
    if not table.by_cycle:
        return f"read_parquet('{table.name}.parquet')"
    return (
        f"read_parquet('{table.name}/*/{table.name}.parquet', hive_partitioning = true, "
        "hive_types = {'cycle': VARCHAR})"
    )


class DuckdbWriter:
    """One database with every table, each column with what it means."""

    def __init__(self, folder: Path, tables: Sequence[TidyTable]) -> None:
        self._duckdb = _duckdb()
        self._folder, self._tables = folder, tables
        self._spool = RowSpool(folder / SCRATCH / "spool", tables, by_cycle=False)

    @staticmethod
    def pack(rows: Rows, tables: Mapping[str, TidyTable]) -> Packed:
        """Rows as the spool takes them."""
        return packed(rows, tables, by_cycle=False)

    def add(self, packed: Packed) -> None:
        """Take some rows."""
        self._spool.add(packed)

    def finish(self) -> None:
        """Make the database."""
        self._spool.flush()
        with _connected(self._duckdb, str(self._folder / DATABASE), self._folder / SCRATCH) as database:
            for table in self._tables:
                database.execute(created(table, DUCKDB))
                for statement in comments(table, table.name):
                    database.execute(statement)
                for _, paths in self._spool.files(table):
                    found = database.execute(f"INSERT INTO {table.name} {selected(paths, table)}").fetchone()
                    _demand(self._spool, table, "", found)
                    _let_go(paths)
            database.execute("CHECKPOINT")
        shutil.rmtree(self._folder / SCRATCH)


def _let_go(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink()


def _demand(spool: RowSpool, table: TidyTable, cycle: str, found: tuple[Any, ...] | None) -> None:
    """That as many rows came out as went in: a reader of text that loses some has to be heard of."""
    wanted = spool.rows[table.name, cycle]
    if found is None or found[0] != wanted:
        came = found[0] if found else 0
        raise Refused("rows-lost", table=f"{table.name} {cycle}".rstrip(), wanted=wanted, came=came)


@contextmanager
def _connected(duckdb: Any, path: str, scratch: Path) -> "Iterator[DuckDBPyConnection]":  # noqa: ANN401 - a module
    """A connection that fetches nothing, and whose refusals are those of a disk."""
    settings = {
        "memory_limit": _MEMORY,
        "threads": 1,
        "temp_directory": str(scratch / "duckdb"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        with stops(), duckdb.connect(path, config=settings) as database:
            yield database
    except (duckdb.OperationalError, duckdb.FatalException) as error:
        raise OSError(errno.EIO, str(error).splitlines()[0]) from None


def _duckdb() -> Any:  # noqa: ANN401 - a module
    try:
        with undisturbed():  # ^C in the middle of it ends the whole program with a message of its own
            import duckdb  # noqa: PLC0415 - only these two formats need it
    except ImportError:
        raise Missing("needs-duckdb") from None
    return duckdb
