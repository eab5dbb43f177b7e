"""How a workbook's sheet is printed: small enough to be as wide as the page, and broken where nothing is parted."""

INCH = 72
MARGINS = (0.4, 0.4, 0.5, 0.6)
"""Left, right, top and bottom, in inches."""
_SIDES = {"A4": (841.9, 595.3), "A3": (1190.6, 841.9)}
"""Of the paper on its long side, in points (ISO 216)."""
_SPARE_WIDTH, _SPARE_HEIGHT = 0.91, 0.96
"""Programs differ in how wide and high they print a cell: LibreOffice makes columns 5 % wider than Excel's formula."""


class Printed:
    """Goes through a sheet's rows in their order and finds where its pages end."""

    def __init__(self, size: str, width: float, header: float) -> None:
        """`width` is that of all columns, `header` the height of what repeats on each page, in points."""
        wide, high = _SIDES[size]
        left, right, top, bottom = MARGINS
        self.scale = max(10, min(100, int(100 * _SPARE_WIDTH * (wide - (left + right) * INCH) / width)))
        self.room = _SPARE_HEIGHT * (high - (top + bottom) * INCH) / (self.scale / 100)
        self.header = header
        self.breaks: list[int] = []
        """Rows, from 0, that begin a page."""
        self._used = 0.0

    def block(self, height: float, row: int | None = None) -> None:
        """Rows that stay together, as a key point's heading and its first aspect do; `row` is the first of them."""
        if row is not None and self._used + height > self.room:
            self.breaks.append(row)
            self._used = self.header
        self._used += height
