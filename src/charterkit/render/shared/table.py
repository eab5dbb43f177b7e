"""Plain data as JSON, and rows as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from charterkit.text.safe import csv_cell


def json_text(data: object) -> str:
    """Plain data as JSON that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def csv_text(rows: Iterable[Sequence[str | int]]) -> str:
    """Rows as RFC 4180 has them, with CRLF, and no text that a spreadsheet would run."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    for row in rows:
        writer.writerow([csv_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return made.getvalue()
