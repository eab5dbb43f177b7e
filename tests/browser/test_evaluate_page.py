"""A school rated in a real browser: by keyboard alone, by mouse, without script; and nothing shown as saved is lost."""

import os
import random
import shutil
from itertools import pairwise

import pytest
import yaml

from tests.browser.checker import installed as has_checker
from tests.browser.checker import remarks
from tests.browser.conftest import NEEDS
from tests.browser.serving import Serving
from tests.browser.sheets import ASPECTS, small
from tests.browser.test_pages import COLOURED, COLOURS, WCAG, Axe, sideways
from tests.cli.calling import example
from tests.sampling import SAMPLED
from tests.soak.page import enter, entry, kill_while_answering, settle

KILLS = 4 if SAMPLED in os.environ else 20
SCHOOL = "/schools/hillside/evaluate"

pytestmark = [NEEDS, pytest.mark.skipif(not hasattr(os, "fork"), reason="NO FORK on this system")]


@pytest.fixture
def serving(tmp_path):
    """The page of the small workspace."""
    found = Serving(small(tmp_path))
    yield found
    found.close()


@pytest.fixture
def browsing(chromium):
    """Makes pages, each with a browser's memory of its own unless it is to share one; all gone at the end."""
    made = []

    def browse(**options):
        context = chromium.browser.new_context(**options)
        made.append(context)
        return context.new_page()

    yield browse
    for context in made:
        context.close()


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_forty_aspects_by_keyboard_alone(tmp_path, browsing):
    folder = example(tmp_path)
    shutil.rmtree(folder / "schools/example-primary/evaluations")
    serving, page = Serving(folder), browsing()
    try:
        enter(page, serving, "/schools/example-primary/evaluate")
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("'goOn' in document.activeElement.dataset"):
                break
        page.keyboard.press("Enter")
        assert focused(page) == "aspect-gate-greeting"
        page.keyboard.press("n")
        page.keyboard.type("red, green and 1 are only letters here")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert settle(page) == "Note saved."
        assert page.inner_text(":focus").startswith("Save"), "the focus stays where it was"
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        assert focused(page) == "aspect-gate-greeting"
        for number in range(40):
            card = focused(page)
            page.keyboard.press("gra"[number % 3])
            assert settle(page) == f"{('Green', 'Red', 'Amber')[number % 3]} saved.", card
        page.keyboard.press("t")
        page.keyboard.type("Ask again in spring")
        page.keyboard.press("Enter")  # a new line in the field, no press of any button
        page.keyboard.press("Tab")
        page.keyboard.type("Headteacher")
        page.keyboard.press("Enter")
        assert settle(page) == "Action saved."
        page.keyboard.press("Escape")
        page.locator(".card").last.focus()
        page.keyboard.press("u")
        page.wait_for_selector("text=The last answer is taken back.")
        assert "40 of 40 aspects are rated" in page.inner_text("#so-far")
        page.locator(".card").last.focus()
        page.keyboard.press("?")
        assert page.locator("#key-help[open]").count() == 1
    finally:
        serving.close()
    held = yaml.safe_load(next((folder / "schools/example-primary/evaluations").glob("*.yaml")).read_text("utf-8"))
    assert [each["rating"] for each in held["ratings"].values()] == (["green", "red", "amber"] * 14)[:40]
    assert held["ratings"]["gate-greeting"]["note"] == "red, green and 1 are only letters here"
    assert not held.get("actions")


def test_by_mouse_with_a_reload_the_back_button_two_tabs_and_a_server_that_dies(serving, tmp_path, browsing):
    page = browsing()
    enter(page, serving)
    page.click("#aspect-asked button[value='rate:green']")
    assert settle(page) == "Green saved."
    assert entry(tmp_path, "asked")["rating"] == "green"
    page.fill("#aspect-asked-note", "Half a thou")
    page.reload()
    assert page.inner_text("#aspect-asked .draft .said") == "Half a thou"
    page.click("text=Put it back")
    page.keyboard.press("End")
    page.keyboard.type("ght")
    page.click("#aspect-asked .noting button")
    assert settle(page) == "Note saved."
    page.click("text=For a meeting")
    page.wait_for_selector(".meeting.card:focus")  # the script is there
    page.keyboard.press("r")
    page.wait_for_selector("text=Red saved.")
    page.go_back()
    page.goto(f"{serving.base}{SCHOOL}")
    assert page.locator(".draft").count() == 0
    other = page.context.new_page()
    other.goto(f"{serving.base}{SCHOOL}")
    other.click("#aspect-asked button[value='rate:amber']")
    settle(other)
    page.click("#aspect-asked [data-for=i] summary")
    page.fill("#aspect-asked-idea", "An idea of mine")
    page.click("#aspect-asked button[value='rate:red']")
    assert "has changed this meanwhile" in settle(page)
    assert entry(tmp_path, "asked")["rating"] == "amber"
    assert "An idea of mine" in page.inner_text("#aspect-asked .typed")
    page.click("#aspect-asked [data-for=i] button")
    assert settle(page) == "Idea saved."
    assert entry(tmp_path, "asked")["ideas"] == ["An idea of mine"]
    page.fill("#aspect-asked-note", "Not lost")
    serving.kill()
    page.click("#aspect-asked .noting button")
    assert settle(page).startswith("Not saved: charterkit does not answer.")
    serving.start()
    enter(page, serving)
    assert page.inner_text("#aspect-asked .draft .said") == "Not lost"
    page.click("text=Throw it away")
    page.reload()
    assert page.locator(".draft").count() == 0
    assert entry(tmp_path, "asked")["note"] == "Half a thought"


