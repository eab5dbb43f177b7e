"""What comes before every page: which host was asked for, who asks, how much is sent; what a browser may do.

After DNS rebinding the peer is 127.0.0.1, `Sec-Fetch-Site` says same-origin and `Origin` equals `Host`: so the host is
looked at first, against our own list, never against what came in. Rooms know nothing of the letters that every address
begins with (`Door.way`): they are taken off here, and put before where a form leads.
"""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from charterkit.errors import CharterkitError, Conflict, Refused
from charterkit.serve.door import Door

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
OPEN = frozenset({"/enter", "/again", "/style.css"})
"""What is answered without a cookie, at its bare address: nothing of the workspace is in any of it."""
MAX_BODY = 12 * 1_048_576
"""Bytes that may be sent at once: a file of 1 MiB in the editor is three times as long on its way where each letter is
written as a number, and a workbook that is too large is to hear so by its own name."""
MAX_STRAY = 1_048_576
"""The same from a page that an earlier run has made."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""On every answer; a page that says otherwise for itself keeps what it says."""
_READS = frozenset({"GET", "HEAD"})

RefusalPage = Callable[[Request, CharterkitError, int], Awaitable[Response]]
"""The page for a refusal and its status, as an answer to a request."""


class Guard:
    """Lets through only what this computer's own browser asked for on the page itself."""

    def __init__(
        self,
        app: ASGIApp,
        door: Door,
        hosts: frozenset[str],
        refusal: RefusalPage,
        fault: Callable[[Exception], object],
    ) -> None:
        """`hosts` are names that it may be asked for by, besides this computer's own; `fault` hears of errors."""
        self.app, self.door, self.hosts = app, door, LOOPBACK | hosts
        self.refusal, self.fault = refusal, fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refusal, or hand on what may go on, with the browser's own limits on every answer."""
        if scope["type"] != "http":
            return
        inside = self._inside(scope)
        refused = self._refused(scope, inside is not None)
        try:
            if refused is None:
                await self.app(inside or scope, _bounded(receive, MAX_BODY), _sealed(send, self.door.way))
            else:
                answer = await self.refusal(Request(scope, _bounded(receive, MAX_STRAY)), *refused)
                await answer(scope, receive, _sealed(send, ""))
        except Exception as error:  # noqa: BLE001 - the page has said so already; no traceback reaches a person
            self.fault(error)

    def _inside(self, scope: Scope) -> Scope | None:
        """The same without the letters that every address begins with; None for an address that does not."""
        way, path = self.door.way, scope["path"]
        if not hmac.compare_digest(path[: len(way) + 1].encode(errors="replace"), f"{way}/".encode()):
            return None
        return {**scope, "path": path[len(way) :], "raw_path": scope.get("raw_path", b"")[len(way) :]}

    def _refused(self, scope: Scope, is_inside: bool) -> tuple[CharterkitError, int] | None:
        """Why a request is not answered, and the status; None for one that is."""
        headers = Headers(scope=scope)
        if _name(headers.get("host", "")) not in self.hosts:
            return Refused("page-host"), 421
        if not self._is_ours(scope["method"], headers):
            return Refused("page-origin"), 403
        if int(_digits(headers.get("content-length", "0"))) > MAX_BODY:
            return Refused("page-too-large"), 413
        if scope["path"] in OPEN or (is_inside and any(self.door.lets_in(each) for each in cookies(scope))):
            return None
        if not is_inside and scope["method"] not in _READS:
            return Conflict("page-of-another-run"), 409
        return Refused("page-locked"), 403

    def _is_ours(self, method: str, headers: Mapping[str, str]) -> bool:
        """Whether our own page asked, or for what is only read a person who typed or followed the address."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if method in _READS:
            return site in (None, "none", "same-origin") or headers.get("sec-fetch-mode") == "navigate"
        if origin is None:
            return site in ("same-origin", "none")
        return _name(urlsplit(origin).netloc) in self.hosts and origin.endswith(f"//{headers.get('host', '')}")


def cookies(scope: Scope) -> list[str]:
    """What the browser says of itself, each that has our name: other programs of this computer set their own beside it.

    Theirs may be written in any way, as cookies know no ports; so only ours are read.
    """
    pairs = [each.partition("=") for said in Headers(scope=scope).getlist("cookie") for each in said.split(";")]
    return [value.strip() for name, _, value in pairs if name.strip() == cookie_name(scope)]


def cookie_name(scope: Scope) -> str:
    """Cookies know no ports: two workspaces that are open at once have one each."""
    server = scope.get("server") or ("", 0)
    return f"charterkit-{server[1]}"


def _name(host: str) -> str:
    """A host without its port, as names are compared."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).casefold()


def _digits(text: str) -> str:
    """A length as it was sent; a huge one for what is no number."""
    return text if text.isascii() and text.isdecimal() and len(text) < len(str(MAX_BODY)) + 4 else str(MAX_BODY + 1)


def _bounded(receive: Receive, most: int) -> Receive:
    """What is sent, up to the limit."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise Refused("page-too-large")
        return message

    return bounded


def _sealed(send: Send, way: str) -> Send:
    """Answers with the headers that bind the browser; where they lead on, the way stands before it."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if headers.get("location", "").startswith("/"):
                headers["location"] = f"{way}{headers['location']}"
        await send(message)

    return sealed
