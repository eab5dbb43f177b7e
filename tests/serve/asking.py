"""Asks the page as a browser does, without a network: one request, and the whole answer."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from charterkit.serve.app import application
from charterkit.serve.desk import Desk

PORT = 20_999
HOST = f"127.0.0.1:{PORT}"


@dataclass
class Said:
    """An answer: its status, headers in small letters, and text."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Visitor:
    """A browser that was let in, at the page of a workspace."""

    root: Path
    today: date = date(2026, 11, 22)
    reads_only: bool = False
    is_workspace: bool = True
    cookie: str = ""
    desk: Desk = field(init=False)
    faults: list[Exception] = field(default_factory=list)
    """Errors that nobody foresaw: they are raised behind the answer."""
    latest: Said = field(init=False)

    def __post_init__(self) -> None:
        """Open the page, and come in by its opening address."""
        self.desk = Desk(self.root, lambda: self.today, self.is_workspace, self.reads_only)
        self.app = application(self.desk, self.faults.append)
        entered = self.get(f"/enter?token={self.desk.door.token()}", bare="yes")
        self.cookie = entered.headers["set-cookie"].partition(";")[0]

    def get(self, address: str, **headers: str) -> Said:
        return asyncio.run(self.ask("GET", address, b"", headers))

    def post(self, address: str, fields: dict[str, str], **headers: str) -> Said:
        return asyncio.run(self.ask(*self.as_post(address, {"server": self.desk.id, **fields}, **headers)))

    def as_post(self, address: str, fields: dict[str, str], **headers: str) -> tuple[str, str, bytes, dict[str, str]]:
        """A form as it is sent."""
        given = {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded", **headers}
        return "POST", address, urlencode(fields).encode(), given

    async def ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Said:
        """One request. The letters that addresses begin with are left out here, with `bare` they are not."""
        way = "" if headers.pop("bare", "") else self.desk.door.way
        asked = urlsplit(f"{way}{address}")
        given = {"host": HOST, **({"cookie": self.cookie} if self.cookie else {}), "content-length": str(len(body))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(asked.path),
            "raw_path": asked.path.encode(),
            "query_string": asked.query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items() if value],
            "client": ("127.0.0.1", 5),
            "server": ("127.0.0.1", PORT),
        }
        parts = [body[at : at + 65_536] for at in range(0, max(len(body), 1), 65_536)]
        got: list[dict[str, Any]] = []

        async def receive() -> Any:
            part = parts.pop(0) if parts else b""
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            got.append(message)

        await self.app(scope, receive, send)
        start = next(message for message in got if message["type"] == "http.response.start")
        text = b"".join(message.get("body", b"") for message in got if message["type"] == "http.response.body")
        names = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
        said = text.decode("utf-8", "replace")
        if way:
            said = said.replace(f"{way}/", "/")
            names["location"] = names.get("location", "").removeprefix(way)
        self.latest = Said(start["status"], names, said)
        if self.faults:
            raise self.faults.pop()
        return self.latest

    def follow(self, said: Said) -> Said:
        """The page that a form leads to."""
        assert said.status == 303, said.text
        return self.get(said.headers["location"].partition("#")[0])

    def form(self, page: Said, anchor: str) -> dict[str, str]:
        """The fields of a card's form, as the page has them."""
        card = re.search(rf'<article class="card" id="{re.escape(anchor)}".*?</article>', page.text, re.DOTALL)
        assert card, anchor
        found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', card[0]))
        found |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', card[0]))
        found |= dict(re.findall(r'<input id="[^"]+" name="([^"]+)" value="([^"]*)"', card[0]))
        for name, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', card[0], re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options)
            found[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]
        return {name: unescape(value) for name, value in found.items()}

    def press(self, anchor: str, button: str, page: Said | None = None, in_place: str = "", **typed: str) -> Said:
        """Press a button of a card, with what was typed in its fields."""
        place = anchor.removeprefix("aspect-")
        way = f"whole/{anchor.removeprefix('whole-')}" if anchor.startswith("whole-") else place
        fields = self.form(page or self.get(self.sheet), anchor)
        typed = {name.replace("_", "-"): value for name, value in typed.items()}
        address = self.sheet.partition("?")
        return self.post(f"{address[0]}/{way}?{address[2]}", {**fields, "do": button, **typed}, x_in_place=in_place)

    sheet: str = ""
    """The address of the self-evaluation that is looked at."""
