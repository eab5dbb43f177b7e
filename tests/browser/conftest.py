"""What all tests in the browser share: one Chromium, and one set of pages, made once.

They run one after another in one worker (`tests/scheduling.py`): a second browser and a second set of pages cost more
than a second worker saves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Playwright, sync_playwright

from tests.browser.chromium import installed, launch, patience
from tests.browser.pages import make

HERE = Path(__file__).parent
SECONDS = 120
NEEDS = pytest.mark.skipif(
    installed() is None, reason="NO BROWSER: apt-get install chromium (make test does it as root)"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here is one of the browser's; one whose browser went away in the middle is tried again, and says so."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TargetClosedError"]))
            if "chromium" in getattr(item, "fixturenames", ()):
                item.add_marker(NEEDS)


@pytest.fixture(scope="package")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of page by its name."""
    return make(tmp_path_factory.mktemp("pages"))


class Chromium:
    """A browser, and its one window; both new where the last one has gone."""

    def __init__(self, driver: Playwright) -> None:
        self._driver = driver
        self._browser = launch(driver)
        self._window: Window | None = None

    @property
    def browser(self) -> Browser:
        if not self._browser.is_connected():
            self._browser, self._window = launch(self._driver), None
        return self._browser

    @property
    def window(self) -> "Window":
        """The window, empty: a new one for each test would take as long as many a test."""
        browser = self.browser
        if self._window is None:
            self._window = Window(browser.new_page())
        self._window.clear()
        return self._window

    def close(self) -> None:
        if self._browser.is_connected():
            self._browser.close()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Chromium]:
    """It ends with the last test that needs it: others in this process may want an event loop of their own."""
    with sync_playwright() as driver:
        found = Chromium(driver)
        yield found
        found.close()


@dataclass
class Window:
    """The one window, and what came of the page in it: addresses it asked for, its console, and scripts that ran."""

    page: Page
    asked: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from now on."""
        self.page.on("request", lambda asked: self.asked.append(asked.url))
        self.page.on("console", lambda said: self.console.append(said.text))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def clear(self) -> None:
        """An empty page, as wide as at first, on a screen in light."""
        self.page.goto("about:blank")
        self.page.set_viewport_size({"width": 1280, "height": 720})
        self.page.emulate_media(media="null", color_scheme="null", forced_colors="null")
        for heard in (self.asked, self.console, self.dialogs):
            heard.clear()


@pytest.fixture
def window(chromium: Chromium) -> Iterator[Window]:
    """The window, for as long as any test takes on a slow machine, and not for ever."""
    with patience(SECONDS):
        found = chromium.window
        yield found
        assert found.dialogs == [], "a script ran"


@pytest.fixture
def page(window: Window) -> Page:
    """The page in it."""
    return window.page
