"""Another user of this computer serves a page too, and has it opened in the same browser: he is handed nothing of ours.

Cookies know no ports, so that only what stands before every address of ours keeps them apart (`Door.way`).
"""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import NEEDS
from tests.browser.serving import Serving
from tests.browser.sheets import small
from tests.soak.page import enter, entry, settle

pytestmark = [NEEDS, pytest.mark.skipif(not hasattr(os, "fork"), reason="NO FORK on this system")]
MANY = 250
"""Cookies, more than a browser keeps of one computer."""
SHEET = "/schools/hillside/evaluate"


class Theirs(ThreadingHTTPServer):
    """Keeps all that browsers send, and answers with cookies."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.gives: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """One answer."""

    server: Theirs

    def do_GET(self) -> None:
        self.server.heard.append(f"{self.path}\n{self.headers}")
        self.send_response(200)
        for cookie in self.server.gives:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Free biscuits</title><a href='/more'>More</a>")

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def theirs() -> Iterator[Theirs]:
    server = Theirs()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_it_is_handed_no_cookie_and_writes_over_none(chromium, tmp_path, theirs):
    serving, context = Serving(small(tmp_path)), chromium.browser.new_context()
    page = context.new_page()
    try:
        enter(page, serving, SHEET)
        ours = context.cookies()[0]
        theirs.gives = [f"{ours['name']}=theirs; Path={path}" for path in ("/", "/schools", "/home", SHEET, "/enter")]
        for way in ("", SHEET, "/home", "/enter"):
            page.goto(f"{theirs.address}{way}")
            page.click("text=More")
            page.reload()
        page.goto(f"{serving.base}{SHEET}")
        page.evaluate(f"const link = document.createElement('a'); link.href = '{theirs.address}/led'; link.click()")
        page.wait_for_url("**/led")
        sent = "".join(theirs.heard)
        assert f"{ours['name']}=theirs" in sent, "it is a browser that sends cookies from port to port"
        assert ours["value"] not in sent
        assert ours["path"].strip("/") not in sent
        page.go_back()
        page.click("#aspect-asked button[value='rate:green']")
        assert settle(page) == "Green saved."
        assert entry(tmp_path, "asked")["rating"] == "green"
        page.goto(f"{serving.base}/home")
        assert "Hillside" in page.inner_text("main, header")
    finally:
        context.close()
        serving.close()


def test_whoever_crowds_our_cookie_out_of_the_browser_is_told_of_and_nothing_is_lost(chromium, tmp_path, theirs):
    serving, context = Serving(small(tmp_path)), chromium.browser.new_context()
    page, other = context.new_page(), context.new_page()
    try:
        enter(page, serving, SHEET)
        page.fill("#aspect-asked-note", "Long thought")
        theirs.gives = [f"biscuit-{number}=x; Path=/" for number in range(MANY)]
        other.goto(theirs.address)
        assert not [each for each in context.cookies() if each["name"].startswith("charterkit")]
        page.click("#aspect-asked .noting button")
        said = settle(page)
        assert said.startswith("Not saved: "), said
        assert "Start charterkit open again: it opens the page that is there already." in said
        serving.kill()
        serving.start()
        enter(page, serving, SHEET)
        page.click("text=Put it back")
        page.click("#aspect-asked .noting button")
        assert settle(page) == "Note saved."
        assert entry(tmp_path, "asked")["note"] == "Long thought"
    finally:
        context.close()
        serving.close()
