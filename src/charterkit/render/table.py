"""Rows as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence

from charterkit.render.text import csv_cell


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as RFC 4180 has them, with CRLF, and no cell that a spreadsheet would run."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in row])
    return made.getvalue()
