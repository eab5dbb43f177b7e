"""Cells in which a sheet has a date or a number of its own kind where a target or a value is said."""

from datetime import date, datetime

from charterkit.exchange.cells import number_text
from charterkit.exchange.workbook.xlsx import Sheet

BY, VALUE = "target by", "value"


def aim_text(sheet: Sheet, at: tuple[int, int], column: str) -> str | None:
    """What stands under a column in words, where that is a date or a number; None of any other cell.

    A number that the sheet shows as a percentage is one: 0.62 is 62%.
    """
    value = sheet.value(*at)
    if column == BY and isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if column not in {BY, VALUE} or isinstance(value, bool) or not isinstance(value, float | int):
        return None
    return number_text(float(value), is_percent=at in sheet.percents)
