"""SQL for the tables: as DuckDB and as PostgreSQL has them, with what every column means beside it."""

from collections.abc import Callable, Sequence

from charterkit.exchange.tables.columns import CellKind, TidyTable
from charterkit.exchange.tables.dictionary import meaning

DUCKDB = {
    CellKind.TEXT: "VARCHAR",
    CellKind.WHOLE: "INTEGER",
    CellKind.EXACT: "DECIMAL(24, 6)",
    CellKind.SHARE: "DOUBLE",
    CellKind.FLAG: "BOOLEAN",
    CellKind.DAY: "DATE",
}
POSTGRESQL = {
    CellKind.TEXT: "text",
    CellKind.WHOLE: "integer",
    CellKind.EXACT: "numeric(24, 6)",
    CellKind.SHARE: "double precision",
    CellKind.FLAG: "boolean",
    CellKind.DAY: "date",
}
SCHEMA = "charterkit"
"""The schema of a PostgreSQL database into which everything is loaded."""


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def created(
    table: TidyTable, types: dict[CellKind, str], more: Sequence[str] = (), begin: str = "CREATE TABLE "
) -> str:
    """The statement that makes a table; `more` are lines below its columns."""
    lines = [
        f"  {column.name} {types[column.kind]}{' NOT NULL' if column.is_filled else ''}" for column in table.columns
    ]
    return f"{begin}{table.name} (\n" + ",\n".join([*lines, *(f"  {line}" for line in more)]) + "\n);"


def comments(table: TidyTable, name: str) -> list[str]:
    """The statements that say what a table and its columns mean."""
    said = [f"COMMENT ON TABLE {name} IS {quoted(table.about)};"]
    return said + [f"COMMENT ON COLUMN {name}.{each.name} IS {quoted(meaning(each))};" for each in table.columns]


def load_sql(tables: Sequence[TidyTable], file: Callable[[TidyTable], str]) -> str:
    """What psql is given, in the folder of the files, to load all of them into a schema of their own.

    All or nothing, and while it runs others see what was there before. Views that stand on the tables stay.
    """
    names = {table.name for table in tables}
    every = ", ".join(f"{SCHEMA}.{table.name}" for table in tables)
    made = [_HEAD]
    for table in tables:
        ways = [(columns, name) for columns, name in table.leads_to if name in names]
        more = [f"PRIMARY KEY ({', '.join(table.key)})"]
        more += [f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {SCHEMA}.{name}" for columns, name in ways]
        made += [created(table, POSTGRESQL, more, f"CREATE TABLE IF NOT EXISTS {SCHEMA}."), ""]
        made += [*comments(table, f"{SCHEMA}.{table.name}"), ""]
    made += [f"TRUNCATE {every};", ""]
    for table in tables:
        columns = ", ".join(column.name for column in table.columns)
        made.append(
            f"\\copy {SCHEMA}.{table.name} ({columns}) FROM {quoted(file(table))} WITH (FORMAT csv, HEADER true)"
        )
    return "\n".join([*made, "", "COMMIT;", f"ANALYZE {every};", ""])


_HEAD = rf"""-- Loads these tables into the schema {SCHEMA} of a PostgreSQL database.
-- In this folder: psql DATABASE -f load.sql
-- A second load replaces what the first one brought. Where a newer charterkit has other columns, drop the schema first.
\set ON_ERROR_STOP on
\encoding UTF8
BEGIN;
SET LOCAL client_min_messages TO warning;
CREATE SCHEMA IF NOT EXISTS {SCHEMA};
"""


def views_sql(tables: Sequence[TidyTable], source: Callable[[TidyTable], str]) -> str:
    """What DuckDB is given, in the folder of the files, to have every table under its name."""
    views = []
    for table in tables:
        columns = ", ".join(column.name for column in table.columns)
        views.append(f"CREATE OR REPLACE VIEW {table.name} AS SELECT {columns} FROM {source(table)};")  # noqa: S608 - made of our own names
    head = "-- Every table under its name. In this folder: duckdb -init views.sql"
    return "\n".join([head, *views, ""])
