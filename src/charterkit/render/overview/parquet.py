"""An overview as Parquet, for programs that analyse tables: the rows of the CSV, with types."""

import tempfile
from datetime import date
from pathlib import Path

from charterkit.errors import Missing
from charterkit.insight.overview.overview import Overview
from charterkit.render.engine.paper import Paper
from charterkit.render.overview.data import columns, rows

_TEXTS = 9
"""How many of the first columns are text; the others are whole numbers."""


def overview_parquet(found: Overview, _: date) -> Paper:
    """The rows as a Parquet file. Raises CharterkitError where the package to write it is missing."""
    try:
        import duckdb  # noqa: PLC0415 - only Parquet needs it
    except ImportError:
        raise Missing("needs-duckdb") from None
    names = columns(found)
    kinds = ["VARCHAR"] * _TEXTS + ["INTEGER"] * (len(names) - _TEXTS)
    table = ", ".join(f'"{name}" {kind}' for name, kind in zip(names, kinds, strict=True))
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as base:
        path = Path(folder) / "overview.parquet"
        base.execute(f"CREATE TABLE overview ({table})")
        base.executemany(f"INSERT INTO overview VALUES ({', '.join('?' * len(names))})", list(rows(found)))  # noqa: S608 - question marks
        base.table("overview").write_parquet(str(path))
        return Paper(path.read_bytes(), ())
