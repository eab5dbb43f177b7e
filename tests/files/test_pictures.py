"""Logos: what they say besides their picture goes, and what would take long to draw is refused."""

import io
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from charterkit.errors import CharterkitError
from charterkit.files.pictures import Picture, read_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="urn:x" viewBox="0 0 9 9" x:saved="/home/SECRET">{}</svg>'
RECT = '<rect width="9" height="9"/>'


def read(folder: Path, data: bytes | str) -> Picture:
    (folder / "logo").write_bytes(data.encode() if isinstance(data, str) else data)
    return read_picture(folder, "", "logo")


def photograph(**more: object) -> bytes:
    """Taken on its side, with where, by whom, and a smaller copy of itself behind it."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = "SECRET", 6
    exif.get_ifd(0x8825)[2] = (51.0, 32.0, 10.5)
    made = io.BytesIO()
    picture = Image.linear_gradient("L").convert("RGB")
    picture.save(made, "JPEG", exif=exif, comment=b"SECRET", xmp=b"<x>SECRET</x>", **more)
    return made.getvalue() + b"SECRET"


def drawn() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SECRET")
    words.add_itxt("GPS", "SECRET")
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "SECRET"
    Image.linear_gradient("L").save(made, "PNG", pnginfo=words, exif=exif)
    return made.getvalue() + b"SECRET"


@pytest.mark.parametrize(
    "data", [photograph(), photograph(progressive=True), photograph(restart_marker_blocks=2), drawn()]
)
def test_a_photograph_tells_no_place_and_no_author(tmp_path: Path, data: bytes) -> None:
    kept = read(tmp_path, data).data
    assert b"SECRET" in data
    assert b"SECRET" not in kept
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(kept))
    assert before.tobytes() == after.tobytes()
    assert not after.getexif().get_ifd(0x8825)
    assert after.getexif().get(0x0112) == before.getexif().get(0x0112)
    inner = SVG.format(
        f'<metadata>SECRET</metadata><!-- SECRET --><x:y>SECRET</x:y>{RECT}<image href="data:image/png;base64,{{}}"/>'
    )
    text = "\n ".join(b64encode(data).decode()[at : at + 76] for at in range(0, len(data) * 2, 76)).strip()
    svg = read(tmp_path, inner.format(text)).data.decode()
    assert "SECRET" not in svg
    assert "<rect" in svg
    assert b64decode(svg.partition("base64,")[2].partition('"')[0]) == kept


def uses(count: int, within: str = "") -> str:
    return f'<g id="a">{RECT * 200}{within}</g>' + '<use href="#a"/>' * count


@pytest.mark.parametrize(
    "content",
    [
        '<filter id="f"><feGaussianBlur stdDeviation="5000"/></filter>',
        f'<g filter="blur(5000px)">{RECT}</g>',
        f"<style>rect {{fill: red; FILTER: blur(5000px)}}</style>{RECT}",
        '<mask id="m"/>',
        '<pattern id="p" width="0.001" height="0.001"/>',
        '<marker id="m"/>',
        '<path d="M0 0H1e8" stroke-dasharray="0.00001"/>',
        '<path d="M0 0H1e8" style="stroke:red;stroke-dasharray: 0.00001"/>',
        "<g>" * 5000 + "</g>" * 5000,
        uses(200),
        uses(1, '<use href="#a"/>'),
        '<g id="b"><use href="#c"/></g><g id="c"/><use href="#b"/>',
        f"<clipPath><g clip-path='url(#c)'>{RECT}</g></clipPath>",
        f"<style>{'a b c d ' * 5000}{{fill:red}}</style>{RECT}",
        '<image href="data:image/png;base64,!!"/>',
        '<image href="data:image/png;base64,aGVsbG8="/>',
        f'<g style="background: image-set(&quot;//evil.example/x.png&quot; 1x)">{RECT}</g>',
        RECT * 20_001,
    ],
)
def test_what_takes_long_to_draw_or_loads_something_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(CharterkitError, match="is not used: "):
        read(tmp_path, SVG.format(content))


def test_pictures_inside_are_held_to_the_same_limits(tmp_path: Path) -> None:
    large = drawn()
    large = large[:16] + (6001).to_bytes(4) + large[20:]
    with pytest.raises(CharterkitError, match="broken, or too large"):
        read(tmp_path, SVG.format(f'<image href="data:image/png;base64,{b64encode(large).decode()}"/>'))
    with pytest.raises(CharterkitError, match="broken, or wider"):
        read(tmp_path, drawn()[:60])
    assert read(tmp_path, SVG.format(uses(50))).kind == "svg"
