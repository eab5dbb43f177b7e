"""Makes the README's pictures from the made-up example: the page in a real browser, a question in a real terminal."""

import io
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.text import Text

from tests.browser.chromium import launch
from tests.browser.serving import Serving
from tests.cli.calling import example, terminal

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1b1f23; padding: 18px 22px }}
pre {{ margin: 0; color: #e6e6e6; font: 15px/1.32 "DejaVu Sans Mono", "Liberation Mono", monospace }}
</style><pre>{}</pre>"""


def terminal_page(workspace: Path) -> str:
    """The first question as an HTML page in the terminal's colours."""
    with terminal("evaluate", "example-primary", cwd=workspace, rows=60) as seen:
        seen.wait_for("Your rating: ")
        said = seen.said
        seen.press("q")
        seen.finish()
    console = Console(width=80, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text("$ charterkit evaluate example-primary", style="bold"))
    console.print(Text.from_ansi(said.replace("\r", "")))
    code = console.export_html(inline_styles=True, code_format="{code}")
    return PAGE.format(code)


def shoot(page: Page, html: str, name: str, width: int, height: int | None) -> None:
    """One picture, cropped to the height or as long as the page is."""
    page.set_viewport_size({"width": width, "height": height or 100})
    page.set_content(html)
    page.screenshot(path=str(IMAGES / name), full_page=height is None)


def shoot_page(browser: Browser, workspace: Path) -> None:
    """The page of the school, and the card of an aspect."""
    served = Serving(workspace)
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    try:
        page.goto(served.opening)
        page.wait_for_url(lambda url: "/enter" not in url)
        page.wait_for_url("**/home")
        page.screenshot(path=str(IMAGES / "page.png"))
        page.set_viewport_size({"width": 1000, "height": 1180})
        page.goto(f"{served.base}/schools/example-primary/evaluate#aspect-open-door")
        page.screenshot(path=str(IMAGES / "page-card.png"))
    finally:
        served.close()


def main() -> None:
    """Write the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="charterkit-pictures-"))
    try:
        example(scratch)
        with sync_playwright() as driver, launch(driver) as browser:
            page = browser.new_page()
            shoot(page, terminal_page(scratch), "terminal.png", 790, None)
            shoot_page(browser, scratch)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
