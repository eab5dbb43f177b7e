"""What writes an export: is given the rows of one school after another, and makes the files at the end."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from charterkit.exchange.tables.columns import TidyTable
from charterkit.exchange.tables.rows import Rows

SCRATCH = ".scratch"
"""The folder, in the one that is being made, of what is only needed meanwhile."""


class TableWriter(Protocol):
    """Writes some tables into a new folder; made of that folder and the tables."""

    def __init__(self, folder: Path, tables: Sequence[TidyTable]) -> None:
        """Begin. Raises Missing where a package is not installed."""

    def add(self, rows: Rows) -> None:
        """Take some rows; those of other tables than its own are left out."""

    def finish(self) -> None:
        """Make the files whole. Raises OSError where a disk refuses."""
