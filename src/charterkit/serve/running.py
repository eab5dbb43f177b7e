"""The small server of this computer: bound to it alone, and gone when nobody looks any more."""

import asyncio
import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from typing import ClassVar

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from charterkit.errors import Conflict
from charterkit.serve.desk import Desk

LOOPBACK = "127.0.0.1"
STOPS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""^C, being ended by another program, and a terminal that is closed; the last as Windows calls it."""
PATIENCE = 20
"""Seconds in which a line has to have asked something: a browser does so at once."""
MOST_LINES = 100
"""Lines that are open at one time; beyond them those go that have waited longest and asked nothing. Systems allow a
program 256 files and more."""
QUEUE = 64
"""Lines that are taken up in one go."""
TRIES = 20
"""Ports that are tried, from the first on, where none was asked for."""
QUIET = 300
"""Seconds without a word after which it stops, where pages say by themselves that they are open. Browsers let a page in
the background speak once a minute."""
QUIET_WITHOUT_SCRIPT = 7200
"""The same where no page has ever spoken by itself."""


def bound(port: int, *, is_asked: bool) -> socket.socket:
    """A socket on this computer alone. Raises Conflict where the port asked for, or all that are tried, are taken."""
    for number in range(port, port + (1 if is_asked else TRIES)):
        listener = socket.socket()
        if os.name == "posix":  # elsewhere it would let two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, number))
        except (OSError, OverflowError):
            listener.close()
            continue
        return listener
    raise Conflict("port-taken", port=port)


def serve(app: ASGIApp, desk: Desk, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until the page is closed for a while, its button is pressed, or ^C. `ready` is called once it answers."""
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        lifespan="off",
        http=_Line,
        backlog=QUEUE,
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=65_536,
    )
    asyncio.run(_serve(_Server(config), desk, listener, ready))


class _Line(H11Protocol):
    """A line to a browser. Whoever opens many, or asks a letter at a time, holds nobody else up."""

    waiting: ClassVar[dict["_Line", None]] = {}
    """Those that have asked nothing yet, the oldest first."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.waiting[self] = None
        if len(self.connections) > MOST_LINES:
            oldest = next((line for line in self.waiting if line.cycle is None), self)
            self.waiting.pop(oldest, None)
            oldest.transport.close()
        self.loop.call_later(PATIENCE, self._look, None)

    def connection_lost(self, exc: Exception | None) -> None:
        self.waiting.pop(self, None)
        super().connection_lost(exc)

    def _look(self, before: object) -> None:
        """Close it where nothing new was asked since the last look, and nothing is being answered."""
        if self.transport.is_closing():
            return
        if self.cycle is before and (self.cycle is None or self.cycle.response_complete):
            self.transport.close()
            return
        self.loop.call_later(PATIENCE, self._look, self.cycle)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Every way of being told to stop ends it alike, and nothing is raised again: what comes behind tidies up."""
        known = [getattr(signal, name) for name in STOPS if hasattr(signal, name)]
        is_ours = threading.current_thread() is threading.main_thread()
        before = {number: signal.signal(number, self.handle_exit) for number in known if is_ours}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def _serve(server: uvicorn.Server, desk: Desk, listener: socket.socket, ready: Callable[[], None]) -> None:
    watcher = asyncio.create_task(_watch(server, desk, ready))
    try:
        await server.serve(sockets=[listener])
    finally:
        watcher.cancel()


async def _watch(server: uvicorn.Server, desk: Desk, ready: Callable[[], None]) -> None:
    """Stop it when its time has come. A computer that slept has not been quiet: only seconds that were lived count."""
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.02)
    ready()
    seen, quiet = desk.heard, 0
    while not server.should_exit:
        await asyncio.sleep(1)
        seen, quiet = desk.heard, quiet + 1 if seen == desk.heard else 0
        limit = QUIET if desk.has_script else QUIET_WITHOUT_SCRIPT
        server.should_exit |= desk.is_over or quiet >= limit
