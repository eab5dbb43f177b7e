"""What writes an export: is given the rows of one school after another, and makes the files at the end."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from charterkit.exchange.tables.columns import TidyTable
from charterkit.exchange.tables.rows import Rows

SCRATCH = ".scratch"
"""The folder, in the one that is being made, of what is only needed meanwhile."""


class TableWriter(Protocol):
    """Writes some tables into a new folder; made of that folder and the tables."""

    def __init__(self, folder: Path, tables: Sequence[TidyTable]) -> None:
        """Begin. Raises Missing where a package is not installed."""

    @staticmethod
    def pack(rows: Rows, tables: Mapping[str, TidyTable]) -> Any:  # noqa: ANN401 - each writer has a form of its own
        """Rows in the form that `add` takes: made by the process that read them, so that the one that gathers does not.

        `tables` are its tables by name; rows of others are left out.
        """

    def add(self, packed: Any) -> None:  # noqa: ANN401 - what `pack` made
        """Take some rows."""

    def finish(self) -> None:
        """Make the files whole. Raises OSError where a disk refuses."""
