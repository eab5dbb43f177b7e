"""The pages as a browser shows them: axe's rules, small screens, zoom, dark mode, print, keyboard, and no network."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.browser.pages import ALIKE, EMAIL, KINDS, OVERVIEW, RTL, SAME_COLOURS
from tests.cli.calling import call, example

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer changes with the colours alone, and that take as long as all the others."""
RULES = {"screen": [*COLOURS[1:], "scrollable-region-focusable"], "print": COLOURS[1:]}
"""What is asked again of a wide page. Targets are never nearer to each other than on a narrow one."""
LANGUAGES = {RTL: "ur", "form-blank": "tr"}
LETTER = ["landmark-one-main", "region"]
"""Best practice for a page, and none for what a mail program shows inside its own."""
LETTER_PAPER = "rgb(253, 252, 249)"
SHADES = (("screen", "light"), ("screen", "dark"), ("print", "light"))
COLOURED = """(() => {
  const seen = new Map();
  for (const one of document.querySelectorAll("body *")) {
    if (![...one.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.data.trim())) continue;
    const style = getComputedStyle(one), key = [one.localName, style.color, style.fontSize, style.fontWeight, style.textShadow];
    for (let around = one; around; around = around.parentElement) {
      const below = getComputedStyle(around), laid = [below.backgroundColor, below.backgroundImage, below.opacity, below.filter].join();
      if (laid !== key.at(-1)) key.push(laid);
    }
    seen.set(key.join("|"), one);
  }
  return {include: [...seen.values()]};
})()"""
"""In dark and in print nothing changes but colours: of all letters that are alike, with all that lies below them, one.

Finding the colours below each letter takes axe longer than everything else.
"""
WIDTHS = (1280, 640, 320)
"""640 is a window of 1280 at 200 % zoom: zooming halves the CSS pixels that a page has (WCAG 2.2, 1.4.4 and 1.4.10)."""


class Axe:
    """The rules of axe, run past the page's own policy, which lets no script in: the page is as people get it."""

    def __init__(self, page):
        from importlib.resources import files

        self.session = page.context.new_cdp_session(page)
        self.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8") + ";0")

    def evaluate(self, script):
        said = self.session.send(
            "Runtime.evaluate", {"expression": script, "awaitPromise": True, "returnByValue": True}
        )
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        return said["result"].get("value")

    def violations(self, only, without=(), where="document"):
        """Each broken rule with the places."""
        rules = {one: {"enabled": False} for one in without}
        options = json.dumps({"runOnly": only, "rules": rules, "resultTypes": ["violations"], "iframes": False})
        found = self.evaluate(f"axe.run({where}, {options}).then(made => JSON.stringify(made.violations))")
        return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in json.loads(found)]

    def contrast(self, where):
        """Letters that are too near in colour to what lies below them."""
        return self.violations({"type": "rule", "values": COLOURS[:1]}, where=where)


