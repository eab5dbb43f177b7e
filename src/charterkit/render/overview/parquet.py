"""An overview as Parquet, for programs that analyse tables: the rows of the CSV, with types."""

import tempfile
from datetime import date
from itertools import islice
from pathlib import Path

from charterkit.errors import Missing
from charterkit.files.undisturbed import stops, undisturbed
from charterkit.insight.overview.overview import Overview
from charterkit.render.engine.paper import Paper
from charterkit.render.overview.data import columns, rows

_TEXTS = 9
"""How many of the first columns are text; the others are whole numbers."""
_AT_ONCE = 20_000
"""Rows handed over together, column by column: one by one a million take half an hour (November 2026)."""


def overview_parquet(found: Overview, _: date) -> Paper:
    """The rows as a Parquet file. Raises CharterkitError where the package to write it is missing."""
    try:
        with undisturbed():  # as in `exchange/tables/duck.py`
            import duckdb  # noqa: PLC0415 - only Parquet needs it
    except ImportError:
        raise Missing("needs-duckdb") from None
    names = columns(found)
    kinds = ["VARCHAR"] * _TEXTS + ["INTEGER"] * (len(names) - _TEXTS)
    table = ", ".join(f'"{name}" {kind}' for name, kind in zip(names, kinds, strict=True))
    with tempfile.TemporaryDirectory() as folder, stops(), duckdb.connect(":memory:") as base:
        path = Path(folder) / "overview.parquet"
        base.execute(f"CREATE TABLE overview ({table})")
        said, values = rows(found), ", ".join(["unnest(?)"] * len(names))
        while some := list(islice(said, _AT_ONCE)):
            base.execute(f"INSERT INTO overview SELECT {values}", [list(column) for column in zip(*some, strict=True)])
        base.table("overview").write_parquet(str(path))
        return Paper(path.read_bytes(), ())
