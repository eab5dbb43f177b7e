"""A picture that documents may show, such as a logo: inside its folder, of a known kind, small enough and harmless."""

from pathlib import Path
from xml.parsers import expat

from charterkit.errors import Missing, NotThere, Refused
from charterkit.files.attachments import Lies, on_disk, where
from charterkit.files.bare import bare_jpeg, bare_png
from charterkit.files.svg import UnfitDrawingError, plain_svg
from charterkit.records import dataclass

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 6000
"""Of a PNG's or JPEG's width and height: a small file can unpack into one that fills the memory."""

_MIMES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and what they are: png, jpeg or svg."""

    kind: str
    data: bytes

    @property
    def mime(self) -> str:
        """The kind as browsers call it."""
        return _MIMES[self.kind]


def read_picture(root: Path, folder: str, path: str) -> Picture:
    """The picture at a path that counts from `folder`, a folder below `root`; empty for `root` itself.

    Raises CharterkitError that names the path, for one that leads out of the folder, is larger than 2 MB, is neither
    PNG, JPEG nor SVG, or is an SVG that runs or loads something.
    """
    lies = where(root, folder, "", path)
    if lies is Lies.OUTSIDE:
        place = f"the folder {folder}" if folder else "the workspace"
        raise Refused("logo-outside", path=path, place=place)
    if lies is Lies.MISSING:
        raise NotThere("no-logo", path=path)
    try:
        with (root / folder / on_disk(root / folder, path)).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Missing("logo-not-read", path=path, reason=error.strerror) from None
    if len(data) > MOST_BYTES:
        raise Refused("logo-too-large", path=path)
    return _picture(data, path)


def _picture(data: bytes, path: str) -> Picture:
    kind = _kind(data)
    if kind is None and b"<svg" in data:
        return Picture("svg", _svg(data, path))
    if kind is None:
        raise Refused("logo-no-picture", path=path)
    try:
        return Picture(kind, _bare(kind, data)[0])
    except ValueError:
        raise Refused("logo-broken", path=path, most=MOST_PIXELS) from None


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "jpeg" if data.startswith(b"\xff\xd8\xff") else None


def _bare(kind: str, data: bytes) -> tuple[bytes, int]:
    """A PNG or JPEG without what it says besides, and its number of pixels. Raises ValueError: broken, or too large."""
    is_png = kind == "png"
    width, height = (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) if is_png else _jpeg_size(data)
    if not all(0 < side <= MOST_PIXELS for side in (width, height)):
        raise ValueError("too large")
    return (bare_png if is_png else bare_jpeg)(data), width * height


def _inner(data: bytes) -> tuple[bytes, int]:
    kind = _kind(data)
    try:
        if kind is not None:
            return _bare(kind, data)
    except ValueError:
        pass
    raise UnfitDrawingError("a picture inside it is broken, or too large")


def _svg(data: bytes, path: str) -> bytes:
    try:
        return plain_svg(data, _inner)
    except UnfitDrawingError as why:
        raise Refused("logo-refused", path=path, why=why) from None
    except expat.ExpatError as error:
        raise Refused("logo-no-svg", path=path, line=error.lineno) from None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height from the frame header (ITU-T T.81, B.2.2); (0, 0) where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004 - the frame headers
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0, 0
