"""The rooms of the page, behind their one guard."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from charterkit.errors import CharterkitError, Refused
from charterkit.render.engine.environment import render
from charterkit.resources import builtin
from charterkit.serve import (
    act,
    act_policy,
    begin,
    evaluate,
    home,
    look,
    many,
    meeting,
    mend,
    policy_back,
    policy_more,
    policy_spread,
    take_in,
    visit,
    visit_asked,
)
from charterkit.serve.desk import Desk
from charterkit.serve.door import is_proof, proof
from charterkit.serve.guard import Guard, cookie_name
from charterkit.serve.pages import MAX_FIELDS, MAX_TEXT, back_to, desk_of, locked, page, posted, refusal
from charterkit.serve.second import close_entrances
from charterkit.serve.typed import unsaved

logging.getLogger("python_multipart").addHandler(logging.NullHandler())
"""What it says of forms that are none is for no terminal: whoever asks, without a cookie too, could fill it."""
ROOMS: tuple[list[BaseRoute], ...] = (
    home.ROUTES,
    begin.ROUTES,
    evaluate.ROUTES,
    meeting.ROUTES,
    look.ROUTES,
    many.ROUTES,
    act.ROUTES,
    act_policy.ROUTES,
    policy_more.ROUTES,
    policy_back.ROUTES,
    policy_spread.ROUTES,
    take_in.ROUTES,
    visit.ROUTES,
    visit_asked.ROUTES,
    mend.ROUTES,
)
"""The routes of each room; a new room is a module with its ROUTES, and its name here."""


def application(desk: Desk, fault: Callable[[Exception], object], hosts: frozenset[str] = frozenset()) -> ASGIApp:
    """The page of a desk. `hosts` are names that it may be asked for by, besides this computer's own.

    `fault` hears of every error that nobody foresaw; the page says that there was one.
    """
    routes = [*OWN, *(route for room in ROOMS for route in room)]
    rooms = Starlette(routes=routes, exception_handlers=_ANSWERS)
    rooms.state.desk = desk
    rooms.add_middleware(_Counted, desk=desk)
    return Guard(rooms, desk.door, hosts, _kept_out, fault)


class _Counted:
    """Counts what was asked, and looks at the disk anew before each answer."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
        self.desk.heard += 1
        if self.desk.is_workspace and scope.get("path") not in _LIGHT:
            self.desk.workspace.refresh()
        await self.app(scope, receive, send)


async def _kept_out(request: Request, error: CharterkitError, status: int) -> Response:
    """The page for what the guard lets not in; what was typed in a page of an earlier run stands on it."""
    typed: list[tuple[str, str]] = []
    if error.code == "page-of-another-run":
        with suppress(CharterkitError, MultiPartException, HTTPException, ClientDisconnect):
            typed = unsaved(await request.form(max_files=1, max_fields=MAX_FIELDS, max_part_size=MAX_TEXT))
    return locked(error, status, typed)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, CharterkitError):
        raise error
    desk, fields = desk_of(request), getattr(request.state, "fields", None)
    more = {"typed": unsaved(fields) if fields is not None else [], "charters": _charters_for(request, error)}
    return refusal(desk, error, request.path_params.get("slug", ""), **more)


def _charters_for(request: Request, error: CharterkitError) -> list[dict[str, str]]:
    """Where it is not said which charter is meant: each, and the same page for it."""
    if error.code != "several-charters" or request.method != "GET":
        return []
    workspace = desk_of(request).workspace
    titles = {name: versions[-1].title for name in workspace.charter_ids if (versions := workspace.versions(name))}
    return [
        {"words": title, "address": str(request.url.include_query_params(charter=name).replace(scheme="", netloc=""))}
        for name, title in titles.items()
    ]


async def _nothing(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    return page(desk_of(request), "refused.html.j2", 404, message="There is no such page.", hint="", out=None)


async def _too_large(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    """A form that cannot be read: a field in it is too long, or it has too many."""
    return refusal(desk_of(request), Refused("page-too-large"))


async def _fault(request: Request, error: Exception) -> Response:
    message = f"Something went wrong inside charterkit ({type(error).__name__}). Nothing that was saved is lost."
    hint = "Go back and try again. Where charterkit was started it says where the log of it is."
    return page(desk_of(request), "refused.html.j2", 500, message=message, hint=hint, out=None)


async def enter(request: Request) -> Response:
    """Exchange the token of the opening address for a cookie, and leave that address.

    A page that goes on by itself, as a cookie of this strictness is not sent on a redirection that another place began.
    """
    desk = desk_of(request)
    held = desk.door.exchange(request.query_params.get("token", ""))
    if held is None:
        return locked(Refused("page-used"), 403)
    close_entrances(desk.entrances, desk.root)
    slug = request.query_params.get("school", "")
    is_known = desk.is_workspace and desk.workspace.has_school(slug)
    answer = page(desk, "entered.html.j2", address=f"/schools/{slug}" if is_known else "/home")
    answer.set_cookie(cookie_name(request.scope), held, httponly=True, samesite="strict", path=desk.door.way)
    return answer


async def again(request: Request) -> Response:
    """A new token for a second start that knows this run's secret, and the proof that we know it too."""
    desk = desk_of(request)
    nonce, said = request.headers.get("x-charterkit-nonce", ""), request.headers.get("x-charterkit-proof", "")
    if not is_proof(said, desk.secret, "ask", nonce):
        return locked(Refused("page-locked"), 403)
    return JSONResponse({"token": desk.door.token(), "proof": proof(desk.secret, "answer", nonce)})


async def alive(request: Request) -> Response:
    """A page says that it is still open."""
    desk_of(request).has_script = True
    return PlainTextResponse("")


async def stop(request: Request) -> Response:
    """The button that ends it."""
    desk = desk_of(request)
    await posted(request, writes=False)
    desk.is_over = True
    return page(desk, "stopped.html.j2")


async def style(request: Request) -> Response:
    """The look of pages, from the tokens that documents use."""
    return Response(render(f"browser{request.url.path}.j2", {}, None, builtin_only=True), media_type="text/css")


async def script(request: Request) -> Response:
    """What saves in place, hears keys and keeps drafts: everything works without it."""
    made = (builtin() / "templates" / f"browser{request.url.path}").read_bytes()
    return Response(made, media_type="text/javascript")


async def leave(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Where the address without a page leads."""
    return back_to("/home")


_ANSWERS: dict[Any, Any] = {
    CharterkitError: _refused,
    Exception: _fault,
    400: _too_large,
    404: _nothing,
    405: _nothing,
}
"""What is answered instead of a page."""
Handler = Callable[[Request], Awaitable[Response]]
_FILES: dict[str, Handler] = {"/style.css": style, "/evaluate.css": style, "/page.js": script, "/evaluate.js": script}
"""What pages bring along, each a template or a file of its name."""
_LIGHT = frozenset({"/enter", "/again", "/alive", *_FILES})
"""What needs no look at the disk."""
OWN: list[BaseRoute] = [
    Route("/", leave),
    Route("/enter", enter),
    Route("/again", again, methods=["POST"]),
    Route("/alive", alive, methods=["POST"]),
    Route("/stop", stop, methods=["POST"]),
    *(Route(name, answer) for name, answer in _FILES.items()),
]
