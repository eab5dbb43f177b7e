"""What a listing is made of: rows for programs, and for people a listing that is made when it is looked at."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from charterkit.records import dataclass
from charterkit.render.listings.listing import Listing, rows_csv
from charterkit.render.shared.workbook import SheetPage


class Tabular(Protocol):
    """Rows of plain data, and the keys that CSV has of each."""

    @property
    def rows(self) -> Sequence[dict[str, Any]]:
        """One mapping a row."""

    @property
    def keys(self) -> Sequence[str]:
        """In the order of the columns."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing. `make` may tell what is left out, which is no matter for programs."""

    rows: Sequence[dict[str, Any]]
    keys: Sequence[str]
    make: Callable[[], Listing]
    make_data: Callable[[], object] | None = None
    """JSON, where it says more than the rows."""
    make_sheet: Callable[[], SheetPage] | None = None
    """For a spreadsheet."""

    @property
    def data(self) -> object:
        """As JSON has it."""
        return self.make_data() if self.make_data else self.rows

    @property
    def view(self) -> Listing:
        """For people."""
        return self.make()

    @property
    def sheet(self) -> SheetPage:
        """For a spreadsheet. Raises ValueError for a listing that is none."""
        if self.make_sheet is None:
            raise ValueError("this listing is no sheet")
        return self.make_sheet()


def listed_csv(made: Tabular) -> str:
    """The rows as CSV."""
    return rows_csv(made.rows, made.keys)
