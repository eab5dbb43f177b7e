"""The pages as a browser shows them: axe's rules, small screens, dark mode, print, and no network at all."""

import re
from itertools import pairwise

import pytest

from tests.browser.chromium import installed, launch
from tests.cli.calling import call, example

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(installed() is None, reason="NO BROWSER: apt-get install chromium (make test does it as root)"),
]

PAGES = {
    "leaders": ["report", "--cycle", "2025-26-autumn"],
    "governors": ["report", "--cycle", "2025-26-autumn", "--audience", "governors"],
    "public": ["report", "--cycle", "2025-26-autumn", "--audience", "public"],
    "draft": ["report"],
    "compare": ["compare", "--from", "2024-25-autumn", "--to", "2025-26-autumn"],
    "all": ["compare", "--all"],
    "planner": ["calendar"],
    "planner-a3": ["calendar", "--audience", "parents", "--size", "A3"],
    "promises": ["calendar", "--by", "aspect"],
    "policy": ["policy", "show", "parent-carer-engagement"],
    "policy-public": ["policy", "show", "parent-carer-engagement", "--public"],
    "register": ["policies"],
    "due": ["remind", "--all"],
}
HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(2)> "quotes" & مرحبا [bold] =cmd() \x1b[31m javascript:alert(3)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = example(tmp_path_factory.mktemp("pages"))
    assert (
        call("evaluate", "--cycle", "2025-26-autumn", "--note", f"gate-greeting={HOSTILE}", cwd=folder).returncode == 0
    )
    made = {}
    for name, arguments in PAGES.items():
        made[name] = folder / f"{name}.html"
        done = call(*arguments, "-o", str(made[name]), cwd=folder)
        assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, launch(driver) as found:
        yield found


@pytest.fixture
def page(browser, request):
    context = browser.new_context(color_scheme=getattr(request, "param", "light"))
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    yield opened
    context.close()


WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page, path, options):
    """What axe finds. It is a script, which the page's own policy forbids; everything else is as people get it."""
    from axe_playwright_python.sync_playwright import Axe

    text = path.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    page.set_content(re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", text, count=1))
    found = Axe().run(page, options=options)
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize(
    "name",
    ["leaders", "public", "compare", "all", "planner", "promises", "policy", "policy-public", "register", "due"],
)
def test_axe_finds_nothing(pages, page, name):
    assert violations(page, pages[name], {"runOnly": WCAG}) == ""


@pytest.mark.parametrize("name", ["leaders", "compare", "planner", "policy", "register", "due"])
@pytest.mark.parametrize("page", ["dark"], indirect=True)
def test_contrast_holds_in_the_dark(pages, page, name):
    assert violations(page, pages[name], {"runOnly": {"type": "rule", "values": ["color-contrast"]}}) == ""


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_and_nothing_is_asked_of_the_network(pages, page, name):
    page.goto(pages[name].as_uri())
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    assert page.asked == [pages[name].as_uri()]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_one_title_a_language_and_headings_in_order(pages, page, name):
    page.goto(pages[name].as_uri())
    assert page.title()
    assert page.get_attribute("html", "lang") == "en-GB"
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_keyboard_reaches_the_content_first(pages, page):
    page.goto(pages["leaders"].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_an_email_is_a_page_that_a_phone_shows_whole(page, tmp_path):
    from email import message_from_bytes
    from email.policy import default

    done = call("remind", "--format", "email", "-o", "mail", cwd=example(tmp_path))
    assert done.returncode == 0, done.stderr
    for path in sorted((tmp_path / "mail").iterdir()):
        _, html = message_from_bytes(path.read_bytes(), policy=default).iter_parts()
        shown = path.with_suffix(".html")
        shown.write_text(html.get_content(), encoding="utf-8")
        page.goto(shown.as_uri())
        assert page.locator("h1").count() == 1
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (
            violations(page, shown, {"runOnly": {"type": "rule", "values": ["color-contrast", "html-has-lang"]}}) == ""
        )
    assert all(one.startswith("file:") for one in page.asked)


PRINTED = {
    "leaders": ("Red", "Amber", "Green", "Areas for development", "Action plan"),
    "policy": ("Document history", "TP (Tom Pickering)", "Still open", "In order"),
    "policy-public": ("What it promises", "The policy in full"),
    "register": ("Ruth Adeyemi", "In order", "stated"),
    "due": ("Overdue", "October 2026", "Promise to families"),
}


@pytest.mark.parametrize("name", PRINTED)
def test_print_fits_a4_and_keeps_every_level_readable(pages, page, tmp_path, name):
    page.goto(pages[name].as_uri())
    page.emulate_media(media="print")
    data = page.pdf(path=str(tmp_path / "page.pdf"), format="A4")
    assert data.startswith(b"%PDF")
    import shutil
    import subprocess

    if shutil.which("pdftotext") is None:
        pytest.skip("NO PDF READER: apt-get install poppler-utils")
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"], capture_output=True, encoding="utf-8", check=True
    )
    for words in PRINTED[name]:
        assert words in done.stdout


@pytest.mark.parametrize(("name", "size"), [("planner", (842, 595)), ("planner-a3", (1191, 842))])
def test_the_planner_lies_down_and_every_sheet_has_its_months(pages, page, tmp_path, name, size):
    import shutil
    import subprocess

    page.goto(pages[name].as_uri())
    path = tmp_path / "planner.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    if shutil.which("pdftotext") is None:
        pytest.skip("NO PDF READER: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, encoding="utf-8", check=True)
    sheets = done.stdout.split("<page ")[1:]
    for sheet in sheets:
        width, height = (float(found) for found in re.findall(r'(?:width|height)="([0-9.]+)"', sheet)[:2])
        assert (round(width), round(height)) == pytest.approx(size, abs=1)
        assert all(float(edge) < width - 20 for edge in re.findall(r'xMax="([0-9.]+)"', sheet))  # nothing is cut off
    with_rows = [sheet for sheet in sheets if re.search(r">(Mon|Tue|Wed|Thu|Fri)<", sheet)]
    assert with_rows
    assert all(">Sept<" in sheet and ">July<" in sheet and ">Aug<" in sheet for sheet in with_rows)


def test_the_public_report_of_a_draft_is_refused(tmp_path):
    example(tmp_path)
    done = call("report", "--audience", "public", cwd=tmp_path)
    assert done.returncode == 2
    assert "--agree" in done.stderr