def test_without_script_the_same_forms_post_and_come_back(serving, tmp_path, browsing):
    page = browsing(java_script_enabled=False)
    enter(page, serving)
    for aspect in ASPECTS:
        page.fill(f"#aspect-{aspect}-note", f"Of {aspect}")
        page.click(f"#aspect-{aspect} button[value='rate:green']")
        assert page.url.endswith(f"#aspect-{aspect}")
        assert "Note saved. Green saved." in page.inner_text(f"#aspect-{aspect}")
        assert entry(tmp_path, aspect) == {"note": f"Of {aspect}", "rating": "green"}
    page.click("#whole-overall button[value='rate:red']")
    page.click("text=Take the last answer back")
    assert "overall:" not in next((tmp_path / "schools/hillside/evaluations").glob("*.yaml")).read_text("utf-8")
    page.click("#aspect-asked [data-for=x] summary")
    page.fill("#aspect-asked-reason", "Nobody to ask")
    page.keyboard.press("Enter")
    page.click("#aspect-asked button[value=na]")
    assert entry(tmp_path, "asked")["reason"] == "Nobody to ask"
    page.click("text=For a meeting")
    assert page.inner_text("h1") == "That was the last aspect"


def test_no_answer_that_was_shown_as_saved_is_lost(tmp_path, chromium):
    """A few times here; `python -m tests.soak page` does it hundreds of times."""
    assert kill_while_answering(chromium.browser, tmp_path, KILLS, random.Random(14)) == []


def test_a_loss_would_be_seen(tmp_path, chromium):
    """By a server that says too early that something is saved."""
    for number in range(20):
        folder = tmp_path / str(number)
        folder.mkdir()
        if kill_while_answering(chromium.browser, folder, 3, random.Random(number), is_late=True):
            return
    pytest.fail("a server that loses answers was not found out")


def test_it_is_for_everybody(tmp_path, browsing):
    """Each page looked at in every way, with all that folds open, and a charter that runs from right to left."""
    serving, page = Serving(small(tmp_path / "work", "ur")), browsing()
    wrong, shots = [], []
    try:
        enter(page, serving)
        page.on("console", lambda said: wrong.append(said.text))
        for aspect in ASPECTS[:2]:
            page.click(f"#aspect-{aspect} button[value='rate:red']")
            settle(page)
        old = page.context.new_page()
        old.goto(page.url)
        old.fill("#aspect-asked-note", "Mine")
        page.fill("#aspect-asked-note", "Theirs")
        page.click("#aspect-asked .noting button")
        settle(page)
        old.click("#aspect-asked .noting button")
        settle(old)
        for number, (shown, way) in enumerate(
            ((old, ""), (page, SCHOOL), (page, "/schools/hillside/meeting"), (page, "/schools/hillside/meeting?end=y"))
        ):
            if way:
                shown.goto(f"{serving.base}{way}")
            shown.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            assert sideways(shown) == [], way
            axe = Axe(shown)
            assert axe.violations(WCAG, without=COLOURS) == [], way
            shown.set_viewport_size({"width": 1280, "height": 800})
            for scheme, where in (("light", "document"), ("dark", COLOURED)):
                shown.emulate_media(color_scheme=scheme)
                assert axe.contrast(where) == [], (way, scheme)
            shown.emulate_media(forced_colors="active", color_scheme="light")
            for level in shown.query_selector_all("button.level"):
                assert level.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
                assert level.inner_text().strip()
            shown.emulate_media(forced_colors="none")
            headings = shown.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])")
            assert headings.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(headings)), headings
            if not way.endswith("end=y"):
                assert shown.locator(".choice bdi").first.evaluate("one => getComputedStyle(one).direction") == "rtl"
                assert shown.locator("h2[lang=ur], h3[lang=ur]").first.get_attribute("dir") == "auto"
            shots.append(tmp_path / f"{number}.html")
            shots[-1].write_text(shown.request.get(shown.url.partition("#")[0]).text(), encoding="utf-8")
    finally:
        serving.close()
    assert [text for text in wrong if "409" not in text] == []
    assert not has_checker() or remarks(shots) == []
