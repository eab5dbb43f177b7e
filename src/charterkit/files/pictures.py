"""A picture that documents may show, such as a logo: inside its folder, of a known kind, small enough and harmless."""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from charterkit.errors import Missing, NotThere, Refused
from charterkit.files.attachments import Lies, where

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 6000
"""Of a PNG's or JPEG's width and height: a small file can unpack into one that fills the memory."""

_MIMES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
_ACTIVE = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "animate", "set", "a"}
)
_WITHIN = re.compile(r"#|data:image/(png|jpeg);base64,")
_LOADING = re.compile(r"url\(\s*(?![\"']?#)|javascript:", re.IGNORECASE)


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
        with (root / folder / path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Missing("logo-not-read", path=path, reason=error.strerror) from None
    if len(data) > MOST_BYTES:
        raise Refused("logo-too-large", path=path)
    return Picture(_kind(data, path), data)


def _kind(data: bytes, path: str) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        size = (int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))
        kind = "png"
    elif data.startswith(b"\xff\xd8\xff"):
        size = _jpeg_size(data)
        kind = "jpeg"
    elif b"<svg" in data:
        _demand_harmless(data, path)
        return "svg"
    else:
        raise Refused("logo-no-picture", path=path)
    if not all(0 < side <= MOST_PIXELS for side in size):
        raise Refused("logo-broken", path=path, most=MOST_PIXELS)
    return kind


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height from the frame header (ITU-T T.81, B.2.2); (0, 0) where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004 - the frame headers
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0, 0


class _RefusedError(Exception):
    """Why an SVG is not used."""


def _demand_harmless(data: bytes, path: str) -> None:
    """Raise CharterkitError for an SVG with a script, or with something that is fetched from elsewhere."""
    try:
        _Look().over(data)
    except _RefusedError as why:
        raise Refused("logo-refused", path=path, why=why) from None
    except expat.ExpatError as error:
        raise Refused("logo-no-svg", path=path, line=error.lineno) from None


class _Look:
    """Looks an SVG over, element by element. A document type, and with it every entity, is refused."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.styles: list[str] = []
        self.reader = expat.ParserCreate()
        self.reader.StartElementHandler = self.begin
        self.reader.EndElementHandler = lambda _: self.inside.pop()
        self.reader.CharacterDataHandler = self.words
        self.reader.StartDoctypeDeclHandler = self.document_type
        self.reader.ProcessingInstructionHandler = self.instruction

    def over(self, data: bytes) -> None:
        """Raise _RefusedError for what may not be in it."""
        self.reader.Parse(data, True)
        self.style("".join(self.styles))

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2].lower()
        self.inside.append(plain)
        if plain in _ACTIVE or plain.startswith("animate"):
            raise _RefusedError(f"it holds <{plain}>")
        for key, value in attributes.items():
            self.attribute(key.rpartition(":")[2].lower(), value.strip())

    def attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            raise _RefusedError(f"it holds a script ({name})")
        if name in ("href", "src"):
            if not _WITHIN.match(value):
                raise _RefusedError(_OUTSIDE)
        elif name == "style":
            self.style(value)
        elif _LOADING.search(value):
            raise _RefusedError(_OUTSIDE)

    def style(self, text: str) -> None:
        if _LOADING.search(text) or "@import" in text.lower() or "\\" in text:  # an escape may hide either
            raise _RefusedError(_OUTSIDE)

    def words(self, text: str) -> None:
        if "style" in self.inside:
            self.styles.append(text)

    def document_type(self, *_: object) -> None:
        raise _RefusedError("it has a document type")

    def instruction(self, target: str, _: str) -> None:
        raise _RefusedError(f"it holds an instruction ({target})")


_OUTSIDE = "it refers to something outside itself"
_PLAIN = "Save it as a plain SVG without links and scripts, or as PNG."
