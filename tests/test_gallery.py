"""The gallery in docs/ shows what charterkit makes today, on paper as on screen."""

import pytest
from PIL import Image

from tests.browser.pictures import SMALLER, differences
from tools.gallery import FOLDER, PAGE, SHEETS, pdf_reader, picture, text, workspace

READER = pytest.mark.skipif(pdf_reader() is None, reason="NO PDF READER: apt-get install poppler-utils")


def small(found: Image.Image) -> Image.Image:
    return found.convert("RGB").resize((found.width // SMALLER, found.height // SMALLER), Image.Resampling.BOX)


def test_its_page_is_as_the_tool_writes_it():
    assert PAGE.read_text(encoding="utf-8") == text()
    assert {path.stem for path in FOLDER.iterdir()} == {sheet.name for sheet in SHEETS}


@READER
@pytest.mark.slow
def test_its_pictures_are_what_is_made_today(tmp_path):
    root = workspace(tmp_path / "ours")
    for sheet in SHEETS:
        kept = Image.open(FOLDER / f"{sheet.name}.png")
        apart = differences(small(kept), small(picture(sheet, root)))
        assert not apart, f"{sheet.name} looks different in {len(apart)} squares. Look; then: make gallery"
