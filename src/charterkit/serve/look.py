"""The documents of a school: looked at in the page, as the commands make them, and taken along in their formats."""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.documents import DATA, DOCUMENTS, Place
from charterkit.errors import CharterkitError, NotThere, Refused
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.policies.agenda import known_bodies
from charterkit.insight.policies.register import register
from charterkit.model.base import BadValue, slug
from charterkit.model.dates import Cycle, PartialDate
from charterkit.render.engine.environment import render
from charterkit.render.shared.spoken import in_language
from charterkit.serve.desk import Desk
from charterkit.serve.finding import members_here
from charterkit.serve.heard import Heard
from charterkit.serve.pages import desk_of, page
from charterkit.serve.shelf import GROUPS, SHELF, Shelved

OWN_RULES = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-modals allow-popups allow-popups-to-escape-sandbox"
)
"""For a document in place of the page's: it brings its style along, and may run nothing, send nothing, load nothing."""
FILES = {
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "csv": "Table (CSV)",
    "ics": "Calendar",
    "eml": "Mail",
    "png": "Picture",
}
"""The formats that are offered as files, and what the button says."""
KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "eml": "message/rfc822",
    "png": "image/png",
}
"""What each format is called on its way."""


async def look(request: Request) -> Response:
    """Every document of the school, under its heading."""
    desk = desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    groups = [
        {
            "title": group,
            "documents": [
                {
                    "name": name,
                    "title": shelved.title,
                    "about": shelved.about,
                    "lacks": "" if shelved.is_there(folder) else shelved.lacks,
                }
                for name, shelved in SHELF.items()
                if shelved.group == group
            ],
        }
        for group in GROUPS
    ]
    every = list(register(desk.workspace, desk.today, folder.slug))
    policies = [{"title": each.title, "address": f"look/policy?{urlencode({'name': each.id})}"} for each in every]
    bodies = [
        {"title": body, "address": f"look/agenda?{urlencode({'body': body})}"}
        for body in known_bodies(desk.workspace, every)
    ]
    return page(
        desk,
        "look.html.j2",
        here="look",
        whose=folder,
        groups=groups,
        policies=policies,
        bodies=bodies,
        members=0 if folder.is_school else len(members_here(desk.workspace, folder.slug)),
    )


async def show(request: Request) -> Response:
    """One document in the page, with a bar around it; without a school it is of all of them.

    Raises CharterkitError where there is nothing to make it of.
    """
    desk = desk_of(request)
    folder, name, shelved = _asked(desk, request)
    options, heard = _options(shelved, folder, request.query_params), Heard()
    kind = DOCUMENTS[shelved.document]
    with in_language(desk.workspace, heard) if kind.speaks else contextlib.nullcontext():
        kind.content(desk.workspace, desk.today, heard, **options)
    said = _said(shelved, request.query_params)
    base = f"{f'/schools/{folder.slug}' if folder else ''}/documents/{name}"
    return page(
        desk,
        "shown.html.j2",
        here="look" if folder else "overview",
        whose=folder,
        title=shelved.title,
        way_back=f"/schools/{folder.slug}/look" if folder else "",
        about=shelved.about,
        document=f"{base}.html{said}",
        files=[
            {"words": words, "address": f"{base}.{form}{said}"} for form, words in FILES.items() if form in kind.formats
        ],
        cycles=_cycles(folder) if folder and "cycle" in shelved.asks else [],
        chosen=request.query_params.get("cycle", ""),
        notices=list(dict.fromkeys(heard.notices)),
    )


async def document(request: Request) -> Response:
    """A document as a command makes it: as a page by its own rules, or as a file to keep."""
    desk = desk_of(request)
    try:
        return _made(desk, request)
    except CharterkitError as error:
        if request.headers.get("sec-fetch-dest") != "iframe":
            raise
        bare = {"message": error.message, "hint": error.hint_in_page}
        text = render("browser/bare.html.j2", bare, None, builtin_only=True)
        return Response(text, 200, _framed(), "text/html")


def _made(desk: Desk, request: Request) -> Response:
    folder, name, shelved = _asked(desk, request)
    kind, form = DOCUMENTS[shelved.document], request.path_params["format"]
    if form not in KINDS or form not in kind.formats:
        raise NotThere("no-format", wanted=form, known=[known for known in kind.formats if known in KINDS])
    recipe, heard = kind.formats[form], Heard()
    options = _options(shelved, folder, request.query_params)
    with in_language(desk.workspace, heard) if kind.speaks and form not in DATA else contextlib.nullcontext():
        content = kind.content(desk.workspace, desk.today, heard, **options)
        made = recipe.made(content, Place(desk.today, desk.workspace.root))
    data = made.data if recipe.gives == "paper" else made
    if form == "html":
        return Response(data, 200, _framed(), KINDS[form])
    cycle = options.get("cycle")
    called = [folder.slug if folder else "all", name, str(cycle or "")]
    called += [options[key] for key in ("name", "body") if key in options]
    return Response(data, 200, called_so(called, form), KINDS[form])


def called_so(parts: Iterable[str], form: str) -> dict[str, str]:
    """What says how a file is called that is taken along, in letters that a header has: a folder's name may be any."""
    name = "-".join(filter(None, map(slug, parts)))
    return {"Content-Disposition": f'attachment; filename="{name}.{form}"'}


def _framed() -> dict[str, str]:
    return {"Content-Security-Policy": OWN_RULES, "X-Frame-Options": "SAMEORIGIN"}


def _asked(desk: Desk, request: Request) -> tuple[SchoolFolder | None, str, Shelved]:
    whose, name = request.path_params.get("slug"), request.path_params["name"]
    folder = desk.workspace.school(whose) if whose is not None else None
    if name not in SHELF or not (folder or SHELF[name].is_of_all):
        raise NotThere("no-document-here", name=name)
    return folder, name, SHELF[name]


def _options(shelved: Shelved, folder: SchoolFolder | None, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the address says, as far as the document asks for it. Raises Refused for a cycle or a day that is none."""
    said: dict[str, Any] = {key: asked[key] for key in shelved.asks if asked.get(key)}
    if shelved.is_of_one and not said:
        raise NotThere("no-document-here", name=shelved.document)
    for key, read in (("cycle", Cycle.parse), ("when", PartialDate.parse)):
        try:
            said |= {key: read(said[key])} if key in said else {}
        except BadValue as bad:
            raise Refused(
                "bad-option", option=key, why=bad.message, remedy=bad.remedy, text=asked[key], meant=""
            ) from None
    return {"school": folder.slug if folder else None, **shelved.options, **said}


def _said(shelved: Shelved, asked: Mapping[str, str]) -> str:
    said = {key: asked[key] for key in shelved.asks if asked.get(key)}
    return f"?{urlencode(said)}" if said else ""


def _cycles(folder: SchoolFolder) -> list[dict[str, str]]:
    """The cycles of which there is a self-evaluation, the newest first."""
    found = {document.model.cycle for document in folder.evaluations if document.model and document.model.cycle}
    return [{"value": str(cycle), "words": cycle.spoken} for cycle in sorted(found, key=_order, reverse=True)]


def _order(cycle: Cycle) -> tuple[date, date]:
    return cycle.last, cycle.first


ROUTES: list[BaseRoute] = [
    Route("/schools/{slug}/look", look),
    Route("/schools/{slug}/look/{name}", show),
    Route("/schools/{slug}/documents/{name}.{format}", document),
    Route("/look/{name}", show),
    Route("/documents/{name}.{format}", document),
]
