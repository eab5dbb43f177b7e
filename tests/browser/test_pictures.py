"""How pages look: each as its kept picture has it. `make screens` keeps new ones; look at them before you commit them."""

import os
from functools import cache
from typing import Literal

import pytest
from PIL import ImageDraw

from tests.browser.pictures import FOLDER, SMALLER, differences, keep, kept, taken

LOOKS: dict[str, tuple[str, Literal["light", "dark"], int]] = {
    "leaders": ("leaders", "light", 1000),
    "leaders-dark": ("leaders", "dark", 1000),
    "leaders-phone": ("leaders", "light", 360),
    "compare": ("compare", "light", 1000),
    "planner": ("planner", "light", 1200),
    "policy": ("policy", "light", 1000),
    "register": ("register", "light", 1000),
    "form": ("form", "light", 1000),
    "poster": ("poster", "light", 1000),
    "poster-ur": ("poster-ur", "light", 1000),
    "site": ("site", "light", 1000),
    "site-dark": ("site", "dark", 1000),
}
"""The page, the scheme and the window's width of each picture."""
HEIGHT = 1400


@pytest.fixture(scope="module")
def shots(chromium, pages):
    """Makes a picture as it is now."""
    letters = frozenset("".join(pages[page].read_text(encoding="utf-8") for page, _, _ in LOOKS.values()))
    letters |= frozenset(map(chr, range(0x20, 0x180)))  # what a stylesheet draws, capitals
    with chromium.browser.new_page(bypass_csp=True) as window:

        @cache
        def shot(name):
            page, scheme, width = LOOKS[name]
            window.emulate_media(color_scheme=scheme)
            return taken(window, pages[page], width, HEIGHT, letters)

        yield shot


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", LOOKS)
def test_it_looks_as_it_did(shots, name, tmp_path):
    if os.environ.get("CHARTERKIT_KEEP"):
        keep(name, shots(name))
    shots(name).save(tmp_path / f"{name}.png")
    apart = differences(kept(name), shots(name))
    assert not apart, f"{tmp_path / name}.png looks different in {len(apart)} squares. Look; then: make screens"


def test_every_kept_picture_is_looked_at():
    assert {path.stem for path in FOLDER.glob("*.png")} == set(LOOKS)


def test_what_a_person_would_see_is_seen(shots):
    same = shots("leaders-phone")
    assert differences(same, same.point(lambda value: min(255, value + 5))) == []
    for change in (_moved, _painted):
        assert differences(same, change(same.copy()))


def _moved(shot):
    """A line of text lower down."""
    line = shot.crop((0, 40, shot.width, 70))
    shot.paste(line, (0, 40 + 18 // SMALLER))
    return shot


def _painted(shot):
    """A badge in another colour."""
    ImageDraw.Draw(shot).rectangle((20, 200, 20 + 75 // SMALLER, 200 + 36 // SMALLER), fill="#d02040")
    return shot
