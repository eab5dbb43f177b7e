"""The program's icon, drawn from the design tokens: three answers of a charter, each with a shape of its own."""

from pathlib import Path

import typst
from PIL import Image

from charterkit.render.engine.tokens import builtin_tokens

SIDE = 1024
_SIZES = (16, 24, 32, 48, 64, 128, 256)
_PAGE = '#set page(width: 1024pt, height: 1024pt, margin: 0pt, fill: none)\n#image("charterkit.svg", width: 100%)\n'


def drawn() -> str:
    """The icon as SVG, 48 units wide."""
    tokens = builtin_tokens()
    accent, paper = tokens["light"]["accent"], tokens["light"]["paper"]
    shapes = tokens["levels"]["shapes"]
    rows = [
        f'<path transform="translate(8 {top}) scale(.75)" d="{shapes[shape]}"/>'
        f'<rect x="21" y="{top + 2.5}" width="{width}" height="4" rx="2"/>'
        for shape, top, width in (("●", 8.5, 19), ("▲", 19.5, 14), ("■", 30.5, 17))
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<rect x="1" y="1" width="46" height="46" rx="10" fill="{accent}"/>'
        f'<g fill="{paper}">{"".join(rows)}</g></svg>\n'
    )


def made(folder: Path) -> dict[str, Path]:
    """The icon in every form that a system asks for, by the file's ending."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {ending: folder / f"charterkit.{ending}" for ending in ("svg", "png", "ico", "icns")}
    files["svg"].write_text(drawn(), encoding="utf-8")
    page = folder / "icon.typ"
    page.write_text(_PAGE, encoding="utf-8")
    typst.compile(str(page), output=str(files["png"]), format="png", ppi=72)
    with Image.open(files["png"]) as picture:
        picture.save(files["ico"], sizes=[(size, size) for size in _SIZES])
        picture.save(files["icns"])
    return files
