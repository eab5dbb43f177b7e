"""A real headless Chromium: the one that is installed, driven by Playwright."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # where shared memory is small, as in many containers, a page would die in the middle
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def installed() -> Path | None:
    """The browser on this machine, if there is one."""
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def launch(driver: Playwright) -> Browser:
    """Start it without any network of its own."""
    path = installed()
    if path is None:
        raise FileNotFoundError("no Chromium: on Debian, apt-get install chromium")
    return driver.chromium.launch(executable_path=str(path), headless=True, args=FLAGS)
