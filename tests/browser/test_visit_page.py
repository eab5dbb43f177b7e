"""A visit recorded in a real browser by keyboard alone, on pages that are for everybody."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from tests.browser.checker import installed as has_checker
from tests.browser.checker import remarks
from tests.browser.conftest import NEEDS
from tests.browser.serving import Serving
from tests.browser.test_pages import COLOURS, WCAG, Axe, sideways
from tests.cli.calling import example
from tests.soak.page import enter, settle

pytestmark = [NEEDS, pytest.mark.skipif(not hasattr(os, "fork"), reason="NO FORK on this system")]
VISITS = "/schools/example-primary/visits"
NEW = "schools/example-primary/visits/2026-11-22.yaml"


def for_everybody(page, name):
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert sideways(page) == [], name
    axe = Axe(page)
    assert axe.violations(WCAG, without=COLOURS) == [], name
    page.set_viewport_size({"width": 1280, "height": 800})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe.contrast("document") == [], (name, scheme)
    headings = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])")
    assert all(after <= before + 1 for before, after in pairwise(headings)), (name, headings)


def test_a_visit_by_keyboard_alone(chromium, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    example(folder)
    (folder / "schools/example-primary/visits/2026-11-09.yaml").unlink()
    serving, page = Serving(folder), chromium.browser.new_page()
    wrong, shots = list[str](), list[Path]()

    try:
        enter(page, serving, f"{VISITS}/record?purpose=certification")
        page.on("console", lambda said: wrong.append(said.text))
        page.locator("#aspect-gate-greeting").focus()
        page.keyboard.press("r")
        assert settle(page) == "Red saved."
        assert page.evaluate("document.activeElement.id") != "aspect-gate-greeting", "on to the next"
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("l")
        page.keyboard.press("Tab")
        page.keyboard.type("Four parents")
        page.keyboard.press("Enter")
        assert settle(page) == "What was looked at is saved."
        page.locator("#aspect-gate-greeting").focus()
        page.keyboard.press("w")
        page.keyboard.type("The gate is being rebuilt")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert settle(page) == "Reason saved."
        page.select_option("#whole-visit-outcome", "met")
        page.locator("#whole-visit button:visible").last.press("Enter")
        assert "The visit cannot be met" in settle(page)
        assert page.input_value("#whole-visit-outcome") == "met"
        page.locator("#aspect-gate-greeting").focus()
        page.keyboard.press("u")
        page.wait_for_selector("text=The last answer is taken back.")
        for name in ("record?purpose=certification&show=differs", "request", "answer?date=2025-03-13", ""):
            page.goto(f"{serving.base}{VISITS}/{name}".rstrip("/"))
            for_everybody(page, name)
            shots.append(tmp_path / f"{len(shots)}.html")
            shots[-1].write_text(page.request.get(page.url).text(), encoding="utf-8")
    finally:
        page.close()
        serving.close()
    held = yaml.safe_load((folder / NEW).read_text("utf-8"))
    gate = held["findings"]["gate-greeting"]
    assert (gate["rating"], "reason" in gate, gate["looked_at"][0]["with"]) == ("red", False, "Four parents")
    assert [text for text in wrong if "422" not in text] == []
    assert not has_checker() or remarks(shots) == []
