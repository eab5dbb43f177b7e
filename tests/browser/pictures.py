"""Pictures of pages as they are kept, and whether a new one is the same to a person's eye.

Browsers differ between machines in how they smooth a letter's edge, not in where they put it. So pages are shown in
the fonts of our own packages, made small, and compared square by square: a word that moved or a colour that changed
fills a square; an edge drawn otherwise does not.
"""

import base64
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, load_font
from PIL import Image, ImageChops, ImageStat

FOLDER = Path(__file__).parent / "pictures"
SMALLER = 3
SQUARE = 12
"""Pixels of the small picture: about three lines of text, eight letters wide."""
TOLERANCE = 14.0
"""Of 255, on average over a square."""
FONTS = (
    ("Kept", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ("Kept Arabic", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
)
"""The name a page knows it by, its package and its file."""

SIGNS = (range(0x2190, 0x2800), range(0x2B00, 0x2C00), range(0x1F300, 0x1FB00))
"""Machines differ in which font they draw these with."""


@cache
def style(letters: frozenset[str]) -> str:
    """A stylesheet that shows a page in the fonts of our packages, of the Latin one no other letters than these.

    Whole it has three megabytes, which a browser reads anew with every page. Arabic letters are drawn by more glyphs
    than they are, so that font stays as it is.
    """
    faces = []
    for family, module, name in FONTS:
        spec = find_spec(module)
        assert spec
        assert spec.origin
        path = Path(spec.origin).parent / "files" / name
        data = base64.b64encode(_cut(path, letters) if family == "Kept" else path.read_bytes()).decode()
        faces.append(_face(family, data))
    faces.append(_face("Kept Signs", base64.b64encode(_signs()).decode()))
    return "\n".join([*faces, "* { font-family: Kept, 'Kept Arabic', 'Kept Signs' !important }"])


def _face(family: str, data: str) -> str:
    return f"@font-face {{ font-family: '{family}'; font-weight: 100 900; src: url(data:font/ttf;base64,{data}) }}"


def _signs() -> bytes:
    """A font of blocks, of one height for each sign, for what none of our packages draws: arrows, marks, dingbats."""
    signs = {f"s{number:x}": number for block in SIGNS for number in block}
    glyphs = {name: _block(250 + 50 * (number % 9)) for name, number in signs.items()}
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", *signs])
    made.setupCharacterMap({number: name for name, number in signs.items()})
    made.setupGlyf({".notdef": _block(700), **glyphs})
    made.setupHorizontalMetrics(dict.fromkeys([".notdef", *signs], (600, 50)))
    made.setupHorizontalHeader(ascent=1069, descent=-293)
    made.setupNameTable({"familyName": "Kept Signs", "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def _block(height: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, height), (550, height), (550, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _cut(path: Path, letters: frozenset[str]) -> bytes:
    options = Options(layout_features=["*"], notdef_outline=True)
    font = load_font(str(path), options)
    cutter = Subsetter(options)
    cutter.populate(text="".join(sorted(letters)))
    cutter.subset(font)
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def taken(page: Any, path: Path, width: int, height: int, letters: frozenset[str]) -> Image.Image:
    """The top of a page in a window, small. The page's context must bypass the page's own content policy."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path.as_uri())
    page.add_style_tag(content=style(letters))
    page.evaluate("document.fonts.ready")
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    return shot.resize((width // SMALLER, height // SMALLER), Image.Resampling.BOX)


def keep(name: str, shot: Image.Image) -> None:
    """Store a picture as the one to compare with."""
    FOLDER.mkdir(exist_ok=True)
    shot.save(FOLDER / f"{name}.png", optimize=True)


def kept(name: str) -> Image.Image:
    """The stored picture. Raises FileNotFoundError where there is none."""
    return Image.open(FOLDER / f"{name}.png").convert("RGB")


def differences(one: Image.Image, other: Image.Image) -> list[tuple[int, int]]:
    """The squares, by column and row, that are not the same in both; all of them where the sizes differ."""
    if one.size != other.size:
        return [(0, 0)]
    apart = ImageChops.difference(one, other)
    wide, high = apart.size
    return [
        (x // SQUARE, y // SQUARE)
        for y in range(0, high, SQUARE)
        for x in range(0, wide, SQUARE)
        if max(ImageStat.Stat(apart.crop((x, y, min(x + SQUARE, wide), min(y + SQUARE, high)))).mean) > TOLERANCE
    ]