def sideways(page):
    """The widths at which the page scrolls sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


HEAD = """() => {
  const html = document.documentElement;
  return {
    title: document.title,
    lang: html.lang,
    policy: document.querySelector("head > meta[http-equiv='Content-Security-Policy']")?.content ?? "",
    scripts: document.scripts.length + [...document.querySelectorAll("*")]
      .filter(one => [...one.attributes].some(each => each.name.startsWith("on"))).length,
    headings: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(one => +one.tagName[1]),
  };
}"""
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  window.asked ??= [...document.querySelectorAll("a[href], [tabindex='0'], button, input, select")];
  return {
    place: window.asked.indexOf(one), of: window.asked.length,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
BADGES = """() => [...document.querySelectorAll(".badge, .tile")].map(one => {
  const style = getComputedStyle(one), word = one.querySelector(".word");
  return {
    words: one.innerText.trim(), edge: style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0,
    mark: !one.classList.contains("badge") || !!one.querySelector("svg, [aria-hidden]"),
    word: !word || word.getClientRects().length > 0, colours: style.color !== style.backgroundColor,
  };
})"""


def walk(page):
    """Tab from the top to the end: every link and every region that scrolls, in the order in which they are read."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    seen = []
    page.keyboard.press("Tab")
    of = page.evaluate(FOCUS)["of"]
    for _ in range(of + 20):
        found = page.evaluate(FOCUS)
        if found["place"] >= 0:
            assert found["outline"], found
            assert found["seen"], found
            seen.append(found["place"])
        if found["place"] == of - 1:
            break
        page.keyboard.press("Tab")
    assert seen == list(range(of))


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", KINDS)
def test_a_page_is_for_everybody(pages, window, name):
    """One load of each page, looked at in every way: a load costs more than a look."""
    page = window.page
    page.goto(pages[name].as_uri())
    head = page.evaluate(HEAD)
    assert head["title"]
    assert head["lang"] == LANGUAGES.get(name, "en-GB")
    assert head["policy"].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    scripts = int(name == OVERVIEW)  # its own, let in by the hash of its bytes
    assert len(re.findall(r"script-src 'sha256-[\w+/=]{44}'; base-uri", head["policy"])) == scripts
    assert head["policy"].count("script") == head["scripts"] == scripts
    assert head["headings"].count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(head["headings"]))
    assert sideways(page) == []

    if name not in ALIKE:
        axe = Axe(page)
        assert axe.violations(WCAG, without=[*COLOURS, *(LETTER if name == EMAIL else ())]) == [], "320 pixels"
        page.set_viewport_size({"width": 1280, "height": 800})
        for media, scheme in SHADES[:1] if name in SAME_COLOURS else SHADES:
            page.emulate_media(media=media, color_scheme=scheme)
            where = "document" if (media, scheme) == SHADES[0] else COLOURED
            assert axe.contrast(where) == [], (media, scheme)
            assert axe.violations({"type": "rule", "values": RULES[media]}) == [], (media, scheme)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", LETTER_PAPER)

    page.emulate_media(color_scheme="light", media="screen", forced_colors="active")
    for badge in page.evaluate(BADGES):
        assert badge["words"], name
        assert badge["edge"] and badge["mark"] and badge["word"] and badge["colours"], badge  # noqa: PT018 - shown whole
    page.emulate_media(forced_colors="none")

    if name != EMAIL:
        walk(page)
        page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        page.locator("a.skip").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
    assert {one.partition("#")[0] for one in window.asked} == {pages[name].as_uri()}
    assert window.console == []


@pytest.mark.alike(5)
@pytest.mark.parametrize(
    "wrong",
    [
        "em { color: #777 }",
        ".b em { color: #777 }",
        ".b { background: #777 }",
        "p:last-child { color: #ccc; background: #ddd }",
        "ul.b { opacity: 0.3 }",
    ],
)
def test_a_colour_that_is_wrong_in_the_dark_alone_is_found_among_many_alike(page, wrong):
    rows = "<li>One <em>two</em></li>" * 50
    page.set_content(
        "<!doctype html><html lang=en><title>x</title><style>@media (prefers-color-scheme: dark) "
        f"{{ body {{ background: #111; color: #eee }} {wrong} }}</style>"
        f"<body><main><h1>A</h1><ul class=a>{rows}</ul><ul class=b>{rows}</ul><p>Last</p></main>"
    )
    axe = Axe(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert bool(axe.contrast(COLOURED)) == bool(axe.contrast("document")) == (scheme == "dark")


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", ["leaders", "register", "site-planner", "site-said"])
def test_a_table_is_a_table_on_a_telephone_too(pages, page, name):
    """Below 44rem the cells stand one below the other; whoever listens still hears rows, columns and headings."""
    page.goto(pages[name].as_uri())
    session = page.context.new_cdp_session(page)

    def roles(width):
        page.set_viewport_size({"width": width, "height": 800})
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        found = Counter(one["role"]["value"] for one in nodes if not one["ignored"])
        return {one: found[one] for one in ("table", "row", "columnheader", "rowheader", "cell")}

    wide = roles(1280)
    assert min(wide.values()) > 0
    narrow = roles(320)
    assert {one: narrow[one] for one in narrow if one != "cell"} == {one: wide[one] for one in wide if one != "cell"}
    assert 0 < narrow["cell"] <= wide["cell"]  # empty cells are left out


PRINTED = {
    "leaders": ("Red", "Amber", "Green", "Areas for development", "Action plan"),
    "policy": ("Document history", "TP (Tom Pickering)", "Still open", "In order"),
    "policy-public": ("What it promises", "The policy in full"),
    "register": ("Ruth Adeyemi", "In order", "stated"),
    "due": ("Overdue", "October 2026", "Promise to parents and carers"),
}


@pytest.mark.alike(5)
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
