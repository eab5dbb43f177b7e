"""The server of the page is killed at random while somebody answers: what was shown as saved is in the file.

What was typed meanwhile is in the file, or is offered again by the page.
"""

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.serving import Serving
from tests.browser.sheets import ASPECTS, small
from tests.soak.figures import Figures, Progress

LEVELS = ("red", "amber", "green")
MOST = 0.12
"""Seconds after a press within which the server is killed."""


def kills(count: int) -> Figures:
    """Kill it so many times, in a browser of its own."""
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = launch(driver)
        found = kill_while_answering(browser, Path(folder), count, random.Random())
        browser.close()
    return Figures("\n".join([f"{count} kills of the page's server, {len(found)} losses", *found]), len(found))


def kill_while_answering(
    browser: Browser, folder: Path, count: int, chance: random.Random, *, is_late: bool = False
) -> list[str]:
    """What was lost, in words; of a server that `is_late` something should be."""
    serving, lost = Serving(small(folder), is_late=is_late), list[str]()
    page, progress = browser.new_context().new_page(), Progress(count)
    try:
        for number in range(count):
            progress.reached(number)
            lost += _once(page, serving, folder, number, chance)
            serving.start()
    finally:
        serving.close()
        page.context.close()  # of which ^C has left nothing that could be closed
    return lost


def _once(page: Page, serving: Serving, folder: Path, number: int, chance: random.Random) -> list[str]:
    """One start, some answers, and its end. What was lost."""
    enter(page, serving)
    aspect, level = chance.choice(ASPECTS), chance.choice(LEVELS)
    card = f"#aspect-{aspect}"
    lost = [f"{number}: the draft is not offered"] if _is_forgotten(page, folder) else []
    for button in page.query_selector_all(".draft button:text('Put it back')"):
        button.click()
    text = f"Note {number} of {aspect}"
    note = page.locator(f"{card}-note")
    way = chance.choice(("rate", "note", "typing"))
    typed = text[: chance.randrange(1, len(text))] if way == "typing" else text
    if way != "rate":
        note.fill("")
        note.press_sequentially(typed)
    if way == "typing":
        serving.kill()
        note.press_sequentially(text[len(typed) :])
    page.locator(f"{card} button[value='rate:{level}']").click()
    if way != "typing":
        time.sleep(chance.uniform(0, MOST))
        serving.kill()
    settle(page)
    said, pressed = page.locator(card).evaluate(
        "card => [card.querySelector('.saved')?.textContent ?? '', card.querySelector('[aria-pressed=true]')?.value]"
    )
    held = entry(folder, aspect)
    if f"{level.capitalize()} saved." in said and (held.get("rating"), pressed) != (level, f"rate:{level}"):
        lost.append(f"{number}: {level} was shown as saved, pressed is {pressed}, and the file has {held}")
    if way != "rate" and said and held.get("note") != text:
        lost.append(f"{number}: the note was shown as saved, and the file has {held}")
    is_kept = held.get("note") == text or text in page.evaluate("Object.values(localStorage)")
    if way != "rate" and not is_kept:
        lost.append(f"{number}: what was typed is neither in the file nor in the page")
    return lost


def enter(page: Page, serving: Serving, way: str = "/schools/hillside/evaluate") -> None:
    """Come in by the opening address, and go to a page."""
    page.goto(serving.opening)
    page.wait_for_url(lambda url: "/enter" not in url)  # which leads on by itself
    page.goto(f"{serving.base}{way}")


def settle(page: Page) -> str:
    """Wait until an answer has come, or is known not to come; what is said then."""
    while (said := page.text_content("#heard") or "").startswith("Saving"):
        page.wait_for_timeout(10)
    return said


def _is_forgotten(page: Page, folder: Path) -> bool:
    """Whether the browser keeps a draft that is not in the file and that the page does not offer."""
    kept = page.evaluate("Object.entries(localStorage).filter(([name]) => name.endsWith('|note'))")
    offered = page.locator(".draft .said").all_text_contents()
    notes = [entry(folder, aspect).get("note") for aspect in ASPECTS]
    return any(text not in offered and text not in notes for _, text in kept)


def entry(folder: Path, aspect: str, school: str = "hillside") -> dict[str, Any]:
    """What the file holds of an aspect."""
    files = sorted((folder / "schools" / school / "evaluations").glob("*.yaml"))
    held = yaml.safe_load(files[-1].read_text(encoding="utf-8")) if files else {}
    found: dict[str, Any] = (held.get("ratings") or {}).get(aspect) or {}
    return found
