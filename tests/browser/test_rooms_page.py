"""The rooms beside the cards, for everybody: axe, small screens, dark, forced colours, and valid HTML."""

import os
from itertools import pairwise

import pytest

from tests.benchmarks.workspaces import trust
from tests.browser.checker import installed as has_checker
from tests.browser.checker import remarks
from tests.browser.conftest import NEEDS
from tests.browser.serving import Serving
from tests.browser.test_pages import COLOURED, COLOURS, WCAG, Axe, sideways
from tests.cli.calling import call, example
from tests.sampling import sample

pytestmark = [NEEDS, pytest.mark.skipif(not hasattr(os, "fork"), reason="NO FORK on this system")]
SCHOOL = "/schools/example-primary"
EVALUATION = "schools/example-primary/evaluations/2026-27-autumn.yaml"
ROOMS = (
    "evaluate?rater=Anna",
    "look",
    "look/actions",
    "act",
    "act/agree",
    "act/sign",
    "act/policies/behaviour",
    "act/policies/ours",
    "act/policies/behaviour/back",
    "act/back",
    "act/spread",
    "act/take-in",
)
OURS = """\
id: ours
title: Ours
status: live
concerns: [{id: c1, raised: 2026-10-01, category: Uniform}]
history: [{date: 2026-02-03, event: approved, version: "2.0", by: Trust board}]
"""
"""A trust's policy, which the school may adopt, with a concern that is open."""
PAGES = (
    "/home",
    "/begin",
    "/overview",
    "/schools/number-0",
    *(f"{SCHOOL}/{room}" for room in ROOMS),
    "/mend",
    f"/mend/{EVALUATION}",
    "/nowhere",
)

EDGES = """[...document.querySelectorAll("main button, main select, main textarea, main input:not([type=hidden]), .stop button, a.button")]
    .filter(one => one.checkVisibility() && !one.matches(".plain-button, .hidden, [type=checkbox]"))
    .map(one => [one.outerHTML.slice(0, 80), getComputedStyle(one).borderTopStyle])"""
"""What is pressed or filled in, and whether its edge can be seen where colours are the system's own."""


def test_each_room_is_for_everybody(chromium, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    example(folder)
    file = folder / EVALUATION
    file.write_text(file.read_text(encoding="utf-8").replace("rating: amber", "rating: ambr", 1), encoding="utf-8")
    for number in range(2):
        (folder / f"schools/number-{number}").mkdir()
        (folder / f"schools/number-{number}/school.yaml").write_text(f"name: Number {number}\n", encoding="utf-8")
    number_0 = folder / "schools/number-0"
    (number_0 / "school.yaml").write_text("name: Number 0\nkind: trust\nmembers: [example-primary]\n", encoding="utf-8")
    (number_0 / "policies").mkdir()
    (number_0 / "policies/ours.yaml").write_text(OURS, encoding="utf-8")
    for number in range(4):
        policy = f"id: p{number}\ntitle: Policy {number}\nstatus: live\nreview: {{every: 1 year}}\n"
        path = folder / f"schools/example-primary/policies/p{number}.yaml"
        path.write_text(f"{policy}history: [{{date: 2026-10-05, event: reviewed}}]\n", encoding="utf-8")
    assert call("policy", "review", "behaviour", "p0", "--school", "example-primary", cwd=folder).returncode == 0
    serving, page = Serving(folder), chromium.browser.new_page()
    wrong, shots = [], []
    try:
        page.goto(serving.opening)
        page.wait_for_url(lambda url: "/enter" not in url)
        page.wait_for_url("**/home")
        page.on("console", lambda said: wrong.append(said.text))
        for number, way in enumerate(sample(PAGES, 4)):
            page.goto(f"{serving.base}{way}")
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            assert sideways(page) == [], way
            axe = Axe(page)
            assert axe.violations(WCAG, without=COLOURS) == [], way
            page.set_viewport_size({"width": 1280, "height": 800})
            for scheme, where in (("light", "document"), ("dark", COLOURED)):
                page.emulate_media(color_scheme=scheme)
                assert axe.contrast(where) == [], (way, scheme)
            page.emulate_media(forced_colors="active", color_scheme="light")
            edges = page.evaluate(EDGES)
            assert [edge for edge in edges if "solid" not in edge[1] and "dashed" not in edge[1]] == [], way
            page.emulate_media(forced_colors="none")
            page.evaluate("document.documentElement.dir = 'rtl'")
            assert sideways(page) == [], (way, "from right to left")
            headings = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])")
            assert headings.count(1) == 1, way
            assert all(after <= before + 1 for before, after in pairwise(headings)), (way, headings)
            shots.append(tmp_path / f"{number}.html")
            shots[-1].write_text(page.request.get(page.url).text(), encoding="utf-8")
    finally:
        page.close()
        serving.close()
    assert [text for text in wrong if "404" not in text] == []
    assert not has_checker() or remarks(shots) == []


def test_the_heat_map_is_sorted_in_its_frame_and_reaches_nothing_outside(chromium, tmp_path):
    (tmp_path / "charterkit.yaml").write_text("", encoding="utf-8")
    trust(tmp_path, 14)
    serving, page = Serving(tmp_path), chromium.browser.new_page()
    try:
        page.goto(serving.opening)
        page.wait_for_url("**/home")
        assert sideways(page) == []
        assert Axe(page).violations(WCAG, without=COLOURS) == []
        page.get_by_role("link", name="its schools together").click()
        frame = page.frame_locator("#document")
        assert frame.locator("#found").inner_text() == "All 14 schools are shown."
        frame.get_by_label("Name holds").fill("school 13")
        assert frame.locator("#heat tbody tr:visible").count() == 1
        inside = page.frames[1]
        assert inside.evaluate("(() => { try { return parent.document.title } catch { return 'none' } })()") == "none"
        assert inside.evaluate("fetch('/home').then(() => 'heard', () => 'none')") == "none"
        page.get_by_role("link", name="By itself, to print").click()
        assert page.locator("#found").inner_text() == "All 14 schools are shown."
    finally:
        page.close()
        serving.close()
