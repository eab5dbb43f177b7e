"""The promises of a year as a sheet of a workbook: a row a date, reports and duties too, then what has none."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charterkit.insight.promises.beside import Beside
from charterkit.insight.promises.year import AUDIENCE_WORDS, Planned
from charterkit.render.promises.data import beside_row, promise_row
from charterkit.render.promises.words import Year, beside_rhythm, rhythm_words
from charterkit.render.shared.workbook import SheetColumn, SheetPage

COLUMNS = (
    SheetColumn("Date", 18, "date", is_date=True),
    SheetColumn("Promise", 48, "what"),
    SheetColumn("To whom", 18, "to"),
    SheetColumn("Who sees to it", 24, "owner"),
    SheetColumn("How often", 20, "when"),
    SheetColumn("Policy", 34, "title"),
    SheetColumn("School", 24, "school_name"),
    SheetColumn("Why it has no date", 40, "why"),
)
BY_ASPECT = (
    SheetColumn("Aspect", 48, "title"),
    SheetColumn("Key point", 24, "key_point"),
    SheetColumn("Promise", 48, "what"),
    SheetColumn("How often", 20, "when"),
    SheetColumn("Policy", 30, "policy"),
    SheetColumn("School", 24, "school"),
)


def promises_sheet(year: Year) -> SheetPage:
    """A row for each date on which a promise is to be kept, in their order."""
    rows = [row for planned in year.found for row in _rows(year, planned)]
    rows += [row for each in year.beside for row in _beside_rows(each)]
    rows.sort(key=lambda row: row["date"] or "9999")
    return SheetPage("Promises", f"{year.title}: promises of {year.plan.year}", COLUMNS, rows, stay=2)


def _rows(year: Year, planned: Planned) -> Iterator[dict[str, Any]]:
    made = promise_row(planned, year.plan)
    said = made["audience"]
    audiences = said if isinstance(said, list) else [said] if said else []
    row = {
        **made,
        "when": made["when"] or rhythm_words(planned),
        "to": [AUDIENCE_WORDS.get(each, each) for each in audiences],
        "school_name": planned.promise.folder.school.name,
    }
    for day in made["dates"] or [None]:
        yield {**row, "date": day}


def _beside_rows(beside: Beside) -> Iterator[dict[str, Any]]:
    row = {**beside_row(beside), "to": [], "school_name": beside.first.folder.school.name}
    row["when"] = row["when"] or beside_rhythm(beside)
    for day in row["dates"]:
        yield {**row, "date": day}


def aspects_sheet(rows: Sequence[Mapping[str, Any]], title: str) -> SheetPage:
    """A row for each aspect and promise that serves it."""
    return SheetPage("Promises by aspect", f"{title}: promises by aspect", BY_ASPECT, rows)
