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


@cache
def style() -> str:
    """A stylesheet that shows a page in the fonts of our packages."""
    faces = []
    for family, module, name in FONTS:
        spec = find_spec(module)
        assert spec
        assert spec.origin
        data = base64.b64encode((Path(spec.origin).parent / "files" / name).read_bytes()).decode()
        faces.append(
            f"@font-face {{ font-family: '{family}'; font-weight: 100 900; src: url(data:font/ttf;base64,{data}) }}"
        )
    return "\n".join([*faces, "* { font-family: Kept, 'Kept Arabic' !important }"])


def taken(page: Any, path: Path, width: int, height: int) -> Image.Image:
    """The top of a page in a window, small. The page's context must bypass the page's own content policy."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path.as_uri())
    page.add_style_tag(content=style())
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
