"""The server of the page is killed at random in the rooms beside the cards, while somebody types or just after a press.

What was shown as saved is in the files, no file is torn, and what was typed is in a file or is offered again.
"""

import random
import shutil
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.serving import Serving
from tests.browser.sheets import small
from tests.soak.figures import Figures, Progress
from tests.soak.page import enter

SCHOOL, HELD = "/schools/hillside", "schools/hillside"
EVALUATION, POLICY = f"{HELD}/evaluations/2026-27.yaml", f"{HELD}/policies/behaviour.yaml"
FILES = {
    EVALUATION: "charter: small\ncharter_version: '1'\ncycle: 2026-27\ndate: 2026-11-01\nstatus: draft\n"
    "ratings: {asked: {rating: green}}\nactions:\n  - {id: ask, aspect: asked, action: Ask, status: planned}\n",
    POLICY: "id: behaviour\ntitle: Behaviour\nstatus: live\nreview: {every: 1 year}\n",
    "schools/oak/school.yaml": "name: Oak\n",
}
MOST = 1.5
"""Seconds after a press within which the server is killed."""
SETTLES = 3_000
"""Milliseconds after which a browser has given up on a server that is gone."""


@dataclass(frozen=True)
class Room:
    """Where something is typed, what is pressed, what then says that it is saved, and where it has to be."""

    way: str
    field: str
    button: str
    saved: str
    path: str
    before: str = ""
    """What is pressed first, so that the field can be seen."""
    typed: str = "Written {number}"
    held: str = "Written {number}"


ROOMS = (
    Room(
        f"{SCHOOL}/act",
        "#actions details[open] textarea",
        "#actions details[open] button[value=done]",
        "is done. Saved in",
        EVALUATION,
        "#actions summary >> nth=0",
    ),
    Room(
        f"{SCHOOL}/act/agree",
        "#date",
        "main form button",
        "is agreed",
        EVALUATION,
        typed="1 November 2026",
        held="date: 2026-11-01\nstatus: agreed",
    ),
    Room(
        f"{SCHOOL}/act/policies/behaviour",
        "#note",
        "main form > p button",
        "Saved in",
        POLICY,
    ),
    Room("/schools/oak/act/sign", "#by", "main form button", "Saved in", "schools/oak/school.yaml"),
    Room("/begin", "#name", "main form button", "is ready.", "schools/written-{number}/school.yaml"),
    Room(
        f"/mend/{EVALUATION}",
        "#text",
        ".editor button",
        "Saved in",
        EVALUATION,
        typed="# Written {number}\n{there}",
        held="# Written {number}\n",
    ),
    Room(
        f"{SCHOOL}/meeting/answered",
        ".meeting textarea",
        ".meeting button[value='rate:amber']",
        "Amber saved.",
        EVALUATION,
    ),
    Room(
        f"{SCHOOL}/evaluate",
        ".nothing[open] textarea",
        ".nothing[open] button",
        "aspects",
        EVALUATION,
        ".nothing summary >> nth=0",
    ),
)


def kills(count: int) -> Figures:
    """Kill it so many times, in a browser of its own."""
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = launch(driver)
        ends = Counter(kill_in_rooms(browser, Path(folder), count, random.Random()))
        browser.close()
    lost = [end for end in ends if end.startswith(LOST)]
    became = ", ".join(f"{many} {end}" for end, many in sorted(ends.items()) if end not in lost)
    return Figures(
        "\n".join([f"{count} kills in the rooms of the page ({became}), {len(lost)} losses", *lost]), len(lost)
    )


def kill_in_rooms(browser: Browser, folder: Path, count: int, chance: random.Random) -> list[str]:
    """What became of what was typed, each time in a few words."""
    work, fresh = small(folder / "work"), folder / "fresh"
    for name, text in FILES.items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(text, encoding="utf-8")
    shutil.copytree(work, fresh)
    serving, ends = Serving(work), list[str]()
    page, progress = browser.new_context().new_page(), Progress(count)
    try:
        for number in range(count):
            progress.reached(number)
            shutil.rmtree(work)
            shutil.copytree(fresh, work)
            ends.append(_once(page, serving, work, number, chance))
            serving.kill()
            serving.start()
    finally:
        serving.close()
        page.context.close()  # of which ^C has left nothing that could be closed
    return ends


def _once(page: Page, serving: Serving, folder: Path, number: int, chance: random.Random) -> str:
    """Something typed in one room, the end of the server, and a new start: what became of it."""
    room = chance.choice(ROOMS)
    path = folder / room.path.format(number=number)
    there = path.read_text(encoding="utf-8") if path.is_file() else ""
    typed, held = room.typed.format(number=number, there=there), room.held.format(number=number)
    enter(page, serving, room.way)
    page.evaluate("localStorage.clear()")
    page.reload()
    _write(page, room, typed)
    if chance.random() < HALF_WAY:
        serving.kill()
    with suppress(Error):
        page.locator(room.button).first.click(no_wait_after=True, timeout=SETTLES)
    time.sleep(chance.uniform(0, MOST))
    serving.kill()
    is_said = room.saved in _said(page)
    _leave(page)
    is_held = path.is_file() and held in path.read_text(encoding="utf-8")
    if is_said and not is_held:
        return f"{LOST} {number}, {room.way}: it says that it is saved, and it is not in the file"
    for each in folder.rglob("*.yaml"):
        yaml.load(each.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if is_held:
        return "saved and said" if is_said else "saved, and killed before it was said"
    serving.start()
    enter(page, serving, room.way)
    offered = [words.removesuffix(" …") for words in page.locator(".draft .said").all_text_contents()]
    if not any(typed.startswith(words) for words in offered):
        return f"{LOST} {number}, {room.way}: what was typed is neither in the file nor offered again"
    return "not saved, and offered again"


LOST = "lost:"
HALF_WAY = 0.3
"""How often it is killed before anything is pressed."""


def _write(page: Page, room: Room, typed: str) -> None:
    if room.before:
        page.locator(room.before).click()
    page.locator(room.field).first.fill(typed)


def _leave(page: Page) -> None:
    """Away from the page of a browser that found no server: it may still be on its way there."""
    for _ in range(5):
        with suppress(Error):
            page.goto("about:blank")
            return


def _said(page: Page) -> str:
    """What the page says of it, once the browser has an answer or knows that there is none."""
    with suppress(Error):
        page.wait_for_load_state("load", timeout=SETTLES)
    for _ in range(5):
        with suppress(Error):
            return " ".join(page.locator(".told, .saved").all_text_contents())
        page.wait_for_timeout(50)
    return ""
