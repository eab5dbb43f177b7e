"""A QR code of a web address, as a drawing."""

import re

from charterkit.errors import Missing, Refused
from charterkit.records import dataclass
from charterkit.text.safe import is_page

LONGEST = 200
"""Characters of an address; a code with more has dots too fine for a telephone's camera at arm's length."""
INSTALL = "Install it with: pip install 'charterkit[pdf]'"


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: a drawing of squares, `side` of them each way with the quiet zone.

    `pieces` are the address as it is printed, parted where a line may end.
    """

    address: str
    pieces: tuple[str, ...]
    alt: str
    path: str
    side: int

    @property
    def svg(self) -> str:
        """The drawing as a file of its own."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}">'
            f'<path fill="#fff" d="M0 0h{self.side}v{self.side}H0z"/><path fill="#000" d="{self.path}"/></svg>'
        )


def qr_code(address: str, alt: str) -> QrCode:
    """The code of a web address; `alt` says what it is. Raises CharterkitError for anything else than http(s)."""
    if not is_page(address):
        raise Refused("qr-no-address", address=address)
    if len(address) > LONGEST:
        raise Refused("qr-too-long", count=len(address), longest=LONGEST)
    try:
        import segno  # noqa: PLC0415 - most calls need no QR code
    except ImportError:
        raise Missing("needs-segno") from None
    found = segno.make_qr(address, error="m")
    rows = [list(row) for row in found.matrix_iter(border=4)]
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    shown = address.partition("://")[2].removesuffix("/")
    pieces = tuple(re.findall(r"[^/.?&=-]{1,15}[/.?&=-]*|[/.?&=-]+", shown))
    return QrCode(address, pieces, alt, path, len(rows))
