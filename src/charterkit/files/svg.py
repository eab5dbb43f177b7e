"""An SVG that a document may show: it runs, loads and hides nothing, and is drawn in a moment.

Small files can ask for very much: filters over a thousand screens, masks in masks, one group used a thousand times by
another. What does that is refused; what does nothing for the eye (comments, what editors note about their author) goes.
"""

import base64
import binascii
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET
from xml.parsers import expat

MOST_DEEP = 100
"""Elements in each other."""
MOST_DRAWN = 20_000
"""Elements that are drawn, each as often as it is used."""
MOST_STYLE = 20_000
"""Characters of style sheets: every rule is tried on every element."""
_PIXELS = 2_000
"""Pixels of a picture inside that count as one element."""
_ACTIVE = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "animate", "set", "a"}
)
_COSTLY = frozenset({"filter", "mask", "pattern", "marker"})
_WITHIN = re.compile(r"#|data:image/(png|jpeg);base64,")
_LOADING = re.compile(r"url\(\s*(?![\"']?#)|javascript:|image-set|\bsrc\(", re.IGNORECASE)
_ELSEWHERE = re.compile(r"@import|\\|://", re.IGNORECASE)
"""In a style; an escape may hide any of them."""
_STYLED = re.compile(
    r"(?<![\w-])(filter|mask|mask-image|backdrop-filter|stroke-dasharray)\s*:\s*(?!none\b)", re.IGNORECASE
)
_COSTLY_ATTRIBUTES = frozenset({"filter", "mask", "stroke-dasharray"})
_SPACE = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_OUTSIDE = "it refers to something outside itself"
_TOO_MUCH = "it takes too long to draw"

Inner = Callable[[bytes], tuple[bytes, int]]
"""Gives a picture inside without what it says besides, and its number of pixels. Raises UnfitDrawingError."""


class UnfitDrawingError(Exception):
    """Why an SVG is not used."""


def plain_svg(data: bytes, inner: Inner) -> bytes:
    """An SVG with nothing but what is drawn. Raises UnfitDrawingError, and ExpatError for one that cannot be read."""
    _Look().over(data)
    root = ET.fromstring(data)  # noqa: S314 - no document type, no entity
    _bare(root)
    _Drawn(root, inner).demand_few()
    ET.register_namespace("", _SPACE[1:-1])
    ET.register_namespace("xlink", _LINK[1:-5])
    made: bytes = ET.tostring(root, encoding="utf-8")
    return made


def _bare(element: ET.Element) -> None:
    """Take out what other programs keep in it for themselves, such as who drew it and where it was saved."""
    for name in [name for name in element.attrib if name[0] == "{" and not name.startswith((_LINK, _XML))]:
        del element.attrib[name]
    element[:] = [child for child in element if _is_drawn(child.tag)]
    for child in element:
        _bare(child)


def _is_drawn(tag: str) -> bool:
    return (tag.startswith(_SPACE) or tag[0] != "{") and tag.rpartition("}")[2] != "metadata"


class _Drawn:
    """How many elements are drawn, counted with what is used again and with the pictures inside."""

    def __init__(self, root: ET.Element, inner: Inner) -> None:
        self.inner = inner
        self.sizes: dict[str, int] = {}
        self.uses: list[str] = []
        self.using: set[str] = set()
        """Ids of elements with a use in them."""
        self.count = self.over(root, ())

    def over(self, element: ET.Element, ids: tuple[str, ...]) -> int:
        name, tag = element.get("id"), element.tag.rpartition("}")[2]
        ids = (*ids, name) if name else ids
        count = 1
        if tag == "use":
            self.uses.append((element.get("href") or element.get(_LINK) or "")[1:])
            self.using.update(ids)
        elif tag == "image":
            count += self.picture(element)
        elif tag == "clipPath" and any("clip-path" in each.attrib for each in element.iter()):
            raise UnfitDrawingError(_TOO_MUCH)
        count += sum(self.over(child, ids) for child in element)
        for text in [name] if name else ():
            self.sizes[text] = max(count, self.sizes.get(text, 0))
        return count

    def picture(self, element: ET.Element) -> int:
        pixels = 0
        for key in ("href", _LINK):
            value = element.get(key, "")
            found = _WITHIN.match(value.strip())
            if not found or not found[1]:
                continue
            try:
                data = base64.b64decode("".join(value.strip()[found.end() :].split()), validate=True)
            except (binascii.Error, ValueError):
                raise UnfitDrawingError("a picture inside it is broken") from None
            clean, count = self.inner(data)
            pixels += count
            element.set(key, f"data:image/{found[1]};base64,{base64.b64encode(clean).decode()}")
        return pixels // _PIXELS

    def demand_few(self) -> None:
        if any(name in self.using for name in self.uses):
            raise UnfitDrawingError("what it uses again uses something again")
        if self.count + sum(self.sizes.get(name, 0) for name in self.uses) > MOST_DRAWN:
            raise UnfitDrawingError(_TOO_MUCH)


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
        """Raise UnfitDrawingError for what may not be in it."""
        self.reader.Parse(data, True)
        self.style("".join(self.styles))

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2].lower()
        self.inside.append(plain)
        if plain in _ACTIVE or plain in _COSTLY or plain.startswith("animate"):
            raise UnfitDrawingError(f"it holds <{plain}>")
        if len(self.inside) > MOST_DEEP:
            raise UnfitDrawingError("it holds too many elements in each other")
        for key, value in attributes.items():
            self.attribute(key.rpartition(":")[2].lower(), value.strip())

    def attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            raise UnfitDrawingError(f"it holds a script ({name})")
        if name in ("href", "src"):
            if not _WITHIN.match(value):
                raise UnfitDrawingError(_OUTSIDE)
        elif name == "style":
            self.style(value)
        elif name in _COSTLY_ATTRIBUTES and value != "none":
            raise UnfitDrawingError(f"it has a {name}")
        elif _LOADING.search(value):
            raise UnfitDrawingError(_OUTSIDE)

    def style(self, text: str) -> None:
        if _LOADING.search(text) or _ELSEWHERE.search(text):
            raise UnfitDrawingError(_OUTSIDE)
        if found := _STYLED.search(text):
            raise UnfitDrawingError(f"it has a {found[1].lower()}")
        if len(text) > MOST_STYLE:
            raise UnfitDrawingError(_TOO_MUCH)

    def words(self, text: str) -> None:
        if "style" in self.inside:
            self.styles.append(text)

    def document_type(self, *_: object) -> None:
        raise UnfitDrawingError("it has a document type")

    def instruction(self, target: str, _: str) -> None:
        raise UnfitDrawingError(f"it holds an instruction ({target})")
