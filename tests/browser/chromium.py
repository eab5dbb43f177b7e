"""A real headless Chromium: the one that is installed, driven by Playwright."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

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


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """End every browser of this process that is still at work after so long: whoever waits for it gets an error.

    A browser that hangs is asked in vain to end itself, and what we wait for has no limit of its own: an answer of a
    page's script. Nothing happens where the system has no list of a process's children.
    """
    watch = Timer(seconds, end)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def end() -> None:
    """Kill what runs below Playwright's own process, which then says that the browser has gone."""
    for driver in children(os.getpid()):
        for browser in children(driver) if "node" in Path(f"/proc/{driver}/exe").resolve().name else ():
            with suppress(ProcessLookupError):
                os.kill(browser, signal.SIGKILL)


def children(process: int) -> list[int]:
    """The processes that one has started."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for path in lists for number in path.read_text(encoding="ascii").split()]
