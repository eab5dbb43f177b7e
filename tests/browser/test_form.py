"""The form in a browser: printed with its header on every page and every aspect whole, and readable on any screen."""

import re
import subprocess

import pytest

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.insight.evaluations.form_cycle import occasion
from charterkit.render.form.pages import form_html
from charterkit.render.form.view import form
from charterkit.resources import builtin
from tests.browser.chromium import installed, launch
from tests.render.forms import TODAY

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(installed() is None, reason="NO BROWSER: apt-get install chromium (make test does it as root)"),
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def joined(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_prints_whole_aspects_and_fits_every_screen():
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    workspace = Workspace(builtin(), builtin())
    folder = workspace.school("example-primary")
    chosen = workspace.choose_charter("community-engagement")
    found = occasion(workspace, timeline(workspace, folder, chosen.id), chosen, None, TODAY)
    view = form(folder, found, today=TODAY).view
    with sync_playwright() as driver, launch(driver) as browser:
        page = browser.new_page()
        page.set_content(form_html(view, None))
        printed = page.pdf(prefer_css_page_size=True)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        faults = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    assert [one["id"] for one in faults] == []
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=printed, capture_output=True, check=True).stdout
    raw = subprocess.run(["pdftotext", "-raw", "-", "-"], input=printed, capture_output=True, check=True).stdout
    pages = [one for one in text.decode().split("\f") if one.strip()]
    assert 8 <= len(pages) <= 20
    assert all("Note, ideas and next steps" in one for one in pages)
    flat = [joined(one) for one in raw.decode().split("\f")]
    for point in view.points:
        for one in point.aspects:
            there = [number for number, each in enumerate(flat) if joined(one.words.text) in each]
            assert len(there) == 1, one.words.text
            last = [joined(example.text) for example in one.examples][-1:]
            assert all(part in flat[there[0]] for part in last), one.words.text
